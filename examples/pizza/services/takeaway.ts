// `takeaway`: orders of pizzas at shops; both are remote keys into `pizzas`.

import { eq } from 'drizzle-orm'
import { app, model, operation, Problem, type AppDefinition } from 'slumberjs/server'
import { orderLines, orders } from '../schema/orders.ts'

export const ordersApp: AppDefinition = app('orders', {
  Order: model(orders, {
    display: (order) => `Order ${order.id} for ${order.customer}`,
    readOnly: ['placedAt', 'status'],
    newestFirst: true,
    operations: {
      cancel: operation.instance({
        POST: {
          permissions: ['orders.change_order'],
          run: async ({ instance, tx }) => {
            if (instance.status !== 'open') {
              throw new Problem(409, `The order is ${instance.status}.`, { code: 'not-open' })
            }
            await tx.update(orders).set({ status: 'cancelled' }).where(eq(orders.id, instance.id))
            return { status: 'cancelled' }
          },
        },
      }),
    },
  }),
  OrderLine: model(orderLines, { references: { orderId: { inverse: 'lines' } } }),
})
