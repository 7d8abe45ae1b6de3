// Stored references as they are shown and found: under this directory, under another one, and where a service is unknown.
import { expect, test } from 'vitest'
import { ask, directory, taking } from './fixture.ts'

const api = taking()

const stored = 'slumber://atlas/geo/City/7'
const city = `${directory.atlas}geo/City/7`

test('F2 under another directory the same database shows the other URLs', async () => {
  const id = await api.store({ city: stored, anything: 'https://example.com/b' })
  const production = {
    orders: 'https://shop.example/slumber/orders/',
    atlas: 'https://maps.example/v2/',
    pizzas: 'http://pizzas.test/slumber/pizzas/',
    oven: 'https://oven.example/',
  }
  const elsewhere = api.under(production)
  const { body } = await ask(elsewhere, 'GET', `Order/${id}`)
  expect([body.city, body.anything]).toEqual(['https://maps.example/v2/geo/City/7', 'https://example.com/b'])
  const found = await ask(elsewhere, 'GET', `Order?city=${encodeURIComponent(body.city)}`)
  expect(found.body).toHaveLength(1)
  expect((await ask(elsewhere, 'GET', `Order?city=${encodeURIComponent(city)}`)).status).toBe(400)
  expect((await api.ask('GET', `Order/${id}`)).body.city).toBe(city)
})

const idsOf = async (query: string): Promise<unknown> => {
  const { status, body } = await api.ask('GET', `Order?${query}`)
  return status === 200 ? body.map(({ id }: { id: number }) => id) : [status, body.errors[0].parameter]
}

test('found by any of its spellings, under whichever name it is stored', async () => {
  await api.store({ city: stored })
  await api.store({ city: 'slumber://world/geo/City/7' })
  await api.store({ city: 'slumber://atlas/geo/City/8' })
  await api.store({ city: null })
  await api.store({ city }) // from a time before the directory listed the service
  for (const value of [city, stored, 'slumber://world/geo/City/7', 'HTTP://ATLAS.test/slumber/atlas/geo/City/7']) {
    expect(await idsOf(`city=${encodeURIComponent(value)}`)).toEqual([1, 2, 5])
    expect(await idsOf(`city__ne=${encodeURIComponent(value)}`)).toEqual([3, 4])
  }
  expect(await idsOf(`city__in=${stored}&city__in=${directory.atlas}geo/City/8`)).toEqual([1, 2, 3, 5])
  expect(await idsOf(`city__nin=${stored}&city__nin=slumber://world/geo/City/8`)).toEqual([4])
  expect(await idsOf('city__isnull=true')).toEqual([4])
  expect(await idsOf('city__isnull=false')).toEqual([1, 2, 3, 5])
})

test('a location below two services is found under both names', async () => {
  await api.store({ bake: 'slumber://oven/work/Bake/1' })
  await api.store({ bake: 'slumber://pizzas/oven/work/Bake/1' })
  expect(await idsOf('bake=slumber://oven/work/Bake/1')).toEqual([1, 2])
})

test('a foreign reference is found as it is', async () => {
  await api.store({ anything: 'https://example.com/b' })
  expect(await idsOf('anything=https://EXAMPLE.com/a/../b')).toEqual([1])
})

test.each(['http://evil.test/x', 'slumber://nowhere/geo/City/7', 'slumber://atlas/geo/Country/7', '7', 'file:///x'])(
  'to filter by what it cannot be is 400: %s',
  async (value) => {
    expect(await idsOf(`city=${encodeURIComponent(value)}`)).toEqual([400, 'city'])
    expect(await idsOf(`city__in=${encodeURIComponent(value)}`)).toEqual([400, 'city__in'])
  },
)

test('references have no order and are no text', async () => {
  for (const operator of ['lt', 'gte', 'startswith', 'contains']) {
    expect(await idsOf(`city__${operator}=${stored}`)).toEqual([400, `city__${operator}`])
  }
})

test('F3 an unknown service in a stored reference is 502 and named; other rows are read as before', async () => {
  const lost = await api.store({ city: 'slumber://lost/geo/City/7' })
  const fine = await api.store({ city: stored })
  const { status, body } = await api.ask('GET', `Order/${lost}`)
  expect([status, body.code]).toEqual([502, 'unknown-service'])
  expect(body.detail).toMatch(/"city".*sales\.Order.*"lost"/)
  expect((await api.ask('GET', `Order/${fine}`)).body.city).toBe(city)
  expect((await api.ask('GET', 'Order')).status).toBe(502)
  expect((await api.ask('GET', `Order?city=${stored}`)).body).toHaveLength(1)
})

test.each(['nonsense', 'slumber://atlas', 'slumber://atlas/../admin', 'file:///etc/passwd', ''])(
  'what stands in the database and is no reference is 502, too: %j',
  async (value) => {
    const broken = await api.store({ city: value })
    const { status, body } = await api.ask('GET', `Order/${broken}`)
    expect(status).toBe(502)
    expect(body.detail).toContain('"city"')
  },
)

test('a stored reference to what the column no longer refers to is still shown', async () => {
  const id = await api.store({ city: 'slumber://atlas/geo/Country/7' })
  expect((await api.ask('GET', `Order/${id}`)).body.city).toBe(`${directory.atlas}geo/Country/7`)
})

test('a directory without the service of a column is refused at start, by name', () => {
  const { atlas: _, ...others } = directory
  expect(() => api.under(others)).toThrow(/sales\.\w+.*"city".*"atlas"/)
})

test('the model document says where a remote key leads', async () => {
  const { body } = await api.ask('GET', 'Order/-/model')
  expect(JSON.stringify(body)).toContain(`${directory.atlas}geo/City`)
})

test('a row that refers to a service nobody knows any more can be looked at without it, repaired and removed', async () => {
  const repaired = await api.store({ city: 'slumber://lost/geo/City/7' })
  const removed = await api.store({ city: 'slumber://lost/geo/City/7' })
  expect((await api.ask('GET', `Order/${repaired}?fields=id`)).body).toEqual({ id: repaired })
  const { status, body } = await api.ask('PATCH', `Order/${repaired}`, { city })
  expect([status, body.city]).toEqual([200, city])
  expect((await api.ask('DELETE', `Order/${removed}`)).status).toBe(204)
})

test('the entity tag changes when the directory gives a reference another URL', async () => {
  const id = await api.store({ city: stored })
  const elsewhere = api.under({ ...directory, atlas: 'https://maps.example/v2/' })
  const tags = [
    (await api.ask('GET', `Order/${id}`)).headers.get('etag'),
    (await ask(elsewhere, 'GET', `Order/${id}`)).headers.get('etag'),
  ]
  expect(new Set(tags).size).toBe(2)
})
