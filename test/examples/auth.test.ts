// The example of docs/auth.md does what the page says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { afterAll, expect, test } from 'vitest'
import type { Scheme } from 'slumberjs/server'
import { authService, shopService } from '../../examples/auth/rules.ts'
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

test('row rules from one place', async () => {
  await client.executeMultiple(`
    CREATE TABLE auth_row_rule (id integer PRIMARY KEY, service text NOT NULL, model text NOT NULL, action text NOT NULL,
      group_name text NOT NULL, filter text NOT NULL);
    CREATE TABLE orders (id integer PRIMARY KEY, region text NOT NULL, clerk text NOT NULL);
    INSERT INTO orders VALUES (1, 'north', 'ada'), (2, 'south', 'bob'), (3, 'south', 'ada');`)
  const users: Scheme = {
    challenge: 'Group realm="page"',
    authenticate({ headers }) {
      const [name = '', ...groups] = headers.get('authorization')?.split(' ').slice(1) ?? []
      return name === '' ? undefined : { name, groups, superuser: false, can: () => true }
    },
  }
  const auth = authService(drizzle(client), users)
  const shop = shopService(drizzle(client), users, auth)
  const ask = async (who: string, url: string, rule?: object): Promise<unknown> => {
    const headers = { authorization: `Group ${who}`, 'content-type': 'application/json' }
    const init = rule === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(rule) }
    return await (await (url.startsWith(auth.url) ? auth : shop).fetch(new Request(url, init))).json()
  }
  const rule = { service: 'shop', modelName: 'shop.Order', action: 'read' }
  await ask('admin', `${auth.url}auth/RowRule`, { ...rule, group: 'northern', filter: { region: 'north' } })
  await ask('admin', `${auth.url}auth/RowRule`, { ...rule, group: 'clerks', filter: { clerk: { caller: 'name' } } })
  const ids = async (who: string): Promise<unknown> =>
    ((await ask(who, `${shop.url}shop/Order`)) as { id: number }[]).map(({ id }) => id)
  expect(await ids('bob northern')).toEqual([1])
  expect(await ids('bob northern clerks')).toEqual([1, 2])
  expect(await ids('ada clerks')).toEqual([1, 3])
  expect(await ids('ada')).toEqual([])
})
