// What the auth service knows of a user stands in a row of this service's own, found by name, in every database.
import { eq, type Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { localCopy, type RemoteUser } from 'slumberjs/auth'
import type { SqliteDatabase } from 'slumberjs/server'
import { describe, expect, test } from 'vitest'
import { createdOn, dialects } from '../../server/dialects.ts'
import { as } from '../fixture.ts'
import { change, remoteSystem } from '../remote/fixture.ts'

const tables = {
  sqlite: sqlite.sqliteTable('person', {
    id: sqlite.integer().primaryKey({ autoIncrement: true }),
    name: sqlite.text().notNull().unique(),
    superuser: sqlite.integer({ mode: 'boolean' }).notNull(),
    active: sqlite.integer({ mode: 'boolean' }).notNull(),
    mail: sqlite.text(),
    joined: sqlite.integer({ mode: 'timestamp' }),
    passwordHash: sqlite.text().notNull(),
    note: sqlite.text(),
  }),
  pg: pg.pgTable('person', {
    id: pg.serial().primaryKey(),
    name: pg.text().notNull().unique(),
    superuser: pg.boolean().notNull(),
    active: pg.boolean().notNull(),
    mail: pg.text(),
    joined: pg.timestamp({ withTimezone: true }),
    passwordHash: pg.text().notNull(),
    note: pg.text(),
  }),
  mysql: mysql.mysqlTable('person', {
    id: mysql.int().primaryKey().autoincrement(),
    name: mysql.varchar({ length: 150 }).notNull().unique(),
    superuser: mysql.boolean().notNull(),
    active: mysql.boolean().notNull(),
    mail: mysql.text(),
    joined: mysql.datetime(),
    passwordHash: mysql.text().notNull(),
    note: mysql.text(),
  }),
} as const

const ada: RemoteUser = {
  name: 'Zoë 🍕',
  superuser: false,
  active: true,
  permissions: [],
  state: '1',
  attributes: { id: 77, email: 'zoe@shop.example', joined: '2026-04-20T02:07:55.000Z', elsewhere: 'only' },
}

describe.each(dialects)('over $name', (dialect) => {
  const table: Table = tables[dialect.kind]
  const created = createdOn(dialect, [table])
  const rows = async (): Promise<readonly Record<string, unknown>[]> =>
    await (created.database as SqliteDatabase).select().from(table as typeof tables.sqlite)
  const copying = (): ((user: RemoteUser) => Promise<void>) =>
    localCopy({
      database: created.database,
      table,
      columns: { mail: 'email' },
      missing: { passwordHash: '', note: 'new' },
    })

  test('a user is made once, by however many at a time, with a key of its own', async () => {
    await Promise.all([1, 2, 3, 4].map(() => copying()(ada)))
    const [row, second] = await rows()
    expect(second).toBeUndefined()
    expect(row).toMatchObject({
      name: 'Zoë 🍕',
      superuser: false,
      active: true,
      mail: 'zoe@shop.example',
      joined: new Date('2026-04-20T02:07:55Z'),
      passwordHash: '',
      note: 'new',
    })
    expect(row!['id']).not.toBe(77)
  })

  test('changes go into the same row, which keeps what is its own', async () => {
    const before = (await rows())[0]!
    await copying()({ ...ada, superuser: true, active: false, attributes: { email: null } })
    const [row, ...others] = await rows()
    expect(others).toEqual([])
    expect(row).toEqual({ ...before, superuser: true, active: false, mail: null })
  })

  test('others are others', async () => {
    await copying()({ ...ada, name: 'bob' })
    expect(new Set((await rows()).map(({ name }) => name))).toEqual(new Set(['Zoë 🍕', 'bob']))
  })
})

test('a column that is not there is refused', () => {
  const copy = { database: {} as SqliteDatabase, table: tables.sqlite }
  expect(() => localCopy({ ...copy, name: 'login' })).toThrow(/no column "login"; it has: id, name/)
  expect(() => localCopy({ ...copy, columns: { phone: 'phone' } })).toThrow(/"phone"/)
  expect(() => localCopy({ ...copy, missing: { toString: 1 } })).toThrow(/"toString"/)
})

describe('with a service', () => {
  const it = remoteSystem()
  const libsql = dialects.find(({ kind }) => kind === 'sqlite')
  const created = createdOn(libsql!, [tables.sqlite])
  const rowOf = async (name: string): Promise<unknown> => {
    const { name: column } = tables.sqlite
    const found = await (created.database as SqliteDatabase).select().from(tables.sqlite).where(eq(column, name))
    return found[0]
  }

  test('everybody who comes in has a row, as the auth service last told of them', async () => {
    const copy = localCopy({ database: created.database, table: tables.sqlite, missing: { passwordHash: '' } })
    const kitchen = it.kitchen({ copy })
    expect(await kitchen.get('admin')).toBe(200)
    expect(await rowOf('admin')).toMatchObject({ superuser: true, active: true })
    await change(it.system, 'admin', { superuser: false })
    try {
      await kitchen.remote.catchUp()
      expect(await kitchen.get('admin')).toBe(200)
      expect(await rowOf('admin')).toMatchObject({ superuser: false })
      await change(it.system, 'admin', { active: false })
      await kitchen.remote.catchUp()
      expect(await kitchen.get('admin')).toBe(401)
      expect(await rowOf('admin')).toMatchObject({ active: false })
    } finally {
      await change(it.system, 'admin', { superuser: true, active: true })
    }
  })

  test('where it cannot be kept, nobody is let in', async () => {
    const copy = (): never => {
      throw new Error('the disk is full')
    }
    const answer = await it.kitchen({ copy }).ask('GET', 'kitchen/Note', { authorization: as('clerk') })
    expect(answer.status).toBe(500)
  })
})
