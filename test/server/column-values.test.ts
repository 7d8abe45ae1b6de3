// Every kind of column of every dialect: what is taken is read back as the same JSON, and what would not be is refused.
import * as fc from 'fast-check'
import { mysqlTable, int } from 'drizzle-orm/mysql-core'
import { integer as pgInteger, pgTable } from 'drizzle-orm/pg-core'
import { integer as sqliteInteger, sqliteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Table } from 'drizzle-orm'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { mysqlSamples } from './columns/mysql-samples.ts'
import { pgSamples } from './columns/pg-samples.ts'
import type { Sample } from './columns/sample.ts'
import { sqliteSamples } from './columns/sqlite-samples.ts'
import { createdOn, dialects, type Dialect } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

/** Those whose type the database has without extensions. */
function there<T extends Sample>(samples: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(samples).filter(([, { values }]) => values !== undefined))
}

function columns<Builder>(samples: Readonly<Record<string, Sample<Builder>>>): Record<string, Builder> {
  return Object.fromEntries(Object.entries(samples).map(([name, { column }]) => [name, column]))
}

const samplesOf: Readonly<Record<Dialect['kind'], Readonly<Record<string, Sample>>>> = {
  sqlite: there(sqliteSamples),
  pg: there(pgSamples),
  mysql: there(mysqlSamples),
}

const tables: Readonly<Record<Dialect['kind'], Table>> = {
  sqlite: sqliteTable('sample', { id: sqliteInteger().primaryKey(), ...columns(there(sqliteSamples)) }),
  pg: pgTable('sample', { id: pgInteger().primaryKey(), ...columns(there(pgSamples)) }),
  mysql: mysqlTable('sample', { id: int().primaryKey(), ...columns(there(mysqlSamples)) }),
}

describe.each(dialects)('$name', (dialect) => {
  const samples = samplesOf[dialect.kind]
  const table = tables[dialect.kind]
  const created = createdOn(dialect, [table])
  let served: Service | undefined
  beforeAll(() => {
    served = service('pizzas', {
      url: `${base}/`,
      database: created.database,
      apps: [app('a', { Sample: model(table) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })
  const ask = (method: string, path: string, json?: unknown) =>
    askService(served!, method, `/a/Sample${path}`, json === undefined ? {} : { json })

  const row = fc.record(
    Object.fromEntries(Object.entries(samples).map(([name, { values }]) => [name, values ?? fc.constant(null)])),
  )

  test('what is taken is read back equal, and may be sent back', async () => {
    await fc.assert(
      fc.asyncProperty(row, async (values) => {
        const put = await ask('PUT', '/1', values)
        expect([put.status < 300, put.body?.errors]).toEqual([true, undefined])
        const { body, headers } = await ask('GET', '/1')
        expect(body).toEqual({ id: 1, ...values })
        expect((await ask('PUT', '/1', body)).status).toBe(204)
        expect((await ask('GET', '/1')).headers.get('etag')).toBe(headers.get('etag'))
      }),
      { numRuns: 25, endOnFailure: true },
    )
  })

  test('another spelling is read as the database has it', async () => {
    await ask('PUT', '/2', fc.sample(row, 1)[0])
    for (const [name, { spellings = [] }] of Object.entries(samples)) {
      for (const [written, read] of spellings) {
        const patched = await ask('PATCH', '/2', { [name]: written })
        expect([name, written, patched.body?.errors, patched.body?.[name]]).toEqual([name, written, undefined, read])
      }
    }
  })

  test('what the database would refuse or change is 422 with its member', async () => {
    await ask('PUT', '/3', fc.sample(row, 1)[0])
    const { body: before } = await ask('GET', '/3')
    for (const [name, { refused = [] }] of Object.entries(samples)) {
      for (const value of refused) {
        const { status, body } = await ask('PATCH', '/3', { [name]: value })
        // In an array or a document it is the element that is wrong.
        const [, member] = String(body.errors?.[0]?.pointer).split('/')
        expect([name, value, status, member]).toEqual([name, value, 422, name])
      }
    }
    expect((await ask('GET', '/3')).body).toEqual(before)
  })
})
