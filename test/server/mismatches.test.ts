// Faults that a breaker found: memory that cursors keep, options that vanish, rows that stand although the answer is an error,
// lists whose columns are not what they are declared as, pages that never end.
import * as pg from 'drizzle-orm/pg-core'
import * as mysql from 'drizzle-orm/mysql-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import type { Table } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { app, configure, model, service, silentLogger, type AppDefinition, type Service } from 'slumberjs/server'
import { Exchange } from '../../src/http/exchange.ts'
import { Cursors } from '../../src/server/query/cursor.ts'
import { parseLinks } from '../../src/wire/index.ts'
import { createdOn, dialects, type CreatedOn } from './dialects.ts'
import { base, testScheme } from './fixture.ts'

function serve(created: CreatedOn, definition: AppDefinition): Service {
  const { database } = created
  return service(null, {
    url: `${base}/`,
    database,
    apps: [definition],
    authenticate: [testScheme],
    logger: silentLogger,
  })
}

async function ask(served: Service, method: string, url: string, json?: unknown) {
  const headers = { authorization: 'Test admin', ...(json === undefined ? {} : { 'content-type': 'application/json' }) }
  const body = json === undefined ? null : JSON.stringify(json)
  const response = await served.fetch(new Request(url.startsWith('http') ? url : base + url, { method, headers, body }))
  const links = parseLinks(response.headers.get('link') ?? '')
  return { status: response.status, text: await response.text(), next: links.find(({ rel }) => rel === 'next')?.target }
}

test('cursors remember no long filters', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const cursors = new Cursors('secret')
  collect()
  const before = process.memoryUsage().heapUsed
  for (let index = 0; index < 200; index += 1) {
    cursors.write([index], JSON.stringify({ name: `${index}`.padEnd(1_000_000) }))
  }
  collect()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000)
})

test('a query in a fragment is none', () => {
  const exchange = new Exchange(new Request('http://x.test/a#b?format=csv'))
  expect([exchange.pathname, exchange.search]).toEqual(['/a', exchange.url.search])
})

const plain = {
  sqlite: sqlite.sqliteTable('t', { id: sqlite.integer().primaryKey(), name: sqlite.text(), secret: sqlite.text() }),
  pg: pg.pgTable('t', { id: pg.serial().primaryKey(), name: pg.text(), secret: pg.text() }),
  mysql: mysql.mysqlTable('t', {
    id: mysql.int().primaryKey().autoincrement(),
    name: mysql.varchar({ length: 9 }),
    secret: mysql.varchar({ length: 9 }),
  }),
}

const mood = pg.pgEnum('mood', ['open', 'done'])
const chosen = {
  sqlite: sqlite.sqliteTable('c', {
    id: sqlite.integer().primaryKey(),
    state: sqlite.text({ enum: ['open', 'done'] }),
  }),
  pg: pg.pgTable('c', { id: pg.serial().primaryKey(), state: mood() }),
  mysql: mysql.mysqlTable('c', { id: mysql.int().primaryKey(), state: mysql.mysqlEnum(['open', 'done']) }),
}

