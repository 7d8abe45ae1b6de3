// Keys of several columns and PostgreSQL's arrays in questions: what is expanded along the one, and what the other have in them.
import {
  foreignKey as mysqlForeignKey,
  int,
  mysqlTable,
  primaryKey as mysqlPrimaryKey,
  varchar,
} from 'drizzle-orm/mysql-core'
import {
  foreignKey as pgForeignKey,
  integer as pgInteger,
  pgTable,
  primaryKey as pgPrimaryKey,
  text as pgText,
  uuid,
} from 'drizzle-orm/pg-core'
import { foreignKey, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Table } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type ModelOptions, type Service } from 'slumberjs/server'
import { createdOn, dialects } from '../dialects.ts'
import { askService, base, testScheme, type Answer } from '../fixture.ts'

const sqliteSeats = sqliteTable('seat', { hall: text(), no: integer(), price: integer() }, (table) => [
  primaryKey({ columns: [table.hall, table.no] }),
])
const sqliteTickets = sqliteTable('ticket', { id: integer().primaryKey(), hall: text(), no: integer() }, (table) => [
  foreignKey({ columns: [table.hall, table.no], foreignColumns: [sqliteSeats.hall, sqliteSeats.no] }),
])
const pgSeats = pgTable('seat', { hall: pgText(), no: pgInteger(), price: pgInteger() }, (table) => [
  pgPrimaryKey({ columns: [table.hall, table.no] }),
])
const pgTickets = pgTable('ticket', { id: pgInteger().primaryKey(), hall: pgText(), no: pgInteger() }, (table) => [
  pgForeignKey({ columns: [table.hall, table.no], foreignColumns: [pgSeats.hall, pgSeats.no] }),
])
const mysqlSeats = mysqlTable('seat', { hall: varchar({ length: 20 }), no: int(), price: int() }, (table) => [
  mysqlPrimaryKey({ columns: [table.hall, table.no] }),
])
const mysqlTickets = mysqlTable(
  'ticket',
  { id: int().primaryKey(), hall: varchar({ length: 20 }), no: int() },
  (table) => [mysqlForeignKey({ columns: [table.hall, table.no], foreignColumns: [mysqlSeats.hall, mysqlSeats.no] })],
)
const tables = {
  sqlite: { seats: sqliteSeats, tickets: sqliteTickets },
  pg: { seats: pgSeats, tickets: pgTickets },
  mysql: { seats: mysqlSeats, tickets: mysqlTickets },
}

