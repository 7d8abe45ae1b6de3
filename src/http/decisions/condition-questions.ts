// The questions about conditions (RFC 9110 §13.2.2), each about one header field; the comparisons are in preconditions.ts.

import type { Awaitable } from '../../wire/index.ts'
import { Answer, refusal } from '../answer.ts'
import {
  areTagsWellFormed,
  evaluateIfMatch,
  evaluateIfModifiedSince,
  evaluateIfNoneMatch,
  evaluateIfUnmodifiedSince,
  isConditional,
} from '../conditions/preconditions.ts'
import { isRead } from '../methods.ts'
import type { Resource } from '../resource.ts'
import { isTagOfState, settleValidators } from '../conditions/state-tag.ts'

/** Also settles the validators, which the questions after it compare, and which the answer to a read shows. */
export function areConditionsWellFormed(resource: Resource): Awaitable<boolean> {
  const { method, headers } = resource.exchange
  const conditional = isConditional(headers)
  if (!conditional && !isRead(method)) return true
  const settled = settleValidators(resource)
  if (!conditional) return settled === undefined || settled.then(() => true)
  return settled === undefined ? takeConditions(resource) : settled.then(() => takeConditions(resource))
}

/** Puts the request's conditions beside the validators that are known by now; false where a tag is malformed. */
export function takeConditions({ exchange }: Resource): boolean {
  const { method, headers, targetExists, entityTag, lastModified, stateTag } = exchange
  exchange.conditions = {
    method,
    headers,
    exists: targetExists,
    validators: { entityTag, lastModified },
    matchesIfMatch: (presented) => stateTag !== undefined && isTagOfState(presented, stateTag),
  }
  return areTagsWellFormed(headers)
}

export function doesIfMatchHold({ exchange: { conditions } }: Resource): boolean {
  return conditions === undefined || evaluateIfMatch(conditions)
}

export function isUnmodifiedSince({ exchange: { conditions } }: Resource): boolean {
  return conditions === undefined || evaluateIfUnmodifiedSince(conditions)
}

export function doesIfNoneMatchHold({ exchange: { conditions } }: Resource): boolean {
  return conditions === undefined || evaluateIfNoneMatch(conditions)
}

export function isModifiedSince({ exchange: { conditions } }: Resource): boolean {
  return conditions === undefined || evaluateIfModifiedSince(conditions)
}

/** A read has got the state already; a write was made for another one. */
export function notModified(resource: Resource): Answer {
  return isRead(resource.exchange.method) ? new Answer(304) : preconditionFailed(resource)
}

export function preconditionFailed({ exchange }: Resource): Answer {
  const isCreateOnly = exchange.headers.get('if-none-match')?.trim() === '*' && !exchange.headers.has('if-match')
  const isWeak = exchange.headers.get('if-match')?.trim().startsWith('W/') === true
  const changed = isWeak ? 'A weak entity tag never matches If-Match.' : 'The state has changed since.'
  const detail = isCreateOnly ? 'There is something here already.' : changed
  return refusal(412, detail, { code: 'precondition-failed' })
}
