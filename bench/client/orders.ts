// Orders and the shops they refer to, on another service.
import type { Client, Reference, UntypedInstance, UntypedServices } from 'slumberjs'
import { modelOf } from './connected.ts'
import { ORDERS } from './services.ts'

/** References to the shops of all orders. */
export const shopsOfOrders = async (
  client: Client<UntypedServices>,
): Promise<readonly Reference<UntypedInstance>[]> => {
  const orders = await modelOf(client, 'pizzas', 'sold', 'Order').all({ max: ORDERS })
  return orders.map((order) => order['shop'] as Reference<UntypedInstance>) // as the table says
}

/** What both ways must come to. */
export const summaryOf = (names: readonly unknown[]) => ({ shops: names.length, last: names.at(-1) })
