// Which endings of the table of decisions a resource can come to, as far as its settings and the questions it overrides tell.

import { isRead } from '../methods.ts'
import { aboutTheRequest } from '../decisions/about-the-request.ts'
import { aboutTheTarget } from '../decisions/about-the-target.ts'
import { isConditionNeeded } from '../decisions/existence-questions.ts'
import { Resource } from '../resource.ts'

type Question =
  | 'isAvailable'
  | 'isAuthenticated'
  | 'isAllowed'
  | 'exists'
  | 'movedTo'
  | 'temporarilyAt'
  | 'isGone'
  | 'isContentValid'
  | 'hasConflict'
  | 'entityTag'
  | 'lastModified'

/** Whether the class answers a question itself. */
export function hasOwnAnswer(resource: Resource, question: Question): boolean {
  return resource[question] !== Resource.prototype[question]
}

/** Whether nobody is let in without credentials: because of the schemes, or of `requireUser` for this method. */
export function isUserNeeded(resource: Resource): boolean {
  return (resource.schemes.length > 0 && !resource.allowsAnonymous) || hasRequireUser(resource)
}

function hasRequireUser({ middleware, exchange }: Resource): boolean {
  return middleware.some(
    ({ name, methods }) => name === 'requireUser' && (methods === undefined || methods.includes(exchange.method)),
  )
}

export function takesIdempotencyKey({ idempotency, exchange }: Resource): boolean {
  return idempotency !== undefined && ['POST', 'PATCH'].includes(exchange.method)
}

type Possible = (resource: Resource, status: number) => boolean

const never: Possible = () => false
const own =
  (question: Question): Possible =>
  (resource) =>
    hasOwnAnswer(resource, question)

/** By the name of the decision: whether it can end a request for a method that the resource has. Without a line here it can. */
export const possible: Readonly<Record<string, Possible>> = {
  isAvailable: own('isAvailable'),
  isKnownMethod: never,
  isAnsweredBeforeAuth: never, // what middleware answers, it alone knows
  isMethodAllowed: never,
  isAddressWithinLimit: ({ rateLimit }) => rateLimit !== undefined,
  isAuthenticated: (resource, status) =>
    resource.schemes.length > 0 ? status === 401 : status === 403 && hasOwnAnswer(resource, 'isAuthenticated'),
  isAllowed: own('isAllowed'),
  isCallerWithinLimit: ({ rateLimit }) => rateLimit !== undefined,
  isAnsweredByMiddleware: never,
  isLengthGiven: ({ needsLength }) => needsLength,
  isOptions: never,
  isAttemptNew: takesIdempotencyKey,
  isMoved: own('movedTo'),
  isElsewhere: own('temporarilyAt'),
  isGone: own('isGone'),
  isThereOrCreated: (resource) => hasOwnAnswer(resource, 'exists') && !canCreate(resource),
  isConditionGiven: isConditionNeeded,
  doesIfMatchHold: hasValidator,
  isUnmodifiedSince: own('lastModified'),
  doesIfNoneMatchHold: (resource, status) =>
    isOfMethod(resource, status) && (hasValidator(resource) || canCreate(resource)),
  isModifiedSince: own('lastModified'),
  isContentValid: (resource) => hasInput(resource) || hasOwnAnswer(resource, 'isContentValid'),
  hasConflict: own('hasConflict'),
}

function hasValidator(resource: Resource): boolean {
  return hasOwnAnswer(resource, 'entityTag') || hasOwnAnswer(resource, 'lastModified')
}

function canCreate({ createsByPut, exchange }: Resource): boolean {
  return createsByPut && exchange.method === 'PUT'
}

/** A read has got the state already, 304; a write was made for another one, 412. */
function isOfMethod({ exchange }: Resource, status: number): boolean {
  return isRead(exchange.method) === (status === 304)
}

function hasInput({ input, exchange }: Resource): boolean {
  return exchange.method in input
}

/** From 300 on, ascending: those of the table, of `requireUser` and of ranges. */
export function statusesOf(resource: Resource): readonly number[] {
  const { method } = resource.exchange
  const ofTable = [...aboutTheRequest, ...aboutTheTarget].flatMap(({ name, methods, yes, no }) => {
    if (methods?.includes(method) === false) return []
    const endings = [yes, no].flatMap((outcome) => (outcome === 'next' ? [] : outcome.statuses))
    return endings.filter((status) => status >= 300 && possible[name]?.(resource, status) !== false)
  })
  const ofUser = hasRequireUser(resource) ? [403, ...(resource.schemes.length > 0 ? [401] : [])] : []
  const ofRanges = resource.ranges && method === 'GET' ? [416] : []
  return [...new Set([...ofTable, ...ofUser, ...ofRanges])].toSorted((a, b) => a - b)
}
