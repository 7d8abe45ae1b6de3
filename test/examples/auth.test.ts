// The examples of docs/auth.md do what the page says.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { afterAll, expect, test } from 'vitest'
import type { Scheme } from 'slumberjs/server'
import { authService, shopService } from '../../examples/auth/rules.ts'
import * as accounts from '../../examples/auth/accounting.ts'
import { createSuperuser, hashPassword } from 'slumberjs/auth'
import { authTables } from 'slumberjs/sqlite'
import * as forwarded from '../../examples/auth/forwarded.ts'
import * as remote from '../../examples/auth/remote.ts'
import { addNote, kitchen } from '../../examples/auth/signed.ts'
import { createStatements } from '../server/dialects/ddl.ts'
import { start as startLocally } from '../../examples/auth/local.ts'
import { addNote as addNoteByToken, services } from '../../examples/auth/tokens.ts'
import { services as servicesWithSessions } from '../../examples/auth/sessions.ts'

const folder = mkdtempSync(join(tmpdir(), 'slumber-auth-page-'))
const client = createClient({ url: pathToFileURL(join(folder, 'kitchen.db')).href })

const examples = new URL('../../examples/auth/', import.meta.url)

test.each(readdirSync(examples))('the page shows %s', (file) => {
  const page = readFileSync(new URL('../../docs/auth.md', import.meta.url), 'utf8')
  expect(page).toContain(
    `<!-- examples/auth/${file} -->\n\`\`\`ts\n${readFileSync(new URL(file, examples), 'utf8')}\`\`\``,
  )
})

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

test('the local address, and a service behind a proxy', async () => {
  const database = drizzle(client)
  for (const [environment, status] of [
    ['development', 200],
    ['production', 401],
  ] as const) {
    const server = await startLocally(database, environment)
    const answered = await fetch(`${server.url}/slumber/kitchen/kitchen/Note`)
    expect(answered.status).toBe(status)
    await server.close()
  }
})

test('tokens', async () => {
  const all = services(drizzle(client))
  expect(await addNoteByToken(all, 'salt', 'ada', 'secret')).toBe(201)
  await expect(addNoteByToken(all, 'salt', 'ada', 'wrong')).rejects.toThrow('401')
})

test('sessions', async () => {
  const all = servicesWithSessions(drizzle(client))
  const jar = new Map<string, string>()
  const ask = async (url: string, form?: string): Promise<Response> => {
    const { host, origin } = new URL(url)
    const headers = {
      cookie: jar.get(host) ?? '',
      'sec-fetch-site': form === undefined ? 'none' : 'same-origin',
      origin,
    }
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const init = form === undefined ? { headers } : { method: 'POST', headers: { ...headers, ...type }, body: form }
    const answer = await all.find((each) => url.startsWith(each.url))!.fetch(new Request(url, init))
    for (const line of answer.headers.getSetCookie()) jar.set(host, `${jar.get(host) ?? ''}; ${line.split(';')[0]}`)
    const location = answer.headers.get('location')
    return answer.status === 303 && location !== null ? await ask(new URL(location, url).href) : answer
  }
  const [authUrl, kitchenUrl] = all.map(({ url }) => url)
  const page = await (await ask(`${kitchenUrl}-/sign-in?next=/slumber/kitchen/kitchen/Note`)).text()
  const hidden = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')],
  )
  const form = new URLSearchParams([...hidden, ['name', 'ada'], ['password', 'secret']])
  const answer = await ask(`${authUrl}-/sign-in`, form.toString())
  expect([answer.status, await answer.json()]).toEqual([200, expect.anything()])
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

test('the user of the incoming request', async () => {
  await client.execute('CREATE TABLE "order" (id integer PRIMARY KEY, what text NOT NULL)')
  const database = drizzle(client)
  const { shop, kitchen: asked, cellar, running } = forwarded
  running.push(shop(database), asked(database), cellar(database))
  const ask = async (name: string, method: string, operation: string): Promise<{ status: number; body: unknown }> => {
    const headers = { authorization: `Basic ${Buffer.from(`${name}:x`).toString('base64')}` }
    const url = `${running[0]!.url}meals/Meal/-/${operation}`
    const response = await running[0]!.fetch(new Request(url, { method, headers }))
    return { status: response.status, body: await response.json() }
  }
  expect((await ask('ada', 'POST', 'dinner')).body).toEqual({ user: 'ada', service: 'shop', status: 201 })
  expect((await ask('Zoë', 'POST', 'dinner')).status).toBe(500) // the program of the kitchen does not expect the 403
  expect((await ask('Zoë', 'GET', 'kitchens')).body).toMatchObject({ user: 'service:shop' })
})

test('users that another service keeps', async () => {
  const own = createClient({ url: pathToFileURL(join(folder, 'users.db')).href })
  const database = drizzle(own)
  await own.executeMultiple(createStatements(Object.values(authTables)).join(';\n'))
  await own.execute('CREATE TABLE dish (id integer PRIMARY KEY, name text NOT NULL)')
  await own.execute(
    'CREATE TABLE guest (id integer PRIMARY KEY, name text UNIQUE, superuser integer, favouriteId integer REFERENCES dish)',
  )
  const passwordHash = await hashPassword('a long one')
  await database.insert(authTables.users).values([
    { name: 'ada', passwordHash, superuser: true },
    { name: 'bob', passwordHash },
  ])
  const keeping = remote.accounts(database)
  const { service, start } = remote.menu(database)
  remote.running.push(keeping, service)
  await start()
  const ask = async (name: string, method: string, json?: object): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`${name}:a long one`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const body = json === undefined ? null : JSON.stringify(json)
    return (await service.fetch(new Request(`${service.url}menu/Dish`, { method, headers, body }))).status
  }
  expect(await ask('ada', 'POST', { name: 'Margherita' })).toBe(201)
  expect(await ask('bob', 'POST', { name: 'Margherita' })).toBe(403)
  expect(await ask('bob', 'GET')).toBe(200)
  expect(await ask('eve', 'GET')).toBe(401)
  const rows = await own.execute('SELECT name, superuser FROM guest ORDER BY name')
  expect(rows.rows.map(({ name, superuser }) => [name, superuser])).toEqual([
    ['ada', 1],
    ['bob', 0],
  ])
  const { rows: known } = await own.execute("SELECT code FROM auth_permission WHERE code = 'menu.add_dish'")
  expect(known).toHaveLength(1)
  own.close()
})
