// What Drizzle and SQLite know of columns: generated ones, defaults of every kind, unique indexes, numbers that do not fit.
import { sql } from 'drizzle-orm'
import { integer, numeric, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { app, model } from 'slumberjs/server'
import { serving } from './fixture.ts'

let made = 0
const things = sqliteTable(
  'thing',
  {
    id: integer().primaryKey(),
    first: text().notNull(),
    last: text(),
    full: text().generatedAlwaysAs(sql`first || ' ' || last`),
    kind: text().notNull().default('plain'),
    token: text()
      .notNull()
      .$defaultFn(() => `token ${++made}`),
    day: text()
      .notNull()
      .default(sql`(date('2026-01-31'))`),
    changes: integer()
      .notNull()
      .$onUpdateFn(() => 7),
    amount: numeric({ mode: 'number' }),
  },
  (table) => [
    uniqueIndex('by_name').on(table.first, table.last),
    uniqueIndex('by_lower').on(sql`lower(kind)`, table.first),
    uniqueIndex('by_some')
      .on(table.last)
      .where(sql`kind = 'x'`),
  ],
)

const api = serving({ apps: [app('a', { Thing: model(things) })] })
beforeAll(() =>
  api.client.executeMultiple(`CREATE TABLE thing (id integer PRIMARY KEY, first text NOT NULL, last text,
    full text GENERATED ALWAYS AS (first || ' ' || last), kind text NOT NULL DEFAULT 'plain', token text NOT NULL,
    day text NOT NULL DEFAULT (date('2026-01-31')), changes integer NOT NULL, amount numeric);
    CREATE UNIQUE INDEX by_name ON thing (first, last); CREATE UNIQUE INDEX by_lower ON thing (lower(kind), first);`),
)
beforeEach(async () => {
  await api.sql('DELETE FROM thing')
  made = 0
})

test('unique indexes over columns identify rows; those over expressions or some rows do not', async () => {
  expect((await api.get('/a/Thing/-/model')).body.unique).toEqual([['first', 'last']])
  await api.post('/a/Thing', { first: 'Ada', last: 'L' })
  expect((await api.get('/a/Thing/-/get?first=Ada&last=L')).body.id).toBe(1)
  expect((await api.get('/a/Thing/-/get?last=L')).body.detail).toBe('A row is found by id, or first with last.')
})

test('a unique index over an expression is a conflict without names', async () => {
  await api.post('/a/Thing', { first: 'Ada', last: 'L' })
  const { status, body } = await api.post('/a/Thing', { first: 'Ada', last: 'M', kind: 'PLAIN' })
  expect([status, body.detail, body.errors]).toEqual([409, 'There is already such a row.', undefined])
})

test('a generated column is shown and not written', async () => {
  const { body } = await api.post('/a/Thing', { first: 'Ada', last: 'L' })
  expect(body).toMatchObject({
    full: 'Ada L',
    kind: 'plain',
    token: 'token 1',
    day: '2026-01-31',
    changes: 7,
    amount: null,
  })
  expect((await api.patch('/a/Thing/1', { full: 'x' })).body.errors).toEqual([
    { pointer: '#/full', detail: 'is read-only' },
  ])
  expect((await api.put('/a/Thing/1', { ...body, last: 'M' })).status).toBe(204)
  expect((await api.get('/a/Thing/1')).body.full).toBe('Ada M')
})

test('PUT gives what is left out its default again, of whatever kind', async () => {
  await api.post('/a/Thing', {
    first: 'Ada',
    last: 'L',
    kind: 'x',
    token: 'mine',
    day: 'today',
    changes: 1,
    amount: 1.5,
  })
  expect((await api.put('/a/Thing/1', { first: 'Ada' })).status).toBe(204)
  expect((await api.get('/a/Thing/1')).body).toEqual({
    id: 1,
    first: 'Ada',
    last: null,
    full: null,
    kind: 'plain',
    token: 'token 1',
    day: '2026-01-31',
    changes: 7,
    amount: null,
  })
})

test('a number that the driver could not give back is 422, and not stored', async () => {
  for (const amount of [1e18, -(2 ** 60)]) {
    const { status, body } = await api.post('/a/Thing', { first: 'Ada', amount })
    const detail = 'must not be an integer between 2^53 and 2^63, which would not come back as a number'
    expect([status, body.errors]).toEqual([422, [{ pointer: '#/amount', detail }]])
  }
  expect(await api.sql('SELECT count(*) AS n FROM thing')).toEqual([{ n: 0 }])
  expect((await api.post('/a/Thing', { first: 'Ada', amount: 1e300 })).body.amount).toBe(1e300)
})
