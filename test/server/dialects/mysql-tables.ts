// The tables of the conformance suite for MySQL and MariaDB; see `sqlite-tables.ts`. Texts with a key have a length.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  datetime,
  decimal,
  double,
  int,
  json,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  text,
  unique,
  varchar,
  type AnyMySqlColumn,
} from 'drizzle-orm/mysql-core'

const shops = mysqlTable('shop', {
  id: int().primaryKey().autoincrement(),
  name: varchar({ length: 100 }).notNull(),
  slug: varchar({ length: 100 }).notNull().unique(),
  active: boolean(),
  owner: varchar('owned_by', { length: 100 }).unique(),
})

const pizzas = mysqlTable(
  'pizza',
  {
    id: int().primaryKey().autoincrement(),
    name: varchar({ length: 40 }).notNull().unique(),
    forSale: boolean('for_sale').notNull().default(true),
    price: decimal({ precision: 12, scale: 4 }).notNull(),
    maxExtraToppings: int('max_extra_toppings'),
    exclusiveToId: int('exclusive_to').references(() => shops.id),
    recipe: varchar({ length: 100 }).notNull().default('secret-dough'),
  },
  (table) => [check('price_is_positive', sql`${table.price} >= 0`)],
)

const prices = mysqlTable(
  'price',
  {
    id: int().primaryKey().autoincrement(),
    pizzaId: int('pizza_id')
      .notNull()
      .references(() => pizzas.id),
    date: datetime({ fsp: 6 }).notNull(),
    madeAt: datetime('made_at', { fsp: 3 })
      .notNull()
      .$defaultFn(() => new Date()),
  },
  (table) => [unique('price_of_day').on(table.pizzaId, table.date)],
)

const sizePrices = mysqlTable(
  'size_price',
  {
    id: int().primaryKey().autoincrement(),
    priceId: int('price_id')
      .notNull()
      .references(() => prices.id, { onDelete: 'cascade' }),
    size: mysqlEnum(['s', 'm', 'l']).notNull(),
    amount: decimal({ precision: 12, scale: 4 }).notNull(),
  },
  (table) => [unique('amount_of_size').on(table.priceId, table.size)],
)

const crusts = mysqlTable('crust', {
  code: varchar({ length: 100 }).primaryKey(),
  name: varchar({ length: 10 }).notNull(),
})

const categories = mysqlTable('category', {
  id: int().primaryKey(),
  name: varchar({ length: 100 }).notNull(),
  parentId: int('parent_id').references((): AnyMySqlColumn => categories.id),
})

const stocks = mysqlTable(
  'stock',
  {
    shopId: int('shop_id')
      .notNull()
      .references(() => shops.id),
    crustCode: varchar('crust_code', { length: 100 })
      .notNull()
      .references(() => crusts.code),
    quantity: int().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.crustCode] })],
)

const samples = mysqlTable('sample', {
  id: int().primaryKey(),
  whole: int(),
  real: double(),
  decimal: decimal({ precision: 18, scale: 6 }),
  huge: bigint({ mode: 'bigint' }),
  flag: boolean(),
  word: text(),
  size: mysqlEnum(['s', 'm', 'l']),
  at: datetime({ fsp: 3 }),
  micro: datetime({ mode: 'string', fsp: 6 }),
  json: json(),
})

export const mysqlTables = { shops, pizzas, prices, sizePrices, crusts, categories, stocks, samples }
