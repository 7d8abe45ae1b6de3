// The tables of the conformance suite for SQLite. `pg-tables.ts` and `mysql-tables.ts` say the same in their dialects.
import { sql } from 'drizzle-orm'
import {
  check,
  integer,
  numeric,
  primaryKey,
  real,
  sqliteTable,
  text,
  unique,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'

const shops = sqliteTable('shop', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  slug: text().notNull().unique(),
  active: integer({ mode: 'boolean' }),
  owner: text('owned_by').unique(),
})

const pizzas = sqliteTable(
  'pizza',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    name: text({ length: 40 }).notNull().unique(),
    forSale: integer('for_sale', { mode: 'boolean' }).notNull().default(true),
    price: numeric().notNull(),
    maxExtraToppings: integer('max_extra_toppings'),
    exclusiveToId: integer('exclusive_to').references(() => shops.id),
    recipe: text().notNull().default('secret-dough'),
  },
  (table) => [check('price_is_positive', sql`${table.price} >= 0`)],
)

const prices = sqliteTable(
  'price',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    pizzaId: integer('pizza_id')
      .notNull()
      .references(() => pizzas.id),
    date: integer({ mode: 'timestamp_ms' }).notNull(),
    madeAt: integer('made_at', { mode: 'timestamp_ms' })
      .notNull()
      .$defaultFn(() => new Date()),
  },
  (table) => [unique('price_of_day').on(table.pizzaId, table.date)],
)

const sizePrices = sqliteTable(
  'size_price',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    priceId: integer('price_id')
      .notNull()
      .references(() => prices.id, { onDelete: 'cascade' }),
    size: text({ enum: ['s', 'm', 'l'] }).notNull(),
    amount: numeric().notNull(),
  },
  (table) => [unique('amount_of_size').on(table.priceId, table.size)],
)

const crusts = sqliteTable('crust', { code: text().primaryKey(), name: text({ length: 10 }).notNull() })

const categories = sqliteTable('category', {
  id: integer().primaryKey(),
  name: text().notNull(),
  parentId: integer('parent_id').references((): AnySQLiteColumn => categories.id),
})

const stocks = sqliteTable(
  'stock',
  {
    shopId: integer('shop_id')
      .notNull()
      .references(() => shops.id),
    crustCode: text('crust_code')
      .notNull()
      .references(() => crusts.code),
    quantity: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.crustCode] })],
)

const samples = sqliteTable('sample', {
  id: integer().primaryKey(),
  whole: integer(),
  real: real(),
  decimal: numeric(),
  huge: numeric({ mode: 'bigint' }),
  flag: integer({ mode: 'boolean' }),
  word: text(),
  size: text({ enum: ['s', 'm', 'l'] }),
  at: integer({ mode: 'timestamp_ms' }),
  micro: text(),
  json: text({ mode: 'json' }),
})

export const sqliteTables = { shops, pizzas, prices, sizePrices, crusts, categories, stocks, samples }
