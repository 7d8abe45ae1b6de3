// Values that other programs have stored, and that are not read as they are stored: lists go on behind them, or end with an error in
// the log; none goes in circles.
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import type { Table } from 'drizzle-orm'
import { types } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, type Service } from 'slumberjs/server'
import { createdOn, dialects, type CreatedOn } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

const nothing = (): void => undefined

interface Watched {
  readonly served: Service
  readonly errors: readonly string[]
}

function serve(table: Table, { database }: CreatedOn): Watched {
  const errors: string[] = []
  const log = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: ({ error }: { error?: unknown }) => void errors.push(String(error)),
  }
  const apps = [app('a', { T: model(table, { export: true }) })]
  return { errors, served: service(null, { url: `${base}/`, database, apps, authenticate: [testScheme], logger: log }) }
}

/** The ids of a list, page by page; at most ten pages. */
async function walk({ served }: Watched, sort: string, limit: number): Promise<unknown[]> {
  const ids: unknown[] = []
  let path: string | undefined = `/a/T?sort=${sort}&limit=${limit}`
  for (let page = 0; path !== undefined && page < 10; page++) {
    const { status, body, headers } = await askService(served, 'GET', path)
    if (status !== 200) return [...ids, status]
    ids.push(...body.map((row: { id: unknown }) => row.id))
    path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
  }
  return ids
}

const asAdmin = (served: Service, path: string): Promise<Response> =>
  served.fetch(new Request(base + path, { headers: { authorization: 'Test admin' } }))

describe.each(dialects.filter(({ kind }) => kind === 'mysql'))('on $name', (dialect) => {
  const table = mysql.mysqlTable('t', {
    id: mysql.int().primaryKey(),
    flag: mysql.boolean(),
    number: mysql.bigint({ mode: 'number' }),
    octets: mysql.binary({ length: 2 }),
    day: mysql.date(),
    local: mysql.date({ mode: 'string' }),
    at: mysql.datetime(),
  })
  const created = createdOn(dialect, [
    table,
    mysql.mysqlTable('k', { id: mysql.bigint({ mode: 'number' }).primaryKey() }),
  ])

  test('lists in the order of flags, numbers, octets and days have each row once', async () => {
    await created.sql(`INSERT INTO t VALUES
      (1, -1, 9007199254740993, unhex('ff01'), '2020-01-01', '2020-01-01', '2020-01-01'),
      (2, 2, 9007199254740992, unhex('fe01'), '2020-01-02', '2020-01-02', '2020-01-02'),
      (3, 2, 9007199254740994, unhex('ff02'), '2020-01-03', '2020-01-03', '2020-01-03'),
      (4, 0, -9007199254740993, unhex('0041'), '2020-01-04', '2020-01-04', '2020-01-04'),
      (5, 1, NULL, NULL, NULL, NULL, NULL)`)
    await created.sql(`SET STATEMENT sql_mode='' FOR INSERT INTO t VALUES
      (6, NULL, 5, unhex('6161'), '0000-00-00', '0000-00-00', '0000-00-00'),
      (7, NULL, 6, unhex('6162'), '2020-01-00', '2020-01-00', '2020-01-00')`)
    const watched = serve(table, created)
    for (const sort of ['flag', 'number', 'octets', 'day', 'local', 'at']) {
      for (const way of [sort, `-${sort}`]) {
        for (const limit of [1, 2]) {
          const ids = await walk(watched, way, limit)
          expect([way, limit, ids.length, new Set(ids)]).toEqual([way, limit, 7, new Set([1, 2, 3, 4, 5, 6, 7])])
        }
      }
    }
  })

  test('octets are no key, and it is said why', () => {
    for (const id of [mysql.binary({ length: 16 }), mysql.varbinary({ length: 16 })]) {
      const keyed = mysql.mysqlTable('octets', { id: id.primaryKey() })
      expect(() => serve(keyed, created)).toThrow(/its key "id" is (?:var)?binary\(16\), which Drizzle reads as a text/)
    }
  })
})

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('on $name', (dialect) => {
  const table = pg.pgTable('t', {
    id: pg.integer().primaryKey(),
    number: pg.bigint({ mode: 'number' }),
    parentId: pg.integer().references((): pg.AnyPgColumn => table.id),
  })
  const keyed = pg.pgTable('k', { id: pg.bigint({ mode: 'number' }).primaryKey() })
  const created = createdOn(dialect, [table, keyed])

  test('integers beyond the safe ones are in their order, in pages and exports', async () => {
    await created.sql(
      `INSERT INTO t VALUES (1, 9007199254740993), (2, 9007199254740992), (3, 9007199254740994), (4, NULL)`,
    )
    const watched = serve(table, created)
    for (const limit of [1, 2]) {
      expect(await walk(watched, 'number', limit)).toEqual([2, 1, 3, 4])
      expect(await walk(watched, '-number', limit)).toEqual([3, 1, 2, 4])
    }
    expect((await askService(watched.served, 'GET', '/a/T?limit=all&sort=number')).body).toHaveLength(4)
  })

  test('a page inside a row ends with one where that can be said', async () => {
    await created.sql(`INSERT INTO t VALUES (5, 1, 5), (6, 2, 5), (7, 9007199254740993, 5), (8, 9007199254740994, 5)`)
    const { served, errors } = serve(table, created)
    const statuses: number[] = []
    for (const limit of [2, 3, 4]) {
      const query = `expand=ts&with.ts.sort=number&with.ts.limit=${limit}&fields=id`
      statuses.push((await asAdmin(served, `/a/T/5?${query}`)).status)
    }
    expect([statuses, errors]).toEqual([
      [200, 500, 200],
      [expect.stringContaining('a row has a "number" that is not read as it is stored')],
    ])
  })

  test('a key that cannot be read ends a list with an error in the log', async () => {
    await created.sql(`INSERT INTO k VALUES (9007199254740993), (9007199254740994)`)
    const { served, errors } = serve(keyed, created)
    expect((await asAdmin(served, '/a/T?limit=1')).status).toBe(500)
    expect(errors).toEqual([expect.stringContaining('a row has a "id", its key, that the program cannot read')])
  })
})

