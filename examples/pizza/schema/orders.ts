// The tables of `takeaway`: orders of pizzas that another service knows, at shops that it knows too.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { remoteForeignKey } from 'slumberjs/sqlite'

export const orders = sqliteTable('order', {
  id: integer().primaryKey({ autoIncrement: true }),
  shop: remoteForeignKey('slumber://pizzas/menu/Shop').notNull(),
  pizza: remoteForeignKey('slumber://pizzas/menu/Pizza').notNull(),
  customer: text({ length: 100 }).notNull(),
  status: text({ enum: ['open', 'delivered', 'cancelled'] })
    .notNull()
    .default('open'),
  placedAt: integer({ mode: 'timestamp_ms' })
    .notNull()
    .$defaultFn(() => new Date()),
})

export const orderLines = sqliteTable('order_line', {
  id: integer().primaryKey({ autoIncrement: true }),
  orderId: integer()
    .notNull()
    .references(() => orders.id),
  size: text({ enum: ['s', 'm', 'l'] }).notNull(),
  crust: remoteForeignKey('slumber://pizzas/menu/PizzaCrust'),
  quantity: integer().notNull().default(1),
})
