// The question whether a request is the first with its idempotency key; a retry is answered as the first time.

import type { Awaitable } from '../../wire/index.ts'
import { Answer, answerOf } from '../answer.ts'
import { beginOnce } from '../remembered/idempotency.ts'
import { Problem } from '../problems/problem.ts'
import type { Resource, Verdict } from '../resource.ts'

export function isAttemptNew(resource: Resource): Awaitable<Verdict> {
  return resource.idempotency === undefined || begin(resource, resource.idempotency)
}

async function begin(resource: Resource, setting: NonNullable<Resource['idempotency']>): Promise<Verdict> {
  const { exchange, sharedStore } = resource
  const use = await beginOnce(exchange, setting, sharedStore)
  if (use instanceof Problem) return new Answer(use.status, use)
  // An answer that is kept, and sent again, must be one that everybody can read.
  if (use !== undefined) exchange.coding = undefined
  if (use instanceof Response) return await resource.replayed(answerOf(use), use.headers)
  exchange.firstUse = use
  return true
}
