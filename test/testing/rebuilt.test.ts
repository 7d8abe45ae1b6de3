// A service from its tables, and one from the contract of that: both say the same of themselves, whatever their models are like.
import {
  foreignKey,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { drizzle } from 'drizzle-orm/node-postgres'
import * as pg from 'drizzle-orm/pg-core'
import { Pool } from 'pg'
import { connect } from 'slumberjs'
import { app, model, operation, service, type AppDefinition, type Scheme } from 'slumberjs/server'
import { mockServices, type MockServicesOptions } from 'slumberjs/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { menu } from '../server/fixture.ts'

async function contractOf(given: MockServicesOptions, url: string): Promise<{ url: string }> {
  const mock = await mockServices(given)
  const { content } = await connect(mock.options).get(`${url}-/contract`)
  mock.close()
  return content as { url: string }
}

const teams = sqliteTable('team', { id: integer().primaryKey({ autoIncrement: true }), name: text().notNull() })
const games = sqliteTable('game', {
  id: integer().primaryKey({ autoIncrement: true }),
  homeId: integer()
    .notNull()
    .references(() => teams.id),
  guestId: integer()
    .notNull()
    .references(() => teams.id),
})
const players = sqliteTable('player', { code: text().primaryKey(), teamId: integer().references(() => teams.id) })
const fans = sqliteTable(
  'fan',
  {
    player: text()
      .notNull()
      .references(() => players.code),
    teamId: integer()
      .notNull()
      .references(() => teams.id),
  },
  (table) => [primaryKey({ columns: [table.player, table.teamId] })],
)
const seats = sqliteTable('seat', { row: text().notNull(), number: integer().notNull() }, (table) => [
  primaryKey({ columns: [table.row, table.number] }),
])
const tickets = sqliteTable(
  'ticket',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    inRow: text().notNull(),
    atNumber: integer().notNull(),
    soldAt: integer({ mode: 'timestamp_ms' })
      .notNull()
      .$defaultFn(() => new Date()),
  },
  (table) => [
    unique().on(table.inRow, table.atNumber),
    foreignKey({ columns: [table.inRow, table.atNumber], foreignColumns: [seats.row, seats.number] }),
  ],
)
const parts = sqliteTable('part', {
  id: integer().primaryKey({ autoIncrement: true }),
  ofId: integer().references((): AnySQLiteColumn => parts.id),
})
const sponsors = sqliteTable('sponsor', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
})
const shirts = sqliteTable('shirt', {
  id: integer().primaryKey({ autoIncrement: true }),
  sponsorName: text().references(() => sponsors.name),
})
const facts = sqliteTable('fact', {
  id: integer()
    .primaryKey()
    .references(() => teams.id),
  text: text().notNull(),
})

const Count = z.object({ count: z.number() })

const league: readonly AppDefinition[] = [
  app('league', {
    Team: model(teams, {
      display: 'name',
      through: { fans },
      operations: {
        delete: false,
        'next-games': operation.instance({
          GET: { run: () => [] },
          POST: { input: Count, permissions: ['league.plan'], run: () => 1 },
        }),
        best: operation.model(
          { POST: { input: Count, output: Count, run: ({ input }) => input } },
          { mount: '/best-teams' },
        ),
        of: operation.model({ GET: { run: () => [] } }, { path: '/:league/:year{[0-9]+}?' }),
        since: operation.model({ GET: { run: () => [] } }, { path: '/:year?' }),
        file: operation.instance({ GET: { run: () => '' } }, { path: '/é x/:path{.+}' }),
        seat: operation.instance({ POST: { run: () => '' } }, { mount: '/seats/:pk', path: '/:row/:number?' }),
      },
      bulk: true,
    }),
    Game: model(games, { references: { homeId: { inverse: 'atHome' }, guestId: { inverse: 'away' } } }),
    Player: model(players, { through: { fanOf: fans } }),
    Part: model(parts, { references: { ofId: { name: 'whole', inverse: 'parts' } } }),
    Sponsor: model(sponsors),
    Shirt: model(shirts, { references: { sponsorName: { name: 'sponsor', inverse: 'shirts' } } }),
    Fact: model(facts, { references: { id: { name: 'team', inverse: 'facts' } } }),
  }),
  app('league.stadium', {
    Seat: model(seats),
    Ticket: model(tickets, {
      readOnly: ['soldAt'],
      references: { 'inRow,atNumber': { name: 'place', inverse: 'sold' } },
    }),
  }),
]

