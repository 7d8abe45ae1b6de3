// Filters in the object form: what they ask of the server, and what comes back.
import { connect, Invalid } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import type { PizzasMenuPizzaFilter, PizzasMenuPizzaPriceFilter, PizzasMenuShopFilter } from '../types/services.ts'
import { fixture } from './fixture/client.ts'

const here = fixture()

/** The query of the last request, decoded. */
const lastQuery = (): string =>
  decodeURIComponent((here.requests.at(-1) ?? '').split('?')[1] ?? '').replaceAll('+', ' ')

describe('filters of fields', () => {
  const rows: readonly (readonly [
    what: string,
    filter: PizzasMenuPizzaFilter,
    query: string,
    ids: readonly number[],
  ])[] = [
    ['a value', { name: 'Marinara' }, 'name=Marinara', [2]],
    ['several members', { price: '7.5', name: 'Marinara' }, 'price=7.5&name=Marinara', []],
    ['an operator', { price: { gte: 7 } }, 'price__gte=7', [1, 3]],
    ['two operators', { price: { gte: 7, lt: 10 } }, 'price__gte=7&price__lt=10', [1]],
    ['in, with several values', { id: { in: [1, 3, 99] } }, 'id__in=1&id__in=3&id__in=99', [1, 3]],
    ['nin', { id: { nin: [1, 3] } }, 'id__nin=1&id__nin=3', [2]],
    ['nin of nothing', { id: { nin: [] } }, '', [1, 2, 3]],
    ['null', { exclusiveToId: null }, 'exclusiveToId__isnull=true', [1, 2]],
    ['isnull', { exclusiveToId: { isnull: false } }, 'exclusiveToId__isnull=false', [3]],
    ['text', { name: { icontains: 'MAR' } }, 'name__icontains=MAR', [1, 2]],
    ['text with signs of URLs', { name: { in: ['a&b=c', 'd+e %'] } }, 'name__in=a&b=c&name__in=d+e %', []],
    ['a field called like a parameter of lists', { limit: 3 }, 'limit__eq=3', [1]],
    ['the same with an operator', { limit: { gt: 3 } }, 'limit__gt=3', [3]],
    [
      'or',
      { or: [{ name: 'Marinara' }, { price: { gt: 10 } }] },
      'where={"or":[{"name":"Marinara"},{"price":{"gt":"10"}}]}',
      [2, 3],
    ],
    ['not', { not: { exclusiveToId: null } }, 'where={"not":{"exclusiveToId":null}}', [3]],
    ['and', { and: [{ id: { in: [] } }, { id: 1 }] }, 'where={"and":[{"id":{"in":[]}},{"id":1}]}', []],
    [
      'not in what is behind a relation',
      { exclusiveTo: { not: { slug: 'x' } } },
      'where={"exclusiveTo":{"not":{"slug":"x"}}}',
      [3],
    ],
    [
      'not equal to null in a group',
      { not: { exclusiveToId: { ne: null as never } } },
      'where={"not":{"exclusiveToId":{"isnull":false}}}',
      [1, 2],
    ],
    ['nothing', {}, '', [1, 2, 3]],
  ]
  test.each(rows)('%s', async (_, filter, query, ids) => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const found = await Pizza.filter(filter).page()
    expect(found.items.map(({ id }) => id)).toEqual(ids)
    // A plus sign in a value is sent as %2B; here it stands decoded.
    expect(lastQuery().replace('d e %', 'd+e %')).toBe(query)
  })

  test('several filters with groups must all hold', async () => {
    const { Pizza, Shop } = (await here.warmClient()).pizzas.menu
    const shop = await Shop.get({ id: 1 })
    const found = await Pizza.filter({ or: [{ id: 1 }, { exclusiveTo: shop }] })
      .filter({ price: { lt: 20 } })
      .filter({ not: { exclusiveTo: null } })
      .all({ max: 9 })
    expect(found.map(({ id }) => id)).toEqual([3])
    const where = '{"or":[{"id":1},{"exclusiveToId":1}],"not":{"exclusiveToId":null}}'
    expect(lastQuery()).toBe(`price__lt=20&where=${where}&limit=10`)
  })

  test('dates in groups', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    const filter = { or: [{ date: { lt: new Date('2021-01-01T00:00:00Z') } }, { pizza: { name: 'Moda Speciale' } }] }
    const found = await PizzaPrice.filter(filter).all({ max: 9 })
    expect(found.map(({ id }) => id)).toEqual([1, 6])
  })

  test.each([{ or: ['x'] }, { or: [null] }, { and: 5 }, { not: [[]] }])(
    'what is no filter in a group is refused: %j',
    async (filter) => {
      const { Pizza } = (await here.warmClient()).pizzas.menu
      await expect(Pizza.filter(filter as never).page()).rejects.toThrow(Invalid) // the types refuse it
    },
  )

  test.each([
    [{ name: undefined }, '{ name: undefined }'],
    [{ name: 'x', price: { gte: 1, lt: undefined } }, '{ lt: undefined }'],
    [{ id: { in: [1, undefined] } }, '{ in: undefined }'],
    [{ exclusiveTo: { slug: undefined } }, '{ slug: undefined }'],
    [{ or: [{ id: undefined }, { id: 1 }] }, '{ id: undefined }'],
    [{ and: [undefined] }, '{ and: undefined }'],
    [{ not: { price: { eq: undefined } } }, '{ eq: undefined }'],
    [{ price: {} }, '{ price: {} }'],
    [{ exclusiveTo: {} }, '{ exclusiveTo: {} }'],
    [{ exclusiveTo: { name: {} } }, '{ name: {} }'],
    [{ or: [{ exclusiveTo: {} }, { id: 1 }] }, '{ exclusiveTo: {} }'],
    [{ not: {} }, '{ not: {} }'],
  ])(
    'nothing is refused where something is asked of a name, for without it there would be more rows: %j',
    async (filter, where) => {
      const { Pizza } = (await here.warmClient()).pizzas.menu
      const message = `A filter cannot ask for ${where}: leave it out, or ask for null.`
      await expect(Pizza.filter(filter as never).page()).rejects.toThrow(new TypeError(message)) // what programs without types may write
      await expect(Pizza.filter(filter as never).count()).rejects.toThrow(TypeError)
      expect(here.requests).toEqual([])
    },
  )

  test.each([
    '{"__proto__":{"id":1}}',
    '{"or":[{"__proto__":{"id":1}}]}',
    '{"id":{"__proto__":1}}',
    '{"exclusiveTo":{"__proto__":{"id":1}}}',
  ])('a member called __proto__ is not overlooked: %s', async (json) => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    await expect(Pizza.filter(JSON.parse(json) as never).page()).rejects.toThrow(Invalid)
    const long = { name: { in: Array.from({ length: 400 }, (_, index) => `No pizza of this name ${index}`) } }
    await expect(
      Pizza.filter(long)
        .filter(JSON.parse(json) as never)
        .page(),
    ).rejects.toThrow(Invalid)
  })

  test('in of nothing is passed by no row', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    for (const filter of [{ id: { in: [] } }, { exclusiveTo: { id: { in: [] } } }]) {
      expect(await Pizza.filter(filter).all({ max: 9 })).toEqual([])
      expect(lastQuery()).toBe(`where=${JSON.stringify(filter)}&limit=10`)
    }
  })

  const dates: readonly (readonly [what: string, filter: PizzasMenuPizzaPriceFilter, ids: readonly number[]])[] = [
    ['a date', { date: new Date('2020-01-01T00:00:00Z') }, [1]],
    ['dates with operators', { date: { gte: new Date('2023-01-01T00:00:00Z') }, pizzaId: 1 }, [4, 5]],
    ['a choice', { size: 's' }, [1, 6]],
    ['choices', { size: { in: ['s', 'l'] }, pizzaId: 1 }, [1, 4, 5]],
  ]
  test.each(dates)('%s', async (_, filter, ids) => {
    const found = await here.client().pizzas.menu.PizzaPrice.filter(filter).page()
    expect(found.items.map(({ id }) => id)).toEqual(ids)
  })

  test('bigints', async () => {
    const { City } = here.client().atlas.geo
    expect((await City.filter({ population: 9_007_199_254_740_993n }).page()).items.map(({ name }) => name)).toEqual([
      'Osaka',
    ])
  })

  test('null with eq and ne is isnull; with other operators it makes no sense', async () => {
    const Pizza = (await here.warmClient()).pizzas.menu.Pizza
    const filter = (comparison: object): PizzasMenuPizzaFilter => ({ limit: comparison }) // the types have no null here
    expect((await Pizza.filter(filter({ ne: null as never })).page()).items.map(({ id }) => id)).toEqual([1, 3])
    expect((await Pizza.filter(filter({ eq: null })).page()).items.map(({ id }) => id)).toEqual([2])
    await expect(Pizza.filter(filter({ gt: null })).page()).rejects.toThrow(Invalid)
    await expect(Pizza.filter({ name: { in: ['x', null as never] } }).page()).rejects.toThrow(Invalid)
  })
})

