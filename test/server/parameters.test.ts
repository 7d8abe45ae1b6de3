// Every parameter that is not known, or not right, is 400 with what would be.
import { describe, expect, test } from 'vitest'
import { menu, serving } from './fixture.ts'

const api = serving({ apps: [menu()] })

/** The detail of a 400 that is about exactly these parameters. */
async function expectRefusal(path: string, ...parameters: string[]): Promise<string> {
  const { status, body } = await api.get(path)
  expect([status, body.code]).toEqual([400, 'invalid-parameter'])
  expect(body.errors.map((fault: { parameter: string }) => fault.parameter)).toEqual(parameters)
  return body.detail
}

test.each([
  'where[a]',
  'lookup',
  '_q',
  'filter',
  'recipe',
  'password',
  '__proto__',
  'constructor',
  't1.name',
  '"name"',
])('A048 the unknown parameter %s is refused with those there are', async (name) => {
  const detail = await expectRefusal(`/menu/Pizza?${encodeURIComponent(name)}=1`, name)
  expect(detail).toContain('id, name, forSale, price, maxExtraToppings, exclusiveToId, exclusiveTo.…, prices.…')
})

test.each(['sort=name&sort=id', 'limit=1&limit=2', 'fields=id&fields=name', 'format=json&format=hal'])(
  'A048 a single-valued parameter given twice is refused: %s',
  async (query) => {
    expect(await expectRefusal(`/menu/Pizza?${query}`, query.split('=')[0] ?? '')).toContain('more than once')
  },
)

test.each([
  ['name__regex=a', 'contains'],
  ['name__raw=a', 'contains'],
  ['name__=a', 'contains'],
  ['price__contains=1', 'gte'],
  ['price__has=1', 'gte'],
  ['forSale__gt=true', 'isnull'],
])('A049 an operator that does not fit is refused with those that do: %s', async (query, allowed) => {
  const detail = await expectRefusal(`/menu/Pizza?${query}`, query.split('=')[0] ?? '')
  expect(detail).toMatch(new RegExp(`there are: .*${allowed}`))
})

test.each([
  'id=x',
  'id=1.5',
  'id=',
  'price=x',
  'price=1e3',
  'forSale=1',
  'forSale=',
  'id__isnull=1',
  'id=1&id=2',
  'id__in=1&id__in=x',
])('A049 a value that is not of the type is refused: %s', async (query) => {
  await expectRefusal(`/menu/Pizza?${query}`, query.split('=')[0] ?? '')
})

test.each([
  ['/menu/Price?date=2020-01-01T00:00:00.5Z', 'date', 'must be whole seconds'],
  ['/menu/Price?date__gte=2020-01-01T00:00:00.001Z', 'date__gte', 'must be whole seconds'],
  ['/menu/Pizza?prices.date=2020-01-01T00:00:00.5Z', 'prices.date', 'must be whole seconds'],
  ['/menu/Sample?at__lt=1970-01-01T00:00:01.0005Z', 'at__lt', 'at most 3 fraction digits'],
  ['/menu/Sample?at=9999-12-31T23:59:59-12:00', 'at', 'date and time'],
])('an instant finer than what is kept is refused: %s', async (path, name, detail) => {
  expect(await expectRefusal(path, name)).toContain(detail)
})

test.each([
  '/menu/Price?date=2020-01-01T00:00:00.000Z&sort=id',
  '/menu/Price?date=2020-01-01T00:00Z&sort=id',
  '/menu/Price?date=2020-01-01T01:00:00.000000000%2B01:00&sort=id',
])('zeros are not finer than whole seconds: %s', async (path) => {
  expect((await api.get(path)).body.map((row: { id: number }) => row.id)).toEqual([1, 3])
})

test.each(['name=%zz', 'name=%', 'name=%F', 'name=%FF', 'name=%C3', 'name=%ED%A0%80', '%FF=1', 'name=%C3&name=%A9'])(
  'a query that is not percent-encoded UTF-8 is refused, wherever it is asked: %s',
  async (query) => {
    for (const path of ['/menu/Pizza', '/menu/Pizza/1', '/menu/Pizza/-/get', '/menu/', '/-/contract', '/nothing']) {
      const { status, body } = await api.get(`${path}?${query}`)
      expect([path, status, body.code]).toEqual([path, 400, 'malformed-query'])
    }
    expect((await api.post(`/menu/Pizza?${query}`, { name: 'x', price: '1' })).body.code).toBe('malformed-query')
  },
)

test('a query that is percent-encoded UTF-8 is read as it is', async () => {
  expect((await api.get('/menu/Pizza?name=%C3%9Cnica')).body).toHaveLength(1)
  expect((await api.get('/menu/Pizza?name=Ünica')).body).toHaveLength(1)
  expect((await api.get('/menu/Pizza?name=100%25&name__ne=%EF%BF%BD')).body).toEqual([])
})

