// The class behind every URL: what it answers to each question of the decision table, and its handlers, one per HTTP method.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { after, type Awaitable, type EntityTag } from '../wire/index.ts'
import type { Answer, StatusConstant } from './answer.ts'
import type { Exchange } from './exchange.ts'
import { knownMethods } from './methods.ts'
import { authenticate } from './principal.ts'
import { Problem } from './problems/problem.ts'
import { readQuery, type QueryDeclarations, type QueryValues } from './query/query-parameters.ts'
import type { Representation } from './representations/representation.ts'
import { defaults, type Settings } from './settings.ts'
import { applyJsonPatch } from './content/json-patch.ts'
import { mergePatch } from './content/merge-patch.ts'
import { validate } from './content/standard-schema.ts'

/** Yes, the standard no, or an answer of the resource's own: `GONE`, `SERVICE_UNAVAILABLE(undefined, { 'retry-after': '20' })`. */
export type Verdict = boolean | Answer | StatusConstant

/** What a path says, decoded; absent for a part that may be left out. */
export type ParamsRecord = Readonly<Record<string, string | undefined>>

// oxlint-disable-next-line typescript/no-generated-empty-object-type -- none is what it says
export type NoQuery = Readonly<Record<never, never>>

const handlersOfClass = new WeakMap<object, readonly string[]>()

// Settings are declared by an interface, so that a class may set one as a field or as a getter.
// oxlint-disable-next-line no-redeclare, typescript/no-unsafe-declaration-merging -- merged with the class, whose static block defines them all
export interface Resource extends Settings {}

/**
 * Extend it, or what `resource(path)` gives: a method named after an HTTP method makes that method supported. One instance is
 * made per request; it must be possible to make one without a request, for its description.
 *
 * @example
 * class Hello extends Resource<{ name: string }> {
 *   GET() { return { hello: this.params.name } }
 * }
 */
export class Resource<Params extends ParamsRecord = ParamsRecord, Declared extends QueryDeclarations = NoQuery> {
  static {
    Object.assign(this.prototype, defaults)
    const follow = (name: string, get: (this: Resource) => unknown): void =>
      void Object.defineProperty(this.prototype, name, { get, configurable: true })
    follow('accepts', function (this: Resource): readonly Representation[] {
      return this.produces.filter(({ read }) => read !== undefined)
    })
    for (const name of ['acceptsPatch', 'acceptsQuery']) {
      follow(name, function (this: Resource): readonly Representation[] {
        return this.accepts
      })
    }
  }

  /** The query parameters it takes; a class without a path may look at them on its own. Inherited. */
  static readonly parameters: QueryDeclarations | undefined = undefined

  /** Methods with the name of a handler in lower case that are none, and not meant to be one; any other is an error when mounted. */
  static readonly notHandlers: readonly string[] = []

  readonly exchange: Exchange
  readonly params: Params
  #query: QueryValues<Declared> | undefined

  constructor(exchange: Exchange, params: Params) {
    this.exchange = exchange
    this.params = params
  }

  /** What counts and keys belong to: the path, or the class. */
  get scope(): string {
    return (this.constructor as { readonly path?: { readonly path: string } }).path?.path ?? this.constructor.name // see `resource`
  }

  /** A word for the whole, for pages that have a title. */
  get title(): string {
    return this.constructor.name
  }

  /** The whole URL of the request. */
  get url(): URL {
    return this.exchange.url
  }

  /** The declared query parameters. */
  get query(): QueryValues<Declared> {
    // A class that takes declarations in its type has them as its static `parameters`, see `resource`.
    const declarations = ((this.constructor as typeof Resource).parameters ?? {}) as Declared
    return (this.#query ??= readQuery(declarations, this.exchange.parameters, ['format']))
  }

  /** The methods it supports now: the handlers it has, OPTIONS, and HEAD where there is GET. */
  get methods(): readonly string[] {
    const { allowedMethods } = this
    const handlers = handlersOf(this)
    if (allowedMethods === undefined) return handlers
    const narrowed = allowedMethods.includes('GET')
      ? [...allowedMethods, 'HEAD', 'OPTIONS']
      : [...allowedMethods, 'OPTIONS']
    return handlers.filter((method) => narrowed.includes(method))
  }

  /** Of these methods, those that this caller may use here, for `Allow`; asked for nothing else. */
  allowed(): Awaitable<readonly string[]> {
    return this.methods
  }

  // The questions, in the order in which decisions/ asks them.

  /** Say `SERVICE_UNAVAILABLE(undefined, retryAfter(20))` to tell for how long not. */
  isAvailable(): Awaitable<Verdict> {
    return true
  }

  isUriShort(): Awaitable<Verdict> {
    return this.exchange.request.url.length <= this.maxUriLength
  }

  /** Header fields and query parameters; throw Problem 400 to say what is wrong. Declared parameters are checked before. */
  isWellFormed(): Awaitable<Verdict> {
    return true
  }

  /** Without schemes everybody may ask; with schemes, the first that knows the caller decides. */
  isAuthenticated(): Awaitable<Verdict> {
    return this.schemes.length === 0 || this.exchange.principal !== undefined || this.#authenticate()
  }

  #authenticate(): Awaitable<boolean> {
    return after(authenticate(this.schemes, this.exchange), (outcome) => {
      if (outcome === undefined) return this.allowsAnonymous
      if (outcome === 'refused') return false
      this.exchange.principal = outcome
      return true
    })
  }

