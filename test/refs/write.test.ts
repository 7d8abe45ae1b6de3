// What a remote key takes, what is stored of it, and what it refuses.
import { expect, test } from 'vitest'
import { remoteForeignKey } from 'slumberjs/sqlite'
import { directory, taking, type Answer } from './fixture.ts'

const api = taking()

const city = `${directory.atlas}geo/City/7`

/** Creates an order and gives what is stored of it. */
async function storedOf(values: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await api.ask('POST', 'Order', values)
  expect({ status, body }).toMatchObject({ status: 201 })
  return await api.stored(body.id)
}

test('stored as slumber:, shown as an absolute URL', async () => {
  const { status, body } = await api.ask('POST', 'Order', { city })
  expect([status, body.city]).toEqual([201, city])
  expect((await api.stored(body.id))['city']).toBe('slumber://atlas/geo/City/7')
  expect((await api.ask('GET', `Order/${body.id}`)).body.city).toBe(city)
  const { body: hal } = await api.ask('GET', `Order/${body.id}`, undefined, { accept: 'application/hal+json' })
  expect(hal._links.city.href).toBe(city)
})

test('written as slumber:, it is the same', async () => {
  expect((await storedOf({ city: 'slumber://atlas/geo/City/7' }))['city']).toBe('slumber://atlas/geo/City/7')
})

test('other spellings of the same URL are the same', async () => {
  for (const spelling of [
    'HTTP://Atlas.TEST/slumber/atlas/geo/City/7',
    'http://atlas.test:80/slumber/atlas/geo/City/7',
    'http://atlas.test/slumber/x/../atlas/geo/City/7',
  ]) {
    expect((await storedOf({ city: spelling }))['city']).toBe('slumber://atlas/geo/City/7')
  }
})

test('a location has one name at rest, whichever of its names is written', async () => {
  const names = await Promise.all(
    ['slumber://world/geo/City/7', 'slumber://atlas/geo/City/7', city].map((value) => storedOf({ city: value })),
  )
  expect(new Set(names.map((row) => row['city'])).size).toBe(1)
})

test('of several names for one location the service’s own is stored', async () => {
  const twice = { ...directory, alias: directory.orders }
  const aliased = { alias: directory.orders, ...directory }
  for (const services of [twice, aliased]) {
    const own = api.under(services)
    const request = new Request(`${own.url}sales/Order`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ before: 'slumber://alias/sales/Order/1' }),
    })
    const { id, before } = (await (await own.fetch(request)).json()) as { id: number; before: string }
    expect(before).toBe(`${directory.orders}sales/Order/1`)
    expect((await api.stored(id))['before']).toBe('slumber://orders/sales/Order/1')
  }
})

test('the longest service that matches is the one that is stored', async () => {
  const bake = `${directory.oven}work/Bake/3`
  expect((await storedOf({ bake }))['bake']).toBe('slumber://oven/work/Bake/3')
  expect((await storedOf({ bake: 'slumber://pizzas/oven/work/Bake/3' }))['bake']).toBe('slumber://oven/work/Bake/3')
  const before = 'slumber://old/orders/sales/Order/1'
  expect((await storedOf({ before }))['before']).toBe('slumber://orders/sales/Order/1')
})

test('a service matches at a path boundary alone', async () => {
  const anything = 'http://atlas.test/slumber/atlas2/geo/City/7'
  expect((await storedOf({ anything }))['anything']).toBe(anything)
})

test.each([
  ['a text', 'Z%C3%BCrich'],
  ['one that cannot stand in a path', '~YS9i'],
  ['a composite one', '3,m'],
])('the key may be %s', async (_, key) => {
  expect((await storedOf({ city: `${directory.atlas}geo/City/${key}` }))['city']).toBe(
    `slumber://atlas/geo/City/${key}`,
  )
})

test('the model of a column may be named by its absolute URL', async () => {
  expect((await storedOf({ shop: 'slumber://pizzas/menu/Shop/1' }))['shop']).toBe('slumber://pizzas/menu/Shop/1')
})

test('null and nothing are null, where the column may be', async () => {
  expect((await storedOf({ city: null }))['city']).toBeNull()
  expect((await storedOf({}))['city']).toBeNull()
  for (const values of [{}, { city: null }]) {
    const { status, body } = await api.ask('POST', 'Need', values)
    expect([status, body.errors[0].pointer]).toEqual([422, '#/city'])
  }
})

test('a patch changes it, and clears it', async () => {
  const { body } = await api.ask('POST', 'Order', { city })
  const patched = await api.ask('PATCH', `Order/${body.id}`, { city: 'slumber://world/geo/City/8' })
  expect([patched.status, patched.body.city]).toEqual([200, `${directory.atlas}geo/City/8`])
  expect((await api.ask('PATCH', `Order/${body.id}`, { city: null })).body.city).toBeNull()
})

function expectRefused({ status, body }: Answer, detail: RegExp = /./): void {
  expect([status, body.code]).toEqual([422, 'invalid-content'])
  expect(body.errors).toEqual([{ pointer: '#/city', detail: expect.stringMatching(detail) }])
}

const refuse = async (value: unknown): Promise<Answer> => await api.ask('POST', 'Order', { city: value })

