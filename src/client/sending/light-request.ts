// A question to a service of this process as the service needs it: what the platform's Request takes to make is a tenth of the call.

import { signalOf } from './in-time.ts'
import type { Message, WhenOver } from './message.ts'

/** What a service asks of a request. */
export class LightRequest {
  readonly method: string
  readonly url: string
  readonly body = null
  readonly headers: LightHeaders
  readonly #whenOver: WhenOver
  #signal: AbortSignal | undefined

  private constructor({ method, headers }: Message, url: string, whenOver: WhenOver) {
    this.method = method
    this.url = url
    this.headers = new LightHeaders(headers)
    this.#whenOver = whenOver
  }

  /**
   * Undefined for a message of which a Request would change or refuse something, or that has content.
   *
   * @param url that of the message, normalised.
   */
  static of(message: Message, url: string, whenOver: WhenOver): LightRequest | undefined {
    const { method, headers, body } = message
    const isPlain = method === 'GET' && body === undefined && Object.entries(headers).every(isPlainField)
    return isPlain ? new LightRequest(message, url, whenOver) : undefined
  }

  get signal(): AbortSignal {
    return (this.#signal ??= signalOf(this.#whenOver))
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(new ArrayBuffer(0))
  }
}

class LightHeaders {
  readonly #fields: Message['headers']

  constructor(fields: Message['headers']) {
    this.#fields = fields
  }

  get(name: string): string | null {
    const lower = name.toLowerCase()
    return this.has(lower) ? (this.#fields[lower] ?? null) : null
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name.toLowerCase())
  }
}

/** A name and a value as they are sent: no line breaks, no blanks around them. */
function isPlainField([name, value]: readonly [string, string]): boolean {
  return /^[a-z\d-]+$/.test(name) && /^[!-~](?:[ -~]*[!-~])?$/.test(value)
}
