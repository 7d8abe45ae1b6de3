// The example of docs/auth.md does what the page says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { afterAll, expect, test } from 'vitest'
import { addNote, kitchen } from '../../examples/auth/signed.ts'

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