test.each([
  ['another model', `${directory.atlas}geo/Country/7`],
  ['another model whose name begins alike', `${directory.atlas}geo/CityHall/7`],
  ['the model itself', `${directory.atlas}geo/City`],
  ['the model with a slash', `${directory.atlas}geo/City/`],
  ['a data array of an instance', `${city}/shops`],
  ['an instance with a slash', `${city}/`],
  ['what is about the type', `${directory.atlas}geo/City/-/model`],
  ['the type itself', `${directory.atlas}geo/City/-`],
  ['another service', `${directory.pizzas}geo/City/7`],
  ['a place outside all services', 'http://evil.test/slumber/atlas/geo/City/7'],
  ['another port', 'http://atlas.test:81/slumber/atlas/geo/City/7'],
  ['another scheme', 'https://atlas.test/slumber/atlas/geo/City/7'],
  ['a query', `${city}?x=1`],
  ['an empty query', `${city}?`],
  ['a fragment', `${city}#top`],
  ['a query in slumber:', 'slumber://atlas/geo/City/7?x=1'],
  ['a fragment in slumber:', 'slumber://atlas/geo/City/7#x'],
  ['a user', 'http://admin:secret@atlas.test/slumber/atlas/geo/City/7'],
  ['a key in another spelling', `${directory.atlas}geo/City/%37`],
  ['a key with an encoded slash', `${directory.atlas}geo/City/7%2Fshops`],
  ['a relative URL', '/slumber/atlas/geo/City/7'],
  ['a key alone', '7'],
  ['no text', 7],
  ['an object', { id: 7 }],
  ['a list', [city]],
  ['nothing', ''],
  ['blanks', ` ${city}`],
])('refused: %s', async (_, value) => {
  expectRefused(await refuse(value))
})

test('an unknown service is refused by name, with those that there are', async () => {
  expectRefused(await refuse('slumber://nowhere/geo/City/7'), /"nowhere".*atlas/)
})

test.each([
  'file:///etc/passwd',
  'data:text/plain,x',
  'gopher://atlas.test/slumber/atlas/geo/City/7',
  'blob:http://atlas.test/slumber/atlas/geo/City/7',
  'javascript:alert(1)',
  '//atlas.test/slumber/atlas/geo/City/7',
  '\\\\atlas.test\\slumber\\atlas\\geo\\City\\7',
  'http:\\\\atlas.test\\slumber\\atlas\\geo\\City\\7',
  'http:atlas.test/slumber/atlas/geo/City/7',
  'http://atlas.test\\slumber\\atlas\\geo\\City\\7',
  'http:///atlas.test/slumber/atlas/geo/City/7',
])('A077 %s', async (value) => {
  expectRefused(await refuse(value))
  const anywhere = await api.ask('POST', 'Order', { anything: value })
  expect([anywhere.status, anywhere.body.errors[0].pointer]).toEqual([422, '#/anything'])
})

test.each([
  'slumber://atlas/../../admin',
  'slumber://atlas/geo/City/../../../admin',
  'slumber://atlas/geo/City/..',
  'slumber://atlas/%2e%2e/%2E%2E/admin',
  'slumber://atlas/geo/City/%2e.',
  'slumber://../geo/City/7',
  'slumber://atlas//geo/City/7',
  'slumber:///geo/City/7',
  'slumber://atlas',
  'slumber:atlas/geo/City/7',
  'slumber://atlas\r\n/geo/City/7',
  'slumber://atlas/geo/City/7\r\nHost: evil.test',
  'slumber://atlas/geo/City/7\n',
  'slumber://atlas/geo/City/7\0',
  'slumber://atlas/geo\\City\\7',
  'slumber://atl\u0430s/geo/City/7',
  'slumber://\uFF41tlas/geo/City/7',
  'slumber://atlas\u200B/geo/City/7',
  'slumber://ATLAS/geo/City/7',
  'slumber://atlas%2Fgeo/City/7',
  'slumber://user@atlas/geo/City/7',
  'slumber://atlas:80/geo/City/7',
  'slumber://__proto__/geo/City/7',
  'http://atl\u0430s.test/slumber/atlas/geo/City/7',
  'http://atlas.test/slumber/atlas/geo/C\u0456ty/7',
  'http://atlas.test\r\n/slumber/atlas/geo/City/7',
  'http://atlas.test/slumber/atlas/geo/City/7\r\n',
  'http://atlas.test/slumber/atlas/geo/Ci\tty/7',
  'http://atlas.test/slumber/atlas/geo/City/7/../../../../../admin',
])('A080 %j', async (value) => {
  expectRefused(await refuse(value))
})

test('every fault is listed, and nothing is stored', async () => {
  const { status, body } = await api.ask('POST', 'Order', { city: 'x', shop: city, bake: 'slumber://oven/work/Bake/1' })
  expect(status).toBe(422)
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['#/city', '#/shop'])
  expect((await api.ask('GET', 'Order')).body).toEqual([])
})

test('allowForeign takes any web address, and still knows the services', async () => {
  const foreign = 'https://Example.com/a/../b?c=d#e'
  expect((await storedOf({ anything: foreign }))['anything']).toBe('https://example.com/b?c=d#e')
  expect((await storedOf({ anything: `${directory.atlas}geo/Country/1` }))['anything']).toBe(
    'slumber://atlas/geo/Country/1',
  )
  const { body } = await api.ask('POST', 'Order', { anything: 'slumber://world/x/' })
  expect(body.anything).toBe('http://atlas.test/slumber/atlas/x/')
  const unknown = await api.ask('POST', 'Order', { anything: 'slumber://nowhere/x' })
  expect([unknown.status, unknown.body.errors[0].detail]).toEqual([422, expect.stringContaining('"nowhere"')])
})

test.each([
  'geo.City',
  '/geo/City',
  'slumber://atlas',
  'slumber://atlas/',
  'slumber://atlas/geo/City/',
  'slumber://atlas/geo/City?x',
  '',
])('a column whose model is %j is refused when it is made', (model) => {
  expect(() => remoteForeignKey(model)).toThrow(TypeError)
})
