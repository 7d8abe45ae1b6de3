// What is shown with rows: `expand` along references and data arrays, narrowed by `with.`, under the rules of what is behind.
import { drizzle } from 'drizzle-orm/libsql'
import { describe, expect, test } from 'vitest'
import { app, model, service } from 'slumberjs/server'
import { askService, base, directory, hal, menu, serving, testScheme } from './fixture.ts'
import * as tables from './tables.ts'

const api = serving()
const ruled = serving({
  apps: [
    app('ruled', {
      Shop: model(tables.shops, {
        display: 'name',
        exclude: ['owner'],
        fields: { slug: { read: ({ name }) => name === 'admin' } },
      }),
      Pizza: model(tables.pizzas, {
        exclude: ['recipe'],
        fields: { exclusiveToId: { read: ({ name }) => name !== 'guest' } },
      }),
      Stock: model(tables.stocks, {
        references: { crustCode: 'crust' },
        access: { read: ({ name }) => (name === 'admin' ? true : { quantity: { gt: 5 } }) },
      }),
      Crust: model(tables.crusts, {
        access: { read: ({ name }) => (name === 'admin' ? true : { code: 'thn' }) },
      }),
    }),
  ],
})

describe('a reference', () => {
  test('is embedded beside the columns; where it is NULL there is nothing', async () => {
    const { body } = await api.get('/menu/Pizza?expand=exclusiveTo&id__in=1&id__in=3')
    expect(body[0]).not.toHaveProperty('_embedded')
    expect(body[1]).toMatchObject({
      id: 3,
      exclusiveToId: 1,
      _embedded: { exclusiveTo: { id: 1, name: 'Alta Moda', webAddress: 'http://www.example.com/alta-moda/' } },
    })
    expect(body[1]._embedded.exclusiveTo).not.toHaveProperty('owner')
  })

  test('in HAL has links, title and tag of its own, which are those of the row', async () => {
    const { body } = await api.get('/menu/Pizza/3?expand=exclusiveTo', hal)
    const shop = await api.get('/menu/Shop/1', hal)
    expect(body._embedded.exclusiveTo).toEqual(shop.body)
  })

  test('of several columns, and to a key that is a text', async () => {
    const { body } = await api.get('/menu/Stock?expand=shop,crust&fields=quantity')
    expect(
      body.map((row: { _embedded: { shop: { id: 1 }; crust: { code: '' } } }) => [
        row._embedded.shop.id,
        row._embedded.crust.code,
      ]),
    ).toEqual([
      [1, 'thk'],
      [1, 'thn'],
      [2, 'thn'],
    ])
  })

  test('takes the fields that are asked for', async () => {
    const { body } = await api.get('/menu/Pizza/3?fields=name&expand=exclusiveTo&with.exclusiveTo.fields=pk,name')
    expect(body).toEqual({ name: 'Moda Speciale', _embedded: { exclusiveTo: { id: 1, name: 'Alta Moda' } } })
  })

  test('to a row that may not be read is a problem, as one to no row is', async () => {
    const { body } = await ruled.get('/ruled/Stock?expand=crust&fields=quantity', { as: 'guest' })
    expect(body).toEqual([{ quantity: 8, _embedded: { crust: { code: 'thn', name: 'Thin' } } }])
    await ruled.sql('UPDATE stock SET quantity = 9')
    const [thick, thin] = (await ruled.get('/ruled/Stock?expand=crust&shopId=1', { as: 'guest' })).body
    expect(thick).not.toHaveProperty('_embedded')
    expect(thick._problems.crust).toMatchObject({ status: 404, code: 'not-found' })
    expect(thin).not.toHaveProperty('_problems')
  })
})

