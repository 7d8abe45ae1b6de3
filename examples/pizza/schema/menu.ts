// The tables of `pizzas`: shops, and what they sell at which price.

import { integer, numeric, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { remoteForeignKey } from 'slumberjs/sqlite'

export const shops = sqliteTable('shop', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  slug: text().notNull().unique(),
  /** null: nobody knows */
  active: integer({ mode: 'boolean' }),
  city: remoteForeignKey('slumber://atlas/geo/City'),
})

export const pizzas = sqliteTable('pizza', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  forSale: integer({ mode: 'boolean' }).notNull().default(true),
  price: numeric().notNull(),
  /** null: as many as fit */
  maxExtraToppings: integer(),
  exclusiveToId: integer().references(() => shops.id),
})

export const pizzaPrices = sqliteTable(
  'pizza_price',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    pizzaId: integer()
      .notNull()
      .references(() => pizzas.id),
    date: integer({ mode: 'timestamp' }).notNull(),
  },
  (table) => [unique().on(table.pizzaId, table.date)],
)

export const pizzaSizePrices = sqliteTable(
  'pizza_size_price',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    priceId: integer()
      .notNull()
      .references(() => pizzaPrices.id),
    size: text({ enum: ['s', 'm', 'l'] }).notNull(),
    amount: numeric().notNull(),
  },
  (table) => [unique().on(table.priceId, table.size)],
)

export const pizzaCrusts = sqliteTable('pizza_crust', {
  code: text({ length: 3 }).primaryKey(),
  name: text().notNull(),
})
