// Values stay what they are wherever the program and the server think they are: time zones and styles.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects, menuOver, type Database } from '../dialects.ts'
import { tableNames } from '../dialects/rows.ts'
import { askService, base, directory, testScheme } from '../fixture.ts'

/** What a database gives its new sessions. */
const odd: Readonly<Record<string, readonly (readonly [name: string, value: string])[]>> = {
  pg: [
    ['timezone', 'Asia/Kathmandu'],
    ['datestyle', 'German, DMY'],
    ['intervalstyle', 'iso_8601'],
    ['bytea_output', 'escape'],
  ],
}

const zone = process.env['TZ']
beforeAll(() => {
  process.env['TZ'] = 'America/St_Johns'
})
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe.each(dialects)('$name', (dialect) => {
  const created = createdOn(
    dialect,
    tableNames.map((name) => dialect.tables[name]),
  )
  let served: Service
  beforeAll(async () => {
    for (const [name, value] of odd[dialect.kind] ?? []) {
      await created.sql(
        `DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I SET ${name} = %L', current_database(), '${value}'); END $do$`,
      )
    }
    const { database } = await created.connect() // whose sessions are new
    served = service('pizzas', {
      url: `${base}/`,
      database: database as Database, // of this dialect
      directory,
      apps: [menuOver(dialect)],
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })

  test('the program is somewhere else', () => {
    expect(new Date(2026, 0, 1).toISOString()).toBe('2026-01-01T03:30:00.000Z')
  })

  test.each([
    ['at', '2026-03-29T01:30:00.123Z'],
    ['at', '2026-03-08T07:15:00.000Z'],
    ['at', '1883-11-18T12:00:00.000Z'],
    ['at', '9999-12-31T23:59:59.999Z'],
    ['real', 0.30000000000000004],
    ['real', 1.7976931348623157e308],
    ['real', 5e-324],
    ['real', -1e-7],
    ['huge', '9223372036854775807'],
    ['huge', '-9223372036854775808'],
    ['whole', -2147483648],
    ['word', "a\\'b\n\u00a0\u{1F355}"],
    ['json', { date: '2026-03-29T01:30:00.123Z', big: 1e21, small: 1e-7, list: [null, true, 'x'] }],
  ])('%s is written, read, found and sorted by as %j', async (field, value) => {
    const id = 1
    const stored = await askService(served, 'PUT', `/menu/Sample/${id}`, { json: { [field]: value } })
    expect(stored.status).toBeLessThan(300)
    const { body, headers } = await askService(served, 'GET', `/menu/Sample/${id}`)
    expect(body[field]).toEqual(value)
    const same = await askService(served, 'PUT', `/menu/Sample/${id}`, {
      json: body,
      headers: { 'if-match': headers.get('etag') ?? '' },
    })
    expect(same.status).toBe(204)
    if (typeof value === 'object') return
    const query = new URLSearchParams({ [`${field}__eq`]: String(value), sort: `-${field}`, limit: '1' })
    expect((await askService(served, 'GET', `/menu/Sample?${query}`)).body).toEqual([body])
  })

  test('instants are the same to the database', async () => {
    await askService(served, 'PUT', '/menu/Sample/2', { json: { at: '2026-07-01T12:00:00Z' } })
    const epoch = {
      sqlite: 'at / 1000',
      pg: 'extract(epoch FROM at)',
      mysql: `timestampdiff(second, '1970-01-01 00:00:00', at)`,
    }[dialect.kind]
    const [row] = await created.sql(`SELECT ${epoch} AS epoch FROM sample WHERE id = 2`)
    expect(Number(row?.['epoch'])).toBe(Date.UTC(2026, 6, 1, 12) / 1000)
  })
})
