// A request on its way: send → with credentials → from the cache → shared → retried → past the breaker → once → the transport.

import { hasUserinfo, isProblemDocument, parseUrl, type Awaitable, type ProblemDocument } from '../../wire/index.ts'
import type { Credentials } from '../credentials.ts'
import { refusal, SlumberError, UnexpectedAnswer, type Sent } from '../errors.ts'
import { inTime } from './in-time.ts'
import { originOf, type Answer, type Fields, type Message, type Share, type Step } from './message.ts'

export interface SendOptions {
  /** What follows credentials. */
  readonly next: Step
  readonly credentials: Credentials | undefined
  /** Milliseconds for a call, all its tries and redirects together, its answer read to the end. */
  readonly timeout: number
  /** Whether a URL is one of ours; credentials and content go nowhere else. */
  readonly isTrusted: (url: string) => boolean
}

/** What holds for every request of a call. */
export interface CallOptions {
  /** Aborts it: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for each request, its tries and redirects together, in place of the client's. */
  readonly timeout?: number | undefined
  /** Milliseconds for one try, in place of the client's: a longer `timeout` alone makes more tries, not longer ones. */
  readonly tryTimeout?: number | undefined
  /** Seconds for which an answer that the cache keeps may be taken without asking. */
  readonly ttl?: number | undefined
}

export interface Call extends CallOptions {
  /** GET unless given. */
  readonly method?: string | undefined
  readonly url: string
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
  /** Sent as JSON; a bigint as a string, as in the rest of the system. */
  readonly body?: unknown
  readonly contentType?: string | undefined
  /** It changes nothing, whatever its method, and may be tried again: a query that is sent by POST. */
  readonly isSafe?: boolean | undefined
  /** Whether the service heeds an Idempotency-Key, so that what carries one may be tried again; it is not, unless given. */
  readonly isKeyed?: boolean | undefined
}

export interface Reply {
  /** As it was sent last: redirects of a GET are followed. */
  readonly request: Sent
  readonly status: number
  readonly headers: Fields
  /** The parsed JSON; undefined where there is no content, or content of another type. */
  readonly content: unknown
  readonly text: string
  /** Keeps the instances that are made of it, where they are shared. */
  readonly share?: Share | undefined
}

const accept = 'application/hal+json, application/json;q=0.9'
const mostRedirects = 5

export class Sender {
  readonly #options: SendOptions
  /** Where a call says nothing else. */
  readonly defaults: CallOptions

  constructor(options: SendOptions, defaults: CallOptions = {}) {
    this.#options = options
    this.defaults = defaults
  }

