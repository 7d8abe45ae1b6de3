// The questions about whether there is a target, and where.

import { after, type Awaitable } from '../../wire/index.ts'
import { refusal, type Answer, type StatusConstant } from '../answer.ts'
import { isGuardedByTag, namesDate, secondsOf } from '../conditions/preconditions.ts'
import { settleValidators } from '../conditions/state-tag.ts'
import type { Resource, Verdict } from '../resource.ts'
import { PERMANENT_REDIRECT, TEMPORARY_REDIRECT } from '../status-constants.ts'

/** Remembers the answer; what a no means is asked next. */
export function lookUp(resource: Resource): Awaitable<Verdict> {
  return after(resource.exists(), (verdict) => {
    resource.exchange.targetExists = verdict === true
    return verdict
  })
}

export function isMoved(resource: Resource): Awaitable<Verdict> {
  return resource.exchange.targetExists ? false : redirect(PERMANENT_REDIRECT, resource.movedTo())
}

export function isElsewhere(resource: Resource): Awaitable<Verdict> {
  return resource.exchange.targetExists ? false : redirect(TEMPORARY_REDIRECT, resource.temporarilyAt())
}

async function redirect(status: StatusConstant, target: Awaitable<string | undefined>): Promise<Verdict> {
  const location = await target
  return location === undefined ? false : status(undefined, { location })
}

export function wasHere(resource: Resource): Awaitable<Verdict> {
  return resource.exchange.targetExists ? false : resource.isGone()
}

export function exists({ exchange, createsByPut }: Resource): boolean {
  return exchange.targetExists || (exchange.method === 'PUT' && createsByPut)
}

/** Whether a write that needs a condition has one that can be decided. */
export function isConditionGiven(resource: Resource): Awaitable<boolean> {
  const { exchange } = resource
  if (!isConditionNeeded(resource) || isGuardedByTag(exchange.headers)) return true
  if (!namesDate(exchange.headers)) return false
  return after(settleValidators(resource), () => secondsOf(exchange.lastModified) !== undefined)
}

export function isConditionNeeded({ exchange, requiresCondition }: Resource): boolean {
  if (typeof requiresCondition !== 'boolean') return requiresCondition.includes(exchange.method)
  return requiresCondition && exchange.method !== 'POST'
}

export function conditionRequired({ exchange }: Resource): Answer {
  const detail = exchange.targetExists
    ? 'Send If-Match with the entity tag of the state you have seen.'
    : 'Nothing is here: send If-None-Match: * to create it.'
  return refusal(428, detail, { code: 'condition-required' })
}