describe('filters add up as { and: [a, b] } does, in a URL and in a QUERY', () => {
  const rows: readonly (readonly [a: PizzasMenuPizzaFilter, b: PizzasMenuPizzaFilter, ids: readonly number[]])[] = [
    [{ id: { in: [1, 2] } }, { id: { in: [2, 3] } }, [2]],
    [{ id: { in: [1, 2] } }, { id: { in: [] } }, []],
    [{ id: 1 }, { id: 2 }, []],
    [{ id: { lt: 3 } }, { id: { lt: 2 } }, [1]],
    [{ name: { contains: 'Ma' } }, { name: { contains: 'nara' } }, [2]],
    [{ name: { ne: 'Marinara' } }, { name: { ne: 'Margherita' } }, [3]],
    [{ exclusiveTo: null }, { exclusiveToId: { isnull: false } }, []],
    [{ exclusiveTo: { id: { in: [1] } } }, { exclusiveTo: { id: { in: [2] } } }, []],
    [{ prices: { size: 's' } }, { prices: { size: 'm' } }, [1]],
    [{ prices: { size: 's' } }, { prices: { id: 5 } }, [1]],
  ]
  const everything = { name: { nin: Array.from({ length: 400 }, (_, index) => `No pizza of this name ${index}`) } }
  test.each(rows)('%j and %j', async (a, b, ids) => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const lists = [
      Pizza.filter(a).filter(b),
      Pizza.filter({ and: [a, b] }),
      Pizza.filter(a).filter(b).filter(everything),
    ]
    for (const list of lists) expect((await list.page()).items.map(({ id }) => id)).toEqual(ids)
    expect(here.requests.map((request) => request.split(' ')[0])).toEqual(['GET', 'GET', 'POST'])
  })

  test('two members of one filter that mean one column must both hold', async () => {
    const client = await here.warmClient()
    const exclusiveTo = client.reference('slumber://pizzas/menu/Shop/1')
    const filter = (exclusiveToId: number): PizzasMenuPizzaFilter => ({ exclusiveTo, exclusiveToId })
    const idsOf = async (found: PizzasMenuPizzaFilter): Promise<readonly number[]> =>
      (await client.pizzas.menu.Pizza.filter(found).page()).items.map(({ id }) => id)
    expect([await idsOf(filter(1)), await idsOf(filter(2))]).toEqual([[3], []])
  })
})

