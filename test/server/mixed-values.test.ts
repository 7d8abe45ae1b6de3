// SQLite keeps any kind of value in any column: pages that are sorted by such a column have every row once, in the order of the database.
import { integer, numeric, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects } from './dialects.ts'
import { askService, base, testScheme } from './fixture.ts'

const things = sqliteTable('thing', {
  id: integer().primaryKey(),
  whole: integer(),
  at: integer({ mode: 'timestamp' }),
  real: real(),
  decimal: numeric(),
  number: numeric({ mode: 'number' }),
  /** Declared without a type. */
  word: text(),
})
const columns = ['whole', 'at', 'real', 'decimal', 'number', 'word']
const parts = sqliteTable('part', { id: integer().primaryKey(), thingId: integer().references(() => things.id) })

/** Of each kind some; NULLs are last. */
const values = ["'abc'", '1', '2.5', 'NULL', "'5x'", "''", '1000', "x'00ff'", '9e999', "x'01'", '-9e999', "x''"]
const upwards = [11, 2, 3, 7, 9, 6, 5, 1, 12, 8, 10, 4]
const downwards = [10, 8, 12, 1, 5, 6, 9, 7, 3, 2, 11, 4]

describe.each(dialects.filter(({ kind }) => kind === 'sqlite'))('$name', (dialect) => {
  const created = createdOn(dialect, [])
  let served: Service
  beforeAll(async () => {
    await created.sql(
      'CREATE TABLE thing (id integer PRIMARY KEY, whole integer, at integer, real real, decimal numeric, number numeric, word)',
    )
    await created.sql('CREATE TABLE part (id integer PRIMARY KEY, thingId integer REFERENCES thing (id))')
    for (const [index, value] of values.entries()) {
      const row = columns.map(() => value).join(', ')
      await created.sql(`INSERT INTO thing VALUES (${index + 1}, ${row})`)
      await created.sql(`INSERT INTO part VALUES (${index + 1}, ${index + 1})`)
    }
    served = service(null, {
      url: `${base}/`,
      database: created.database,
      apps: [app('a', { Thing: model(things), Part: model(parts, { references: { thingId: 'thing' } }) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })

  /** The ids on all pages of one row from here on, and where the last one is. */
  const walk = async (begin: string, rel: 'next' | 'prev'): Promise<{ ids: number[]; last: string }> => {
    const ids: number[] = []
    let last = begin
    for (let path: string | undefined = begin; path !== undefined && ids.length <= values.length;) {
      const { body, headers } = await askService(served, 'GET', path)
      ids.push(...(body as readonly { readonly id: number }[]).map(({ id }) => id))
      last = path
      path = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]?.slice(base.length)
    }
    return { ids, last }
  }

  test.each(columns.flatMap((name) => [[name, upwards] as const, [`-${name}`, downwards] as const]))(
    'by %s, forwards and backwards',
    async (sort, order) => {
      const { ids, last } = await walk(`/a/Thing?sort=${sort}&limit=1&fields=id`, 'next')
      expect(ids).toEqual(order)
      expect((await walk(last, 'prev')).ids).toEqual(order.toReversed())
    },
  )

  test.each(['whole', 'real', 'decimal'])('by what is referred to: %s', async (name) => {
    expect((await walk(`/a/Part?sort=thing.${name}&limit=1`, 'next')).ids).toEqual(upwards)
  })
})
