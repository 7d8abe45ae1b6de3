// Keys that a caller chooses for rows whose keys the database counts up: none may end the counting.
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import type { Table } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  app,
  model,
  modelCollection,
  modelRouter,
  operation,
  service,
  silentLogger,
  type Service,
} from 'slumberjs/server'
import { createdOn, dialects, type Dialect } from '../dialects.ts'
import { askService, base, testScheme } from '../fixture.ts'

/** The largest key that may be chosen, by model. */
const limits: Readonly<Record<string, number | string>> = {
  Small: 2 ** 14,
  Usual: 2 ** 30,
  Identity: 2 ** 30,
  Short: 501,
  Wide: 2 ** 52,
  Huge: String(2n ** 62n),
  Unsigned: 2 ** 31,
  RowId: 2 ** 52,
}

const pgTables = {
  Small: pg.pgTable('small', { id: pg.smallserial().primaryKey(), name: pg.text().notNull() }),
  Usual: pg.pgTable('usual', { id: pg.serial().primaryKey(), name: pg.text().notNull() }),
  Identity: pg.pgTable('identity', {
    id: pg.integer().primaryKey().generatedByDefaultAsIdentity(),
    name: pg.text().notNull(),
  }),
  Short: pg.pgTable('short', {
    id: pg.integer().primaryKey().generatedByDefaultAsIdentity({ maxValue: 1_000 }),
    name: pg.text().notNull(),
  }),
  Wide: pg.pgTable('wide', { id: pg.bigserial({ mode: 'number' }).primaryKey(), name: pg.text().notNull() }),
  Huge: pg.pgTable('huge', { id: pg.bigserial({ mode: 'bigint' }).primaryKey(), name: pg.text().notNull() }),
}
const mysqlTables = {
  Small: mysql.mysqlTable('small', {
    id: mysql.smallint().primaryKey().autoincrement(),
    name: mysql.text().notNull(),
  }),
  Usual: mysql.mysqlTable('usual', { id: mysql.int().primaryKey().autoincrement(), name: mysql.text().notNull() }),
  Unsigned: mysql.mysqlTable('unsigneds', {
    id: mysql.int({ unsigned: true }).primaryKey().autoincrement(),
    name: mysql.text().notNull(),
  }),
  Wide: mysql.mysqlTable('wide', {
    id: mysql.bigint({ mode: 'number', unsigned: true }).primaryKey().autoincrement(),
    name: mysql.text().notNull(),
  }),
}
const sqliteTables = {
  RowId: sqlite.sqliteTable('row_id', { id: sqlite.integer().primaryKey(), name: sqlite.text().notNull() }),
}
const tablesOf: Readonly<Record<Dialect['kind'], Readonly<Record<string, Table>>>> = {
  pg: pgTables,
  mysql: mysqlTables,
  sqlite: sqliteTables,
}

describe.each(dialects)('$name', (dialect) => {
  const tables = tablesOf[dialect.kind]
  const created = createdOn(dialect, Object.values(tables))
  const names = Object.keys(tables)
  const [some = ''] = names
  let served: Service
  beforeAll(() => {
    const make = operation.model({
      POST: { run: ({ models }) => models(`a.${some}`).create({ id: Number(limits[some]) + 1, name: 'x' }) },
    })
    const models = names.map((name) => [name, model(tables[name]!, { bulk: true, operations: { make } })] as const)
    served = service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [app('a', Object.fromEntries(models))],
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })
  beforeEach(async () => {
    for (const name of names) await served.state.store.database.delete(tables[name] as typeof sqliteTables.RowId)
  })
  const beyond = (name: string): number | string => {
    const limit = limits[name]!
    return typeof limit === 'string' ? String(BigInt(limit) + 1n) : limit + 1
  }

  test.each(names)(
    '%s: one near the end is refused with the largest, and after that one rows are made',
    async (name) => {
      const url = `/a/${name}`
      const refusals = [
        await askService(served, 'POST', url, { json: { id: beyond(name), name: 'x' } }),
        await askService(served, 'PUT', `${url}/${beyond(name)}`, { json: { name: 'x' } }),
        await askService(served, 'POST', url, {
          json: [{ name: 'x' }, { id: beyond(name), name: 'x' }],
          headers: { prefer: 'handling=strict' },
        }),
      ]
      expect(refusals.map(({ status, body }) => [status, body.errors[0].pointer])).toEqual([
        [422, '#/id'],
        [422, '#/id'],
        [422, '#/1/id'],
      ])
      expect(refusals[0]?.body.detail).toContain(`at most ${limits[name]}`)
      const each = await askService(served, 'POST', url, { json: [{ id: beyond(name), name: 'x' }] })
      expect(each.body[0].status).toBe(422)
      const chosen = await askService(served, 'POST', url, { json: { id: limits[name], name: 'x' } })
      const next = await askService(served, 'POST', url, { json: { name: 'x' } })
      expect([chosen.status, next.status, String(next.body.id)]).toEqual([201, 201, String(beyond(name))])
      const changed = await askService(served, 'PATCH', `${url}/${beyond(name)}`, { json: { name: 'y' } })
      expect([changed.status, changed.body.name]).toEqual([200, 'y'])
    },
  )

  test('an operation and a hand-written resource are refused it as well', async () => {
    const { status, body } = await askService(served, 'POST', `/a/${some}/-/make`)
    // The caller sent no `id`: no pointer leads to it.
    expect([status, body.detail]).toEqual([422, expect.stringMatching(/^id must be at most/)])
    class Rows extends modelCollection('/rows', `a.${some}`) {
      async POST() {
        return await this.created(await this.create({ id: Number(limits[some]) + 1, name: 'x' }))
      }
    }
    const router = modelRouter(served, [Rows])
    const answer = await router.fetch(
      new Request('http://s.test/rows', { method: 'POST', headers: { authorization: 'Test admin' } }),
    )
    expect(answer.status).toBe(422)
  })
})
