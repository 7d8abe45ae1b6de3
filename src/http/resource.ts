// The class behind every URL: what it answers to each question of the decision table, and its handlers, one per HTTP method.

import type { EntityTag } from '../wire/index.ts'
import type { Answer, StatusConstant } from './answer.ts'
import { defaultContentLimits, parseJson, type ContentLimits } from './content.ts'
import type { Exchange } from './exchange.ts'
import { authenticate, type Scheme } from './principal.ts'
import { json, type Representation } from './representation.ts'

/** Yes, the standard no, or an answer of the resource's own: `GONE`, `SERVICE_UNAVAILABLE(undefined, { 'retry-after': '20' })`. */
export type Verdict = boolean | Answer | StatusConstant

export type Awaitable<T> = T | Promise<T>

/** Methods that some resource of this layer can implement; any other is 501 (RFC 9110 §15.6.2). */
export const knownMethods = ['GET', 'HEAD', 'POST', 'QUERY', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

const methodsOfClass = new WeakMap<object, readonly string[]>()

/**
 * Extend it: a method named after an HTTP method makes that method supported. One instance is made per request.
 *
 * @example
 * class Hello extends Resource {
 *   GET() { return { hello: this.params.name } }
 * }
 */
export class Resource<Params extends Readonly<Record<string, string>> = Readonly<Record<string, string>>> {
  readonly exchange: Exchange
  readonly params: Params

  constructor(exchange: Exchange, params: Params) {
    this.exchange = exchange
    this.params = params
  }

  /** What it can write, the default first. */
  get produces(): readonly Representation[] {
    return defaults.produces
  }

  /** Media types of content it can read. */
  get accepts(): readonly string[] {
    return defaults.accepts
  }

  /** Media types it can read in a PATCH. */
  get acceptsPatch(): readonly string[] {
    return this.accepts
  }

  /** How a caller can say who they are; a 401 names them. */
  get schemes(): readonly Scheme[] {
    return defaults.schemes
  }

  get contentLimits(): ContentLimits {
    return defaults.contentLimits
  }

  /** The methods it supports now, for `Allow`: the handlers it has, OPTIONS, and HEAD where there is GET. */
  get methods(): readonly string[] {
    const known = methodsOfClass.get(this.constructor)
    if (known !== undefined) return known
    const handlers = this as unknown as Record<string, unknown> // looked up by method name
    const methods = knownMethods.filter(
      (method) => method === 'OPTIONS' || typeof handlers[method === 'HEAD' ? 'GET' : method] === 'function',
    )
    methodsOfClass.set(this.constructor, methods)
    return methods
  }

  // The questions, in the order in which decisions.ts asks them.

  isAvailable(): Awaitable<Verdict> {
    return true
  }

  isUriShort(): Awaitable<Verdict> {
    return this.exchange.request.url.length <= defaults.maxUriLength
  }

  /** Header fields and query parameters; throw Problem 400 to say what is wrong. */
  isWellFormed(): Awaitable<Verdict> {
    return true
  }

  /** Without schemes everybody may ask; with schemes, the first that knows the caller decides. */
  isAuthenticated(): Awaitable<Verdict> {
    return this.schemes.length === 0 || this.exchange.principal !== undefined || this.#authenticate()
  }

  async #authenticate(): Promise<boolean> {
    this.exchange.principal = await authenticate(this.schemes, this.exchange)
    return this.exchange.principal !== undefined
  }

  isAllowed(): Awaitable<Verdict> {
    return true
  }

  /** Also the place to load what the handler needs. */
  exists(): Awaitable<Verdict> {
    return true
  }

  /** Whether a PUT may create what does not exist. */
  get createsByPut(): boolean {
    return false
  }

  requiresCondition(): boolean {
    return false
  }

  /**
   * The validator of the selected state, without the part for the representation: a version or a hash. A string is a strong tag.
   * It must be printable, without blanks and quotes: any other is a TypeError that names this class and the tag (RFC 9110 §8.8.3).
   */
  entityTag(): Awaitable<EntityTag | string | undefined> {
    return undefined
  }

  /** What else, besides the media type, makes one representation of the same state differ from another; printable, without dots. */
  variant(): string {
    return ''
  }

  /** When the state was last changed. A time to come is sent as the present (RFC 9110 §8.8.2.1), an invalid date not at all. */
  lastModified(): Awaitable<Date | undefined> {
    return undefined
  }

  /** Runs `rest`, from `exists` to the end of the handler; override it to put them into one transaction. */
  transact(rest: () => Promise<Answer>): Promise<Answer> {
    return rest()
  }

  /** `Cache-Control` of a successful GET. */
  get cacheControl(): string {
    return this.exchange.principal === undefined ? 'no-cache' : 'private, no-cache'
  }

  /** The content as JSON. Throws Problem 400. */
  data(): unknown {
    return parseJson(this.exchange.content ?? new Uint8Array(), this.contentLimits)
  }
}

/** Every setting in one place; a resource overrides the getter of the same name. */
const defaults: {
  readonly produces: readonly Representation[]
  readonly accepts: readonly string[]
  readonly schemes: readonly Scheme[]
  readonly contentLimits: ContentLimits
  readonly maxUriLength: number
} = {
  produces: [json],
  accepts: ['application/json'],
  schemes: [],
  contentLimits: defaultContentLimits,
  maxUriLength: 8192,
}
