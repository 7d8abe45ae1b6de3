// The transaction of a request: what the service does at its begin, around its writes, and once it is committed.

import type { Exchange, Principal } from '../http/index.ts'
import { Calls } from './access/calls.ts'
import { HookedStore } from './writes/hooked-store.ts'
import type { CommittedEvent } from './definition/hooks.ts'
import type { ServiceState } from './service-state.ts'
import type { Store } from './store/store.ts'

export interface Caller {
  /** Outside of transactions. */
  readonly store: Store
  readonly exchange: Exchange
  readonly user: Principal
}

/** Whether reads, too, run in a transaction: what its begin sets would not hold outside of one. */
export function readsInTransaction({ begin }: ServiceState): boolean {
  return begin !== undefined
}

/**
 * What throws leaves nothing, and nobody hears of it.
 *
 * @param run is given what keeps the calls of a program, which have to end before the transaction does.
 */
export async function inTransaction<T>(
  service: ServiceState,
  caller: Caller,
  run: (store: Store, calls: Calls) => Promise<T>,
): Promise<T> {
  let events: readonly CommittedEvent[] = []
  const result = await caller.store.transact(async (transaction) => {
    await service.begin?.(transaction.database, caller.user)
    const calls = new Calls(caller.exchange.logger)
    if (!service.hasWriteContext) return await calls.within(() => run(transaction, calls))
    const { hooksOf } = service
    const hooked = new HookedStore(transaction, { user: caller.user, hooksOf })
    const outcome = await calls.within(() => run(hooked, calls))
    events = hooked.events // of this attempt: a transaction may have to be tried again
    return outcome
  })
  if (events.length > 0) await tell(events, service, caller.exchange)
  return result
}

/** It is done: what fails now cannot be the answer. */
async function tell(events: readonly CommittedEvent[], service: ServiceState, exchange: Exchange): Promise<void> {
  for (const event of events) {
    const model = service.models.get(event.model)
    for (const hooks of model === undefined ? [] : service.hooksOf(model)) {
      try {
        await hooks.committed?.(event)
      } catch (error) {
        const { requestId, logger } = exchange
        logger.error({ requestId, model: event.model, action: event.action, error }, 'a committed hook failed')
      }
    }
  }
}
