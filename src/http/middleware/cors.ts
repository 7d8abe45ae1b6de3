// Cross-origin resource sharing (Fetch standard, "HTTP CORS protocol"): lets pages of other origins use a resource.

import { refuseUnknownOptions, type KnownOptions } from '../../wire/index.ts'
import { Answer } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import type { Middleware } from '../middleware.ts'
import { knownMethods } from '../methods.ts'
import type { Resource } from '../resource.ts'

export interface CorsOptions {
  /**
   * Whose pages: origins, compared whole; `'*'` for all; or a function, which alone can say yes to origins that are no web origins,
   * of browser extensions say. Pages without an origin (`null`: sandboxed frames, files) only where `'null'` is in the list.
   */
  readonly origin: readonly string[] | '*' | ((origin: string) => boolean)
  /** What a preflight allows, as far as the resource has it; default: all it has. Reads and plain posts need no preflight. */
  readonly methods?: readonly string[]
  /** Request fields that pages may set. */
  readonly headers?: readonly string[]
  /** Answer fields that pages may read, besides the few that they always may. */
  readonly exposedHeaders?: readonly string[]
  /** Lets the browser send cookies and other credentials of its own. A page needs no such leave to set `Authorization`. */
  readonly credentials?: boolean
  /** Seconds for which a browser may remember a preflight; unset, browsers choose five. */
  readonly maxAge?: number
}

const known: KnownOptions<CorsOptions> = {
  origin: true,
  methods: true,
  headers: true,
  exposedHeaders: true,
  credentials: true,
  maxAge: true,
}

/** Content negotiation, conditions, ranges and what else this layer understands. */
const usualHeaders = words(`
  accept accept-language authorization content-digest content-language content-type idempotency-key
  if-match if-modified-since if-none-match if-range if-unmodified-since prefer range request-id
`)

/** What this layer says that a program has to know. */
const usualExposedHeaders = words(`
  accept-patch accept-post accept-query accept-ranges age allow cache-group-invalidation cache-groups content-digest
  content-disposition content-encoding content-location content-range date deprecation etag last-modified link
  location preference-applied ratelimit ratelimit-policy request-id retry-after server-timing sunset total-count vary
  www-authenticate
`)

/**
 * Answers preflights, before anybody is asked who they are, and marks all other answers, errors too, for the pages that may read
 * them. A page of another origin is served like a program: without marks its browser keeps the answer from it. That is no
 * protection against forged requests: those a browser sends without a preflight.
 *
 * @throws TypeError for an option that does not exist, for what is no origin, method or field name, for a wildcard among them, and for `'*'` with credentials.
 * @example
 * class Post extends Resource {
 *   middleware = [cors({ origin: ['https://example.org'], methods: ['PUT'], maxAge: 3600 })]
 * }
 */
export function cors(options: CorsOptions): Middleware {
  refuseUnknownOptions(options, known, 'cors(…)')
  const isAllowed = originTest(options.origin)
  const methods = options.methods?.map(checkMethod)
  const headers = options.headers?.map(checkField) ?? usualHeaders
  const exposed = listOf(
    'access-control-expose-headers',
    options.exposedHeaders?.map(checkField) ?? usualExposedHeaders,
  )
  const { credentials = false, maxAge } = options
  if (credentials && options.origin === '*') throw new TypeError("cors(): not '*' with credentials, name the origins.")
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0)) {
    throw new TypeError('cors(): maxAge is a whole number of seconds.')
  }

  const preflight = (resource: Resource): Record<string, string> => {
    const asked = namesIn(resource.exchange.headers.get('access-control-request-headers') ?? '')
    return {
      ...listOf(
        'access-control-allow-methods',
        methods?.filter((name) => resource.methods.includes(name)) ?? resource.methods,
      ),
      ...listOf(
        'access-control-allow-headers',
        headers.filter((name) => asked.has(name)),
      ),
      ...(maxAge === undefined ? {} : { 'access-control-max-age': String(maxAge) }),
    }
  }

  return {
    name: 'cors',
    beforeAuth: true,
    vary: ['origin'],
    request({ exchange }) {
      if (!isPreflight(exchange)) return undefined
      exchange.vary.add('access-control-request-method').add('access-control-request-headers')
      return new Answer(204, undefined, { 'cache-control': 'no-store' })
    },
    response(resource, answer) {
      const { exchange } = resource
      const origin = exchange.headers.get('origin')
      if (origin === null || !isAllowed(origin)) return undefined
      return answer.with({
        headers: {
          'access-control-allow-origin': options.origin === '*' ? '*' : origin,
          ...(credentials ? { 'access-control-allow-credentials': 'true' } : {}),
          ...(isPreflight(exchange) ? preflight(resource) : exposed),
        },
      })
    },
  }
}

function isPreflight({ method, headers }: Exchange): boolean {
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method')
}

/** `null` is said by every page that hides where it comes from: no test but its literal name lets it in. */
function originTest(origin: CorsOptions['origin']): (origin: string) => boolean {
  if (typeof origin === 'string' && origin !== '*') {
    throw new TypeError(`cors(): origin is a list: ['${String(origin)}'].`)
  }
  if (origin === '*') return (asked) => asked !== 'null'
  // What a function says yes to is written back: it is shown nothing but what has the form of one origin, and only `true` is a yes.
  if (typeof origin === 'function') {
    return (asked) => {
      const verdict: unknown = oneOrigin.test(asked) && origin(asked)
      return verdict === true
    }
  }
  const origins = new Set(origin.map(originOf))
  return (asked) => origins.has(asked)
}

const oneOrigin = /^[a-z][a-z0-9+.-]*:\/\/[^\s,/?#@]+$/

/** As browsers write it: lower case, without the default port. */
function originOf(text: string): string {
  if (text === 'null') return text
  const url = URL.canParse(text) && !text.includes('*') ? new URL(text) : undefined
  if (url !== undefined && url.origin !== 'null' && url.href === `${url.origin}/`) return url.origin
  throw new TypeError(`cors(): ${JSON.stringify(text)} is no origin; one looks like 'https://example.org'.`)
}

function checkMethod(name: string): string {
  if ((knownMethods as readonly string[]).includes(name)) return name // `includes` takes only what it may hold
  throw new TypeError(`cors(): ${JSON.stringify(name)} is none of the methods ${knownMethods.join(', ')}.`)
}

/** A wildcard would not cover `Authorization`, and with credentials nothing at all: fields are named. */
function checkField(name: string): string {
  if (/^[\w!#$%&'+.^`|~-]+$/.test(name)) return name.toLowerCase()
  throw new TypeError(
    `cors(): ${JSON.stringify(name)} is no field name${name === '*' ? '; there is no wildcard' : ''}.`,
  )
}

function namesIn(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((name) => name.trim().toLowerCase()))
}

/** A field that would be empty is left out. */
function listOf(field: string, values: readonly string[]): Record<string, string> {
  return values.length === 0 ? {} : { [field]: values.join(', ') }
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
