// The parts of the query language that are more than comparisons of a column, over every database: lists in columns, orders along
// references, and what is expanded.
import { describe, expect, test } from 'vitest'
import { dialects, servingOn } from '../dialects.ts'
import { keysOf, linkOf } from './asking.ts'

interface Embedding {
  readonly id: number
  readonly _embedded: Readonly<Record<string, { readonly _embedded: { readonly item: readonly Embedding[] } }>>
}

const inside = (row: Embedding | undefined, name: string): unknown[] =>
  row?._embedded[name]?._embedded.item.map(({ id }) => id) ?? []

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect)

  test.each([
    ['json__has=1', [2]],
    ['json__has=3', []],
    ['json__has=x', []],
    ['json__has=a', []],
    ['whole__range=2&whole__range=3', [2, 3]],
    ['whole__range=3&whole__range=2', []],
    [`where=${encodeURIComponent('{"not":{"whole":{"gt":1}}}')}`, [1, 4]],
    [`where=${encodeURIComponent('{"not":{"json":{"has":1}}}')}`, [1, 3, 4]],
    [`where=${encodeURIComponent('{"whole":{"in":[]}}')}`, []],
    [`where=${encodeURIComponent('{"whole":{"nin":[]}}')}`, [1, 2, 3, 4]],
  ])('%s', async (query, expected) => {
    expect(await keysOf(api, `/menu/Sample?${query}`)).toEqual(expected)
  })

  test('a list of JSON has texts, numbers and booleans, each apart from the others', async () => {
    const lists = [['1'], [1], [true], ['true'], [[1]], { a: 1 }, 'x', [null, 'x', 2.5]]
    for (const [index, json] of lists.entries()) {
      expect((await api.post('/menu/Sample', { id: 11 + index, json })).status).toBe(201)
    }
    const found = async (value: unknown): Promise<unknown[]> => {
      const { body } = await api.ask('QUERY', '/menu/Sample?id__gt=10', { json: { json: { has: value } } })
      return body.map(({ id }: Embedding) => id)
    }
    expect([await found('1'), await found(1), await found(true), await found('true')]).toEqual([[11], [12], [13], [14]])
    expect([await found('x'), await found(2.5), await found("'")]).toEqual([[18], [18], []])
    expect(await keysOf(api, '/menu/Sample?id__gt=10&json__has=1')).toEqual([11, 12])
  })

  test('sort along references: NULLs last both ways, and pages in both directions', async () => {
    expect(await keysOf(api, '/menu/Pizza?sort=exclusiveTo.name')).toEqual([3, 4, 1, 2])
    expect(await keysOf(api, '/menu/Pizza?sort=-exclusiveTo.name,-id')).toEqual([4, 3, 2, 1])
    expect(await keysOf(api, '/menu/SizePrice?sort=price.pizza.name,-amount')).toEqual([2, 1, 3])
    expect(await keysOf(api, '/menu/Category?sort=-parent.name')).toEqual([3, 2, 1])
    for (const sort of ['price.date', '-price.date,-amount', 'price.pizza.price,price.date']) {
      const whole = await keysOf(api, `/menu/SizePrice?sort=${sort}`)
      const seen: unknown[] = []
      let url: string | undefined = `/menu/SizePrice?sort=${sort}&limit=1`
      let last = url
      for (; url !== undefined;) {
        const answer = await api.get(url)
        seen.push(answer.body[0].id)
        last = url
        url = linkOf(answer, 'next')
      }
      expect(seen).toEqual(whole)
      const before = linkOf(await api.get(last), 'prev') ?? ''
      expect(await keysOf(api, before)).toEqual([whole.at(-2)])
    }
  })

  test('references are expanded, several and of several levels', async () => {
    const { body } = await api.get('/menu/SizePrice?expand=price.pizza.exclusiveTo&sort=-id&limit=2')
    expect(body).toMatchObject([
      { _embedded: { price: { pizzaId: 3, _embedded: { pizza: { _embedded: { exclusiveTo: { id: 1 } } } } } } },
      { _embedded: { price: { pizzaId: 1, _embedded: { pizza: { name: 'Margherita' } } } } },
    ])
  })

  test('data arrays are expanded, each narrowed, sorted and cut by itself, and go on in their links', async () => {
    const query = 'expand=prices.sizes&with.prices.sort=-date&with.prices.limit=1&with.prices.sizes.amount__gt=7'
    const { body } = await api.get(`/menu/Pizza?${query}`)
    expect(body.map((row: Embedding) => inside(row, 'prices'))).toEqual([[2], [], [3], []])
    expect(inside(body[2]._embedded.prices._embedded.item[0], 'sizes')).toEqual([3])
    const next = await api.get(body[0]._embedded.prices._links.next.href)
    expect(next.body.map(({ id }: Embedding) => id)).toEqual([1])
    expect(inside(next.body[0], 'sizes')).toEqual([2])
  })

  test('rows of a join table lead to the rows on its other side', async () => {
    const { body } = await api.get('/menu/Shop?expand=crusts&with.crusts.sort=-name&with.crusts.limit=1&limit=2')
    const names = body.map((row: { _embedded: { crusts: { _embedded: { item: { name: string }[] } } } }) =>
      row._embedded.crusts._embedded.item.map(({ name }) => name),
    )
    expect(names).toEqual([['Thin'], ['Thin']])
    const next = await api.get(body[0]._embedded.crusts._links.next.href)
    expect(next.body.map(({ name }: { name: string }) => name)).toEqual(['Thick'])
    expect(body[1]._embedded.crusts._links).not.toHaveProperty('next')
  })

  test('the count is of all pages', async () => {
    const asked = { headers: { prefer: 'count=exact' } }
    expect((await api.get('/menu/Sample?limit=1&whole__gte=2', asked)).headers.get('total-count')).toBe('2')
  })
})