describe.each(dialects)('$name', (dialect) => {
  const { seats, tickets } = tables[dialect.kind]
  const created = createdOn(dialect, [seats, tickets])
  let served: Service | undefined
  beforeAll(async () => {
    const models = {
      Seat: model(seats),
      Ticket: model(tickets, { references: { hall: { name: 'seat', inverse: 'tickets' } } }),
    }
    const { database } = created
    const apps = [app('a', models)]
    served = service('pizzas', { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
    await created.sql(`INSERT INTO seat VALUES ('a', 1, 5), ('a', 2, 7), ('b', 1, 9)`)
    await created.sql(`INSERT INTO ticket VALUES (1, 'b', 1), (2, 'a', 2), (3, NULL, 1), (4, 'b', 1)`)
  })
  const get = (path: string): Promise<Answer> => askService(served!, 'GET', path)

  test('a reference of several columns is expanded, sorted and filtered by', async () => {
    const { body } = await get('/a/Ticket?expand=seat&sort=-seat.price')
    expect(
      body.map((row: { id: 1; _embedded?: { seat: { price: 1 } } }) => [row.id, row._embedded?.seat.price]),
    ).toEqual([
      [1, 9],
      [4, 9],
      [2, 7],
      [3, undefined],
    ])
    expect((await get('/a/Ticket?seat.price__gte=7&seat.no=2')).body).toMatchObject([{ id: 2 }])
  })

  test('so is its other end', async () => {
    const { body } = await get('/a/Seat?expand=tickets&with.tickets.limit=1&with.tickets.sort=-id')
    const of = body.map((row: { _embedded: { tickets: { _embedded: { item: { id: 1 }[] } } } }) =>
      row._embedded.tickets._embedded.item.map(({ id }) => id),
    )
    expect(of).toEqual([[], [2], [4]])
    expect((await get(body[2]._embedded.tickets._links.next.href)).body).toMatchObject([{ id: 1 }])
  })

  /** Who may write which columns of a ticket, over the same rows. */
  const writing = (options: ModelOptions<Table>): Service => {
    const models = {
      Seat: model(seats),
      Ticket: model(tickets, { references: { hall: 'seat' }, bulk: true, ...(options as object) }),
    }
    const { database } = created
    const apps = [app('a', models)]
    return service('pizzas', { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
  }
  const pointersOf = ({ status, body }: Answer): unknown => [
    status,
    body.code,
    body.errors?.map(({ pointer }: { pointer: string }) => pointer),
  ]

  test('one that leads nowhere is 409, and points at each of its columns that the caller may write', async () => {
    const lost = { id: 9, hall: 'a', no: 7 }
    const all = writing({})
    const answer = await askService(all, 'POST', '/a/Ticket', { json: lost })
    expect(pointersOf(answer)).toEqual([409, 'foreign-key', ['#/hall', '#/no']])
    expect(answer.body.detail).toBe('#/hall refers, with no, to no a.Seat; #/no refers, with hall, to no a.Seat.')
    const moved = await askService(all, 'PATCH', '/a/Ticket/1', { json: { no: 7 } })
    expect(pointersOf(moved)).toEqual([409, 'foreign-key', ['#/hall', '#/no']])
    const patched = await askService(all, 'PATCH', '/a/Ticket/1', {
      body: JSON.stringify([
        { op: 'test', path: '/hall', value: 'b' },
        { op: 'replace', path: '/no', value: 7 },
      ]),
      headers: { 'content-type': 'application/json-patch+json' },
    })
    expect(pointersOf(patched)).toEqual([409, 'foreign-key', ['#/1']])
    const strict = { json: [{ id: 8 }, lost], headers: { prefer: 'handling=strict' } }
    expect(pointersOf(await askService(all, 'POST', '/a/Ticket', strict))).toEqual([
      409,
      'foreign-key',
      ['#/1/hall', '#/1/no'],
    ])
  })

  test.each<[string, ModelOptions<Table>]>([
    ['a column that is read-only', { readOnly: ['hall'] as never[] }],
    ['a column that they may not write', { fields: { hall: { write: false } } }],
    ['a column that they may not see', { fields: { hall: { read: false } } }],
    ['a column that is not on the wire', { exclude: ['hall'] as never[] }],
  ])('it does not point at %s', async (_, options) => {
    const answer = await askService(writing(options), 'PATCH', '/a/Ticket/2', { json: { no: 7 } })
    expect(pointersOf(answer)).toEqual([409, 'foreign-key', ['#/no']])
    expect(answer.body.detail).toBe('#/no refers to no a.Seat.')
  })
})

const lists = pgTable('list', {
  id: pgInteger().primaryKey(),
  words: pgText().array(),
  numbers: pgInteger().array(),
  keys: uuid().array(),
  moods: pgText({ enum: ['calm', 'wild'] }).array(),
})

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('arrays on $name', (dialect) => {
  const created = createdOn(dialect, [lists])
  let served: Service | undefined
  beforeAll(async () => {
    const { database } = created
    const apps = [app('a', { List: model(lists) })]
    served = service('pizzas', { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
    await created.sql(
      `INSERT INTO list VALUES (1, '{a,"b c"}', '{1,2}', '{00000000-0000-4000-8000-000000000001}', '{calm}'), (2, '{}', NULL, NULL, '{}'),
        (3, '{"1",a}', '{2}', NULL, NULL)`,
    )
  })
  const ids = async (query: string): Promise<unknown> => {
    const { status, body } = await askService(served!, 'GET', `/a/List?${query}`)
    return status === 200 ? body.map(({ id }: { id: number }) => id) : status
  }

  test.each([
    ['words__has=a', [1, 3]],
    ['words__has=b c', [1]],
    ['words__has=1', [3]],
    ['numbers__has=2', [1, 3]],
    ['numbers__has=x', 400],
    ['keys__has=00000000-0000-4000-8000-000000000001', [1]],
    ['keys__has=x', 400],
    ['moods__has=calm', [1]],
    ['moods__has=cross', 400],
    ['moods=["calm"]', [1]],
    ['moods__ne=["wild","cross"]', 400],
    ['numbers__isnull=true', [2]],
    ['numbers=[2]', [3]],
    ['words__ne=[]', [1, 3]],
    ['words__contains=a', 400],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })
})