describe('a data array', () => {
  test('is a page with links of its own, in plain JSON too', async () => {
    const { body } = await api.get('/menu/Pizza/1?expand=prices&with.prices.limit=1&fields=id')
    expect(body).toMatchObject({ id: 1, _embedded: { prices: { _embedded: { item: [{ id: 1, pizzaId: 1 }] } } } })
    const { _links: links } = body._embedded.prices
    expect(links.self.href).toBe(`${base}/menu/Pizza/1/prices?limit=1`)
    const next = await api.get(links.next.href)
    expect([next.status, next.body.map((row: { id: number }) => row.id)]).toEqual([200, [2]])
  })

  test('that has no rows is an empty page', async () => {
    const { body } = await api.get('/menu/Pizza/2?expand=prices')
    expect(body._embedded.prices._embedded.item).toEqual([])
    expect(body._embedded.prices._links).not.toHaveProperty('next')
  })

  test('is narrowed, sorted and cut for each row by itself', async () => {
    await api.sql(`INSERT INTO price VALUES (4, 3, 1609459200, 0), (5, 3, 1640995200, 0), (6, 1, 1640995200, 0)`)
    const query = 'with.prices.date__gte=2020-06-01T00:00:00Z&with.prices.sort=-date&with.prices.limit=1'
    const { body } = await api.get(`/menu/Pizza?expand=prices&${query}&sort=id`)
    const pages = body.map((row: { _embedded: { prices: { _embedded: { item: { id: number }[] } } } }) =>
      row._embedded.prices._embedded.item.map(({ id }) => id),
    )
    expect(pages).toEqual([[6], [], [5], []])
    const { next } = body[2]._embedded.prices._links
    expect((await api.get(next.href)).body.map(({ id }: { id: number }) => id)).toEqual([4])
    const all = await api.get(`/menu/Pizza?expand=prices`)
    expect(all.body[0]._embedded.prices._embedded.item).toHaveLength(3)
  })

  test('filters with. do not restrict the parents, others do', async () => {
    const withOnly = await api.get('/menu/Pizza?expand=prices&with.prices.id=3')
    expect(withOnly.body).toHaveLength(4)
    const both = await api.get('/menu/Pizza?expand=prices&prices.id=3&with.prices.id__lt=0')
    expect(both.body).toMatchObject([{ id: 3, _embedded: { prices: { _embedded: { item: [] } } } }])
  })

  test('shows only rows that may be read', async () => {
    const items = async (as: string): Promise<unknown[]> =>
      (await ruled.get('/ruled/Shop/1?expand=stocks', { as })).body._embedded.stocks._embedded.item
    expect([(await items('admin')).length, (await items('guest')).length]).toEqual([2, 0])
  })

  test('of its own table', async () => {
    const { body } = await api.get('/menu/Category/1?expand=children.children,parent', hal)
    expect(body._embedded.children._embedded.item[0]).toMatchObject({
      id: 2,
      _embedded: { children: { _embedded: { item: [{ id: 3 }] } } },
    })
    expect(body._embedded).not.toHaveProperty('parent')
  })
})

describe('several levels', () => {
  test('are each shown in the way that was asked for', async () => {
    const { body } = await api.get(
      '/menu/Pizza?expand=prices.sizes,prices.pizza&with.prices.sizes.sort=-amount&with.prices.pizza.fields=name&id=1',
    )
    expect(body[0]._embedded.prices._embedded.item[0]._embedded).toMatchObject({
      sizes: { _embedded: { item: [{ size: 'm' }, { size: 's' }] } },
      pizza: { name: 'Margherita' },
    })
  })

  test('are found by one statement each, whatever the number of rows', async () => {
    const statements: string[] = []
    const logger = { logQuery: (statement: string) => void statements.push(statement) }
    const counted = service('pizzas', {
      url: `${base}/`,
      directory,
      database: drizzle({ client: api.client, logger }),
      apps: [menu()],
      authenticate: [testScheme],
    })
    const expand = 'expand=prices.sizes,prices.pizza,exclusiveTo&with.prices.sort=-date&with.prices.limit=1'
    const { body } = await askService(counted, 'GET', `/menu/Pizza?${expand}`)
    expect(body[0]._embedded.prices._links).toHaveProperty('next')
    expect(statements).toHaveLength(5)
  })

  test('go on in the links of the pages inside', async () => {
    const { body } = await api.get(
      '/menu/Pizza/1?expand=prices.sizes&with.prices.limit=1&with.prices.sizes.fields=size',
    )
    const { next } = body._embedded.prices._links
    expect(new URL(next.href).searchParams.get('expand')).toBe('sizes')
    expect((await api.get(next.href)).body).toMatchObject([{ id: 2, _embedded: { sizes: {} } }])
  })

  test('a filter behind a reference narrows the data array that it leads from', async () => {
    const query = 'expand=prices.pizza&with.prices.pizza.name=Margherita'
    const { body } = await api.get(`/menu/Pizza?${query}&id__in=1&id__in=3`)
    expect(
      body.map(
        (row: { _embedded: { prices: { _embedded: { item: [] } } } }) => row._embedded.prices._embedded.item.length,
      ),
    ).toEqual([2, 0])
  })
})

