// Keeps whole answers to GET for a while, so that what is dear to make is made once.

import type { Answer } from '../answer.ts'
import {
  doesIfMatchHold,
  doesIfNoneMatchHold,
  isModifiedSince,
  isUnmodifiedSince,
  notModified,
  preconditionFailed,
  takeConditions,
} from '../decisions/condition-questions.ts'
import { isAcceptable } from '../decisions/negotiation-question.ts'
import type { Exchange } from '../exchange.ts'
import { isSafe } from '../methods.ts'
import type { Middleware } from '../middleware.ts'
import { areTagsWellFormed } from '../conditions/preconditions.ts'
import { partsOf } from '../principal.ts'
import type { Resource } from '../resource.ts'
import { mayBeKept, sizeOf, varyOf, writeAnswer } from './keepable.ts'
import { pageStore, type KeptPage, type PageStore, type PathIndex } from './page-store.ts'

/** Shared, because middleware may be made anew for each request, as a field of its class. */
const pagesOfThisProcess: PageStore = pageStore()

/** The requests for which nothing was kept. */
const misses = new WeakMap<Exchange, PathIndex>()

/**
 * Answers GET and HEAD for `seconds` with what a GET was answered before, without asking whether the target exists or what its
 * validators are. An answer is good for one caller, one URL, one representation and language, and equal values of the request
 * fields named in its `Vary`; so a handler that looks at a cookie must say `Vary: Cookie`. Conditions and ranges are
 * decided upon what is kept, and `Age` says how old it is (RFC 9111 §4, §5.1).
 *
 * Kept are 200 answers with content that is no stream and no `Response`, without `Set-Cookie`, `no-store`, `Vary: *` and, if
 * nobody is authenticated, `private`; not those to requests with `Cache-Control: no-store`. A write to the same path through the
 * same class drops what is kept of it, all queries included (§4.4); other changes show when the time is over.
 *
 * The content is kept as it is written: from here on, and on every hit, the response halves of other middleware see text.
 *
 * @throws RangeError where `seconds` is not a number above zero.
 * @example
 * class TopSellers extends Resource {
 *   middleware = [cachePage(300)]
 *   GET() { return orders.countByProduct() }
 * }
 */
export function cachePage(
  seconds: number,
  { store = pagesOfThisProcess }: { readonly store?: PageStore } = {},
): Middleware {
  if (!(seconds > 0)) throw new RangeError('cachePage() takes a number of seconds above zero.')
  return {
    name: 'cachePage',
    request(resource) {
      const { exchange } = resource
      if (!isRead(exchange) || !isCallerKnown(exchange) || !isAcceptable(resource)) return undefined
      const index = store.index(pathOf(resource))
      const page = store.get(keyOf(exchange, index))
      const age = page === undefined ? Number.POSITIVE_INFINITY : (performance.now() - page.keptAt) / 1_000
      if (page !== undefined && age < seconds && areTagsWellFormed(exchange.headers)) {
        for (const name of index.fields) exchange.vary.add(name)
        return showAgain(resource, page, age)
      }
      if (exchange.method === 'GET') misses.set(exchange, index)
      return undefined
    },
    response(resource, answer) {
      const { exchange } = resource
      const path = pathOf(resource)
      if (!isSafe(exchange.method) && !answer.isError) store.drop(path)
      const index = misses.get(exchange)
      if (index === undefined || !store.isCurrent(path, index) || !mayBeKept(resource, answer)) return undefined
      const written = writeAnswer(resource, answer)
      const size = sizeOf(written.content)
      if (size === undefined) return written
      index.fields = [...new Set([...index.fields, ...varyOf(resource, answer)])]
      const { entityTag, stateTag, lastModified } = exchange
      store.set(
        keyOf(exchange, index),
        { answer: written, entityTag, stateTag, lastModified, keptAt: performance.now() },
        size,
      )
      return written
    },
  }
}

/** The decisions about the target, from what is known of it. */
function showAgain(resource: Resource, { answer, ...validators }: KeptPage, age: number): Answer {
  const { exchange } = resource
  const { entityTag, stateTag, lastModified } = validators
  Object.assign(exchange, { entityTag, stateTag, lastModified })
  takeConditions(resource)
  if (!doesIfMatchHold(resource) || !isUnmodifiedSince(resource)) return preconditionFailed(resource)
  if (!doesIfNoneMatchHold(resource) || !isModifiedSince(resource)) return notModified(resource)
  return answer.with({ headers: { age: String(Math.floor(age)) } })
}

function isRead({ method }: Exchange): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Credentials that no scheme has made a caller of are the handler's business: whose answer it is cannot be known (RFC 9111 §3.5). */
function isCallerKnown({ principal, headers }: Exchange): boolean {
  return principal !== undefined || !headers.has('authorization')
}

const classIds = new WeakMap<object, number>()
let classCount = 0

/** Two programs in one process may have different classes at one path. */
function pathOf({ constructor, exchange: { url } }: Resource): string {
  const id = classIds.get(constructor) ?? ++classCount
  classIds.set(constructor, id)
  return `${id} ${url.origin}${spellingOf(url.pathname)}`
}

/** One spelling of a path, so that a write to `/%62log` is one to `/blog`; what parts segments stays encoded. */
function spellingOf(pathname: string): string {
  try {
    return decodeURI(pathname)
  } catch {
    return pathname
  }
}

/** Two-level, as RFC 9111 §4.1 has it: the index of the path knows which fields matter. */
function keyOf({ url, principal, representation, language, coding, headers }: Exchange, index: PathIndex): string {
  const values = index.fields.map((name) => headers.get(name))
  return JSON.stringify([
    index.generation,
    url.search,
    principal === undefined ? null : partsOf(principal),
    representation.name,
    language ?? null,
    coding ?? null,
    ...values,
  ])
}
