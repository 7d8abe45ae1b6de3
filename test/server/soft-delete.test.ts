// Soft delete: rows that are marked as deleted exist on no path, and stay in the table.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app, model, service } from 'slumberjs/server'
import { base, hal, principal, serving, testScheme } from './fixture.ts'

const authors = sqliteTable('author', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  deletedAt: integer('deleted_at', { mode: 'timestamp' }),
})
const notes = sqliteTable('note', {
  id: integer().primaryKey({ autoIncrement: true }),
  title: text().notNull(),
  authorId: integer('author_id').references(() => authors.id, { onDelete: 'cascade' }),
  gone: integer({ mode: 'boolean' }).notNull().default(false),
})
const labels = sqliteTable('label', {
  id: integer().primaryKey({ autoIncrement: true }),
  noteId: integer('note_id')
    .notNull()
    .references(() => notes.id),
})

const told: string[] = []

const api = serving({
  apps: [
    app('blog', {
      Author: model(authors, {
        display: 'name',
        softDelete: 'deletedAt',
        on: { committed: ({ action, row }) => void told.push(`${action} ${row.name}`) },
      }),
      Note: model(notes, {
        display: 'title',
        softDelete: 'gone',
        bulk: true,
        references: { authorId: { inverse: 'notes' } },
        access: { read: (user) => user.name !== 'reader' || { author: { name: { ne: 'x' } } } },
      }),
      Label: model(labels, { references: { noteId: { inverse: 'labels' } } }),
    }),
  ],
})

beforeAll(() =>
  api.client.executeMultiple(`
    CREATE TABLE author (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL UNIQUE, deleted_at integer);
    CREATE TABLE note (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL,
      author_id integer REFERENCES author (id) ON DELETE CASCADE, gone integer NOT NULL DEFAULT 0);
    CREATE TABLE label (id integer PRIMARY KEY AUTOINCREMENT, note_id integer NOT NULL REFERENCES note (id));`),
)
beforeEach(() =>
  api.client.executeMultiple(`
    DELETE FROM label; DELETE FROM note; DELETE FROM author;
    INSERT INTO author VALUES (1, 'Ada', NULL), (2, 'Bob', NULL), (3, 'Old', 1000);
    INSERT INTO note VALUES (1, 'First', 1, 0), (2, 'Second', 1, 0), (3, 'Third', 2, 0), (4, 'Lost', 1, 1), (5, 'Orphan', 3, 0);
    INSERT INTO label VALUES (1, 1), (2, 4);`),
)

const ids = async (path: string, as = 'admin'): Promise<unknown> =>
  (await api.get(path, { as })).body.map(({ id }: { id: number }) => id)

describe('DELETE', () => {
  test('marks the row with the time, or with true, and it is gone for callers', async () => {
    const before = Math.floor(Date.now() / 1_000)
    expect((await api.delete('/blog/Author/1')).status).toBe(204)
    expect((await api.delete('/blog/Note/3')).status).toBe(204)
    const [author] = await api.sql('SELECT deleted_at AS at FROM author WHERE id = 1')
    expect(Number(author?.['at'])).toBeGreaterThanOrEqual(before)
    expect(await api.sql('SELECT gone FROM note WHERE id = 3')).toEqual([{ gone: 1 }])
    expect((await api.get('/blog/Author/1')).status).toBe(404)
    expect((await api.delete('/blog/Author/1')).status).toBe(404)
    expect(await ids('/blog/Author')).toEqual([2])
  })

  test('tells hooks of a delete', async () => {
    told.length = 0
    await api.delete('/blog/Author/2')
    expect(told).toEqual(['delete Bob'])
  })

  test('deletes nothing that refers to the row', async () => {
    await api.delete('/blog/Author/1')
    expect(await ids('/blog/Note')).toEqual([1, 2, 3, 5])
    expect((await api.delete('/blog/Note/1')).status).toBe(204) // a label refers to it
  })

  test('of many marks each of them', async () => {
    expect((await api.delete('/blog/Note?author.name=Ada')).status).toBe(200)
    expect(await api.sql('SELECT count(*) AS n FROM note')).toEqual([{ n: 5 }])
    expect(await ids('/blog/Note')).toEqual([3, 5])
  })
})

