// The tables of a pizzeria, and what they begin with.

import { integer, numeric, primaryKey, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core'

export const shops = sqliteTable('shop', {
  id: integer().primaryKey(),
  name: text().notNull().unique(),
})

export const pizzas = sqliteTable('pizza', {
  id: integer().primaryKey(),
  name: text({ length: 40 }).notNull().unique(),
  price: numeric().notNull(),
  cost: numeric(),
  forSale: integer({ mode: 'boolean' }).notNull().default(true),
  exclusiveToId: integer().references(() => shops.id), // the reference `exclusiveTo`, and `pizzas` of a shop
})

export const toppings = sqliteTable('topping', {
  code: text({ length: 3 }).primaryKey(),
  name: text().notNull(),
})

export const pizzaToppings = sqliteTable(
  'pizza_topping',
  {
    pizzaId: integer().references(() => pizzas.id, { onDelete: 'cascade' }),
    toppingCode: text().references(() => toppings.code),
  },
  ({ pizzaId, toppingCode }) => [primaryKey({ columns: [pizzaId, toppingCode] })],
)

export const orders = sqliteTable('order', {
  id: integer().primaryKey(),
  number: text().notNull().unique(),
  customer: text().notNull(),
  state: text({ enum: ['open', 'paid'] })
    .notNull()
    .default('open'),
  version: integer().notNull().default(1),
  deletedAt: integer({ mode: 'timestamp' }),
})

export const lines = sqliteTable('line', {
  id: integer().primaryKey(),
  orderId: integer()
    .notNull()
    .references(() => orders.id, { onDelete: 'cascade' }),
  pizzaId: integer()
    .notNull()
    .references(() => pizzas.id),
  quantity: integer().notNull().default(1),
})

export const sales = sqliteView('sale', { pizzaId: integer(), pieces: integer() }).existing()

export const firstRows = `
  create table if not exists shop (id integer primary key, name text not null unique);
  create table if not exists pizza (id integer primary key, name text not null unique, price numeric not null, cost numeric,
    forSale integer not null default 1, exclusiveToId integer references shop);
  create table if not exists topping (code text primary key, name text not null);
  create table if not exists pizza_topping (pizzaId integer references pizza on delete cascade,
    toppingCode text references topping, primary key (pizzaId, toppingCode));
  create table if not exists "order" (id integer primary key, number text not null unique, customer text not null,
    state text not null default 'open', version integer not null default 1, deletedAt integer);
  create table if not exists line (id integer primary key, orderId integer not null references "order" on delete cascade,
    pizzaId integer not null references pizza, quantity integer not null default 1);
  create view if not exists sale as select pizzaId, sum(quantity) as pieces from line group by pizzaId;
  create table if not exists slumber_shared (key text not null, place integer not null, value text not null,
    expires integer not null, primary key (key, place));
  insert or ignore into shop values (1, 'Alta Moda');
  insert or ignore into pizza values (1, 'Margherita', 7.5, 2.1, 1, null), (2, 'Moda Speciale', 13.7, 4, 1, 1),
    (3, 'Pizza Bianca', 9, 2.5, 0, null);
  insert or ignore into topping values ('bas', 'Basil'), ('moz', 'Mozzarella');
  insert or ignore into pizza_topping values (1, 'bas'), (1, 'moz'), (2, 'moz');
  insert or ignore into "order" values (1, 'A1', 'ada', 'open', 1, null);
  insert or ignore into line values (1, 1, 1, 2);`
