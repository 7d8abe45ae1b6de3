// The tables of the server's tests, as Drizzle knows them and as SQL, and the rows they begin with.
import {
  blob,
  integer,
  numeric,
  primaryKey,
  real,
  sqliteTable,
  text,
  unique,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { remoteForeignKey } from 'slumberjs/sqlite'

export const shops = sqliteTable('shop', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  slug: text().notNull().unique(),
  active: integer({ mode: 'boolean' }),
  city: remoteForeignKey('slumber://atlas/geo/City'),
  /** Hidden, unique, and asked for by rules alone. */
  owner: text('owned_by').unique(),
})

export const pizzas = sqliteTable('pizza', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  forSale: integer('for_sale', { mode: 'boolean' }).notNull().default(true),
  price: numeric().notNull(),
  maxExtraToppings: integer('max_extra_toppings'),
  exclusiveToId: integer('exclusive_to').references(() => shops.id),
  /** Hidden. */
  recipe: text().notNull().default('secret-dough'),
})

/** Rows are added, never changed. */
export const prices = sqliteTable(
  'price',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    pizzaId: integer('pizza_id')
      .notNull()
      .references(() => pizzas.id),
    date: integer({ mode: 'timestamp' }).notNull(),
    madeAt: integer('made_at', { mode: 'timestamp_ms' })
      .notNull()
      .$defaultFn(() => new Date()),
  },
  (table) => [unique().on(table.pizzaId, table.date)],
)

export const sizePrices = sqliteTable(
  'size_price',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    priceId: integer('price_id')
      .notNull()
      .references(() => prices.id),
    size: text({ enum: ['s', 'm', 'l'] }).notNull(),
    amount: numeric().notNull(),
  },
  (table) => [unique().on(table.priceId, table.size)],
)

export const crusts = sqliteTable('crust', { code: text().primaryKey(), name: text({ length: 10 }).notNull() })

export const categories = sqliteTable('category', {
  id: integer().primaryKey(),
  name: text().notNull(),
  parentId: integer('parent_id').references((): AnySQLiteColumn => categories.id),
})

export const stocks = sqliteTable(
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

/** One column of each type, each of which may be null. */
export const samples = sqliteTable('sample', {
  id: integer().primaryKey(),
  whole: integer(),
  real: real(),
  decimal: numeric(),
  big: blob({ mode: 'bigint' }),
  huge: numeric({ mode: 'bigint' }),
  flag: integer({ mode: 'boolean' }),
  word: text(),
  size: text({ enum: ['s', 'm', 'l'] }),
  at: integer({ mode: 'timestamp_ms' }),
  bytes: blob({ mode: 'buffer' }),
  json: text({ mode: 'json' }),
  city: remoteForeignKey('slumber://atlas/geo/City'),
})

export const createTables = `
  CREATE TABLE shop (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, slug text NOT NULL UNIQUE, active integer,
    city text, owned_by text UNIQUE);
  CREATE TABLE pizza (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL UNIQUE,
    for_sale integer NOT NULL DEFAULT 1, price numeric NOT NULL CHECK (price >= 0), max_extra_toppings integer,
    exclusive_to integer REFERENCES shop (id), recipe text NOT NULL DEFAULT 'secret-dough');
  CREATE TABLE price (id integer PRIMARY KEY AUTOINCREMENT, pizza_id integer NOT NULL REFERENCES pizza (id),
    date integer NOT NULL, made_at integer NOT NULL, UNIQUE (pizza_id, date));
  CREATE TABLE size_price (id integer PRIMARY KEY AUTOINCREMENT, price_id integer NOT NULL REFERENCES price (id),
    size text NOT NULL, amount numeric NOT NULL, UNIQUE (price_id, size));
  CREATE TABLE crust (code text PRIMARY KEY, name text NOT NULL);
  CREATE TABLE category (id integer PRIMARY KEY, name text NOT NULL, parent_id integer REFERENCES category (id));
  CREATE TABLE stock (shop_id integer NOT NULL REFERENCES shop (id), crust_code text NOT NULL REFERENCES crust (code),
    quantity integer NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, crust_code));
  CREATE TABLE sample (id integer PRIMARY KEY, whole integer, real real, decimal numeric, big blob, huge numeric,
    flag integer, word text, size text, at integer, bytes blob, json text, city text);`

/** Referring tables first. */
export const tableNames = ['sample', 'stock', 'category', 'crust', 'size_price', 'price', 'pizza', 'shop'] as const

export const fillTables = `
  INSERT INTO shop VALUES
    (1, 'Alta Moda', 'alta-moda', 1, 'slumber://atlas/geo/City/7', 'clerk'),
    (2, 'Da Luigi', 'da-luigi', NULL, NULL, 'luigi'),
    (3, 'Chiuso', 'chiuso', 0, NULL, NULL);
  INSERT INTO pizza (id, name, for_sale, price, max_extra_toppings, exclusive_to) VALUES
    (1, 'Margherita', 1, 7.5, 3, NULL),
    (2, 'Marinara', 1, 6, NULL, NULL),
    (3, 'Moda Speciale', 1, 12.5, 5, 1),
    (4, 'Ünica', 0, 9.25, NULL, 2);
  INSERT INTO price VALUES (1, 1, 1577836800, 0), (2, 1, 1609459200, 0), (3, 3, 1577836800, 0);
  INSERT INTO size_price VALUES (1, 1, 's', 7), (2, 1, 'm', 9.5), (3, 3, 'l', 15);
  INSERT INTO crust VALUES ('thn', 'Thin'), ('thk', 'Thick');
  INSERT INTO category VALUES (1, 'Food', NULL), (2, 'Pizza', 1), (3, 'Vegan', 2);
  INSERT INTO stock VALUES (1, 'thn', 5), (1, 'thk', 0), (2, 'thn', 8);
  INSERT INTO sample (id, whole, real, decimal, big, huge, flag, word, size, at, bytes, json, city) VALUES
    (1, 1, 1.5, 1.5, CAST('5' AS blob), 5, 0, 'Apple', 's', 1000, x'01', '{"a":1}', 'slumber://atlas/geo/City/1'),
    (2, 2, 2.5, 2.5, CAST('10' AS blob), 10, 1, 'apricot', 'm', 2000, x'02', '[1,2]', 'slumber://world/geo/City/2'),
    (3, 3, 3.5, 3.5, CAST('15' AS blob), 15, 1, 'Banana', 'l', 3000, x'03', '"x"', 'slumber://atlas/geo/City/3'),
    (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);`
