// A client that says exactly what it is told, byte by byte, and reads whole answers: no library would send these requests.
import { connect, type Socket } from 'node:net'
import { expect } from 'vitest'

export interface RawAnswer {
  readonly version: string
  readonly status: number
  /** Lower-case names; lines of one name are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** How the body of the answer to a method ends; interim answers have none (RFC 9112 §6.3). */
interface ReadOptions {
  readonly method?: string
}

export class RawClient {
  readonly #socket: Socket
  #received = ''
  #isEnded = false
  #wake: () => void = () => undefined
  error: NodeJS.ErrnoException | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.#received += text
      this.#wake()
    })
    socket.on('error', (error) => (this.error = error))
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.#isEnded = true
        this.#wake()
      })
    }
  }

  static async open(port: number, options: { readonly allowHalfOpen?: boolean } = {}): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', ...options })
    const client = new RawClient(socket)
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return client
  }

  get localPort(): number {
    return this.#socket.localPort ?? 0
  }

  send(text: string): void {
    this.#socket.write(text, 'latin1')
  }

  /** Resolves when the kernel took the octets. */
  sendBytes(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()))
  }

  close(): void {
    this.#socket.destroy()
  }

  reset(): void {
    this.#socket.resetAndDestroy()
  }

  /** The next answer, interim ones included. Throws where the connection ends before it is whole. */
  async read({ method = 'GET' }: ReadOptions = {}): Promise<RawAnswer> {
    await this.#until(() => this.#received.includes('\r\n\r\n'))
    const end = this.#received.indexOf('\r\n\r\n')
    if (end === -1) throw new Error(`no answer, but ${JSON.stringify(this.#received)} ${this.error?.code ?? ''}`)
    const [statusLine = '', ...lines] = this.#received.slice(0, end).split('\r\n')
    this.#received = this.#received.slice(end + 4)
    const headers = fieldsOf(lines)
    const status = Number(statusLine.slice(9, 12))
    const isEmpty = method === 'HEAD' || status < 200 || status === 204 || status === 304
    const body = isEmpty ? '' : await this.#body(headers)
    return { version: statusLine.slice(0, 8), status, headers, body }
  }

  /** Says that nothing more is sent, and gives all octets until the connection ends, as they came. */
  async readAll(): Promise<string> {
    this.#socket.end()
    await this.#until(() => false)
    return this.#take(this.#received.length)
  }

  /** Whether the other end closes within the time, with nothing more sent. */
  async closesWithin(milliseconds = 2_000): Promise<boolean> {
    const timer = setTimeout(() => this.#wake(), milliseconds)
    const deadline = performance.now() + milliseconds
    await this.#until(() => performance.now() >= deadline)
    clearTimeout(timer)
    return this.#isEnded && this.#received === ''
  }

  /** Whether nothing comes and nothing closes in the time. */
  async staysSilent(milliseconds: number): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    return !this.#isEnded && this.#received === ''
  }

  async #body(headers: RawAnswer['headers']): Promise<string> {
    if (headers['transfer-encoding'] === 'chunked') return this.#chunks()
    const length = Number(headers['content-length'])
    if (Number.isNaN(length)) {
      await this.#until(() => false)
      return this.#take(this.#received.length)
    }
    await this.#until(() => this.#received.length >= length)
    return this.#take(length)
  }

  async #chunks(): Promise<string> {
    let content = ''
    for (;;) {
      await this.#until(() => this.#received.includes('\r\n'))
      const end = this.#received.indexOf('\r\n')
      if (end === -1) throw new Error('the chunks end early')
      const size = Number.parseInt(this.#take(end + 2), 16)
      await this.#until(() => this.#received.length >= size + 2)
      content += this.#take(size)
      this.#take(2)
      if (size === 0) return content
    }
  }

  #take(length: number): string {
    if (this.#received.length < length) throw new Error('the body ends early')
    const taken = this.#received.slice(0, length)
    this.#received = this.#received.slice(length)
    return taken
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere() && !this.#isEnded) await new Promise<void>((resolve) => (this.#wake = resolve))
  }
}

function fieldsOf(lines: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    fields[name] = name in fields ? `${fields[name] ?? ''}, ${value}` : value
  }
  return fields
}

/** Sends one text on a new connection and reads one answer. */
export async function ask(port: number, text: string, options: ReadOptions = {}): Promise<RawAnswer> {
  const client = await RawClient.open(port)
  client.send(text)
  try {
    return await client.read(options)
  } finally {
    client.close()
  }
}

/** As `ask`, for answers that end the connection: it must close, with nothing after the answer. */
export async function askAndSeeClosed(port: number, text: string, options: ReadOptions = {}): Promise<RawAnswer> {
  const client = await RawClient.open(port)
  client.send(text)
  const answer = await client.read(options)
  expect(answer.headers['connection']).toBe('close')
  expect(await client.closesWithin(), 'the connection closes').toBe(true)
  client.close()
  return answer
}
