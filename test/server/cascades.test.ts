// What the database deletes or changes along with a row is under the caller's rules too.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { app, model, service } from 'slumberjs/server'
import { principal, testScheme } from './fixture.ts'

const folders = sqliteTable('folder', {
  id: integer().primaryKey(),
  owner: text().notNull(),
  parentId: integer().references((): AnySQLiteColumn => folders.id, { onDelete: 'cascade' }),
})
const documents = sqliteTable('document', {
  id: integer().primaryKey(),
  owner: text().notNull(),
  folderId: integer()
    .notNull()
    .references(() => folders.id, { onDelete: 'cascade' }),
})
const notes = sqliteTable('note', {
  id: integer().primaryKey(),
  owner: text().notNull(),
  documentId: integer().references(() => documents.id, { onDelete: 'set null' }),
})

const place = mkdtempSync(join(tmpdir(), 'slumber-cascades-'))
const client = createClient({ url: `file:${join(place, 'cascades.db')}` })
await client.executeMultiple(`
  create table folder (id integer primary key, owner text not null, parentId integer references folder on delete cascade);
  create table document (id integer primary key, owner text not null, folderId integer not null references folder on delete cascade);
  create table note (id integer primary key, owner text not null, documentId integer references document on delete set null);`)
afterAll(() => {
  client.close()
  rmSync(place, { recursive: true, force: true })
})

beforeEach(async () => {
  await client.executeMultiple('delete from note; delete from document; delete from folder')
})

const own = ({ name }: { readonly name: string }) => (name === 'root' ? true : { owner: name })
const access = { read: own, update: own, delete: own }
const { fetch } = service('files', {
  url: 'http://files.test/files/',
  database: drizzle({ client }),
  apps: [
    app('files', {
      Folder: model(folders, { access }),
      Document: model(documents, { access }),
      Note: model(notes, { access }),
    }),
  ],
  authenticate: [testScheme],
})

/** Deletes folder 1 as somebody with every permission; the status, and how many rows are left. */
async function deleteFolder(name: string): Promise<readonly [status: number, rows: number]> {
  const permissions = ['files.delete_folder']
  const request = new Request('http://files.test/files/files/Folder/1', { method: 'DELETE' })
  const { status } = await fetch(request, { principal: principal(name, permissions) })
  const { rows } = await client.execute(
    'select (select count(*) from folder) + (select count(*) from document) + (select count(*) from note where documentId is not null) as n',
  )
  return [status, Number(rows[0]?.['n'])]
}

test('rows that the caller may delete go with it', async () => {
  await client.executeMultiple(`insert into folder values (1, 'ann', null), (2, 'ann', 1);
    insert into document values (1, 'ann', 1), (2, 'ann', 2); insert into note values (1, 'ann', 2)`)
  expect(await deleteFolder('ann')).toEqual([204, 0])
})

test.each([
  [
    'a row that would be deleted',
    "insert into folder values (1, 'ann', null); insert into document values (1, 'bob', 1)",
    2,
  ],
  [
    'a row that would be deleted behind another',
    "insert into folder values (1, 'ann', null), (2, 'ann', 1); insert into document values (1, 'bob', 2)",
    3,
  ],
  [
    'a row that would be changed behind another',
    "insert into folder values (1, 'ann', null); insert into document values (1, 'ann', 1); insert into note values (1, 'bob', 1)",
    3,
  ],
])('%s keeps everything, where it is not the caller’s', async (_, fill, rows) => {
  await client.executeMultiple(fill)
  expect(await deleteFolder('ann')).toEqual([409, rows])
  expect(await deleteFolder('root')).toEqual([204, 0])
})

test('a cascade longer than is followed is refused, not let through', async () => {
  await client.execute("insert into folder values (1, 'ann', null)")
  for (let id = 2; id <= 9; id++) await client.execute(`insert into folder values (${id}, 'ann', ${id - 1})`)
  expect(await deleteFolder('ann')).toEqual([409, 9])
  expect(await deleteFolder('root')).toEqual([204, 0])
})
