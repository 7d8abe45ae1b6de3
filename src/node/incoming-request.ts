// A request for handlers that take the light form (`answer`): a view of Node's message, of which nothing is made before it is asked for.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import type { RequestLike } from '../http/index.ts'
import { joinOctets } from '../wire/index.ts'

/** Whose target `examine` has let through; `origin` is that of the authority it names. */
export class IncomingRequest implements RequestLike {
  readonly isFramed = true
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #origin: string
  #url: string | undefined
  #headers: Fields | undefined
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined
  #abort: AbortController | undefined
  #isTaken = false

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, origin: string) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#origin = origin
  }

  get method(): string {
    return this.#incoming.method ?? 'GET'
  }

  get url(): string {
    return (this.#url ??= urlOf(this.#origin, this.#incoming.url ?? '/'))
  }

  get headers(): Fields {
    return (this.#headers ??= new RawFields(this.#incoming.rawHeaders))
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (this.method === 'GET' || this.method === 'HEAD') return null // as in a Request
    if (this.#body === undefined) {
      this.#isTaken = true
      const stream: NodeStream = Readable.toWeb(this.#incoming)
      this.#body = stream as unknown as ReadableStream<Uint8Array<ArrayBuffer>> // Node and the DOM each declare the one class
    }
    return this.#body
  }

  /** Aborted when the client goes away before it has the answer. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController()
      const outgoing = this.#outgoing
      const onClose = (): void => {
        if (!outgoing.writableFinished) abort.abort()
      }
      if (outgoing.closed) onClose()
      else outgoing.once('close', onClose)
      this.#abort = abort
    }
    return this.#abort.signal
  }

  /** All of the content; rejects where it breaks off or has been taken before. */
  arrayBuffer(): Promise<ArrayBuffer> {
    if (this.#isTaken) return Promise.reject(new TypeError('The content has been read already.'))
    this.#isTaken = true
    return collect(this.#incoming)
  }
}

type Fields = RequestLike['headers']

/** The lines of a field joined as fetch does it. Node's own `headers` drop all but one line of some fields, in silence. */
class RawFields implements Fields {
  readonly #raw: readonly string[]

  constructor(raw: readonly string[]) {
    this.#raw = raw
  }

  get(name: string): string | null {
    const raw = this.#raw
    let value: string | null = null
    for (let index = 0; index < raw.length; index += 2) {
      const field = raw[index] ?? ''
      if (field.length !== name.length || field.toLowerCase() !== name.toLowerCase()) continue
      const line = raw[index + 1] ?? ''
      value = value === null ? line : value + separatorOf(field) + line
    }
    return value
  }

  has(name: string): boolean {
    return this.get(name) !== null
  }
}

/** RFC 9110 §5.3, RFC 6265 §5.4. */
function separatorOf(field: string): string {
  return field.toLowerCase() === 'cookie' ? '; ' : ', '
}

/** What the URL standard leaves as it is in path and query. */
const asItIs = /^[!$%&(-;=?-Z_a-z~[\]]*$/

function urlOf(origin: string, target: string): string {
  return asItIs.test(target) ? origin + target : new URL(origin + target).href
}

/** A copy: Node's chunks lie in pools that hold other things too. */
function collect(incoming: IncomingMessage): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    incoming.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk)
      length += chunk.length
    })
    incoming.once('end', () => resolve(joinOctets(chunks, length).buffer))
    incoming.once('error', reject)
    incoming.once('close', () => {
      if (!incoming.readableEnded) reject(new Error('The content broke off.'))
    })
  })
}
