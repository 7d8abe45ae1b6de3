// Rows as they come back from being written, in every dialect: in their order, with what the database has put in.
import { sql, type Table } from 'drizzle-orm'
import { char, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { integer as pgInteger, pgTable, text as pgText, uuid } from 'drizzle-orm/pg-core'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Model, type Row, type Service } from 'slumberjs/server'
import { createdOn, dialects } from '../dialects.ts'
import { base, directory, testScheme } from '../fixture.ts'

const tables = {
  sqlite: {
    numbered: sqliteTable('numbered', { id: integer().primaryKey({ autoIncrement: true }), word: text().notNull() }),
    named: sqliteTable('named', {
      id: text()
        .primaryKey()
        .default(sql`(lower(hex(randomblob(16))))`),
      word: text().notNull().default('none'),
    }),
  },
  pg: {
    numbered: pgTable('numbered', {
      id: pgInteger().primaryKey().generatedByDefaultAsIdentity(),
      word: pgText().notNull(),
    }),
    named: pgTable('named', { id: uuid().primaryKey().defaultRandom(), word: pgText().notNull().default('none') }),
  },
  mysql: {
    numbered: mysqlTable('numbered', {
      id: int().primaryKey().autoincrement(),
      word: varchar({ length: 99 }).notNull(),
    }),
    named: mysqlTable('named', {
      id: char({ length: 36 })
        .primaryKey()
        .default(sql`(uuid())`),
      word: varchar({ length: 99 }).notNull().default('none'),
    }),
  },
} satisfies Readonly<Record<string, Readonly<Record<'named' | 'numbered', Table>>>>

describe.each(dialects)('$name', (dialect) => {
  const { numbered, named } = tables[dialect.kind]
  const created = createdOn(dialect, [numbered, named])
  let served: Service | undefined
  beforeAll(() => {
    served = service('pizzas', {
      url: `${base}/`,
      database: created.database,
      directory,
      apps: [app('menu', { Numbered: model(numbered as Table), Named: model(named as Table) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })
  const modelOf = (name: string): Model => served!.state.models.get(`menu.${name}`) ?? expect.fail('No such model.')
  const insert = (name: string, values: readonly Row[]): Promise<readonly Row[]> =>
    served!.state.store.insertMany(modelOf(name), values)

  test('many rows come back in the order in which they were given, numbered upwards', async () => {
    const words = Array.from({ length: 1_234 }, (_, index) => ({ word: `w${(index * 7) % 1_234}` }))
    const rows = await insert('Numbered', words)
    expect(rows.map(({ word }) => ({ word }))).toEqual(words)
    const ids = rows.map(({ id }) => Number(id))
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect(new Set(ids).size).toBe(words.length)
  })

  test('rows with a chosen number and rows without one come back as they are, and later numbers do not collide', async () => {
    const [first] = await insert('Numbered', [{ word: 'first' }])
    const next = Number(first?.['id']) + 3
    const rows = await insert('Numbered', [{ word: 'a' }, { id: next, word: 'b' }, { id: next + 1, word: 'c' }])
    expect(rows.map(({ word }) => word)).toEqual(['a', 'b', 'c'])
    expect(rows.slice(1).map(({ id }) => id)).toEqual([next, next + 1])
    const later = await insert('Numbered', [{ word: 'd' }, { word: 'e' }])
    expect(later.map(({ word }) => word)).toEqual(['d', 'e'])
  })

  test('a number that a sequence gives out although it was chosen beside the service is tried again', async () => {
    const [last] = await insert('Numbered', [{ word: 'last' }])
    await created.sql(`INSERT INTO numbered (id, word) VALUES (${Number(last?.['id']) + 1}, 'beside')`)
    const [row] = await insert('Numbered', [{ word: 'again' }])
    expect(Number(row?.['id'])).toBeGreaterThan(Number(last?.['id']) + 1)
  })

  test('keys that the database makes up are found again, of each of many rows', async () => {
    const rows = await insert('Named', [{ word: 'a' }, { id: '0b0e7e3e-3f4c-4b8e-9e0e-1f2a3b4c5d6e', word: 'b' }, {}])
    expect(rows.map(({ word }) => word)).toEqual(['a', 'b', 'none'])
    expect(rows[1]?.['id']).toBe('0b0e7e3e-3f4c-4b8e-9e0e-1f2a3b4c5d6e')
    expect(new Set(rows.map(({ id }) => id)).size).toBe(3)
  })

  test('nothing is written with no rows', async () => {
    expect(await insert('Numbered', [])).toEqual([])
  })
})
