// A request on its way: send → with credentials → with a timeout → the transport. Each name adds one concern.

import { isProblemDocument, reasonPhrase, startTimer, type ProblemDocument } from '../wire/index.ts'
import type { Credentials } from './credentials.ts'
import { ConnectionFailed, refusal, SlumberError, TimedOut, UnexpectedAnswer, type Sent } from './errors.ts'

/** A socket, a service in this process, or a test double. */
export type Transport = (request: Request) => Promise<Response>

export interface SendOptions {
  readonly transport: Transport
  readonly credentials: Credentials | undefined
  /** Milliseconds for one request, its answer read to the end. */
  readonly timeout: number
  /** The most octets of one answer, after decoding. */
  readonly maxAnswerSize: number
  /** Whether a URL is one of ours; credentials go nowhere else. */
  readonly isTrusted: (url: string) => boolean
}

export interface Call {
  /** GET unless given. */
  readonly method?: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; a bigint as a string, as in the rest of the system. */
  readonly body?: unknown
  readonly contentType?: string
}

export interface Reply {
  readonly request: Sent
  readonly status: number
  readonly headers: Headers
  /** The parsed JSON; undefined where there is no content. */
  readonly content: unknown
}

/** An answer read to its end. */
interface Answer {
  readonly response: Response
  readonly text: string
}

export class Sender {
  readonly #options: SendOptions

  constructor(options: SendOptions) {
    this.#options = options
  }

  /**
   * Sends a call and reads its answer.
   *
   * @throws Refused for a status of 400 or more, ConnectionFailed without an answer, UnexpectedAnswer for anything else
   * that is no JSON or too long, SlumberError for a call that cannot be sent.
   */
  async send(call: Call): Promise<Reply> {
    const request = { method: call.method ?? 'GET', url: call.url }
    const { response, text } = await this.#sendWithCredentials(request, call)
    const { status, headers } = response
    if (isRedirect(response)) {
      throw new UnexpectedAnswer(request, status, `leads to ${headers.get('location') ?? 'another place'}`)
    }
    const content = parse(text, headers)
    if (status >= 400) throw refusal(request, problemOf(status, content), headers)
    if (content === undefined && text !== '') {
      throw new UnexpectedAnswer(
        request,
        status,
        `the content is no JSON (${headers.get('content-type') ?? 'no type'})`,
      )
    }
    return { request, status, headers, content }
  }

  async #sendWithCredentials(request: Sent, call: Call): Promise<Answer> {
    refuseUserinfo(request)
    const accept = 'application/hal+json, application/json;q=0.9'
    const headers = sendable(request, () => new Headers({ accept, ...call.headers }))
    if (call.body !== undefined) headers.set('content-type', call.contentType ?? 'application/json')
    if (this.#options.isTrusted(call.url)) await this.#options.credentials?.(headers)
    return await this.#sendWithTimeout(request, headers, call.body)
  }

  /** A transport need not know of signals: the answer is waited for no longer than the timeout, whatever it does. */
  async #sendWithTimeout(request: Sent, headers: Headers, body: unknown): Promise<Answer> {
    const { timeout, transport, maxAnswerSize } = this.#options
    const controller = new AbortController()
    const makeMessage = (): Request =>
      new Request(request.url, {
        method: request.method,
        headers,
        signal: controller.signal,
        redirect: 'manual',
        // Node's fetch adds `cache-control: no-cache` to conditional requests unless this is said.
        cache: 'no-cache',
        ...(body === undefined ? {} : { body: JSON.stringify(body, bigintAsText) }),
      })
    const message = sendable(request, makeMessage)
    const { expired, stop } = startTimer(timeout, () => {
      controller.abort()
      return new Error('timed out')
    })
    try {
      return await Promise.race([readAnswer(request, transport(message), maxAnswerSize), expired])
    } catch (cause) {
      if (controller.signal.aborted) throw new TimedOut(request, `no answer in ${timeout} ms`, cause)
      if (cause instanceof UnexpectedAnswer) throw cause
      throw new ConnectionFailed(request, `no connection${reasonOf(cause)}`, cause)
    } finally {
      stop()
    }
  }
}

async function readAnswer(request: Sent, answer: Promise<Response>, maxSize: number): Promise<Answer> {
  const response = await answer
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const part = await reader?.read()
    if (part?.value === undefined) return { response, text: text + decoder.decode() }
    size += part.value.byteLength
    if (size > maxSize) {
      reader?.cancel().catch(() => {}) // that it cannot be stopped changes nothing
      throw new UnexpectedAnswer(request, response.status, `the content is longer than ${maxSize} octets`)
    }
    text += decoder.decode(part.value, { stream: true })
  }
}

/** A URL with a user or password cannot be fetched; and it would be in every message. */
export function hasUserinfo({ username, password }: URL): boolean {
  return username !== '' || password !== ''
}

function refuseUserinfo({ method, url }: Sent): void {
  if (!URL.canParse(url) || !hasUserinfo(new URL(url))) return
  const { protocol, host, pathname } = new URL(url)
  throw new SlumberError(`${method} ${protocol}//${host}${pathname}: a URL with a user or password is not sent.`)
}

/** The platform has TypeErrors for what cannot be sent. */
function sendable<Made>({ method, url }: Sent, make: () => Made): Made {
  try {
    return make()
  } catch (cause) {
    throw new SlumberError(`${method} ${url} cannot be sent.`, { cause })
  }
}

/** Browsers hide where a redirect leads, and even its status. */
function isRedirect({ status, type }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
}

/** The JSON of a content; undefined where there is none or it is none. */
function parse(text: string, headers: Headers): unknown {
  if (text === '' || !/^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemOf(status: number, content: unknown): ProblemDocument {
  return isProblemDocument(content) ? { ...content, status } : { title: reasonPhrase(status), status }
}

function bigintAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** The innermost cause says most: Node's fetch hides `ECONNREFUSED` below "fetch failed". */
function reasonOf(error: unknown): string {
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  if (!(cause instanceof Error)) return ''
  return ` (${'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message})`
}
