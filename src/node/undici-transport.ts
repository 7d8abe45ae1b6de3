// A transport of the client over a pool of undici: its answers come without Request, Response and streams of the web.

import type { Answer, Fields, Limits, Message, Transport } from '../client/index.ts'

/** What is used of a pool, agent or client of undici 7. */
export interface Dispatcher {
  dispatch(options: DispatchOptions, handler: DispatchHandler): boolean
}

interface DispatchOptions {
  readonly origin: string
  readonly path: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string | null
}

interface Controller {
  abort(reason: Error): void
}

interface DispatchHandler {
  onRequestStart(controller: Controller): void
  onResponseStart(controller: Controller, status: number, headers: Record<string, string | string[] | undefined>): void
  onResponseData(controller: Controller, chunk: Uint8Array): void
  onResponseEnd(): void
  onResponseError(controller: Controller, error: Error): void
}

/**
 * Sends by an agent or a pool of undici 7, at a fraction of what the platform's `fetch` costs. Contents are not asked for in a coding.
 *
 * @example
 * import { Agent } from 'undici'
 * connect({ directory, transport: undiciTransport(new Agent({ connections: 20 })) })
 */
export function undiciTransport(dispatcher: Dispatcher): Transport {
  const light = ({ url, method, headers, body }: Sendable, limits: Limits): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { origin, pathname, search } = new URL(url)
      const options = { origin, path: pathname + search, method, headers: { ...headers }, body: body ?? null }
      dispatcher.dispatch(options, new Reading(limits, resolve, reject))
    })
  const fetch = async (request: Request): Promise<Response> => {
    const { method, url, signal } = request
    const body = request.body === null ? undefined : await request.text()
    const whenOver = (listener: (reason: unknown) => void): void =>
      signal.addEventListener('abort', () => listener(signal.reason))
    const limits = { whenOver, maxSize: Infinity, tooLong: (): Error => new Error() }
    const { status, fields, text } = await light(
      { method, url, headers: Object.fromEntries(request.headers), body },
      limits,
    )
    const hasContent = text !== '' // some statuses may have none
    return new Response(hasContent ? text : null, { status, headers: [...fields] })
  }
  return Object.assign(fetch, { light })
}

type Sendable = Pick<Message, 'method' | 'url' | 'headers' | 'body'>

/** Collects one answer. */
class Reading implements DispatchHandler {
  readonly #limits: Limits
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: Error) => void
  readonly #parts: Uint8Array[] = []
  #octets = 0
  #status = 0
  #fields: Fields = new Map<string, string>()

  constructor(limits: Limits, resolve: (answer: Answer) => void, reject: (error: Error) => void) {
    this.#limits = limits
    this.#resolve = resolve
    this.#reject = reject
  }

  onRequestStart(controller: Controller): void {
    this.#limits.whenOver((reason) => controller.abort(reason as Error))
  }

  /** Informational answers come first, if any. */
  onResponseStart(
    _controller: Controller,
    status: number,
    headers: Parameters<DispatchHandler['onResponseStart']>[2],
  ): void {
    this.#status = status
    const lines = Object.entries(headers).map(
      ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)] as const,
    )
    this.#fields = new Map(lines)
  }

  onResponseData(controller: Controller, chunk: Uint8Array): void {
    this.#octets += chunk.byteLength
    if (this.#octets > this.#limits.maxSize) controller.abort(this.#limits.tooLong(this.#status))
    else this.#parts.push(chunk)
  }

  onResponseEnd(): void {
    const status = this.#status
    const [part, ...more] = this.#parts
    const text = decoder.decode(more.length === 0 ? part : Buffer.concat(this.#parts))
    this.#resolve({ status, fields: this.#fields, text, isRedirect: status >= 300 && status < 400 && status !== 304 })
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#reject(error)
  }
}

const decoder = new TextDecoder()
