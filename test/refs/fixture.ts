// Orders that refer to rows of other services, over a real database file that can be read under several directories.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient, type Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { app, model, service, type Scheme, type Service } from 'slumberjs/server'
import { remoteForeignKey } from 'slumberjs/sqlite'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'

/** `atlas` and `world` are one place; `old` is above them all, and `oven` below `pizzas`. */
export const directory = {
  old: 'http://one.test/slumber/',
  orders: 'http://one.test/slumber/orders/',
  atlas: 'http://atlas.test/slumber/atlas/',
  world: 'http://atlas.test/slumber/atlas/',
  pizzas: 'http://pizzas.test/slumber/pizzas/',
  oven: 'http://pizzas.test/slumber/pizzas/oven/',
} as const

const orders = sqliteTable('orders', {
  id: integer().primaryKey({ autoIncrement: true }),
  city: remoteForeignKey('slumber://atlas/geo/City'),
  /** The model named by its absolute URL. */
  shop: remoteForeignKey('http://pizzas.test/slumber/pizzas/menu/Shop'),
  bake: remoteForeignKey('slumber://oven/work/Bake'),
  /** Of the service itself, through its other name in the path. */
  before: remoteForeignKey('slumber://orders/sales/Order'),
  anything: remoteForeignKey('slumber://atlas/geo/City', { allowForeign: true }),
})

const needs = sqliteTable('needs', {
  id: integer().primaryKey({ autoIncrement: true }),
  city: remoteForeignKey('slumber://atlas/geo/City').notNull(),
})

const sales = app('sales', { Order: model(orders), Need: model(needs) })

const createTables = `
  CREATE TABLE orders (id integer PRIMARY KEY AUTOINCREMENT, city text, shop text, bake text, "before" text, anything text);
  CREATE TABLE needs (id integer PRIMARY KEY AUTOINCREMENT, city text NOT NULL);`

const everybody: Scheme = {
  challenge: 'Test realm="tests"',
  authenticate: () => Promise.resolve({ name: 'admin', superuser: true, can: () => true }),
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // What a test expects of it, it says.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export interface Orders {
  /** The same database as a service of another directory. */
  under(directory: Readonly<Record<string, string>>): Service
  ask(method: string, path: string, json?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Adds a row as it might stand in the database already; answers its id. */
  store(values: Readonly<Record<string, string | null>>): Promise<number>
  /** What stands in the database. */
  stored(id: number): Promise<Readonly<Record<string, unknown>>>
}

/** A service for the tests of one file, whose tables are empty before each. */
export function taking(): Orders {
  let folder = ''
  let client: Client | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slumber-refs-'))
    client = createClient({ url: pathToFileURL(join(folder, 'test.db')).href })
    await client.executeMultiple(createTables)
  })
  beforeEach(() => client?.executeMultiple('DELETE FROM orders; DELETE FROM needs; DELETE FROM sqlite_sequence;'))
  afterAll(async () => {
    client?.close()
    await rm(folder, { recursive: true, force: true })
  })
  const under = (services: Readonly<Record<string, string>>): Service =>
    service('orders', {
      url: services['orders'] ?? '',
      database: drizzle(client!),
      directory: services,
      apps: [sales],
      authenticate: [everybody],
    })
  let own: Service | undefined
  return {
    under,
    ask: (method, path, json, headers) => ask((own ??= under(directory)), method, path, json, headers),
    async store(values) {
      const names = Object.keys(values)
      const { lastInsertRowid } = await client!.execute({
        sql: `INSERT INTO orders (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`,
        args: Object.values(values),
      })
      return Number(lastInsertRowid)
    },
    async stored(id) {
      return { ...(await client!.execute({ sql: 'SELECT * FROM orders WHERE id = ?', args: [id] })).rows[0] }
    },
  }
}

/** @param path below the app. */
export async function ask(
  { url, fetch }: Service,
  method: string,
  path: string,
  json?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const content = json === undefined ? {} : { body: JSON.stringify(json) }
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(
    new Request(`${url}sales/${path}`, { method, headers: { ...type, ...headers }, ...content }),
  )
  const text = await response.text()
  expect({ status: response.status, text }).not.toMatchObject({ status: 500 })
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}