describe.each(dialects)('$name', (dialect) => {
  const table = plain[dialect.kind] as typeof plain.sqlite
  const created = createdOn(dialect, [table, chosen[dialect.kind]])
  beforeEach(() => created.sql('DELETE FROM t'))

  test('an option that is undefined takes nothing away', async () => {
    await created.sql("INSERT INTO t (id, name, secret) VALUES (1, 'mine', 's')")
    const own = app('m', {
      T: model(table, { exclude: ['secret'], convert: { name: (name) => String(name).toUpperCase() } }),
    })
    const served = serve(created, configure(own, { T: { convert: undefined } as object }))
    expect((await ask(served, 'GET', '/m/T')).text).toBe('[{"id":1,"name":"MINE"}]')
  })

  test.each(['exclude', 'access'])('%s that is undefined is refused', (option) => {
    const own = app('m', { T: model(table, { exclude: ['secret'], access: { read: { name: 'mine' } } }) })
    expect(() => configure(own, { T: { [option]: undefined } })).toThrow(
      `configure(m, …): T has "${option}", but it is undefined, which closes nothing`,
    )
  })

  test('a caller of whom a rule makes a choice that there is not sees nothing, and breaks nothing', async () => {
    const access = { read: (user: { readonly name: string }) => ({ state: user.name === 'admin' ? 'gone' : 'open' }) }
    const served = serve(created, app('m', { T: model(chosen[dialect.kind] as never, { access }) }))
    expect(await ask(served, 'GET', '/m/T')).toMatchObject({ status: 200, text: '[]' })
  })

  test('a name that cannot be told leaves nothing', async () => {
    const display = (): string => {
      throw new Error('no name')
    }
    const served = serve(created, app('m', { T: model(table, { display }) }))
    const { status } = await ask(served, 'POST', '/m/T', { name: 'a' })
    expect([status, await created.sql('SELECT * FROM t')]).toEqual([500, []])
  })
})

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('$name', (dialect) => {
  const id = pg.integer().primaryKey()
  const created = createdOn(dialect, [
    pg.pgTable('real', { id, x: pg.doublePrecision(), at: pg.timestamp(), word: pg.text() }),
  ])
  const both = async (source: Parameters<typeof model>[0], options: object, database: CreatedOn = created) => {
    const served = serve(database, app('m', { T: model(source as Table, options) }))
    return [await ask(served, 'GET', '/m/T'), await ask(served, 'GET', '/m/T?format=json&fields=id,x')] as const
  }
  beforeAll(async () => {
    await created.sql(
      `INSERT INTO "real" VALUES (1, 5.5, '2026-01-31 12:00:00.5', 'a","b":"c'), (2, 7, now(), 'b'), (3, 1, now(), 'c')`,
    )
    await created.sql(`CREATE VIEW v1 AS SELECT id, avg(x) AS x FROM "real" GROUP BY id`)
    await created.sql(`CREATE VIEW v2 AS SELECT id, x::numeric(9, 2) AS x FROM "real"`)
    await created.sql(`CREATE VIEW v3 AS SELECT id, id > 1 AS x, word FROM "real"`)
    await created.sql(`CREATE TABLE words AS SELECT id, word AS x FROM "real"`)
  })

  test.each([
    ['v1', pg.numeric()],
    ['v2', pg.integer()],
    ['v2', pg.doublePrecision()],
    ['v3', pg.integer()],
  ])('a list of the view %s is as its query says, not as it is declared', async (name, x) => {
    const [written, shown] = await both(pg.pgView(name, { id: pg.integer(), x }).existing(), { key: ['id'] })
    expect(written).toEqual(shown)
  })

  test('a text that is declared as a uuid stays in its place', async () => {
    const [written, shown] = await both(pg.pgTable('words', { id: pg.integer().primaryKey(), x: pg.uuid() }), {})
    expect(written).toEqual(shown)
  })

  test('times are JSON in sessions in which a backslash escapes', async () => {
    const [{ name } = {}] = await created.sql('SELECT current_database() AS name')
    await created.sql(`ALTER DATABASE ${String(name)} SET standard_conforming_strings = off`)
    const other = await created.connect()
    const times = pg.pgTable('real', { id: pg.integer().primaryKey(), x: pg.timestamp('at') })
    const [written, shown] = await both(times, {}, other as unknown as CreatedOn)
    expect(written).toEqual(shown)
  })
})

describe.each(dialects.filter(({ kind }) => kind === 'sqlite'))('$name', (dialect) => {
  const flags = sqlite.sqliteTable('f', {
    id: sqlite.integer().primaryKey(),
    flag: sqlite.integer({ mode: 'boolean' }),
  })
  const created = createdOn(dialect, [flags])

  test.each(['flag', '-flag'])('pages in the order of %s end, whatever counts as false', async (sort) => {
    await created.sql('INSERT OR REPLACE INTO f VALUES (1, 0), (2, -1), (3, 2), (4, 1), (5, -1), (6, 2), (7, NULL)')
    const served = serve(created, app('m', { F: model(flags) }))
    const ids: number[] = []
    let url: string | undefined = `/m/F?sort=${sort}&limit=1`
    for (let page = 0; url !== undefined && page < 20; page += 1) {
      const { text, next } = await ask(served, 'GET', url)
      ids.push(...(JSON.parse(text) as { id: number }[]).map(({ id }) => id))
      url = next
    }
    expect(ids.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})
