// What the database refuses, on every way to it: a column that the caller may neither read nor write is not named to them.
import { eq } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { createClient, type Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  app,
  model,
  modelCollection,
  modelResource,
  modelRouter,
  operation,
  service,
  silentLogger,
  type FieldRule,
  type Service,
  type SqliteDatabase,
} from 'slumberjs/server'
import { askService, testScheme, type Asked } from './fixture.ts'

const owners = sqliteTable('owner', { id: integer().primaryKey(), name: text().notNull() })
const notes = sqliteTable('note', {
  id: integer().primaryKey(),
  ownerId: integer()
    .notNull()
    .references(() => owners.id, { onDelete: 'cascade' }),
  title: text().notNull(),
  /** Made of the title by a hook, unique and checked: what it is only some may know. */
  mystery: text().unique(),
})
const createTables = `
  create table owner (id integer primary key, name text not null);
  create table note (id integer primary key, ownerId integer not null references owner on delete cascade, title text not null,
    mystery text unique check (mystery <> 'never'));`

const mayKnow: FieldRule = (user) => user.can('know')
let client: Client
let served: Service
let database: SqliteDatabase

beforeAll(async () => {
  client = createClient({ url: ':memory:' })
  await client.executeMultiple(createTables)
  database = drizzle({ client })
  const mysteryOf = ({ values: { title } }: { values: { readonly title?: string | undefined } }) =>
    title === undefined ? undefined : { mystery: title }
  const models = {
    Owner: model(owners, { owns: ['notes'] }),
    Note: model(notes, {
      references: { ownerId: { name: 'owner', inverse: 'notes' } },
      fields: { mystery: { read: mayKnow, write: mayKnow } },
      bulk: true,
      on: { beforeCreate: mysteryOf, beforeUpdate: mysteryOf },
      operations: {
        make: operation.model({
          POST: { run: ({ models: of }) => of(notes).create({ ownerId: 1, title: 'taken' }) },
        }),
        raw: operation.model({
          POST: {
            run: async ({ tx }) => await tx.update(notes).set({ mystery: 'taken' }).where(eq(notes.id, 2)),
          },
        }),
      },
    }),
  }
  served = service(null, {
    url: 'http://s.test/',
    database,
    apps: [app('a', models)],
    authenticate: [testScheme],
    logger: silentLogger,
  })
})
beforeEach(async () => {
  await client.executeMultiple(`delete from note; delete from owner; insert into owner values (1, 'Ada');
    insert into note values (1, 1, 'taken', 'taken'), (2, 1, 'other', 'other');`)
})
afterAll(() => client.close())

const patch = 'application/json-patch+json'
const strict = { prefer: 'handling=strict' }
const owned = (title: string) => ({
  name: 'Ada',
  notes: [
    { id: 1, title: 'taken' },
    { id: 2, title },
  ],
})

/** Every way by which a row is written, with a title of which the database refuses what is made. */
const ways: Readonly<Record<string, (title: string) => readonly [method: string, path: string, asked: Asked]>> = {
  create: (title) => ['POST', '/a/Note', { json: { ownerId: 1, title } }],
  'PUT of a new row': (title) => ['PUT', '/a/Note/9', { json: { ownerId: 1, title } }],
  PUT: (title) => ['PUT', '/a/Note/2', { json: { ownerId: 1, title } }],
  PATCH: (title) => ['PATCH', '/a/Note/2', { json: { title } }],
  'JSON Patch': (title) => [
    'PATCH',
    '/a/Note/2',
    { json: [{ op: 'replace', path: '/title', value: title }], headers: { 'content-type': patch } },
  ],
  'many created': (title) => ['POST', '/a/Note', { json: [{ ownerId: 1, title }] }],
  'many created, all or none': (title) => [
    'POST',
    '/a/Note',
    {
      json: [
        { ownerId: 1, title: 'fine' },
        { ownerId: 1, title },
      ],
      headers: strict,
    },
  ],
  'many changed': (title) => ['PATCH', '/a/Note', { json: [{ id: 2, title }] }],
  'many changed, all or none': (title) => ['PATCH', '/a/Note', { json: [{ id: 2, title }], headers: strict }],
  'owned rows': (title) => ['PUT', '/a/Owner/1', { json: owned(title) }],
}

const clerk = 'clerk a.add_note,a.change_note,a.change_owner'

describe.each([
  ['another row has', 'taken', 'not-unique'],
  ['a check refuses', 'never', 'invalid-content'],
])('what %s', (_, title, code) => {
  test.each(Object.keys(ways))('is not named by %s', async (way) => {
    const [method, path, asked] = ways[way]!(title)
    const hidden = await askService(served, method, path, { ...asked, as: clerk })
    expect(hidden.text).toContain(`"code":"${code}"`)
    expect(hidden.text).not.toContain('mystery')
    const seen = await askService(served, method, path, { ...asked, as: `${clerk},know` })
    if (code === 'not-unique') expect(seen.text).toContain('mystery')
  })
})

test.each(['make', 'raw'])('an operation does not name it: %s', async (name) => {
  const { status, text: told } = await askService(served, 'POST', `/a/Note/-/${name}`, { as: clerk })
  expect([status, told]).toEqual([409, expect.stringContaining('not-unique')])
  expect(told).not.toContain('mystery')
})

test('a hand-written resource does not name it', async () => {
  class Note extends modelResource('/notes/:id', notes) {
    async PATCH() {
      await this.update({ title: 'taken' })
      return await this.getOne()
    }
  }
  class Notes extends modelCollection('/notes', Note) {
    async POST() {
      return await this.created(await this.create({ ownerId: 1, title: 'taken' }))
    }
  }
  const router = modelRouter(served, [Note, Notes])
  for (const [method, path] of [
    ['PATCH', '/notes/2'],
    ['POST', '/notes'],
  ] as const) {
    const answer = await router.fetch(
      new Request(`http://s.test${path}`, { method, headers: { authorization: `Test ${clerk}` } }),
    )
    const told = await answer.text()
    expect([answer.status, told]).toEqual([409, expect.stringContaining('not-unique')])
    expect(told).not.toContain('mystery')
  }
})
