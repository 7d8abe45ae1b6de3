// Orders that own their lines, notes that are written in lists, and people with fields that not everybody may see: a service for
// the tests of writes, over any database. `const api = servingOrders(dialect)`, then as in fixture.ts.
import { sql, type Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, beforeEach } from 'vitest'
import { slumberTables as mysqlSlumber } from 'slumberjs/mysql'
import { slumberTables as pgSlumber } from 'slumberjs/pg'
import {
  app,
  model,
  service,
  silentLogger,
  type ModelDefinitions,
  type Service,
  type ServiceOptions,
} from 'slumberjs/server'
import { slumberTables as sqliteSlumber } from 'slumberjs/sqlite'
import { createdOn, type Dialect } from './dialects.ts'
import { nameOf } from './dialects/ddl.ts'
import { askService, testScheme, type Answer, type Api, type Asked } from './fixture.ts'

interface OrderTables {
  readonly orders: Table
  readonly lines: Table
  readonly notes: Table
  readonly people: Table
  readonly keys: Table
}

const sqliteOrders = sqlite.sqliteTable('orders', {
  id: sqlite.integer().primaryKey({ autoIncrement: true }),
  number: sqlite.text({ length: 40 }).notNull().unique(),
  customer: sqlite.text({ length: 40 }).notNull().default('anybody'),
  version: sqlite.integer().notNull().default(1),
})
const sqliteNotes = sqlite.sqliteTable(
  'notes',
  {
    id: sqlite.integer().primaryKey({ autoIncrement: true }),
    slug: sqlite.text({ length: 40 }).notNull().unique(),
    owner: sqlite.text({ length: 40 }).notNull(),
    place: sqlite.integer(),
    info: sqlite.text({ mode: 'json' }),
    aboutId: sqlite.integer('about_id').references((): sqlite.AnySQLiteColumn => sqliteNotes.id),
  },
  (table) => [sqlite.check('notes_place', sql`${table.place} < 100`)],
)
const pgOrders = pg.pgTable('orders', {
  id: pg.serial().primaryKey(),
  number: pg.varchar({ length: 40 }).notNull().unique(),
  customer: pg.varchar({ length: 40 }).notNull().default('anybody'),
  version: pg.integer().notNull().default(1),
})
const pgNotes = pg.pgTable(
  'notes',
  {
    id: pg.serial().primaryKey(),
    slug: pg.varchar({ length: 40 }).notNull().unique(),
    owner: pg.varchar({ length: 40 }).notNull(),
    place: pg.integer(),
    info: pg.jsonb(),
    aboutId: pg.integer('about_id').references((): pg.AnyPgColumn => pgNotes.id),
  },
  (table) => [pg.check('notes_place', sql`${table.place} < 100`)],
)
const mysqlOrders = mysql.mysqlTable('orders', {
  id: mysql.int().autoincrement().primaryKey(),
  number: mysql.varchar({ length: 40 }).notNull().unique(),
  customer: mysql.varchar({ length: 40 }).notNull().default('anybody'),
  version: mysql.int().notNull().default(1),
})
const mysqlNotes = mysql.mysqlTable(
  'notes',
  {
    id: mysql.int().autoincrement().primaryKey(),
    slug: mysql.varchar({ length: 40 }).notNull().unique(),
    owner: mysql.varchar({ length: 40 }).notNull(),
    place: mysql.int(),
    info: mysql.json(),
    aboutId: mysql.int('about_id').references((): mysql.AnyMySqlColumn => mysqlNotes.id),
  },
  (table) => [mysql.check('notes_place', sql`${table.place} < 100`)],
)

const cascade = { onDelete: 'cascade' } as const

const tablesOf: Readonly<Record<Dialect['kind'], OrderTables>> = {
  sqlite: {
    orders: sqliteOrders,
    lines: sqlite.sqliteTable(
      'order_lines',
      {
        id: sqlite.integer().primaryKey({ autoIncrement: true }),
        orderId: sqlite
          .integer('order_id')
          .notNull()
          .references(() => sqliteOrders.id, cascade),
        product: sqlite.text({ length: 40 }).notNull(),
        qty: sqlite.integer().notNull().default(1),
      },
      (table) => [sqlite.unique('order_lines_product').on(table.orderId, table.product)],
    ),
    notes: sqliteNotes,
    people: sqlite.sqliteTable('people', {
      id: sqlite.integer().primaryKey({ autoIncrement: true }),
      name: sqlite.text({ length: 40 }).notNull(),
      salary: sqlite.integer(),
      secret: sqlite.text({ length: 40 }),
      level: sqlite.integer().notNull().default(1),
      changedAt: sqlite.integer('changed_at', { mode: 'timestamp' }),
    }),
    keys: sqliteSlumber.shared,
  },
  pg: {
    orders: pgOrders,
    lines: pg.pgTable(
      'order_lines',
      {
        id: pg.serial().primaryKey(),
        orderId: pg
          .integer('order_id')
          .notNull()
          .references(() => pgOrders.id, cascade),
        product: pg.varchar({ length: 40 }).notNull(),
        qty: pg.integer().notNull().default(1),
      },
      (table) => [pg.unique('order_lines_product').on(table.orderId, table.product)],
    ),
    notes: pgNotes,
    people: pg.pgTable('people', {
      id: pg.serial().primaryKey(),
      name: pg.varchar({ length: 40 }).notNull(),
      salary: pg.integer(),
      secret: pg.varchar({ length: 40 }),
      level: pg.integer().notNull().default(1),
      changedAt: pg.timestamp('changed_at', { withTimezone: true }),
    }),
    keys: pgSlumber.shared,
  },
  mysql: {
    orders: mysqlOrders,
    lines: mysql.mysqlTable(
      'order_lines',
      {
        id: mysql.int().autoincrement().primaryKey(),
        orderId: mysql
          .int('order_id')
          .notNull()
          .references(() => mysqlOrders.id, cascade),
        product: mysql.varchar({ length: 40 }).notNull(),
        qty: mysql.int().notNull().default(1),
      },
      (table) => [mysql.unique('order_lines_product').on(table.orderId, table.product)],
    ),
    notes: mysqlNotes,
    people: mysql.mysqlTable('people', {
      id: mysql.int().autoincrement().primaryKey(),
      name: mysql.varchar({ length: 40 }).notNull(),
      salary: mysql.int(),
      secret: mysql.varchar({ length: 40 }),
      level: mysql.int().notNull().default(1),
      changedAt: mysql.timestamp('changed_at'),
    }),
    keys: mysqlSlumber.shared,
  },
}