describe('a row that is marked', () => {
  test('is on no path', async () => {
    expect((await api.get('/blog/Author/3')).status).toBe(404)
    expect((await api.get('/blog/Author/-/get?name=Old')).status).toBe(404)
    expect((await api.get('/blog/Author/3/notes')).status).toBe(404)
    expect(await ids('/blog/Author/1/notes')).toEqual([1, 2])
    expect((await api.patch('/blog/Author/3', { name: 'New' })).status).toBe(404)
    expect(await ids('/blog/Note?author.name=Old')).toEqual([])
    expect(await ids('/blog/Author?notes.title=Lost')).toEqual([])
    expect(await ids('/blog/Label?note.title=Lost')).toEqual([])
    expect((await api.get('/blog/Note/5', hal)).text).not.toContain('Old')
    expect((await api.get('/blog/Note?sort=author.name&fields=id')).body.at(-1)).toEqual({ id: 5 })
  })

  test('does not exist for rules either', async () => {
    expect(await ids('/blog/Note', 'reader')).toEqual([1, 2, 3])
  })

  test('can be referred to no more; a reference that is there stays', async () => {
    const { status, body } = await api.patch('/blog/Note/1', { authorId: 3 })
    expect([status, body.code]).toEqual([409, 'foreign-key'])
    expect((await api.patch('/blog/Note/5', { title: 'Kept' })).body.authorId).toBe(3)
  })

  test('keeps its unique values and its key: to make it again is 409', async () => {
    const before = await api.sql('SELECT * FROM author')
    expect((await api.post('/blog/Author', { name: 'Old' })).body.code).toBe('not-unique')
    expect((await api.put('/blog/Author/3', { name: 'New' })).status).toBe(409)
    expect(await api.sql('SELECT * FROM author')).toEqual(before)
  })
})

test('the mark is not on the wire, nor in documents', async () => {
  expect((await api.get('/blog/Author/1')).body).toEqual({ id: 1, name: 'Ada' })
  expect((await api.get('/blog/Author/-/model')).text).not.toContain('deletedAt')
  expect((await api.get('/blog/Author?deletedAt__isnull=true')).status).toBe(400)
  expect((await api.post('/blog/Author', { name: 'x', deletedAt: null })).status).toBe(422)
  expect((await api.patch('/blog/Note/1', { gone: true })).status).toBe(422)
})

test('a row whose children are all marked can be deleted with them', async () => {
  const hard = service(null, {
    url: `${base}/`,
    database: api.database,
    authenticate: [testScheme],
    apps: [
      app('blog', {
        Author: model(authors, { exclude: ['deletedAt'] }),
        Note: model(notes, { softDelete: 'gone', access: { delete: (user) => user.name === 'boss' } }),
      }),
    ],
  })
  const remove = async (id: number): Promise<number> =>
    (
      await hard.fetch(new Request(`${base}/blog/Author/${id}`, { method: 'DELETE' }), {
        principal: principal('admin'),
      })
    ).status
  await api.sql('DELETE FROM label')
  await api.sql('UPDATE note SET gone = 1 WHERE author_id = 2')
  expect([await remove(1), await remove(2)]).toEqual([409, 204])
})

test('a mark that cannot be one is refused when the service is made', () => {
  const table = sqliteTable('t', {
    id: integer().primaryKey(),
    count: integer(),
    at: integer({ mode: 'timestamp' }).notNull(),
  })
  const make = (softDelete: string) => () =>
    service(null, {
      url: `${base}/`,
      database: api.database,
      apps: [app('a', { T: model(table, { softDelete: softDelete as 'at' }) })],
      authenticate: [testScheme],
    })
  expect(make('count')).toThrow('softDelete needs a boolean, or a time that may be null; "count" is neither')
  expect(make('at')).toThrow('"at" is neither')
  expect(make('nothing')).toThrow('softDelete names "nothing", which is no column')
})