/** Whatever a program has told its driver, or a type of a later Drizzle does: no text is read as it is stored. */
describe.each(dialects.filter(({ name }) => name === 'node-postgres'))('texts read otherwise on $name', (dialect) => {
  const table = pg.pgTable('t', { id: pg.integer().primaryKey(), word: pg.text() })
  const created = createdOn(dialect, [table])
  const { TEXT } = types.builtins
  const usual: (text: string) => unknown = types.getTypeParser(TEXT, 'text')
  beforeAll(async () => {
    await created.sql(`INSERT INTO t SELECT number, 'w' || number FROM generate_series(1, 2500) AS number`)
    types.setTypeParser(TEXT, () => '')
  })
  afterAll(() => types.setTypeParser(TEXT, usual))

  test('a page that would end where it began is an error in the log', async () => {
    const { served, errors } = serve(table, created)
    const first = await asAdmin(served, '/a/T?sort=word&limit=1&format=hal')
    const { _links } = (await first.json()) as { readonly _links: Readonly<Record<string, { readonly href: string }>> }
    const next = _links['next']?.href.slice(base.length) ?? ''
    expect([first.status, (await asAdmin(served, next)).status]).toEqual([200, 500])
    expect(errors).toEqual([expect.stringContaining('a page ends where it began')])
  })

  test('an export that would go on for ever is broken off', async () => {
    const { served } = serve(table, created)
    const { status, body } = await asAdmin(served, '/a/T?sort=word&limit=all&format=csv')
    expect(status).toBe(200)
    await expect(new Response(body).text()).rejects.toThrow('a page ends where it began')
  })
})

describe.each(dialects.filter(({ name }) => name === 'libsql'))('on $name', (dialect) => {
  const table = sqlite.sqliteTable('t', {
    id: sqlite.integer().primaryKey(),
    number: sqlite.integer(),
    flag: sqlite.integer({ mode: 'boolean' }),
    text: sqlite.text(),
  })
  const created = createdOn(dialect, [table])

  test('integers that the driver does not read are nobody’s fault who asks', async () => {
    await created.sql(`INSERT INTO t VALUES (1, 9007199254740993, 0, 'a'), (2, 1, 10000000000000000, 'b')`)
    const { served, errors } = serve(table, created)
    for (const path of ['/a/T?id=1', '/a/T/1', '/a/T?id=2', '/a/T/2']) {
      expect([path, (await asAdmin(served, path)).status]).toEqual([path, 500])
    }
    expect(errors).toHaveLength(4)
  })

  test('a text with U+0000 is the same in a list and by itself', async () => {
    await created.sql(`INSERT INTO t VALUES (3, 1, 0, 'a' || char(0) || 'b')`)
    const { served } = serve(table, created)
    const { body } = await askService(served, 'GET', '/a/T/3')
    expect((await askService(served, 'GET', '/a/T?id=3')).body).toEqual([body])
  })
})
