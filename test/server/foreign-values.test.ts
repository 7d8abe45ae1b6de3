// What other programs have stored is shown, even where a caller could not have written it; what the database generates is not written.
import { sql } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Table } from 'drizzle-orm'
import { app, model, service, silentLogger, type Service, type ServiceOptions } from 'slumberjs/server'
import { createdOn, dialects, type Dialect } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

function serve(table: Table, database: ServiceOptions['database']): Service {
  const apps = [app('a', { T: model(table) })]
  return service(null, { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
}

/** Not among them: a `timestamp` without a zone in date mode, of whose `infinity` Drizzle makes a day in 2000. */
describe.each(dialects.filter(({ kind }) => kind === 'pg'))('values beyond JSON’s on $name', (dialect) => {
  const table = pg.pgTable('t', {
    id: pg.integer().primaryKey(),
    at: pg.timestamp({ withTimezone: true }),
    zoned: pg.timestamp({ mode: 'string', withTimezone: true }),
    local: pg.timestamp({ mode: 'string' }),
    day: pg.date({ mode: 'date' }),
    text: pg.date(),
    number: pg.numeric(),
    double: pg.doublePrecision(),
    numbers: pg.integer().array(),
  })
  const created = createdOn(dialect, [table])

  test('infinities, years before the first, NaN and NULLs in arrays are words or null', async () => {
    await created.sql(
      `INSERT INTO t VALUES (1, 'infinity', 'infinity', '0044-03-15 12:00:00 BC', 'infinity', '-infinity', 'NaN', '-Infinity', '{1,NULL}')`,
    )
    const { status, body } = await askService(serve(table, created.database), 'GET', '/a/T/1')
    expect([status, body]).toEqual([
      200,
      {
        id: 1,
        at: 'Invalid Date',
        zoned: 'infinity',
        local: '0044-03-15 12:00:00 BC',
        day: 'Invalid Date',
        text: '-infinity',
        number: 'NaN',
        double: '-Infinity',
        numbers: [1, null],
      },
    ])
  })

  test('a stored instant is the same whatever zone its session shows it in', async () => {
    await created.sql(`INSERT INTO t (id, zoned) VALUES (2, '2026-01-31 12:00:00.5+05:30')`)
    const served = serve(table, created.database)
    expect((await askService(served, 'GET', '/a/T/2')).body.zoned).toBe('2026-01-31T06:30:00.5Z')
    const found = await askService(served, 'GET', `/a/T?zoned=${encodeURIComponent('2026-01-31T06:30:00.500Z')}`)
    expect(found.body).toHaveLength(1)
  })
})

const generated: Readonly<Record<Dialect['kind'], Table>> = {
  sqlite: sqliteTable('g', {
    id: integer().primaryKey(),
    word: text().notNull(),
    upper: text().generatedAlwaysAs(sql`upper(word)`),
  }),
  pg: pg.pgTable('g', {
    id: pg.integer().primaryKey().generatedAlwaysAsIdentity(),
    word: pg.text().notNull(),
    upper: pg.text().generatedAlwaysAs(sql`upper(word)`),
  }),
  mysql: mysql.mysqlTable('g', {
    id: mysql.int().primaryKey().autoincrement(),
    word: mysql.varchar({ length: 20 }).notNull(),
    upper: mysql.varchar({ length: 20 }).generatedAlwaysAs(sql`upper(word)`),
  }),
}

describe.each(dialects)('what $name generates', (dialect) => {
  const table = generated[dialect.kind]
  const created = createdOn(dialect, [table])
  let served: Service
  beforeAll(() => {
    served = serve(table, created.database)
  })

  test('is shown, read-only, and not asked for', async () => {
    const { status, body } = await askService(served, 'POST', '/a/T', { json: { word: 'a' } })
    expect([status, body]).toEqual([201, { id: 1, word: 'a', upper: 'A' }])
    expect((await askService(served, 'PUT', '/a/T/1', { json: { ...body, word: 'b' } })).status).toBe(204)
    expect((await askService(served, 'GET', '/a/T/1')).body.upper).toBe('B')
    const refused = await askService(served, 'PATCH', '/a/T/1', { json: { upper: 'x' } })
    expect([refused.status, refused.body.errors]).toEqual([422, [{ pointer: '#/upper', detail: 'is read-only' }]])
    const { fields } = (await askService(served, 'GET', '/a/T/-/model')).body
    expect([fields.upper.readOnly, fields.id.required, fields.id.readOnly]).toEqual([
      true,
      false,
      dialect.kind === 'pg',
    ])
  })

  test('is not chosen where the database alone counts', async () => {
    const { status, body } = await askService(served, 'POST', '/a/T', { json: { id: 7, word: 'c' } })
    const refused = [422, [{ pointer: '#/id', detail: 'is read-only' }]]
    expect([status, body.errors]).toEqual(dialect.kind === 'pg' ? refused : [201, undefined])
  })
})
