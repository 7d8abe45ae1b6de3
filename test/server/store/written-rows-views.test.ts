// Views and tables that hold what Drizzle has not been told: lists show of it what a row shows by itself.
import type { Table, View } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects, type Dialect } from '../dialects.ts'
import { askService, base, testScheme } from '../fixture.ts'

/** Expressions, which have types of their own. */
const totals: Readonly<Record<Dialect['kind'], { readonly line: Table; readonly total: View; readonly sql: string }>> =
  {
    sqlite: {
      line: sqlite.sqliteTable('line', { id: sqlite.integer().primaryKey(), amount: sqlite.integer().notNull() }),
      total: sqlite
        .sqliteView('total', {
          id: sqlite.integer().notNull(),
          mean: sqlite.integer(),
          exact: sqlite.real(),
          price: sqlite.numeric(),
          word: sqlite.text(),
          list: sqlite.text(),
          flag: sqlite.integer({ mode: 'boolean' }),
        })
        .existing(),
      sql: `SELECT id, avg(amount) AS mean, avg(amount) AS exact, avg(amount) AS price, avg(amount) * 1e20 AS word,
      json_array(id) AS list, amount > 5 AS flag FROM line GROUP BY id`,
    },
    pg: {
      line: pg.pgTable('line', { id: pg.integer().primaryKey(), amount: pg.integer().notNull() }),
      total: pg
        .pgView('total', {
          id: pg.integer().notNull(),
          mean: pg.integer(),
          exact: pg.doublePrecision(),
          price: pg.numeric(),
          word: pg.text(),
          list: pg.text(),
          flag: pg.boolean(),
        })
        .existing(),
      sql: `SELECT id, avg(amount) AS mean, avg(amount) AS exact, avg(amount) AS price, sum(amount) AS word,
      to_json(id) AS list, (amount > 5)::int AS flag FROM line GROUP BY id`,
    },
    mysql: {
      line: mysql.mysqlTable('line', { id: mysql.int().primaryKey(), amount: mysql.int().notNull() }),
      total: mysql
        .mysqlView('total', {
          id: mysql.int().notNull(),
          exact: mysql.double(),
          price: mysql.decimal(),
          word: mysql.text(),
        })
        .existing(),
      sql: 'SELECT id, avg(amount) AS exact, avg(amount) AS price, sum(amount) AS word FROM line GROUP BY id',
    },
  }

describe.each(dialects)('$name', (dialect) => {
  const { line, total, sql } = totals[dialect.kind]
  const created = createdOn(dialect, [line])
  let served: Service | undefined
  beforeAll(async () => {
    await created.sql(`CREATE VIEW total AS ${sql}`)
    await created.sql('INSERT INTO line VALUES (1, 3), (2, 7)')
    served = service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [app('menu', { Line: model(line), Total: model(total as never, { key: ['id'] as never[] }) })], // of any dialect
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })

  test('the list of a view is the texts of its rows', async () => {
    const texts: string[] = []
    for (const id of [1, 2]) texts.push((await askService(served!, 'GET', `/menu/Total/${id}`)).text)
    expect((await askService(served!, 'GET', '/menu/Total')).text).toBe(`[${texts.join(',')}]`)
  })
})
