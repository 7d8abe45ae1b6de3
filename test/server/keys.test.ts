// A primary key of any type that has an order: its rows have URLs, are paged through once each, and are found by it.
import * as fc from 'fast-check'
import type { Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { mysqlSamples } from './columns/mysql-samples.ts'
import { pgSamples } from './columns/pg-samples.ts'
import type { Sample } from './columns/sample.ts'
import { sqliteSamples } from './columns/sqlite-samples.ts'
import { createdOn, dialects, type Dialect } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

/** Types without an order, and those of which MySQL makes no index without a length. */
const noKeys = /json|^(?:point|line|interval|blobBigint|float|text|tinytext|mediumtext|longtext|blob$|custom$)/i

/** SQLite goes on counting from the largest number, and must be able to for a while. */
const isKey = (value: unknown): boolean => typeof value !== 'number' || value < 2 ** 52

type Keyed = readonly (readonly [name: string, table: Table, sample: Sample])[]

/** One table for each kind of column, which is its key. Each sample builds one column, so the builders are used once more here. */
function keyed<Builder>(
  samples: Readonly<Record<string, Sample<Builder>>>,
  tableOf: (name: string, column: Builder) => Table,
): Keyed {
  return Object.entries(samples)
    .filter(
      ([name, { type, values }]) => values !== undefined && type !== 'array' && type !== 'bytes' && !noKeys.test(name),
    )
    .map(([name, sample]) => [name, tableOf(`of_${name}`, sample.column), sample] as const)
}

const tables: Readonly<Record<Dialect['kind'], Keyed>> = {
  sqlite: keyed(sqliteSamples, (name, key) =>
    sqlite.sqliteTable(name, { key }, (table) => [sqlite.primaryKey({ columns: [table['key'] as never] })]),
  ),
  pg: keyed(pgSamples, (name, key) =>
    pg.pgTable(name, { key }, (table) => [pg.primaryKey({ columns: [table['key'] as never] })]),
  ),
  mysql: keyed(mysqlSamples, (name, key) =>
    mysql.mysqlTable(name, { key }, (table) => [mysql.primaryKey({ columns: [table['key'] as never] })]),
  ),
}

describe.each(dialects)('$name', (dialect) => {
  const kinds = tables[dialect.kind]
  const created = createdOn(
    dialect,
    kinds.map(([, table]) => table),
  )
  let served: Service
  beforeAll(() => {
    const models = Object.fromEntries(kinds.map(([name, table]) => [name, model(table)] as const))
    served = service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [app('a', models)],
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })

  test.each(kinds)('%s', async (name, _, { values }) => {
    const keys = [...new Set(fc.sample(values ?? fc.constant(1), { numRuns: 40, seed: 7 }))].filter(isKey).slice(0, 4)
    const locations = new Set<string>()
    for (const key of keys) {
      const { status, headers, body } = await askService(served, 'POST', `/a/${name}`, { json: { key } })
      expect([key, status, body]).toEqual([key, 201, { key }])
      const location = headers.get('location') ?? ''
      expect([key, (await askService(served, 'GET', location)).body]).toEqual([key, { key }])
      locations.add(location)
    }
    expect(locations.size).toBe(keys.length)
    expect(await walk(`/a/${name}?limit=1`)).toEqual((await askService(served, 'GET', `/a/${name}`)).body)
    expect((await walk(`/a/${name}?limit=1&sort=-key`)).length).toBe(keys.length)
    const found = await askService(served, 'GET', `/a/${name}?key__in=${encodeURIComponent(String(keys[0]))}`)
    expect([keys[0], found.body]).toEqual([keys[0], [{ key: keys[0] }]])
    for (const location of locations) expect((await askService(served, 'DELETE', location)).status).toBe(204)
  })

  /** Every row of a list, page by page. */
  async function walk(path: string): Promise<unknown[]> {
    const { body, headers } = await askService(served, 'GET', path)
    const next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    return next === undefined ? body : [...body, ...(await walk(next))]
  }
})
