// Fills `takeaway` with one order, so that there is something to look at.

import type { Fill } from '../database.ts'
import { orderLines, orders } from '../schema/orders.ts'

export const fillTakeaway: Fill = async (database) => {
  await database.transaction(async (transaction) => {
    const [order] = await transaction
      .insert(orders)
      .values({
        shop: 'slumber://pizzas/menu/Shop/2',
        pizza: 'slumber://pizzas/menu/Pizza/1',
        customer: 'Ada',
        status: 'delivered',
      })
      .returning()
    await transaction.insert(orderLines).values([
      { orderId: order?.id ?? 0, size: 'm', crust: 'slumber://pizzas/menu/PizzaCrust/thn', quantity: 2 },
      { orderId: order?.id ?? 0, size: 'l', quantity: 1 },
    ])
  })
}
