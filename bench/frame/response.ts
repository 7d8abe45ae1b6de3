// Where a response ends on a kept connection (RFC 9112 §6.3), as far as the answers here need it.

/** Reads the responses of one connection, one after the other, in whatever pieces they come. It keeps nothing of their content. */
export class ResponseReader {
  #part: 'head' | 'content' | 'chunk size' | 'chunk' | 'end' = 'head'
  #head: Buffer = Buffer.alloc(0)
  #size = ''
  /** Octets still to come of the content, or of a chunk and its line end. */
  #left = 0
  #status = 0

  /** The status of the response that ends with these octets; nothing while some are missing. Throws where others follow it. */
  read(octets: Buffer): number | undefined {
    let at = 0
    while (at < octets.length && this.#part !== 'end') at = this.#take(octets, at)
    if (this.#part !== 'end') return undefined
    if (at < octets.length) throw new Error(`more than the answer: ${octets.toString('latin1', at)}`)
    this.#part = 'head'
    return this.#status
  }

  /** Takes what belongs to the part that is being read; gives where the next begins. */
  #take(octets: Buffer, at: number): number {
    if (this.#part === 'head') return this.#takeHead(octets, at)
    if (this.#part === 'chunk size') return this.#takeSize(octets, at)
    const taken = Math.min(this.#left, octets.length - at)
    this.#left -= taken
    if (this.#left === 0) this.#part = this.#part === 'chunk' ? 'chunk size' : 'end'
    return at + taken
  }

  #takeHead(octets: Buffer, at: number): number {
    const before = this.#head.length
    const known = before === 0 ? octets.subarray(at) : Buffer.concat([this.#head, octets.subarray(at)])
    const end = known.indexOf('\r\n\r\n')
    this.#head = end === -1 ? known : Buffer.alloc(0)
    if (end === -1) return octets.length
    this.#begin(known.toString('latin1', 0, end))
    return at + end + 4 - before
  }

  #begin(head: string): void {
    this.#status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
    this.#part = 'end'
    if (this.#status === 204 || this.#status === 304) return
    if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
      this.#part = 'chunk size'
      return
    }
    const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? []
    if (length === undefined) throw new Error(`a response without a length: ${head}`)
    this.#left = Number(length)
    if (this.#left > 0) this.#part = 'content'
  }

  /** After the last chunk, which has the size 0, an empty line is left (RFC 9112 §7.1; no trailer fields here). */
  #takeSize(octets: Buffer, at: number): number {
    const lineEnd = octets.indexOf('\n', at)
    this.#size += octets.toString('latin1', at, lineEnd === -1 ? undefined : lineEnd)
    if (lineEnd === -1) return octets.length
    const size = Number.parseInt(this.#size, 16)
    this.#size = ''
    this.#left = size + 2
    this.#part = size === 0 ? 'content' : 'chunk'
    return lineEnd + 1
  }
}