describe('the contract of a service made of a contract', () => {
  test.each([
    ['the menu of the tests', [menu()]],
    ['keys of several columns, join tables with models and without, operations elsewhere', league],
  ])('is that contract: %s', async (_, apps) => {
    const url = 'http://first.test/slumber/first/'
    const aliases = { atlas: 'first' }
    const contract = await contractOf({ apps: { first: apps }, aliases }, url)
    expect(contract.url).toBe(url)
    expect(await contractOf({ contracts: [contract], aliases }, url)).toEqual(contract)
  })

  test('has its data arrays by their names, also over join tables that no model is of', async () => {
    const contract = await contractOf({ apps: { first: league } }, 'http://first.test/slumber/first/')
    const mock = await mockServices({
      contracts: [contract],
      rows: {
        first: {
          league: {
            Team: [
              { id: 1, name: 'Reds', fans: ['p1', 'p2'] },
              { id: 2, name: 'Blues' },
            ],
            Player: [{ code: 'p1' }, { code: 'p2', teamId: 2, fanOf: [2] }],
            Game: [{ homeId: 1, guestId: 2 }],
            Sponsor: [{ id: 9, name: 'Alta Moda' }],
            Shirt: [{ sponsorName: 'Alta Moda' }],
            Fact: [{ id: 2, text: 'Founded in 1900.' }],
            stadium: { Seat: [{ row: 'A', number: 1 }], Ticket: [{ inRow: 'A', atNumber: 1 }] },
          },
        },
      },
    })
    const { Team, Player, Sponsor, stadium } = connect(mock.options)['first']!['league']!
    const count = (instance: object, name: string): Promise<number> =>
      (instance as Record<string, { count(): Promise<number> }>)[name]!.count()
    const [reds, blues] = [await Team!.get({ id: 1 }), await Team!.get({ id: 2 })]
    const ofTeams = ['atHome', 'away', 'players', 'fans', 'facts'].map(async (name) => [
      await count(reds, name),
      await count(blues, name),
    ])
    expect(await Promise.all(ofTeams)).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
      [2, 1],
      [0, 1],
    ])
    expect(await count(await Sponsor!.get({ id: 9 }), 'shirts')).toBe(1)
    expect(await count(await Player!.get({ pk: 'p2' }), 'fanOf')).toBe(2)
    expect(await count(await stadium!['Seat']!.get({ row: 'A', number: 1 }), 'sold')).toBe(1)
    mock.close()
  })
})

describe('a service of another database', () => {
  const things = pg.pgTable('thing', {
    id: pg.uuid().primaryKey().defaultRandom(),
    big: pg.bigint({ mode: 'bigint' }).notNull(),
    amount: pg.numeric({ precision: 8, scale: 2 }).notNull(),
    day: pg.date().notNull(),
    at: pg.timestamp({ withTimezone: true }).notNull().defaultNow(),
    local: pg.timestamp({ mode: 'string' }),
    time: pg.time(),
    span: pg.interval(),
    tags: pg.text().array().notNull(),
    days: pg.timestamp({ withTimezone: true }).array(),
  })
  const pieces = pg.pgTable('part', {
    id: pg.bigserial({ mode: 'bigint' }).primaryKey(),
    number: pg.integer().generatedAlwaysAsIdentity(),
    thingId: pg.uuid().references(() => things.id),
  })

  test('is mocked by its contract, with its types', async () => {
    const everybody: Scheme = {
      challenge: 'Test realm="tests"',
      authenticate: () => Promise.resolve({ name: 'admin', superuser: true, can: () => true }),
    }
    const real = service('stock', {
      url: 'http://stock.test/slumber/stock/',
      database: drizzle({ client: new Pool() }), // nobody connects
      apps: [app('store', { Thing: model(things), Part: model(pieces) })],
      authenticate: [everybody],
    })
    const answer = await real.fetch(new Request(`${real.url}-/contract`, { headers: { accept: 'application/json' } }))
    const thing = {
      id: '00000000-0000-4000-8000-00000000000a',
      big: 5n,
      amount: '9.5',
      day: '2026-01-01',
      local: '2026-01-01T10:00:00',
      time: '10:00:00',
      span: 'P1D',
      tags: ['new'],
      days: [new Date(0)],
    }
    const mock = await mockServices({
      contracts: [(await answer.json()) as object], // a document
      rows: { stock: { store: { Thing: [thing], Part: [{ id: 5n, thingId: thing.id }] } } },
    })
    const { Thing, Part } = connect(mock.options)['stock']!['store']!
    const { at, ...told } = (await Thing!.get({ pk: thing.id })).data
    expect([told, at]).toEqual([thing, expect.any(Date)])
    expect((await Part!.create({})).data).toEqual({ id: 6n, number: 0, thingId: null })
    expect(
      await Part!.filter({ thing: { big: { gt: 4n }, day: { gt: '2025-12-31' }, tags: { has: 'new' } } }).count(),
    ).toBe(1)
    const made = await Thing!.create({ big: 1n, amount: '1', day: '2026-02-28', tags: [] })
    expect(made.data).toMatchObject({ id: expect.stringMatching(/^[\da-f-]{36}$/), span: null })
    await expect(Thing!.create({ big: 1n, amount: '1', day: 'today', tags: [] })).rejects.toThrow('a date such as')
    mock.close()
  })
})
