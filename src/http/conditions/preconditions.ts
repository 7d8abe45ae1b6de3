// Conditional requests (RFC 9110 §13): the four preconditions, each as a function, and all of them in the order of §13.2.2.

import { parseEntityTagList, parseHttpDate, strongMatch, weakMatch, type EntityTag } from '../../wire/index.ts'
import { isRead } from '../methods.ts'

/** What the selected representation says of its own state (RFC 9110 §8.8). */
export interface Validators {
  readonly entityTag?: EntityTag | undefined
  readonly lastModified?: Date | undefined
}

/** `not-modified` is 304, `failed` 412, `malformed` 400. */
export type PreconditionOutcome = 'proceed' | 'not-modified' | 'failed' | 'malformed'

/** A request's side and the resource's side of the conditions. */
export interface Conditions {
  readonly method: string
  readonly headers: Pick<Headers, 'get'>
  /** False only where a PUT would create: any other method has got its 404 before (§13.2.1). */
  readonly exists: boolean
  readonly validators: Validators
  /**
   * Replaces the strong comparison for If-Match, where only a part of the tag tells the state that a write depends on.
   * It is not asked about weak tags: they never match (§13.1.1).
   */
  readonly matchesIfMatch?: (presented: EntityTag) => boolean
}

/**
 * Evaluates the preconditions of a request (§13.2.2); to be asked when the answer without them would be a 2xx.
 * Never throws. Dates that are no HTTP dates are ignored, malformed entity tags are not.
 *
 * @example
 * const validators = { entityTag: { opaque: 'v1', weak: false } }
 * evaluatePreconditions({ method: 'GET', headers: new Headers({ 'if-none-match': '"v1"' }), exists: true, validators })
 * // 'not-modified'
 */
export function evaluatePreconditions(conditions: Conditions): PreconditionOutcome {
  const { method, headers } = conditions
  if (withoutSelection.has(method) || !isConditional(headers)) return 'proceed'
  if (!areTagsWellFormed(headers)) return 'malformed'
  if (!evaluateIfMatch(conditions) || !evaluateIfUnmodifiedSince(conditions)) return 'failed'
  if (!evaluateIfNoneMatch(conditions)) return isRead(method) ? 'not-modified' : 'failed'
  return evaluateIfModifiedSince(conditions) ? 'proceed' : 'not-modified'
}

/** Whether a request says under which state it may write; what 428 asks for (RFC 6585 §3). */
export function hasCondition(headers: Pick<Headers, 'get'>): boolean {
  return guards.some((name) => headers.get(name) !== null)
}

/** Whether a tag protects the state that is there; one that must not match does not. */
export function isGuardedByTag(headers: Pick<Headers, 'get'>): boolean {
  return headers.get('if-match') !== null || headers.get('if-none-match')?.trim() === '*'
}

/** Whether a date would protect it, if there is one to compare with. */
export function namesDate(headers: Pick<Headers, 'get'>): boolean {
  return dateIn(headers, 'if-unmodified-since') !== undefined
}

const guards = ['if-match', 'if-unmodified-since', 'if-none-match']

/** Whether any of the four fields is there. */
export function isConditional(headers: Pick<Headers, 'get'>): boolean {
  return hasCondition(headers) || headers.get('if-modified-since') !== null
}

/** Methods that neither select nor change a representation: their conditions are ignored (§13.2.1). */
const withoutSelection: ReadonlySet<string> = new Set(['CONNECT', 'OPTIONS', 'TRACE'])

/** What has no quotes is no entity tag (§8.8.3); to ignore it would be to write without a condition. */
export function areTagsWellFormed(headers: Pick<Headers, 'get'>): boolean {
  return tagFields.every((name) => {
    const value = headers.get(name)
    return value === null || parseEntityTagList(value) !== undefined
  })
}

const tagFields = ['if-match', 'if-none-match']

/** §13.1.1, true without the field; a weak tag never matches. */
export function evaluateIfMatch({ headers, exists, validators, matchesIfMatch }: Conditions): boolean {
  const value = headers.get('if-match')
  if (value === null) return true
  const presented = parseEntityTagList(value)
  if (presented === undefined || !exists) return false
  if (presented === '*') return true
  const { entityTag } = validators
  const matches = matchesIfMatch ?? ((tag: EntityTag) => entityTag !== undefined && strongMatch(tag, entityTag))
  return presented.some((tag) => !tag.weak && matches(tag))
}

/** §13.1.4, true without the field, and where If-Match is given instead. */
export function evaluateIfUnmodifiedSince({ headers, validators }: Conditions): boolean {
  if (headers.get('if-match') !== null) return true
  const since = dateIn(headers, 'if-unmodified-since')
  const modified = secondsOf(validators.lastModified)
  return since === undefined || modified === undefined || modified <= since
}

/** §13.1.2, true without the field, and without a tag to compare a list with. */
export function evaluateIfNoneMatch({ headers, exists, validators }: Conditions): boolean {
  const value = headers.get('if-none-match')
  if (value === null) return true
  const presented = parseEntityTagList(value)
  if (presented === undefined) return false
  if (!exists) return true
  const { entityTag } = validators
  return presented !== '*' && !(entityTag !== undefined && presented.some((tag) => weakMatch(tag, entityTag)))
}

/** §13.1.3, true without the field, where If-None-Match is given instead, and for methods that do not read. */
export function evaluateIfModifiedSince({ method, headers, validators }: Conditions): boolean {
  if (!isRead(method) || headers.get('if-none-match') !== null) return true
  const since = dateIn(headers, 'if-modified-since')
  const modified = secondsOf(validators.lastModified)
  return since === undefined || modified === undefined || modified > since
}

function dateIn(headers: Pick<Headers, 'get'>, name: string): number | undefined {
  const value = headers.get(name)
  return value === null ? undefined : secondsOf(parseHttpDate(value))
}

/** HTTP dates know no milliseconds: a row changed at 37.4 s was sent as changed at 37 s. */
export function secondsOf(date: Date | undefined): number | undefined {
  const seconds = date === undefined ? Number.NaN : Math.floor(date.getTime() / 1000)
  return Number.isNaN(seconds) ? undefined : seconds
}
