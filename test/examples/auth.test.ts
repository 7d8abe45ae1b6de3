// The example of docs/auth.md does what the page says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { afterAll, expect, test } from 'vitest'
import * as accounts from '../../examples/auth/accounting.ts'
import { addNote, kitchen } from '../../examples/auth/signed.ts'
import { createSuperuser } from 'slumberjs/auth'
import { createStatements } from '../server/dialects/ddl.ts'

const folder = mkdtempSync(join(tmpdir(), 'slumber-auth-page-'))
const client = createClient({ url: pathToFileURL(join(folder, 'kitchen.db')).href })

afterAll(() => {
  client.close()
  rmSync(folder, { recursive: true, force: true })
})

test('signed requests', async () => {
  await client.execute('CREATE TABLE note (id integer PRIMARY KEY, words text NOT NULL)')
  const service = kitchen(drizzle(client))
  expect(await addNote(service, 'salt')).toBe('201')
  expect(await addNote(service, 'pepper', 'ada')).toBe('201')
  expect(await addNote(service, 'pepper', 'Zoë')).toMatch(/403.*kitchen\.add_note/s)
  expect(await addNote(service, 'pepper', 'eve')).toMatch(/403.*The service may not act for this user/s)
})

test('the service that keeps the users', async () => {
  const { accounting, mayThey, ...tables } = accounts
  await client.executeMultiple(createStatements(Object.values(tables)).join(';\n'))
  const database = drizzle(client)
  await createSuperuser(database, { name: 'ada', password: 'correct horse' })
  const service = accounting(database)
  await service.ready()
  expect(await mayThey(service, 'ada', 'correct horse')).toEqual({
    permissions: { 'people.add_profile': true, 'moon.add_base': false },
    unknown: ['moon.add_base'],
  })
})
