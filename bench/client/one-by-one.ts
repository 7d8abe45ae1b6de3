// One request for each reference, one after the other, as in a loop that waits for each.
import type { Caller } from '../frame/callers.ts'
import { connected } from './connected.ts'
import { shopsOfOrders, summaryOf } from './orders.ts'

export const prepare: Caller['prepare'] = async (origin) => {
  const client = await connected(origin)
  return async () => {
    const names: unknown[] = []
    for (const shop of await shopsOfOrders(client)) names.push((await shop.get())['name'])
    return summaryOf(names)
  }
}
