// The tables of the conformance suite for PostgreSQL; see `sqlite-tables.ts`.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  unique,
  varchar,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core'

const sizes = pgEnum('size', ['s', 'm', 'l'])

const shops = pgTable('shop', {
  id: serial().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  active: boolean(),
  owner: text('owned_by').unique(),
})

const pizzas = pgTable(
  'pizza',
  {
    id: integer().primaryKey().generatedByDefaultAsIdentity(),
    name: varchar({ length: 40 }).notNull().unique(),
    forSale: boolean('for_sale').notNull().default(true),
    price: numeric({ precision: 12, scale: 4 }).notNull(),
    maxExtraToppings: integer('max_extra_toppings'),
    exclusiveToId: integer('exclusive_to').references(() => shops.id),
    recipe: text().notNull().default('secret-dough'),
  },
  (table) => [check('price_is_positive', sql`${table.price} >= 0`)],
)

const prices = pgTable(
  'price',
  {
    id: serial().primaryKey(),
    pizzaId: integer('pizza_id')
      .notNull()
      .references(() => pizzas.id),
    date: timestamp({ withTimezone: true }).notNull(),
    madeAt: timestamp('made_at', { withTimezone: true, precision: 3 })
      .notNull()
      .$defaultFn(() => new Date()),
  },
  (table) => [unique('price_of_day').on(table.pizzaId, table.date)],
)

const sizePrices = pgTable(
  'size_price',
  {
    id: serial().primaryKey(),
    priceId: integer('price_id')
      .notNull()
      .references(() => prices.id, { onDelete: 'cascade' }),
    size: sizes().notNull(),
    amount: numeric({ precision: 12, scale: 4 }).notNull(),
  },
  (table) => [unique('amount_of_size').on(table.priceId, table.size)],
)

const crusts = pgTable('crust', { code: text().primaryKey(), name: varchar({ length: 10 }).notNull() })

const categories = pgTable('category', {
  id: integer().primaryKey(),
  name: text().notNull(),
  parentId: integer('parent_id').references((): AnyPgColumn => categories.id),
})

const stocks = pgTable(
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

const samples = pgTable('sample', {
  id: integer().primaryKey(),
  whole: integer(),
  real: doublePrecision(),
  decimal: numeric({ precision: 18, scale: 6 }),
  huge: bigint({ mode: 'bigint' }),
  flag: boolean(),
  word: text(),
  size: sizes(),
  at: timestamp({ withTimezone: true, precision: 3 }),
  micro: timestamp({ mode: 'string', precision: 6 }),
  json: jsonb(),
})

export const pgTables = { shops, pizzas, prices, sizePrices, crusts, categories, stocks, samples }