  /** The same, for calls with other defaults. */
  with(defaults: CallOptions): Sender {
    return new Sender(this.#options, { ...this.defaults, ...defaults })
  }

  /** Whose answer one from a URL would be: two users who may see different things differ in it. */
  async userAt(url: string): Promise<string> {
    const user = this.#options.credentials?.user
    const message = this.#messageOf({ url })
    return typeof user === 'string' ? user : (await this.#withCredentials(message, message)).user
  }

  /** What some work for a call comes to, waited for no longer than for the call. */
  async inTime<T>(call: Call, work: () => Promise<T>): Promise<T> {
    return await inTime(this.#messageOf(call), Infinity, work)
  }

  /**
   * Sends a call and reads its answer, which has to be JSON or nothing.
   *
   * @throws Refused for a status of 400 or more, ConnectionFailed without an answer, UnexpectedAnswer for one that is no JSON, is too
   * long or leads nowhere, SlumberError for a call that cannot be sent; the signal's reason where that is aborted.
   */
  async send(call: Call): Promise<Reply> {
    const reply = await this.sendForAny(call)
    const isNone = reply.status === 304 && call.headers?.['if-none-match'] === undefined
    return reply.content === undefined && (reply.text !== '' || isNone) ? refuseNoJson(reply) : reply
  }

  /** As `send`; the content may be of any type, but is JSON where it says so. */
  async sendForAny(call: Call): Promise<Reply> {
    const first = this.#messageOf(call)
    let message = first
    for (let redirects = 0; ; redirects++) {
      refuseUserinfo(message)
      const answer = await this.#options.next(await this.#withCredentials(message, first))
      if (!answer.isRedirect) return replyOf(message, answer)
      message = this.#redirected(message, answer, redirects < mostRedirects)
    }
  }

  /** Without credentials, which depend on where it goes. */
  #messageOf(call: Call): Message {
    const { url, isKeyed = false, body: content } = call
    const method = call.method?.toUpperCase() ?? 'GET'
    const isRead = method === 'GET' || method === 'HEAD'
    const headers = headersOf(call)
    if (isRead && content !== undefined) throw new SlumberError(`${method} ${url}: content with ${method} is not sent.`)
    const { defaults } = this
    const timeout = call.timeout ?? defaults.timeout
    const tryTimeout = call.tryTimeout ?? defaults.tryTimeout
    const { authorization, cookie } = headers
    return {
      method,
      url,
      headers,
      body: JSON.stringify(content, bigintAsText),
      isSafe: call.isSafe ?? isRead,
      isKeyed,
      isHurried: (timeout ?? tryTimeout) !== undefined,
      signal: call.signal ?? defaults.signal,
      deadline: performance.now() + (timeout ?? this.#options.timeout),
      tryTimeout,
      ttl: call.ttl ?? defaults.ttl,
      // Who brings credentials of their own to a call is somebody else than who brings others, or none.
      user: authorization === undefined && cookie === undefined ? '' : JSON.stringify([authorization, cookie]),
      sign: undefined,
    }
  }

  /**
   * What is sent where an answer leads to: with GET anywhere, with other methods (307, 308 only) to a service of ours at the same origin.
   *
   * @throws UnexpectedAnswer where that is nowhere.
   */
  #redirected(message: Message, { status, fields }: Answer, mayFollow: boolean): Message {
    const { method, url, headers } = message
    const location = fields.get('location') ?? ''
    const target = parseUrl(location, url)
    const isOurs = target?.origin === originOf(message) && this.#options.isTrusted(target.href)
    const isKept = method === 'GET' || method === 'HEAD' || (isOurs && (status === 307 || status === 308))
    if (!mayFollow || location === '' || !isKept || target === undefined || !/^https?:$/.test(target.protocol)) {
      throw new UnexpectedAnswer({ request: message, status }, `leads to ${location || 'another place'}`)
    }
    return { ...message, url: target.href, headers: isOurs ? headers : { accept: headers['accept'] ?? accept } }
  }

  /** @param from what was sent at first */
  #withCredentials(message: Message, from: Message): Awaitable<Message> {
    const { credentials, isTrusted } = this.#options
    if (credentials === undefined || !isTrusted(message.url)) return message
    const { sign, user = JSON.stringify } = credentials
    if (sign !== undefined && originOf(message) !== originOf(from)) return message
    const given = credentials(message)
    const added = (own: Message['headers']): Message => {
      const whose = typeof user === 'string' ? user : user(own)
      // Two spreads in one literal cost more than all else that is done for an answer from the cache.
      // What the call brings itself is whom it is for.
      return { ...message, headers: Object.assign({}, own, message.headers), sign, user: `${whose}\n${message.user}` }
    }
    return given instanceof Promise ? inTime(message, Infinity, () => given).then(added) : added(given)
  }
}

function headersOf({ headers = {}, body, contentType = 'application/json' }: Call): Record<string, string> {
  const all: Record<string, string> = { accept }
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) all[name.toLowerCase()] = value
  if (body !== undefined) all['content-type'] = contentType
  return all
}

function refuseUserinfo({ method, url: text }: Message): void {
  const url = text.includes('@') ? parseUrl(text) : undefined
  if (url === undefined || !hasUserinfo(url)) return
  throw new SlumberError(`${method} ${url.host}${url.pathname}: a URL with a user or password is not sent.`)
}

/** @throws Refused, or UnexpectedAnswer for what is said to be JSON and is none. */
function replyOf({ method, url }: Message, { status, fields, text, share }: Answer): Reply {
  const request = { method, url }
  const type = fields.get('content-type') ?? ''
  const isJson = text !== '' && /^application\/(?:[\w.-]+\+)?json\b/i.test(type)
  const content = isJson ? parse(text) : undefined
  if (status >= 400) {
    const isProblem = isProblemDocument(content) || /\bproblem\+json\b/i.test(type)
    throw refusal(request, problemOf(status, isProblem ? content : unexplained(text)), fields)
  }
  const reply = { request, status, headers: fields, content, text, share }
  return isJson && content === undefined ? refuseNoJson(reply) : reply
}

function refuseNoJson(reply: Reply): never {
  throw new UnexpectedAnswer(reply, `the content is no JSON (${reply.headers.get('content-type') ?? 'no type'})`)
}

/** Undefined for what is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The code of an answer without a problem document: a gateway's, say. */
export const withoutProblem = 'without-problem'

/** A problem document as the client has it: none of its members is required (RFC 9457 §3.1), and the status is that of the answer. */
export function problemOf(status: number, content: unknown): ProblemDocument {
  return { title: 'without a title', ...(content as object | undefined), status }
}

/** A little of what was said instead. */
function unexplained(text: string): object {
  const detail = text.slice(0, 200).replaceAll(/\s+/g, ' ').trim()
  return { title: 'without a problem document', code: withoutProblem, detail }
}

/** For `JSON.stringify`. */
export function bigintAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
