// Conditional requests (RFC 9110 §13): the four preconditions, evaluated in the order of §13.2.2.

import { parseEntityTagList, parseHttpDate, strongMatch, weakMatch, type EntityTag } from '../wire/index.ts'

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
  if (withoutSelection.has(method)) return 'proceed'
  const ifMatch = headers.get('if-match')
  const first = ifMatch === null ? ifUnmodifiedSince(conditions) : evaluateIfMatch(ifMatch, conditions)
  if (first !== 'proceed') return first
  const ifNoneMatch = headers.get('if-none-match')
  return ifNoneMatch === null ? ifModifiedSince(conditions) : evaluateIfNoneMatch(ifNoneMatch, conditions)
}

/** Whether a request says under which state it may write; what 428 asks for (RFC 6585 §3). */
export function hasCondition(headers: Pick<Headers, 'get'>): boolean {
  return guards.some((name) => headers.get(name) !== null)
}

const guards = ['if-match', 'if-unmodified-since', 'if-none-match']

/** Methods that neither select nor change a representation: their conditions are ignored (§13.2.1). */
const withoutSelection: ReadonlySet<string> = new Set(['CONNECT', 'OPTIONS', 'TRACE'])

function evaluateIfMatch(value: string, { exists, validators, matchesIfMatch }: Conditions): PreconditionOutcome {
  const presented = parseEntityTagList(value)
  if (presented === undefined) return 'malformed'
  if (!exists) return 'failed'
  if (presented === '*') return 'proceed'
  const { entityTag } = validators
  const matches = matchesIfMatch ?? ((tag: EntityTag) => entityTag !== undefined && strongMatch(tag, entityTag))
  return presented.some((tag) => !tag.weak && matches(tag)) ? 'proceed' : 'failed'
}

function ifUnmodifiedSince({ headers, validators }: Conditions): PreconditionOutcome {
  const since = dateIn(headers, 'if-unmodified-since')
  const modified = secondsOf(validators.lastModified)
  return since !== undefined && modified !== undefined && modified > since ? 'failed' : 'proceed'
}

function evaluateIfNoneMatch(value: string, { method, exists, validators }: Conditions): PreconditionOutcome {
  const presented = parseEntityTagList(value)
  if (presented === undefined) return 'malformed'
  const { entityTag } = validators
  const matches =
    exists && (presented === '*' || (entityTag !== undefined && presented.some((tag) => weakMatch(tag, entityTag))))
  if (!matches) return 'proceed'
  return isRead(method) ? 'not-modified' : 'failed'
}

function ifModifiedSince({ method, headers, validators }: Conditions): PreconditionOutcome {
  if (!isRead(method)) return 'proceed'
  const since = dateIn(headers, 'if-modified-since')
  const modified = secondsOf(validators.lastModified)
  return since !== undefined && modified !== undefined && modified <= since ? 'not-modified' : 'proceed'
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function dateIn(headers: Pick<Headers, 'get'>, name: string): number | undefined {
  const value = headers.get(name)
  return value === null ? undefined : secondsOf(parseHttpDate(value))
}

/** HTTP dates know no milliseconds: a row changed at 37.4 s was sent as changed at 37 s. */
function secondsOf(date: Date | undefined): number | undefined {
  const seconds = date === undefined ? Number.NaN : Math.floor(date.getTime() / 1000)
  return Number.isNaN(seconds) ? undefined : seconds
}
