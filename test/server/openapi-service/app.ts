// A service that has what an OpenAPI document tells of a service: for the contract proxy of scripts/openapi.mjs.

import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { blob, integer, numeric, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app as models, model, operation, service, silentLogger, type Scheme } from 'slumberjs/server'
import { z } from 'zod'

const shops = sqliteTable('shop', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  slug: text().notNull().unique(),
  open: integer({ mode: 'boolean' }).notNull().default(true),
})

const pizzas = sqliteTable('pizza', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text({ length: 20 }).notNull().unique(),
  price: numeric().notNull(),
  weight: real(),
  size: text({ enum: ['s', 'm', 'l'] }),
  big: blob({ mode: 'bigint' }),
  madeAt: integer('made_at', { mode: 'timestamp' }),
  picture: blob({ mode: 'buffer' }),
  extra: text({ mode: 'json' }),
  shopId: integer('shop_id').references(() => shops.id),
})

const toppings = sqliteTable(
  'topping',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    pizzaId: integer('pizza_id')
      .notNull()
      .references(() => pizzas.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    count: integer().notNull().default(1),
  },
  (table) => [unique().on(table.pizzaId, table.name)],
)

const createTables = `
  CREATE TABLE shop (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, slug text NOT NULL UNIQUE, open integer NOT NULL DEFAULT 1);
  CREATE TABLE pizza (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL UNIQUE, price numeric NOT NULL, weight real, size text,
    big blob, made_at integer, picture blob, extra text, shop_id integer REFERENCES shop (id));
  CREATE TABLE topping (id integer PRIMARY KEY AUTOINCREMENT, pizza_id integer NOT NULL REFERENCES pizza (id) ON DELETE CASCADE,
    name text NOT NULL, count integer NOT NULL DEFAULT 1, UNIQUE (pizza_id, name));
  INSERT INTO shop VALUES (1, 'Alta Moda', 'alta-moda', 1), (2, 'Da Luigi', 'da-luigi', 0);
  INSERT INTO pizza VALUES
    (1, 'Margherita', 7.5, 0.4, 'm', CAST('12345678901234567890' AS blob), 1577836800, x'0102', '{"vegan":false}', 1),
    (2, 'Marinara', 6, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  INSERT INTO topping VALUES (1, 1, 'basil', 2), (2, 1, 'mozzarella', 1);`

const folder = mkdtempSync(join(tmpdir(), 'slumberjs-openapi-'))
const client = createClient({ url: pathToFileURL(join(folder, 'test.db')).href })
await client.executeMultiple(createTables)

/** `Authorization: Test ada`: everything is allowed to admin, and reading to others. */
const scheme: Scheme = {
  challenge: 'Test realm="openapi"',
  authenticate({ headers }) {
    const [word, name = ''] = (headers.get('authorization') ?? '').split(' ')
    const superuser = name === 'admin'
    return Promise.resolve(word === 'Test' ? { name, superuser, can: () => superuser } : undefined)
  },
}

/** As `serve` takes it. */
export const app = service('pizzas', {
  url: 'http://pizzas.test/slumber/pizzas/',
  database: drizzle({ client }),
  apps: [
    models('menu', {
      Shop: model(shops, { display: 'name', public: true, operations: { delete: false } }),
      Pizza: model(pizzas, {
        display: 'name',
        bulk: true,
        owns: ['toppings'],
        properties: { label: (pizza) => `${pizza.name} (${pizza.size ?? 'any size'})` },
        fields: { price: { read: (user) => user.superuser } },
        operations: {
          order: operation.instance({
            POST: {
              input: z.object({ count: z.int().min(1) }),
              output: z.object({ pizza: z.string(), count: z.int() }),
              permissions: [],
              run: ({ instance, input }) => ({ pizza: instance.name, count: input.count }),
            },
          }),
        },
      }),
      Topping: model(toppings, { display: 'name' }),
    }),
  ],
  authenticate: [scheme],
  logger: silentLogger,
})

export function close(): void {
  client.close()
  rmSync(folder, { recursive: true })
}
