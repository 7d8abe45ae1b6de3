// A request on its way: send → with credentials → from the cache → shared → retried → past the breaker → once → the transport.

import { hasUserinfo, isProblemDocument, parseUrl, type ProblemDocument } from '../../wire/index.ts'
import type { Credentials } from '../credentials.ts'
import { refusal, SlumberError, UnexpectedAnswer, type Sent } from '../errors.ts'
import { inTime } from './in-time.ts'
import type { Answer, Fields, Message, Share, Step } from './message.ts'

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
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sent as JSON; a bigint as a string, as in the rest of the system. */
  readonly body?: unknown
  readonly contentType?: string | undefined
  /** It changes nothing, whatever its method, and may be tried again: a query that is sent by POST. */
  readonly isSafe?: boolean | undefined
  /** Whether the service heeds an Idempotency-Key, so that what carries one may be tried again; so it is taken unless given. */
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
    return typeof user === 'string' ? user : (await this.#withCredentials(this.#messageOf({ url }), url)).user
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
    if (reply.content === undefined && (reply.text !== '' || isNone)) throw noJson(reply)
    return reply
  }

  /** As `send`; the content may be of any type, but is JSON where it says so. */
  async sendForAny(call: Call): Promise<Reply> {
    const { request, answer } = await this.#follow(call)
    const { status, fields, text } = answer
    const content = parse(text, fields)
    if (status >= 400) {
      const isProblem = isProblemDocument(content) || /\bproblem\+json\b/i.test(fields.get('content-type') ?? '')
      throw refusal(request, isProblem ? problemOf(status, content) : unexplained(status, text), fields)
    }
    const reply = { request, status, headers: fields, content, text, share: answer.share }
    if (content === undefined && text !== '' && isJson(fields)) throw noJson(reply)
    return reply
  }

  async #follow(call: Call): Promise<{ request: Sent; answer: Answer }> {
    const { next, isTrusted } = this.#options
    const first = this.#messageOf(call)
    const { method } = first
    let { url, headers } = first
    for (let redirects = 0; ; redirects++) {
      const message = { ...first, url, headers }
      refuseUserinfo(method, url)
      const answer = await next(await this.#withCredentials(message, first.url))
      const request = { method, url }
      if (!answer.isRedirect) return { request, answer }
      const target = redirects < mostRedirects ? this.#target(message, answer) : undefined
      if (target === undefined) {
        const place = answer.fields.get('location') ?? 'another place'
        throw new UnexpectedAnswer({ request, status: answer.status }, `leads to ${place}`)
      }
      const isOurs = isTrusted(target) && new URL(target).origin === new URL(url).origin
      if (!isOurs) headers = { accept: headers['accept'] ?? accept }
      url = target
    }
  }

  /** Without credentials, which depend on where it goes. */
  #messageOf(call: Call): Message {
    const { defaults } = this
    const { url, contentType = 'application/json', isKeyed = true } = call
    const method = call.method?.toUpperCase() ?? 'GET'
    const isRead = method === 'GET' || method === 'HEAD'
    const body = call.body === undefined ? undefined : JSON.stringify(call.body, bigintAsText)
    if (isRead && body !== undefined) throw new SlumberError(`${method} ${url}: content with ${method} is not sent.`)
    const timeout = call.timeout ?? defaults.timeout
    const tryTimeout = call.tryTimeout ?? defaults.tryTimeout
    const headers = {
      accept,
      ...inLowerCase(call.headers),
      ...(body === undefined ? {} : { 'content-type': contentType }),
    }
    return {
      method,
      url,
      headers,
      body,
      isSafe: call.isSafe ?? isRead,
      isKeyed,
      isHurried: (timeout ?? tryTimeout) !== undefined,
      signal: call.signal ?? defaults.signal,
      deadline: performance.now() + (timeout ?? this.#options.timeout),
      tryTimeout,
      ttl: call.ttl ?? defaults.ttl,
      user: broughtBy(headers),
    }
  }

  /** Where a redirect leads that may be followed: with GET anywhere, with other methods (307, 308 only) to a service of ours at the same origin. */
  #target({ method, url }: Message, { status, fields }: Answer): string | undefined {
    const location = fields.get('location') ?? ''
    const target = location === '' ? undefined : parseUrl(location, url)
    if (target === undefined || !/^https?:$/.test(target.protocol)) return undefined
    const { href, origin } = target
    if (method === 'GET' || method === 'HEAD') return href
    const isKept = status === 307 || status === 308
    return isKept && origin === new URL(url).origin && this.#options.isTrusted(href) ? href : undefined
  }

  /** @param from where the call went at first */
  async #withCredentials(message: Message, from: string): Promise<Message> {
    const { credentials, isTrusted } = this.#options
    if (credentials === undefined || !isTrusted(message.url)) return message
    if (credentials.sign !== undefined && new URL(message.url).origin !== new URL(from).origin) return message
    const given = credentials(message)
    const own = given instanceof Promise ? await inTime(message, Infinity, () => given) : given
    const { sign, user = JSON.stringify } = credentials
    const whose = typeof user === 'string' ? user : user(own)
    return { ...message, headers: { ...message.headers, ...own }, sign, user: `${whose}\n${message.user}` }
  }
}

/** Who brings credentials of their own to a call is somebody else than who brings others, or none. */
function broughtBy({ authorization, cookie }: Message['headers']): string {
  return authorization === undefined && cookie === undefined ? '' : JSON.stringify([authorization, cookie])
}

function inLowerCase(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function refuseUserinfo(method: string, text: string): void {
  const url = text.includes('@') ? parseUrl(text) : undefined
  if (url === undefined || !hasUserinfo(url)) return
  throw new SlumberError(
    `${method} ${url.protocol}//${url.host}${url.pathname}: a URL with a user or password is not sent.`,
  )
}

function isJson(fields: Fields): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(fields.get('content-type') ?? '')
}

function noJson(reply: Reply): UnexpectedAnswer {
  return new UnexpectedAnswer(reply, `the content is no JSON (${reply.headers.get('content-type') ?? 'no type'})`)
}

/** The JSON of a content; undefined where there is none or it is none. */
function parse(text: string, fields: Fields): unknown {
  if (text === '' || !isJson(fields)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A problem document as the client has it: none of its members is required (RFC 9457 §3.1), and the status is that of the answer. */
export function problemOf(status: number, content: unknown): ProblemDocument {
  return { title: 'without a title', ...(content as object | undefined), status }
}

/** The code of an answer without a problem document: a gateway's, say. */
export const withoutProblem = 'without-problem'

/** A little of what was said instead. */
function unexplained(status: number, text: string): ProblemDocument {
  const detail = text.slice(0, 200).replaceAll(/\s+/g, ' ').trim()
  return { title: 'without a problem document', status, code: withoutProblem, ...(detail === '' ? {} : { detail }) }
}

function bigintAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
