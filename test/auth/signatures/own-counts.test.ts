// What is counted and kept for a caller is theirs alone: a user whom a service forwards has the same name here, and is another caller.
import { basic } from 'slumberjs/auth'
import { cachePage, CREATED, memoryStore, resource, router, type Router } from 'slumberjs/http'
import { silentLogger } from 'slumberjs/server'
import { expect, test } from 'vitest'
import { credentials } from '../fixture.ts'
import { fieldsOf, issuer, notes, shopKey, shop, shopScheme, type HandMade } from './fixture.ts'

const path = '/slumber/kitchen/kitchen/Note' // of `notes`
const other = { ...shop, service: 'other' }
const schemes = [
  shopScheme({ keys: { shop, other } }),
  basic((name) => Promise.resolve({ name, superuser: false, permissions: [] })),
]
let made = 0

class Notes extends resource(path) {
  override rateLimit = { count: 2 }
  override idempotency = {}
  override middleware = [cachePage(60)]
  GET = (): unknown => ({ made: ++made })
  POST = (): unknown => CREATED({ made: ++made }, { location: path })
}

const serving = (): Router =>
  router([Notes], { logger: silentLogger, defaults: { schemes, sharedStore: memoryStore() } })

const forwarded = { 'forwarded-user': `"clerk";iss="${issuer}"` }
const asClerk = { authorization: credentials('clerk', 'x') }
/** The clerk, with credentials of their own and as two services forward them. */
const callers: readonly ((asked: HandMade) => Record<string, string>)[] = [
  ({ headers }) => ({ ...headers, ...asClerk }),
  (asked) => fieldsOf({ ...asked, headers: { ...asked.headers, ...forwarded } }),
  (asked) =>
    fieldsOf({
      ...asked,
      key: shopKey.privateKey,
      parameters: { keyid: '"other"' },
      headers: { ...asked.headers, ...forwarded },
    }),
]
const send = async (app: Router, caller: (typeof callers)[number], asked: HandMade): Promise<Response> =>
  await app.fetch(new Request(notes, { method: asked.method ?? 'GET', headers: caller(asked) }))

test('a rate limit is used up by one of them, not by the others', async () => {
  const app = serving()
  const [own, ...others] = callers
  const statuses = []
  for (const _ of [1, 2, 3]) statuses.push((await send(app, own!, {})).status)
  for (const each of others) statuses.push((await send(app, each, {})).status)
  expect(statuses).toEqual([200, 200, 429, 200, 200])
})

test('an idempotency key is one for each of them', async () => {
  const app = serving()
  const asked = { method: 'POST', headers: { 'idempotency-key': '"k"' } }
  const first = await Promise.all(callers.map(async (each) => await (await send(app, each, asked)).text()))
  const again = await Promise.all(callers.map(async (each) => await (await send(app, each, asked)).text()))
  expect(new Set(first).size).toBe(callers.length)
  expect(again).toEqual(first)
})

test('a page that was kept for one of them is not shown to the others', async () => {
  const app = serving()
  const seen = []
  for (const each of callers) seen.push(await (await send(app, each, {})).text())
  expect(new Set(seen).size).toBe(callers.length)
  expect(await (await send(app, callers[0]!, {})).text()).toBe(seen[0])
})
