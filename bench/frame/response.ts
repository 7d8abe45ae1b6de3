// Where a response ends on a kept connection (RFC 9112 §6.3), as far as the answers to GET need it.

/** A complete response at the start of the bytes: its status and its length in bytes; nothing while some is missing. */
export const readResponse = (bytes: Buffer): { readonly status: number; readonly length: number } | undefined => {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
  const length = lengthWithContent(bytes, head, status, end + 4)
  return length !== undefined && length <= bytes.length ? { status, length } : undefined
}

const lengthWithContent = (bytes: Buffer, head: string, status: number, start: number): number | undefined => {
  if (status === 204 || status === 304) return start
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return endOfChunks(bytes, start)
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? []
  if (length === undefined) throw new Error(`a response without a length: ${head}`)
  return start + Number(length)
}

/** After the last chunk, which has the size 0 (RFC 9112 §7.1; no trailer fields here). */
const endOfChunks = (bytes: Buffer, start: number): number | undefined => {
  let at = start
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    at = lineEnd + 2 + size + 2
    if (size === 0) return at
  }
}
