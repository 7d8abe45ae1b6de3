// Ours: the references of all orders are asked for at the same time.
import type { Caller } from '../frame/callers.ts'
import { connected } from './connected.ts'
import { shopsOfOrders, summaryOf } from './orders.ts'
import { SHOPS } from './services.ts'

/** Instances that the client asks for by one request. */
const TOGETHER = 200

export const prepare: Caller['prepare'] = async (origin) => {
  let requests = 0
  const transport = (request: Request) => {
    requests++
    return fetch(request)
  }
  const counting = await connected(origin, { transport })
  const clients = [counting, await connected(origin)] as const
  const callOf = (client: (typeof clients)[number]) => async () => {
    const shops = await shopsOfOrders(client)
    return summaryOf(await Promise.all(shops.map(async (shop) => (await shop.get())['name'])))
  }
  await callOf(counting)()
  requests = 0
  await callOf(counting)()
  const most = 2 + Math.ceil(SHOPS / TOGETHER)
  if (requests > most) throw new Error(`${requests} requests for the orders and their shops, not ${most}`)
  return callOf(clients[1])
}