describe('filters of relations', () => {
  const rows: readonly (readonly [
    what: string,
    filter: PizzasMenuPizzaFilter,
    query: string,
    ids: readonly number[],
  ])[] = [
    ['null', { exclusiveTo: null }, 'exclusiveToId__isnull=true', [1, 2]],
    ['a field behind it', { exclusiveTo: { slug: 'alta-moda' } }, 'exclusiveTo.slug=alta-moda', [3]],
    ['an operator behind it', { exclusiveTo: { name: { startswith: 'Da' } } }, 'exclusiveTo.name__startswith=Da', []],
    ['a data array', { prices: { size: 'l' } }, 'prices.size=l', [1]],
    ['two steps', { prices: { pizza: { name: 'Margherita' } } }, 'prices.pizza.name=Margherita', [1]],
  ]
  test.each(rows)('%s', async (_, filter, query, ids) => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    expect((await Pizza.filter(filter).page()).items.map(({ id }) => id)).toEqual(ids)
    expect(lastQuery()).toBe(query)
  })

  test('an instance, a reference, a slumber: URL', async () => {
    const client = await here.warmClient()
    const shop = await client.pizzas.menu.Shop.get({ id: 1 })
    const pizza = await client.pizzas.menu.Pizza.get({ id: 3 })
    for (const exclusiveTo of [shop, pizza.exclusiveTo, client.reference('slumber://pizzas/menu/Shop/1')]) {
      expect((await client.pizzas.menu.Pizza.filter({ exclusiveTo }).page()).items.map(({ id }) => id)).toEqual([3])
      expect(lastQuery()).toBe('exclusiveToId=1')
    }
  })

  test('an instance of another model is refused before anything is asked', async () => {
    const client = await here.warmClient()
    const exclusiveTo = client.reference('slumber://pizzas/menu/Pizza/1')
    await expect(client.pizzas.menu.Pizza.filter({ exclusiveTo }).page()).rejects.toThrow(
      'is no instance of http://pizzas.test/slumber/pizzas/menu/Shop, or',
    )
    expect(here.requests).toEqual([])
  })

  test('a remote reference: an instance, a reference, URLs', async () => {
    const client = await here.warmClient()
    const naples = await client.atlas.geo.City.get({ id: 7 })
    const shop = await client.pizzas.menu.Shop.get({ id: 1 })
    const filters: readonly PizzasMenuShopFilter[] = [
      { city: naples },
      { city: shop.city },
      { city: naples.url },
      { city: 'slumber://world/geo/City/7' },
      { city: { in: [naples, 'slumber://atlas/geo/City/8'] } },
    ]
    for (const filter of filters) {
      expect((await client.pizzas.menu.Shop.filter(filter).page()).items.map(({ id }) => id)).toEqual([1])
    }
    expect((await client.pizzas.menu.Shop.filter({ city: null }).page()).items.map(({ id }) => id)).toEqual([2])
  })
})

describe('what the server does not know', () => {
  const untyped = (filter: object): Promise<unknown> => {
    const options = { directory: here.system.directoryUrl, transport: here.transport }
    const client = connect({
      ...options,
      authenticate: () => ({ authorization: `Basic ${btoa('cook:cook-demo')}` }),
    })
    return client.pizzas!.menu!.Pizza!.filter(filter as never).page() // the types refuse it
  }
  test.each([
    ['a field', { prize: '5' }, 'prize', 'price'],
    ['a field behind a relation', { exclusiveTo: { slugg: 'x' } }, 'exclusiveTo.slugg', 'slug'],
    ['an operator', { price: { atLeast: 5 } }, 'price__atLeast', 'gte'],
    ['an operator beside a known one', { price: { gte: 5, atMost: 6 } }, 'price__atMost', 'lte'],
  ])('%s is Invalid, with the parameter and what is allowed', async (_, filter, parameter, allowed) => {
    const error = await untyped(filter).catch((reason: unknown) => reason)
    if (!(error instanceof Invalid)) throw error
    expect(error.faults).toEqual([{ parameter, detail: expect.stringContaining(allowed) }])
  })
})
