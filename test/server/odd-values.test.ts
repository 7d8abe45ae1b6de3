// JSON that is no value of a column, however it pretends to be one: 422 with its pointer, never a failure.
import type { Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects, servingOn, type Dialect } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

/** What has a text form, or seems to have one. */
const pretending: readonly unknown[] = [
  { toString: 1 },
  { valueOf: 1, toString: null },
  { toString: '12:00:00' },
  { toJSON: '12:00:00' },
  { length: 1, 0: 'x' },
  [],
  [[[]]],
]

/** Columns whose values are texts of a syntax, and such a text. */
const tables: Readonly<Record<Dialect['kind'], Table>> = {
  sqlite: sqlite.sqliteTable('odd', {
    id: sqlite.integer().primaryKey(),
    decimal: sqlite.numeric(),
    at: sqlite.integer({ mode: 'timestamp' }),
    word: sqlite.text(),
    choice: sqlite.text({ enum: ['12:00:00'] }),
    bytes: sqlite.blob({ mode: 'buffer' }),
    huge: sqlite.blob({ mode: 'bigint' }),
  }),
  pg: pg.pgTable('odd', {
    id: pg.integer().primaryKey(),
    time: pg.time(),
    zoned: pg.time({ withTimezone: true }),
    local: pg.timestamp({ mode: 'string' }),
    zonedText: pg.timestamp({ mode: 'string', withTimezone: true }),
    at: pg.timestamp(),
    day: pg.date(),
    span: pg.interval(),
    uuid: pg.uuid(),
    address: pg.inet(),
    net: pg.cidr(),
    mac: pg.macaddr(),
    bits: pg.bit({ dimensions: 3 }),
    decimal: pg.numeric(),
    huge: pg.bigint({ mode: 'bigint' }),
    word: pg.varchar({ length: 9 }),
  }),
  mysql: mysql.mysqlTable('odd', {
    id: mysql.int().primaryKey(),
    time: mysql.time(),
    local: mysql.datetime({ mode: 'string' }),
    stamp: mysql.timestamp({ mode: 'string' }),
    at: mysql.datetime(),
    day: mysql.date({ mode: 'string' }),
    binary: mysql.binary({ length: 4 }),
    decimal: mysql.decimal(),
    huge: mysql.bigint({ mode: 'bigint' }),
    word: mysql.varchar({ length: 9 }),
  }),
}

describe.each(dialects)('$name', (dialect) => {
  const table = tables[dialect.kind]
  const created = createdOn(dialect, [table])
  let served: Service | undefined
  beforeAll(async () => {
    served = service('odd', {
      url: `${base}/`,
      database: created.database,
      apps: [app('a', { Odd: model(table) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    await askService(served, 'PUT', '/a/Odd/1', { json: {} })
  })

  test('an object or a list is no text of a column, whatever members it has', async () => {
    const { body: before } = await askService(served!, 'GET', '/a/Odd/1')
    const names = Object.keys(before).filter((name) => name !== 'id')
    for (const name of names) {
      for (const value of pretending) {
        const { status, body } = await askService(served!, 'PUT', '/a/Odd/1', { json: { [name]: value } })
        expect([name, value, status, body.errors?.[0].pointer]).toEqual([name, value, 422, `#/${name}`])
        for (const filter of [{ [name]: value }, { [name]: { eq: value } }, { [name]: { in: [value] } }]) {
          const asked = await askService(served!, 'QUERY', '/a/Odd', { json: filter })
          expect([filter, asked.status]).toEqual([filter, 422])
        }
      }
    }
    expect((await askService(served!, 'GET', '/a/Odd/1')).body).toEqual(before)
  })
})

describe.each(dialects)('an instant with $name', (dialect) => {
  const api = servingOn(dialect)

  test.each(['2026-01-31T24:00:00Z', '2026-01-31T25:00:00Z', '2026-01-31T12:60:00Z', '2026-01-31T23:59:60Z'])(
    'has an hour, a minute and a second that RFC 3339 §5.6 has: %s',
    async (at) => {
      const { status, body } = await api.patch('/menu/Sample/1', { at })
      expect([status, body.errors[0].pointer]).toEqual([422, '#/at'])
      expect((await api.get(`/menu/Sample?at__gt=${encodeURIComponent(at)}`)).status).toBe(400)
    },
  )
})
