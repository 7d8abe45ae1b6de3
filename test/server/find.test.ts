// `/-/get`: one row by its key or by a unique set of fields; and data arrays, the rows that refer to one.
import { describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { base, hal, menu, serving } from './fixture.ts'
import { prices, shops } from './tables.ts'

const api = serving({
  apps: [
    menu({
      Shop: model(shops, { display: 'name', exclude: ['owner'], access: { read: { slug: { ne: 'chiuso' } } } }),
      Price: model(prices, { references: { pizzaId: { inverse: 'prices' } }, access: { read: { id: { ne: 2 } } } }),
    }),
  ],
})

describe('get', () => {
  test.each([
    ['Pizza', 'id=2', 'Pizza/2'],
    ['Pizza', 'pk=2', 'Pizza/2'],
    ['Pizza', 'name=Marinara', 'Pizza/2'],
    ['Shop', 'slug=da-luigi', 'Shop/2'],
    ['SizePrice', 'priceId=1&size=m', 'SizePrice/2'],
    ['SizePrice', 'size=m&priceId=1', 'SizePrice/2'],
    ['Price', 'pizzaId=1&date=2020-01-01T00:00:00Z', 'Price/1'],
    ['Crust', 'pk=thn', 'Crust/thn'],
    ['Stock', 'shopId=1&crustCode=thk', 'Stock/1,thk'],
  ])('%s by %s is the row itself, and says where it is', async (name, query, place) => {
    const found = await api.get(`/menu/${name}/-/get?${query}`)
    const there = await api.get(`/menu/${place}`)
    expect([found.status, found.body]).toEqual([200, there.body])
    expect(found.headers.get('etag')).toBe(there.headers.get('etag'))
    expect(found.headers.get('content-location')).toBe(`${base}/menu/${place}`)
  })

  test.each([
    ['Pizza', 'name=Moda Speciale', 'fields=id,price', '3'],
    ['Pizza', 'name=Moda Speciale', 'fields=name&expand=exclusiveTo&with.exclusiveTo.fields=name', '3'],
    ['Pizza', 'id=1', 'expand=prices&with.prices.limit=1&format=hal', '1'],
  ])('%s by %s with %s is the row asked so', async (name, query, asked, key) => {
    const found = await api.get(`/menu/${name}/-/get?${query}&${asked}`)
    const there = await api.get(`/menu/${name}/${key}?${asked}`)
    expect([found.status, found.body]).toEqual([200, there.body])
    expect(found.headers.get('etag')).toBe(there.headers.get('etag'))
    const again = await api.get(found.headers.get('content-location') ?? '')
    expect([again.status, again.body]).toEqual([200, there.body])
  })

  test.each([
    ['name=Marinara&fields=recipe', 'fields', /^"fields" names recipe, which menu\.Pizza does not have; there are: /],
    ['name=Marinara&expand=nothing', 'expand', /^"expand" names "nothing", which is no relation of menu\.Pizza/],
    ['name=Marinara&with.prices.limit=1', 'with.prices.limit', /is about nothing that is expanded/],
    ['name=Marinara&fields=id&fields=name', 'fields', /is given more than once/],
  ])('%s is refused as of the row itself', async (query, parameter, detail) => {
    const { status, body } = await api.get(`/menu/Pizza/-/get?${query}`)
    expect([status, body.errors[0].parameter]).toEqual([400, parameter])
    expect(body.detail).toMatch(detail)
  })

  test.each([
    'Pizza/-/get?name=Nothing',
    'Pizza/-/get?id=99',
    'Shop/-/get?slug=chiuso',
    'SizePrice/-/get?priceId=1&size=l',
  ])('%s is 404: no such row, or none to see', async (path) => {
    expect((await api.get(`/menu/${path}`)).status).toBe(404)
  })

  test.each([
    ['', 'id, or name'],
    ['price=6', 'id, or name'],
    ['name=Marinara&price=6', 'id, or name'],
    ['name=Marinara&name=Marinara', 'id, or name'],
    ['id=1&name=Margherita', 'id, or name'],
    ['id=1&pk=1', 'id, or name'],
    ['name__eq=Marinara', 'id, or name'],
    ['recipe=secret-dough', 'id, or name'],
    ['sort=id', 'id, or name'],
  ])('by %j is refused with what identifies a row', async (query, allowed) => {
    const { status, body } = await api.get(`/menu/Pizza/-/get?${query}`)
    expect([status, body.detail]).toEqual([400, `A row is found by ${allowed}.`])
  })

  test('a hidden unique field identifies nothing', async () => {
    const { body } = await api.get('/menu/Shop/-/get?owner=clerk')
    expect(body.detail).toBe('A row is found by id, or slug.')
  })

  test('a value of another type is refused; conditions are honoured; it is only read', async () => {
    expect((await api.get('/menu/Pizza/-/get?id=x')).body.code).toBe('invalid-parameter')
    const etag = (await api.get('/menu/Pizza/1')).headers.get('etag') ?? ''
    const again = await api.get('/menu/Pizza/-/get?name=Margherita', { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    expect((await api.ask('DELETE', '/menu/Pizza/-/get?id=1')).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect((await api.ask('OPTIONS', '/menu/Pizza/-/get')).status).toBe(204)
  })
})

describe('a data array', () => {
  test('is the rows that refer to one, as far as they may be seen', async () => {
    const idsOf = async (path: string) => (await api.get(path)).body.map((row: { id: number }) => row.id)
    expect(await idsOf('/menu/Pizza/1/prices')).toEqual([1])
    expect(await idsOf('/menu/Price/1/sizes')).toEqual([1, 2])
    expect(await idsOf('/menu/Category/1/children')).toEqual([2])
    expect(await idsOf('/menu/Shop/1/pizzas')).toEqual([3])
    expect(await idsOf('/menu/Pizza/2/prices')).toEqual([])
    expect((await api.get('/menu/Shop/1/stocks')).body).toHaveLength(2)
  })

  test('is a list: filters, sort, fields and pages', async () => {
    const { body, headers } = await api.get('/menu/Shop/1/stocks?sort=-quantity&fields=quantity&limit=1')
    expect(body).toEqual([{ quantity: 5 }])
    const next = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? ''
    expect(next.startsWith(`${base}/menu/Shop/1/stocks?`)).toBe(true)
    expect((await api.get(next)).body).toEqual([{ quantity: 0 }])
    expect((await api.get('/menu/Shop/1/stocks?crustCode=thn')).body).toHaveLength(1)
    expect((await api.get('/menu/Shop/1/stocks', hal)).body._links.self.href).toBe(`${base}/menu/Shop/1/stocks`)
  })

  test('of a row that is not there, or may not be seen, is 404', async () => {
    for (const path of [
      '/menu/Pizza/99/prices',
      '/menu/Shop/3/pizzas',
      '/menu/Pizza/1/nothing',
      '/menu/Pizza/x/prices',
    ]) {
      expect((await api.get(path)).status).toBe(404)
    }
  })

  test('is only read', async () => {
    expect((await api.post('/menu/Pizza/1/prices', {})).headers.get('allow')).toBe('GET, HEAD, QUERY, OPTIONS')
  })
})