export const ordersUrl = 'http://orders.test/s'

export type OrdersApi = Pick<Api, 'ask' | 'get' | 'post' | 'put' | 'patch' | 'delete' | 'dump' | 'service'> & {
  sql(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>
}

const rows = [
  `INSERT INTO orders (id, number, customer) VALUES (1, 'A1', 'ann'), (2, 'B2', 'bob')`,
  `INSERT INTO order_lines (id, order_id, product, qty) VALUES (1, 1, 'tea', 2), (2, 1, 'jam', 1), (3, 2, 'tea', 5)`,
  `INSERT INTO notes (id, slug, owner, place, info, about_id) VALUES (1, 'one', 'ann', 1, '{"a":1,"b":{"c":2}}', NULL),
    (2, 'two', 'bob', NULL, NULL, 1), (3, 'three', 'ann', 3, '[1]', NULL)`,
  `INSERT INTO people (id, name, salary, secret, level, changed_at) VALUES (1, 'Ann', 100, 'abc', 3, NULL)`,
]

/** Own rows may be written by everybody, all of them by `admin`; whoever is called `hr` sees salaries. */
export function servingOrders(
  dialect: Dialect,
  options: Partial<ServiceOptions> = {},
  more: (tables: OrderTables) => ModelDefinitions = () => ({}),
): OrdersApi {
  const tables = tablesOf[dialect.kind]
  const { orders, lines, notes, people, keys } = tables
  const created = createdOn(dialect, [orders, lines, notes, people, keys])
  const names = [orders, lines, notes, people].map(nameOf)
  const own = ({ name, superuser }: { name: string; superuser: boolean }) => superuser || { owner: name }
  let served: Service | undefined
  beforeAll(async () => {
    if (dialect.kind === 'pg') {
      for (const name of names) await created.sql(`SELECT setval(pg_get_serial_sequence('${name}', 'id'), 100)`)
    }
    served = service('orders', {
      url: `${ordersUrl}/`,
      database: created.database,
      apps: [
        app('o', {
          Order: model(orders, { version: 'version', owns: ['lines'], bulk: true }),
          Line: model(lines, { references: { orderId: { inverse: 'lines' } } }),
          Note: model(notes, {
            bulk: { items: 50 },
            references: { aboutId: { name: 'about', inverse: 'comments' } },
            access: { create: own, update: own, delete: own },
          }),
          Person: model(people, {
            requiresCondition: true,
            bulk: true,
            lastModified: 'changedAt',
            properties: { shout: (person: Readonly<Record<string, unknown>>) => String(person['name']).toUpperCase() },
            fields: {
              salary: { read: ({ name }) => name === 'hr', write: ({ name }) => name === 'hr' },
              secret: { read: false, write: true },
              level: { write: ({ superuser }) => superuser },
            },
          }),
          ...more(tables),
        }),
      ],
      authenticate: [testScheme],
      logger: silentLogger,
      ...options,
    })
  })
  beforeEach(async () => {
    for (const name of ['slumber_shared', 'people', 'order_lines', 'orders']) {
      await created.sql(`DELETE FROM ${name}`)
    }
    await created.sql('UPDATE notes SET about_id = NULL')
    await created.sql('DELETE FROM notes')
    for (const statement of rows) await created.sql(statement)
  })
  const ask = (method: string, path: string, asked: Asked = {}): Promise<Answer> =>
    askService(served!, method, path, asked)
  return {
    get service() {
      return served!
    },
    ask,
    get: (path, asked) => ask('GET', path, asked),
    post: (path, json, asked) => ask('POST', path, { json, ...asked }),
    put: (path, json, asked) => ask('PUT', path, { json, ...asked }),
    patch: (path, json, asked) => ask('PATCH', path, { json, ...asked }),
    delete: (path, asked) => ask('DELETE', path, asked),
    sql: (statement) => created.sql(statement),
    async dump() {
      const stored = []
      for (const name of names) stored.push(await created.sql(`SELECT * FROM ${name} ORDER BY 1`))
      return JSON.stringify(stored)
    },
  }
}

/** Every permission on the models of the service, for a name that is not `admin`. */
export const everything = (name: string): string =>
  `${name} ${['order', 'line', 'note', 'person', 'secret'].flatMap((each) => ['add', 'change', 'delete'].map((action) => `o.${action}_${each}`)).join(',')}`
