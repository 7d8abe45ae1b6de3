// Every setting of a resource and its default, in one place. A class sets its own as fields or getters; a mount may set others.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Caching } from './response/caching.ts'
import type { ContentCoding } from './content/content-coding.ts'
import { defaultContentLimits, type ContentLimits } from './content/content.ts'
import type { Idempotency } from './remembered/idempotency.ts'
import type { Middleware } from './middleware.ts'
import type { Scheme } from './principal.ts'
import type { RateLimit } from './remembered/rate-limit.ts'
import { json, type Representation } from './representations/representation.ts'
import { memoryStore } from './remembered/memory-store.ts'
import type { SharedStore } from './remembered/shared-store.ts'

export interface Settings {
  /** What it can write, the default first. */
  readonly produces: readonly Representation[]
  /** What it can read; unless set, what of `produces` can be read. */
  readonly accepts: readonly Representation[]
  /** What it can read in a PATCH; unless set, what it accepts. */
  readonly acceptsPatch: readonly Representation[]
  /** What it can read in a QUERY; unless set, what it accepts. */
  readonly acceptsQuery: readonly Representation[]
  /** Answers an `Accept` that nothing matches with the default representation instead of 406. */
  readonly acceptFallback: boolean
  /** Languages its answers come in, the default first; empty where they have none. `exchange.language` is the one to use. */
  readonly languages: readonly string[]
  /** Content codings it may put on answers: `['gzip']`. Proxies usually do that. */
  readonly encodings: readonly ContentCoding[]
  /** Content codings it takes off content, besides identity. */
  readonly acceptsEncodings: readonly ContentCoding[]
  /** How a caller can say who they are; a 401 names them. */
  readonly schemes: readonly Scheme[]
  /** With schemes: lets in those who give no credentials. Wrong credentials are 401 all the same. */
  readonly allowsAnonymous: boolean
  readonly middleware: readonly Middleware[]
  /**
   * Request fields that its handlers look at, in lower case: `['cookie']`. They are in `Vary` of every answer, of a 304 too, before
   * which no handler is asked.
   */
  readonly vary: readonly string[]
  /** Narrows the methods that have a handler; naming one that has none is an error when mounted. */
  readonly allowedMethods: readonly string[] | undefined
  /** Characters of the whole URI; a longer one is 414. */
  readonly maxUriLength: number
  readonly contentLimits: ContentLimits
  /** What content must be, per method: what does not fit is 422. Also in the description, and `data(schema)` gives it typed. */
  readonly input: Readonly<Partial<Record<'POST' | 'PUT' | 'PATCH' | 'QUERY', StandardSchemaV1>>>
  /** What successful answers hold, per method; for the description. */
  readonly output: Readonly<Partial<Record<string, StandardSchemaV1>>>
  /** Content must say its length, else 411. */
  readonly needsLength: boolean
  readonly rateLimit: RateLimit | readonly RateLimit[] | undefined
  /** Whether `Idempotency-Key` is understood, or even needed, on POST and PATCH. */
  readonly idempotency: Idempotency | undefined
  /** Where rate limits and idempotency keys are remembered. */
  readonly sharedStore: SharedStore
  /** How successful answers to GET and HEAD may be cached. */
  readonly caching: Caching
  /** Whether parts of its answers can be asked for with `Range`. */
  readonly ranges: boolean
  /** Whether a PUT may create what does not exist. */
  readonly createsByPut: boolean
  /** Whether a write must name the state that it was made for, else 428: true for PUT, PATCH and DELETE, or the methods. */
  readonly requiresCondition: boolean | readonly string[]
  /** Since when it is out of date (RFC 9745), until when it will be there (RFC 8594), and where that is explained. */
  readonly deprecation: { readonly since: Date; readonly sunset?: Date; readonly documentation?: string } | undefined
  /** Adds `x-slumber-trace` with the decisions taken; for development. */
  readonly trace: boolean
  /** Adds `Server-Timing`. */
  readonly serverTiming: boolean
  /** In words; it wins over what is generated. A text for the resource, or one per method beside `resource`. */
  readonly description: string | Readonly<Record<string, string>> | undefined
  /** The URL below which the types of problems are explained; without one their type is `about:blank`. */
  readonly problemTypes: string | undefined
}

/** Those left out follow from the setting before them, see resource.ts. */
export const defaults: Omit<Settings, 'accepts' | 'acceptsPatch' | 'acceptsQuery'> = {
  produces: [json],
  acceptFallback: false,
  languages: [],
  encodings: [],
  acceptsEncodings: ['gzip'],
  schemes: [],
  allowsAnonymous: false,
  middleware: [],
  vary: [],
  allowedMethods: undefined,
  maxUriLength: 8192,
  contentLimits: defaultContentLimits,
  input: {},
  output: {},
  needsLength: false,
  rateLimit: undefined,
  idempotency: undefined,
  sharedStore: memoryStore(),
  caching: {},
  ranges: false,
  createsByPut: false,
  requiresCondition: false,
  deprecation: undefined,
  trace: false,
  serverTiming: false,
  description: undefined,
  problemTypes: undefined,
}

export const settingNames: readonly string[] = [...Object.keys(defaults), 'accepts', 'acceptsPatch', 'acceptsQuery']

/**
 * @param where what they were given to.
 * @throws TypeError for a setting that does not exist, and for one that is undefined where that means nothing: `schemes`, say.
 */
export function checkNames(where: string, settings: Partial<Settings>): void {
  const unknown = Object.keys(settings).find((setting) => !settingNames.includes(setting))
  if (unknown !== undefined) {
    throw new TypeError(`${where}: there is no setting "${unknown}"; there are: ${settingNames.join(', ')}.`)
  }
  const missing = Object.entries(settings).find(([name, value]) => value === undefined && !mayBeUndefined.has(name))
  if (missing === undefined) return
  throw new TypeError(`${where}: the setting "${missing[0]}" is undefined; leave it out where its default is meant.`)
}

const mayBeUndefined = new Set(
  Object.entries(defaults)
    .filter(([, value]) => value === undefined)
    .map(([name]) => name),
)
