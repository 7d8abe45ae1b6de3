// Columns that the service, the table or the database write: versions, dates of change, generated keys, and what is stored finer than shown.
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Hooks, type ModelDefinitions } from 'slumberjs/server'
import { createdOn, dialects, type Dialect } from './dialects.ts'
import { askService, testScheme, type Answer, type Asked } from './fixture.ts'

type Ask = (method: string, path: string, json?: unknown, asked?: Asked) => Promise<Answer>

/** A service over tables of its own. */
function serving(dialect: Dialect, statements: readonly string[], models: ModelDefinitions) {
  const created = createdOn(dialect, [], statements)
  let ask: Ask | undefined
  beforeAll(() => {
    const served = service(null, {
      url: 'http://columns.test/s/',
      database: created.database,
      apps: [app('c', models)],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    ask = (method, path, json, asked) =>
      askService(served, method, path, { ...asked, ...(json === undefined ? {} : { json }) })
  })
  return { ask: ((...asked) => ask!(...asked)) satisfies Ask, sql: (text: string) => created.sql(text) }
}

const [libsql] = dialects

describe('with SQLite', () => {
  const notes = sqlite.sqliteTable('note', {
    id: sqlite.integer().primaryKey(),
    text: sqlite.text().notNull(),
    version: sqlite.integer().notNull().default(1),
    gone: sqlite.integer({ mode: 'boolean' }).notNull().default(false),
    changedAt: sqlite.integer('changed_at', { mode: 'timestamp' }).$onUpdate(() => new Date(86_400_000)),
  })
  const options = { version: 'version', softDelete: 'gone', lastModified: 'changedAt', bulk: true } as const
  const hooks: Hooks = { beforeDelete: () => undefined }
  const { ask, sql } = serving(
    libsql!,
    [
      `CREATE TABLE note (id integer PRIMARY KEY, text text NOT NULL, version integer NOT NULL DEFAULT 1, gone integer NOT NULL DEFAULT 0,
        changed_at integer)`,
    ],
    { Note: model(notes, options), Hooked: model(notes, { ...options, on: hooks }) },
  )
  const stored = async (): Promise<unknown> =>
    (await sql('SELECT version, gone FROM note ORDER BY id')).map((row) => ({ ...row }))
  beforeEach(async () => {
    await sql('DELETE FROM note')
    await sql(`INSERT INTO note (id, text, version) VALUES (1, 'one', 4), (2, 'two', 7)`)
  })

  test.each(['Note', 'Hooked'])('a mark instead of a delete counts the version up (%s)', async (name) => {
    expect((await ask('DELETE', `/c/${name}/1`, undefined, { headers: { 'if-match': '"4"' } })).status).toBe(204)
    expect(await stored()).toEqual([
      { version: 5, gone: 1 },
      { version: 7, gone: 0 },
    ])
    expect((await ask('DELETE', `/c/${name}?id=2`)).status).toBe(200)
    expect(await stored()).toEqual([
      { version: 5, gone: 1 },
      { version: 8, gone: 1 },
    ])
  })

  test('the date of the last change is read-only, and may be sent back as it is', async () => {
    const refused = await ask('PATCH', '/c/Note/1', { changedAt: '2020-01-01T00:00:00Z' })
    expect([refused.status, refused.body.errors]).toEqual([422, [{ pointer: '#/changedAt', detail: 'is read-only' }]])
    expect((await ask('POST', '/c/Note', { text: 'x', changedAt: '2020-01-01T00:00:00Z' })).status).toBe(422)
    const { body } = await ask('PATCH', '/c/Note/1', { text: 'uno' })
    expect(body.changedAt).toBe('1970-01-02T00:00:00.000Z')
    expect((await ask('PUT', '/c/Note/1', { ...body, text: 'eins' })).status).toBe(204)
    const { body: document } = await ask('GET', '/c/Note/-/model')
    expect(document.fields.changedAt.readOnly).toBe(true)
  })
})

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('with PostgreSQL ($name)', (dialect) => {
  const events = pg.pgTable('event', {
    id: pg.integer().generatedAlwaysAsIdentity().primaryKey(),
    name: pg.text().notNull(),
    at: pg.timestamp({ withTimezone: true, precision: 6 }),
  })
  const { ask, sql } = serving(
    dialect,
    ['CREATE TABLE event (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, at timestamptz(6))'],
    { Event: model(events) },
  )
  const at = async (): Promise<unknown> => (await sql('SELECT at::text AS at FROM event ORDER BY id'))[0]?.['at']
  beforeEach(async () => {
    await sql('TRUNCATE event RESTART IDENTITY')
    await sql(`INSERT INTO event (name, at) VALUES ('one', '2026-01-02 03:04:05.571234+00')`)
  })

  test('what is shown of a time stored in microseconds may be sent back, and leaves it as it is', async () => {
    const before = await at()
    expect(before).toContain('.571234')
    const { body } = await ask('GET', '/c/Event/1')
    expect((await ask('PUT', '/c/Event/1', { ...body, name: 'uno' })).status).toBe(204)
    expect((await ask('PATCH', '/c/Event/1', { at: body.at, name: 'eins' })).body.name).toBe('eins')
    expect(await at()).toBe(before)
    expect((await ask('PATCH', '/c/Event/1', { at: '2026-01-02T03:04:05.572Z' })).status).toBe(200)
    expect(await at()).toContain('.572')
    expect((await ask('PATCH', '/c/Event/1', { at: null })).body.at).toBe(null)
  })

  test('PUT under a key that the database alone gives replaces what is there, and is else 404', async () => {
    expect((await ask('PUT', '/c/Event/77', { name: 'x' })).status).toBe(404)
    expect((await ask('PUT', '/c/Event/1', { name: 'x' })).status).toBe(204)
    expect((await ask('OPTIONS', '/c/Event/1')).headers.get('allow')).toContain('PUT')
    expect((await ask('POST', '/c/Event', { name: 'new' })).status).toBe(201)
    expect(await sql('SELECT id FROM event')).toHaveLength(2)
  })
})
