// A primary key of any type that has an order: its rows have URLs, are paged through once each, and are found by it.
import * as fc from 'fast-check'
import type { Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, operation, service, silentLogger, type Service } from 'slumberjs/server'
import { mysqlSamples } from './columns/mysql-samples.ts'
import { pgSamples } from './columns/pg-samples.ts'
import type { Sample } from './columns/sample.ts'
import { sqliteSamples } from './columns/sqlite-samples.ts'
import { createdOn, dialects, type Dialect } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

/** Types without an order, those of which MySQL makes no index without a length, and octets that are read as texts. */
const noKeys =
  /json|^(?:point|line|interval|blobBigint|float|text|tinytext|mediumtext|longtext|blob$|custom$|binary$|varbinary$)/i

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

const folders = pg.pgTable('folder', { id: pg.uuid().primaryKey(), name: pg.text().notNull() })
const leaves = pg.pgTable(
  'leaf',
  {
    folderId: pg
      .uuid()
      .notNull()
      .references(() => folders.id),
    price: pg.numeric({ precision: 6, scale: 2 }).notNull(),
  },
  (table) => [pg.primaryKey({ columns: [table.folderId, table.price] })],
)

const ordering = { POST: { run: ({ instance }: { readonly instance: unknown }) => instance } }

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('another spelling of a key on $name', (dialect) => {
  const created = createdOn(dialect, [folders, leaves])
  const id = '0191e0a4-73b1-7abc-8def-0123456789ab'
  let served: Service
  beforeAll(async () => {
    served = service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [
        app('a', {
          Folder: model(folders, { operations: { order: operation.instance(ordering, { mount: '/shop/:pk/order' }) } }),
          Leaf: model(leaves, {
            references: { folderId: { inverse: 'leaves' } },
            operations: { pick: operation.instance(ordering, { mount: '/pick/:pk', path: '/:how?' }) },
          }),
        }),
      ],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    await created.sql(`INSERT INTO folder VALUES ('${id}', 'one')`)
    await created.sql(`INSERT INTO leaf VALUES ('${id}', '9.50')`)
  })
  const place = async (method: string, path: string): Promise<unknown> => {
    const asked = ['PUT', 'PATCH'].includes(method) ? { json: { name: 'x' } } : {}
    const { status, headers } = await askService(served, method, path, asked)
    return [status, headers.get('location')?.slice(base.length)]
  }

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('is 308 to the row, by %s', async (method) => {
    const path = `/a/Folder/${id.toUpperCase()}?format=json`
    expect(await place(method, path)).toEqual([308, `/a/Folder/${id}?format=json`])
  })

  test('is 308 below it, too, and for a part of a key', async () => {
    expect(await place('GET', `/a/Folder/${id.toUpperCase()}/leaves`)).toEqual([308, `/a/Folder/${id}/leaves`])
    const right = `/a/Leaf/${id},9.50`
    expect(await place('GET', `/a/Leaf/${id.toUpperCase()},9.5`)).toEqual([308, right])
    expect((await askService(served, 'GET', right)).body).toEqual({ folderId: id, price: '9.50' })
  })

  test('is 308 to an operation of the row that is mounted elsewhere, by any method', async () => {
    const path = `/shop/${id.toUpperCase()}/order?format=json`
    expect(await place('POST', path)).toEqual([308, `/shop/${id}/order?format=json`])
    expect(await place('GET', path)).toEqual([308, `/shop/${id}/order?format=json`])
    expect((await askService(served, 'POST', `/shop/${id}/order`)).body).toEqual({ id, name: 'one' })
    expect(await place('POST', `/pick/${id.toUpperCase()},9.5/f%C3%BCr`)).toEqual([308, `/pick/${id},9.50/f%C3%BCr`])
    expect(await place('POST', `/shop/${id.toUpperCase()}x/order`)).toEqual([404, undefined])
    expect(await place('POST', `/shop/${id.toUpperCase()}/nothing`)).toEqual([404, undefined])
    expect((await askService(served, 'POST', path, { as: '' })).status).toBe(401)
  })

  test('leads to 404 where nothing is, of a row or below one', async () => {
    const other = id.replace('0191', 'FFFF')
    expect(await place('GET', `/a/Folder/${other}`)).toEqual([308, `/a/Folder/${other.toLowerCase()}`])
    expect((await askService(served, 'GET', `/a/Folder/${other.toLowerCase()}`)).status).toBe(404)
    expect(await place('GET', `/a/Folder/${id.toUpperCase()}/nothing`)).toEqual([404, undefined])
    expect(await place('GET', `/a/Folder/${id.toUpperCase()}x`)).toEqual([404, undefined])
    expect((await askService(served, 'GET', `/a/Folder/${id.toUpperCase()}`, { as: '' })).status).toBe(401)
  })
})