test('all that is wrong is told at once', async () => {
  await expectRefusal('/menu/Pizza?nothing=1&id=x&name__gt=a&price__in=y', 'nothing', 'id', 'price__in')
})

test('a hidden field cannot be told from one that does not exist', async () => {
  const detailOf = async (name: string) => (await api.get(`/menu/Pizza?${name}=secret-dough`)).text
  for (const rest of ['', '__startswith', '__isnull']) {
    const [hidden, absent] = [await detailOf(`recipe${rest}`), await detailOf(`xecipe${rest}`)]
    const plain = (text: string): string => text.replace(/"requestId":"[^"]*"/, '')
    expect(plain(hidden).replaceAll('recipe', 'xecipe')).toBe(plain(absent))
  }
  expect(await expectRefusal('/menu/Pizza?exclusiveTo.owner=clerk', 'exclusiveTo.owner')).toContain(
    'menu.Shop has no "owner"',
  )
})

describe('sort', () => {
  test.each([
    'nothing',
    'recipe',
    '-',
    '--price',
    'price,price',
    'price,-price',
    'pk,id',
    'webAddress',
    'exclusiveTo',
    'name,',
  ])('%s is refused', async (sort) => {
    await expectRefusal(`/menu/Pizza?sort=${sort}`, 'sort')
  })

  test('of values without an order is refused', async () => {
    for (const field of ['json', 'bytes', 'big']) await expectRefusal(`/menu/Sample?sort=${field}`, 'sort')
  })

  test('takes at most eight fields', async () => {
    expect((await api.get('/menu/Sample?sort=id,whole,real,decimal,huge,flag,word,size')).status).toBe(200)
    expect(await expectRefusal('/menu/Sample?sort=id,whole,real,decimal,huge,flag,word,size,at', 'sort')).toContain('8')
  })
})

describe('limits', () => {
  test.each(['0', '-1', '1001', 'x', '', '1.5', '1e2', '99999999999'])('limit=%s is refused', async (limit) => {
    await expectRefusal(`/menu/Pizza?limit=${limit}`, 'limit')
  })

  test('limit is from 1 to 1000', async () => {
    expect((await api.get('/menu/Pizza?limit=1')).body).toHaveLength(1)
    expect((await api.get('/menu/Pizza?limit=1000')).body).toHaveLength(4)
  })

  test('A060 too many filters, too long a list, too long a way are refused', async () => {
    const filters = Array.from({ length: 51 }, (_, index) => `name__x${index}=1`).join('&')
    expect((await api.get(`/menu/Pizza?${filters}`)).body.code).toBe('too-many-filters')
    const list = (length: number): string => Array.from({ length }, (_, index) => `id__in=${index}`).join('&')
    expect((await api.get(`/menu/Pizza?${list(500)}`)).status).toBe(200)
    await expectRefusal(`/menu/Pizza?${list(501)}`, 'id__in')
    expect((await api.get(`/menu/Category?${'parent.'.repeat(3)}id=1`)).status).toBe(200)
    const long = `${'parent.'.repeat(4)}id`
    expect(await expectRefusal(`/menu/Category?${long}=1`, long)).toContain('3 relations')
    expect((await api.get(`/menu/Category?${'parent.'.repeat(1_000)}id=1`)).status).toBe(400)
  })
})

describe('fields', () => {
  test('are the only ones shown, computed ones too', async () => {
    expect((await api.get('/menu/Pizza/1?fields=name,price')).body).toEqual({ name: 'Margherita', price: '7.5' })
    expect((await api.get('/menu/Shop?fields=webAddress&limit=1')).body).toEqual([
      { webAddress: 'http://www.example.com/alta-moda/' },
    ])
  })

  test.each(['nothing', 'recipe', '', 'name,', 'exclusiveTo'])('%j is refused', async (fields) => {
    for (const path of ['/menu/Pizza', '/menu/Pizza/1']) {
      expect(await expectRefusal(`${path}?fields=${fields}`, 'fields')).toContain('id, name, forSale')
    }
  })

  test('given twice, or with a write, are refused', async () => {
    await expectRefusal('/menu/Pizza/1?fields=id&fields=name', 'fields')
    expect((await api.patch('/menu/Pizza/1?fields=id', { price: '1' })).status).toBe(400)
    expect((await api.post('/menu/Pizza?fields=id', { name: 'x', price: '1' })).status).toBe(400)
  })
})

test('format chooses the representation', async () => {
  expect((await api.get('/menu/Pizza?format=hal&limit=1')).body._embedded.item).toHaveLength(1)
  expect((await api.get('/menu/Pizza/1?format=xlsx')).status).toBe(406)
})