describe('is refused', () => {
  test.each([
    ['expand=nothing', 'expand'],
    ['expand=', 'expand'],
    ['expand=prices,', 'expand'],
    ['expand=name', 'expand'],
    ['expand=prices.nothing', 'expand'],
    ['expand=prices&expand=exclusiveTo', 'expand'],
    ['A060 expand=prices.pizza.prices.pizza', 'expand'],
    [`A060 expand=${Array.from({ length: 9 }, () => 'prices').join(',')}`, 'expand'],
    ['with.prices.id=1', 'with.prices.id'],
    ['with.nothing.id=1', 'with.nothing.id'],
    ['expand=prices&with.=1', 'with.'],
    ['expand=prices&with.prices=1', 'with.prices'],
    ['expand=prices&with.prices.=1', 'with.prices.'],
    ['expand=prices&with.prices.nothing=1', 'with.prices.nothing'],
    ['expand=prices&with.prices.id__gt=x', 'with.prices.id__gt'],
    ['expand=prices&with.prices.where={', 'with.prices.where'],
    ['expand=prices&with.prices.where={"nothing":1}', 'with.prices.where'],
    ['expand=prices&with.prices.where={}&with.prices.where={}', 'with.prices.where'],
    ['expand=prices&with.prices.limit=0', 'with.prices.limit'],
    ['expand=prices&with.prices.limit=201', 'with.prices.limit'],
    ['expand=prices&with.prices.limit=2&with.prices.limit=3', 'with.prices.limit'],
    ['expand=prices&with.prices.sort=nothing', 'with.prices.sort'],
    ['expand=prices&with.prices.fields=nothing', 'with.prices.fields'],
    ['expand=prices&with.prices.after=x', 'with.prices.after'],
    ['expand=exclusiveTo&with.exclusiveTo.name=x', 'with.exclusiveTo.name'],
    ['expand=exclusiveTo&with.exclusiveTo.limit=1', 'with.exclusiveTo.limit'],
    ['A060 limit=1000&expand=prices&with.prices.limit=100', 'expand'],
  ])('%s', async (query, parameter) => {
    const { status, body } = await api.get(`/menu/Pizza?${query.replace('A060 ', '')}`)
    expect([status, body.errors?.[0].parameter]).toEqual([400, parameter])
  })

  test('a reference to another service, which has to be followed', async () => {
    const { status, body } = await api.get('/menu/Shop?expand=city')
    expect([status, body.detail]).toEqual([400, expect.stringContaining('another service')])
  })

  test('with a write', async () => {
    expect((await api.patch('/menu/Pizza/1?expand=prices', { price: 1 })).status).toBe(400)
  })
})

describe('fields that a caller may not read', () => {
  test.each([
    ['exclusiveTo', 'exclusiveXo'],
    ['price.exclusiveTo', 'price.exclusiveXo'],
  ])('%s is unknown as a relation, at both ends', async (name, random) => {
    const ask = async (relation: string): Promise<unknown> => {
      const { status, text } = await ruled.get(`/ruled/Pizza?expand=${relation}`, { as: 'guest' })
      return [status, text.replaceAll(/exclusive[TX]o|"requestId":"[^"]*"/g, '…')]
    }
    expect(await ask(name)).toEqual(await ask(random))
  })

  test('nor can its other end be expanded, listed or seen', async () => {
    const path = '/ruled/Shop/1'
    expect((await ruled.get(`${path}?expand=pizzas`)).status).toBe(200)
    expect((await ruled.get(`${path}?expand=pizzas`, { as: 'guest' })).status).toBe(400)
    expect((await ruled.get(`${path}/pizzas`, { as: 'guest' })).status).toBe(404)
    const { body } = await ruled.get(path, { as: 'guest', ...hal })
    expect(body._links).not.toHaveProperty('pizzas')
    expect(body).not.toHaveProperty('slug')
  })

  test('are in no tag: what changes there changes nothing for who does not see it', async () => {
    const tag = async (as: string): Promise<string | null> =>
      (await ruled.get('/ruled/Shop/1', { as })).headers.get('etag')
    const before = [await tag('admin'), await tag('guest')]
    await ruled.sql(`UPDATE shop SET slug = 'other' WHERE id = 1`)
    expect([(await tag('admin')) === before[0], (await tag('guest')) === before[1]]).toEqual([false, true])
  })
})

describe('the tag', () => {
  const tagOf = async (path: string, headers = {}): Promise<string | null> =>
    (await api.get(path, { headers })).headers.get('etag')

  test.each(['/menu/Pizza?expand=exclusiveTo,prices', '/menu/Pizza/3?expand=exclusiveTo,prices'])(
    'of %s covers what is expanded',
    async (path) => {
      const before = await tagOf(path)
      expect((await api.get(path, { headers: { 'if-none-match': before ?? '' } })).status).toBe(304)
      expect(before).not.toBe(await tagOf(path.replace('expand=exclusiveTo,prices', '')))
      await api.sql(`UPDATE shop SET name = 'New' WHERE id = 1`)
      const second = await tagOf(path)
      await api.sql('DELETE FROM size_price WHERE price_id = 3')
      await api.sql('DELETE FROM price WHERE id = 3')
      expect(new Set([before, second, await tagOf(path)]).size).toBe(3)
    },
  )

  test('of an expanded instance is good for a write all the same', async () => {
    const tag = (await tagOf('/menu/Pizza/3?expand=exclusiveTo')) ?? ''
    expect((await api.patch('/menu/Pizza/3', { price: 9 }, { headers: { 'if-match': tag } })).status).toBe(200)
  })
})

test.each(['json', 'hal', 'ndjson', 'csv', 'xml', 'html'])('%s shows what is expanded', async (format) => {
  const { status, text } = await api.get(`/menu/Pizza?expand=exclusiveTo&format=${format}`)
  expect([status, text.includes('Alta Moda')]).toEqual([200, true])
})
