// Views and tables without a key are read, under the key that the model names, and never written; schemas of PostgreSQL keep equal names apart.
import { desc, sql } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import { integer, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  app,
  model,
  service,
  silentLogger,
  type ModelDefinitions,
  type Service,
  type ServiceOptions,
} from 'slumberjs/server'
import { createdOn, dialects } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

function serve(models: ModelDefinitions, database: ServiceOptions['database']): Service {
  const apps = [app('a', models)]
  return service(null, { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
}

const lines = sqliteTable('line', { id: integer().primaryKey(), word: text().notNull(), amount: integer().notNull() })
const shapes = {
  sqlite: {
    table: lines,
    log: sqliteTable('log', { at: integer().notNull(), word: text().notNull() }),
    total: sqliteView('total', { word: text().notNull(), amount: integer() }).existing(),
    large: sqliteView('large').as((query) => query.select().from(lines).orderBy(desc(lines.amount))),
  },
  pg: (() => {
    const table = pg.pgTable('line', {
      id: pg.integer().primaryKey(),
      word: pg.text().notNull(),
      amount: pg.integer().notNull(),
    })
    return {
      table,
      log: pg.pgTable('log', { at: pg.integer().notNull(), word: pg.text().notNull() }),
      total: pg.pgMaterializedView('total', { word: pg.text().notNull(), amount: pg.integer() }).existing(),
      large: pg.pgView('large').as((query) => query.select().from(table)),
    }
  })(),
  mysql: (() => {
    const table = mysql.mysqlTable('line', {
      id: mysql.int().primaryKey(),
      word: mysql.varchar({ length: 20 }).notNull(),
      amount: mysql.int().notNull(),
    })
    return {
      table,
      log: mysql.mysqlTable('log', { at: mysql.int().notNull(), word: mysql.varchar({ length: 20 }).notNull() }),
      total: mysql
        .mysqlView('total', { word: mysql.varchar({ length: 20 }).notNull(), amount: mysql.int() })
        .existing(),
      large: mysql.mysqlView('large').as((query) => query.select().from(table)),
    }
  })(),
}

describe.each(dialects)('$name', (dialect) => {
  const { table, log, total, large } = shapes[dialect.kind]
  const created = createdOn(dialect, [table, log])
  let served: Service
  const ask = (method: string, path: string, json?: unknown) =>
    askService(served, method, path, json === undefined ? {} : { json })

  beforeAll(async () => {
    const kind = dialect.kind === 'pg' ? 'MATERIALIZED VIEW' : 'VIEW'
    for (const statement of [
      `INSERT INTO line VALUES (1, 'a', 5), (2, 'b', 7), (3, 'a', 1)`,
      `INSERT INTO log VALUES (1, 'x'), (2, 'y')`,
      `CREATE ${kind} total AS SELECT word, cast(sum(amount) AS ${dialect.kind === 'mysql' ? 'signed' : 'integer'}) AS amount FROM line GROUP BY word`,
      `CREATE VIEW large AS SELECT * FROM line WHERE amount > 3`,
    ]) {
      await created.sql(statement)
    }
    served = serve(
      {
        Line: model(table),
        Log: model(log, { key: ['at'] } as object),
        Total: model(total, { key: ['word'] } as object),
        Large: model(large, { key: ['id'] } as object),
      },
      created.database,
    )
  })

  test('a view is a list of rows with URLs, filters, sorts and pages', async () => {
    expect((await ask('GET', '/a/Total?sort=-amount&amount__gte=6')).body).toEqual([
      { word: 'b', amount: 7 },
      { word: 'a', amount: 6 },
    ])
    expect((await ask('GET', '/a/Total/a')).body).toEqual({ word: 'a', amount: 6 })
    expect((await ask('GET', '/a/Total/c')).status).toBe(404)
    const page = await ask('GET', '/a/Large?limit=1')
    expect(page.body).toEqual([{ id: 1, word: 'a', amount: 5 }])
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    expect((await ask('GET', next)).body).toEqual([{ id: 2, word: 'b', amount: 7 }])
    expect((await ask('GET', '/a/Log/2')).body).toEqual({ at: 2, word: 'y' })
  })

  test('it is not written', async () => {
    for (const [method, path] of [
      ['POST', '/a/Total'],
      ['PUT', '/a/Total/a'],
      ['PATCH', '/a/Large/1'],
      ['DELETE', '/a/Log/1'],
    ] as const) {
      const { status, headers } = await ask(method, path, method === 'DELETE' ? undefined : { word: 'z' })
      expect([method, status, headers.get('allow')?.includes(method)]).toEqual([method, 405, false])
    }
    const { operations, fields } = (await ask('GET', '/a/Total/-/model')).body
    expect([...Object.keys(operations.model), ...Object.keys(operations.instance)]).not.toContain('create')
    expect(fields.amount.readOnly).toBe(true)
  })
})

describe('what has no key is refused at the start, with what would help', () => {
  const libsql = dialects.find(({ name }) => name === 'libsql')
  const created = createdOn(libsql!, [lines])
  const { log, total } = shapes.sqlite
  const expression = sqliteView('sums').as((query) =>
    query.select({ word: lines.word, sum: sql<number>`sum(${lines.amount})`.as('sum') }).from(lines),
  )
  test.each<readonly [string, ModelDefinitions, string]>([
    [
      'a table without a key',
      { Log: model(log) },
      `Table "log" has no primary key; a model needs one. To serve it read-only, name what identifies its rows: model(…, { key: ['…'] }).`,
    ],
    ['a view without one', { Total: model(total) }, 'View "total" has no primary key; a model needs one.'],
    [
      'a key of no column',
      { Total: model(total, { key: ['nothing'] } as object) },
      'View "total": "key" names "nothing", which is no column; there are: word, amount.',
    ],
    ['no columns at all', { Total: model(total, { key: [] }) }, '"key" must name columns, each once'],
    [
      'a second key',
      { Line: model(lines, { key: ['word'] }) },
      'Table "line" has a primary key (id); "key" cannot name another.',
    ],
    [
      'an expression of unknown type',
      { Sums: model(expression, { key: ['word'] } as object) },
      'View "sums": "sum" is an expression of unknown type; declare the view with its columns',
    ],
  ])('%s', (_, models, message) => {
    expect(() => serve(models, created.database)).toThrow(TypeError)
    expect(() => serve(models, created.database)).toThrow(message)
  })
})

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('schemas of $name', (dialect) => {
  const stock = pg
    .pgSchema('stock')
    .table('thing', { id: pg.serial().primaryKey(), name: pg.text().notNull().unique() })
  const sales = pg.pgSchema('sales').table('thing', {
    id: pg.serial().primaryKey(),
    stockId: pg
      .integer('stock_id')
      .notNull()
      .references(() => stock.id),
    name: pg.text().notNull().unique(),
  })
  const created = createdOn(dialect, [stock, sales], ['CREATE SCHEMA stock', 'CREATE SCHEMA sales'])

  test('two tables of one name are two models that refer to each other', async () => {
    const served = serve({ Stock: model(stock), Sale: model(sales) }, created.database)
    const post = (path: string, json: unknown) => askService(served, 'POST', path, { json })
    expect((await post('/a/Stock', { name: 'one' })).status).toBe(201)
    expect((await post('/a/Sale', { name: 'first', stockId: 1 })).status).toBe(201)
    expect((await askService(served, 'GET', '/a/Stock/1/sales')).body).toEqual([{ id: 1, stockId: 1, name: 'first' }])
    expect((await askService(served, 'GET', '/a/Sale?stock.name=one')).body).toHaveLength(1)
    expect((await post('/a/Sale', { name: 'first', stockId: 1 })).body.errors?.[0]?.pointer).toBe('#/name')
  })
})
