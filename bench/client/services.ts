// Two services over one server: pizzas and orders, and the shops that the orders refer to.
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { basic } from 'slumberjs/auth'
import { app, model, service, type Service } from 'slumberjs/server'
import { remoteForeignKey } from 'slumberjs/sqlite'
import { user } from '../server/credentials.ts'

export const PIZZAS = 1000
export const ORDERS = 1000
export const SHOPS = 400

const pizzas = sqliteTable('pizzas', {
  id: integer().primaryKey(),
  name: text().notNull(),
  forSale: integer({ mode: 'boolean' }).notNull(),
  price: numeric().notNull(),
  maxToppings: integer(),
})

const orders = sqliteTable('orders', {
  id: integer().primaryKey(),
  number: text().notNull(),
  shop: remoteForeignKey('slumber://shops/town/Shop').notNull(),
})

const shops = sqliteTable('shops', {
  id: integer().primaryKey(),
  name: text().notNull(),
})

const numbers = (count: number): string =>
  `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`

const sql = `
  CREATE TABLE pizzas (id integer PRIMARY KEY, name text NOT NULL, forSale integer NOT NULL, price numeric NOT NULL, maxToppings integer);
  CREATE TABLE orders (id integer PRIMARY KEY, number text NOT NULL, shop text NOT NULL);
  CREATE TABLE shops (id integer PRIMARY KEY, name text NOT NULL);
  ${numbers(PIZZAS)} INSERT INTO pizzas SELECT n, 'Pizza number ' || n, n % 3 > 0, printf('%.2f', 4.95 + (n % 40) / 4.0), nullif(n % 12, 5) FROM numbers;
  ${numbers(ORDERS)} INSERT INTO orders SELECT n, 'A-' || n, 'slumber://shops/town/Shop/' || (1 + n * 7 % ${SHOPS}) FROM numbers;
  ${numbers(SHOPS)} INSERT INTO shops SELECT n, 'Shop number ' || n FROM numbers;`

export const directoryAt = (origin: string) => ({
  pizzas: `${origin}/slumber/pizzas/`,
  shops: `${origin}/slumber/shops/`,
})

/** The services as they are reached below an origin, over a new database. */
export const makeServices = async (origin: string, folder: string): Promise<readonly Service[]> => {
  const client = createClient({ url: pathToFileURL(join(folder, 'pizzas.db')).href })
  await client.executeMultiple(sql)
  const database = drizzle(client)
  const directory = directoryAt(origin)
  const identity = { name: user.name, superuser: false, permissions: [] }
  const authenticate = [
    basic(async (name, given) => (name === user.name && given === user.password ? identity : undefined)),
  ]
  const menu = app('menu', { Pizza: model(pizzas) })
  const sold = app('sold', { Order: model(orders) })
  const town = app('town', { Shop: model(shops) })
  return [
    service('pizzas', { url: directory.pizzas, directory, database, apps: [menu, sold], authenticate }),
    service('shops', { url: directory.shops, directory, database, apps: [town], authenticate }),
  ]
}