  isAllowed(): Awaitable<Verdict> {
    return true
  }

  /** Also the place to load what the handler needs. */
  exists(): Awaitable<Verdict> {
    return true
  }

  /** Where it is for good, if it is no longer here: 308. */
  movedTo(): Awaitable<string | undefined> {
    return undefined
  }

  /** Where it is for now, if it is not here: 307. */
  temporarilyAt(): Awaitable<string | undefined> {
    return undefined
  }

  /** Whether it was here, and is known to be gone: 410. */
  isGone(): Awaitable<Verdict> {
    return false
  }

  /** Whether the content is something that can be done; its form was checked before, by `input`. */
  isContentValid(): Awaitable<Verdict> {
    return true
  }

  /** Whether the write contradicts the state of the target: 409. */
  hasConflict(): Awaitable<Verdict> {
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

  /** An answer that is about to be given again for its idempotency key: the place to see whether it may still be shown. */
  replayed(answer: Answer, _fields: Headers): Awaitable<Answer> {
    return answer
  }

  /** Whether `transact` is asked at all: where it only runs the rest, nobody has to wait for it. */
  get isTransacted(): boolean {
    return this.transact !== Resource.prototype.transact
  }

  /** Runs `rest`, from `exists` to the end of the handler; override it to put them into one transaction. */
  transact(rest: () => Promise<Answer>): Promise<Answer> {
    return rest()
  }

  /**
   * The document with the PATCH that was sent: a JSON Patch (RFC 6902), or any other content as a merge patch (RFC 7396). The document
   * itself is not changed. With a schema, what that makes of the result.
   *
   * @throws Problem 400, 409 or 422 where the patch cannot be applied, 422 where the schema refuses the result.
   */
  patched(document: unknown): unknown
  patched<S extends StandardSchemaV1>(document: unknown, schema: S): Promise<StandardSchemaV1.InferOutput<S>>
  patched(document: unknown, schema?: StandardSchemaV1): unknown {
    const { isJsonPatch } = this.exchange
    const result = isJsonPatch ? applyJsonPatch(document, this.data()) : mergePatch(document, this.data())
    return schema === undefined ? result : validate(schema, result)
  }

  /** How one item looks, here and in collections of such items (see `itemsOf`): an object, or an `Entity` with links. */
  represent(item: unknown): unknown {
    return item
  }

  /** Text in the negotiated media type, made of what a handler returned: a template, say. Undefined leaves it to the representation. */
  render(_content: unknown, _representation: Representation): Awaitable<string | undefined> {
    return undefined
  }

  /**
   * The content as its media type reads it; with a schema, what that makes of it.
   *
   * @throws Problem 400 where there is none, 422 where the schema refuses it.
   */
  data(): unknown
  data<S extends StandardSchemaV1>(schema: S): Promise<StandardSchemaV1.InferOutput<S>>
  data(schema?: StandardSchemaV1): unknown {
    const { exchange } = this
    if ((exchange.content?.byteLength ?? 0) === 0) {
      throw new Problem(400, 'The content is empty where content is needed.', { code: 'malformed-content' })
    }
    if (schema === undefined) return exchange.data
    const { validated } = exchange
    if (validated?.schema === schema) return Promise.resolve(validated.value)
    const validating = validate(schema, exchange.data)
    // A handler may fail before it waits for this: then nobody else is there to hear of the refusal.
    validating.catch(() => undefined)
    return validating
  }
}

function handlersOf(resource: Resource): readonly string[] {
  const known = handlersOfClass.get(resource.constructor)
  if (known !== undefined) return known
  const handlers = resource as unknown as Record<string, unknown> // looked up by method name
  const methods = knownMethods.filter(
    (method) => method === 'OPTIONS' || typeof handlers[method === 'HEAD' ? 'GET' : method] === 'function',
  )
  handlersOfClass.set(resource.constructor, methods)
  return methods
}
