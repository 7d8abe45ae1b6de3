// The questions about rate limits: by address before anybody is known, by caller once they are.

import type { Awaitable } from '../../wire/index.ts'
import { Answer, type AnswerHeaders } from '../answer.ts'
import type { Exchange } from '../exchange.ts'
import {
  rateLimited,
  rateLimitFields,
  rateLimits,
  takeOne,
  type RateLimit,
  type RateLimits,
} from '../remembered/rate-limit.ts'
import type { Resource, Verdict } from '../resource.ts'

export function isAddressWithinLimit(resource: Resource): Awaitable<Verdict> {
  const { rateLimit } = resource
  return rateLimit === undefined || isWithin(resource, limitsOf(rateLimit).beforeAuthentication)
}

export function isCallerWithinLimit(resource: Resource): Awaitable<Verdict> {
  const { rateLimit } = resource
  return rateLimit === undefined || isWithin(resource, limitsOf(rateLimit).afterAuthentication)
}

async function isWithin(resource: Resource, limits: RateLimits['beforeAuthentication']): Promise<Verdict> {
  if (limits.length === 0) return true
  const { exchange } = resource
  const states = await takeOne(limits, exchange, resource.scope, resource.sharedStore)
  addStates(exchange, rateLimitFields(states))
  return states.at(-1)?.exceeded !== true || new Answer(429, rateLimited(states))
}

/** Behind those of limits that were asked before. */
function addStates({ fields }: Exchange, states: AnswerHeaders): void {
  for (const [name, value] of Object.entries(states)) {
    fields[name] = fields[name] === undefined ? String(value) : `${fields[name]}, ${String(value)}`
  }
}

/** A setting is checked and sorted once; a getter may give each caller another one. */
const known = new WeakMap<object, RateLimits>()

function limitsOf(setting: RateLimit | readonly RateLimit[]): RateLimits {
  const limits = known.get(setting) ?? rateLimits(setting)
  known.set(setting, limits)
  return limits
}
