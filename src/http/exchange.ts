// One request on its way to an answer: what was asked, by whom, and what was settled so far.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import { defaultLogger, type EntityTag, type Logger } from '../wire/index.ts'
import type { ContentCoding } from './content/content-coding.ts'
import type { FirstUse } from './remembered/idempotency.ts'
import type { Principal } from './principal.ts'
import type { Conditions } from './conditions/preconditions.ts'
import { parsePreferences, type Preferences } from './response/preferences.ts'
import { json, type Representation } from './representations/representation.ts'
import type { RequestLike } from './request-like.ts'

/** What the caller of `fetch` knows besides the request. */
export interface RequestInfo {
  /** The address of the socket's other end; absent means unknown, never local. */
  readonly peer?: string
  /** Already authenticated by the program itself (an in-process call). */
  readonly principal?: Principal
}

/** Made once per request; the decisions settle what is not `readonly`. */
export class Exchange {
  readonly request: RequestLike
  readonly method: string
  readonly headers: RequestLike['headers']
  readonly peer: string | undefined
  readonly requestId: string
  readonly logger: Logger
  principal: Principal | undefined
  /** Settled by negotiation; until then the default, so that early problems can be written. */
  representation: Representation = json
  language: string | undefined
  /** The content coding of the answer; undefined is identity. */
  coding: ContentCoding | undefined
  /** Settled by the decisions about the target. */
  targetExists = true
  entityTag: EntityTag | undefined
  /** The tag without the part for the representation. */
  stateTag: EntityTag | undefined
  lastModified: Date | undefined
  /** The content's octets as they came; then without their coding; then what they were read as. */
  received: Uint8Array<ArrayBuffer> | undefined
  content: Uint8Array<ArrayBuffer> | undefined
  data: unknown
  /** What a schema made of the data. */
  validated: { readonly schema: StandardSchemaV1; readonly value: unknown } | undefined
  /** What the request's conditions are compared with; undefined where it has none. */
  conditions: Conditions | undefined
  /** The use of an idempotency key, which waits for the answer. */
  firstUse: FirstUse | undefined
  /** The decisions taken so far, where somebody wants to know. */
  trace: string[] | undefined
  /** Made when they are first asked for: most requests need none of them. */
  #url: URL | undefined
  #parameters: URLSearchParams | undefined
  #vary: Set<string> | undefined
  #fields: Record<string, string> | undefined
  #timings: Map<string, number> | undefined
  #preferences: Preferences | undefined

  constructor(request: RequestLike, info: RequestInfo = {}, logger: Logger = defaultLogger) {
    this.request = request
    this.method = request.method
    this.headers = request.headers
    this.peer = info.peer
    this.principal = info.principal ?? undefined // a program without types may say null
    this.requestId = requestIdOf(request.headers.get('request-id'))
    this.logger = logger
  }

  get url(): URL {
    return (this.#url ??= new URL(this.request.url))
  }

  /** Percent-encoded; without making a URL of what is one already. */
  get pathname(): string {
    const { url } = this.request
    const start = url.indexOf('/', url.indexOf('://') + 3)
    return start === -1 ? '/' : upTo(upTo(url.slice(start), '#'), '?')
  }

  /** With its question mark; empty where there is no query. */
  get search(): string {
    const url = upTo(this.request.url, '#')
    const mark = url.indexOf('?')
    return mark === -1 ? '' : url.slice(mark)
  }

  /** Whether the content is a JSON Patch (RFC 6902). */
  get isJsonPatch(): boolean {
    return /^application\/json-patch\+json\s*(?:;|$)/i.test(this.headers.get('content-type') ?? '')
  }

  /** What the query says, in the order in which it does. */
  get parameters(): URLSearchParams {
    return (this.#parameters ??= new URLSearchParams(this.search))
  }

  /** Request headers that the answer depends on (RFC 9110 §12.5.5), besides those that negotiation and middleware look at. */
  get vary(): Set<string> {
    return (this.#vary ??= new Set())
  }

  /** Header fields that were settled on the way; what the answer says wins. */
  get fields(): Record<string, string> {
    return (this.#fields ??= {})
  }

  /** Milliseconds that steps took, for `Server-Timing`. */
  get timings(): Map<string, number> {
    return (this.#timings ??= new Map())
  }

  get hasVary(): boolean {
    return this.#vary !== undefined
  }

  get hasFields(): boolean {
    return this.#fields !== undefined
  }

  /** What the client prefers (RFC 7240); to look is to depend on it. */
  get preferences(): Preferences {
    this.vary.add('prefer')
    return (this.#preferences ??= parsePreferences(this.headers.get('prefer')))
  }
}

/** The text before a character. */
function upTo(text: string, character: string): string {
  const end = text.indexOf(character)
  return end === -1 ? text : text.slice(0, end)
}

/** A caller's id is kept if it can be nothing but an id, so that one id joins the logs of all services. */
function requestIdOf(given: string | null): string {
  return given !== null && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID()
}
