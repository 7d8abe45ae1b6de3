// One instance: found by key or unique set, its values in the program's types, its references and data arrays.
import { Invalid, NotFound, UnknownName } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('get finds one instance', () => {
  test('by key, by pk, by a unique field and by a unique set', async () => {
    const { Pizza, PizzaPrice } = here.client().pizzas.menu
    const margherita = await Pizza.get({ id: 1 })
    expect(margherita.name).toBe('Margherita')
    expect((await Pizza.get({ pk: 2 })).name).toBe('Marinara')
    expect((await Pizza.get({ name: 'Marinara' })).id).toBe(2)
    const date = new Date('2022-01-01T00:00:00Z')
    expect((await PizzaPrice.get({ pizzaId: 1, date })).size).toBe('m')
    expect((await PizzaPrice.get({ pizza: margherita, date })).size).toBe('m')
  })

  test('by the parts of a composite key, and by a key of text that needs escaping', async () => {
    const client = here.client()
    const twin = await client.atlas.geo.partners.Twin.get({ fromCity: 7, toCity: 8 })
    expect(twin.url).toBe(`${here.system.directory.atlas}geo/partners/Twin/7,8`)
    const crust = await client.pizzas.menu.PizzaCrust.get({ code: 'a/b' })
    expect([crust.name, await crust.refresh()]).toEqual(['Half and half', false])
  })

  test('not there is NotFound; not a unique set is Invalid, with the sets', async () => {
    const { Pizza } = here.client().pizzas.menu
    await expect(Pizza.get({ id: 99 })).rejects.toThrow(NotFound)
    // @ts-expect-error -- the price is not unique
    await expect(Pizza.get({ price: '6' })).rejects.toThrow('A row is found by id, or name.')
  })

  test.each([
    [{}, 'A row is found by id, or name.'],
    [{ id: { in: [] } }, ''],
  ])('what does not say which one is Invalid: %o', async (key, message) => {
    const error: unknown = await here
      .client()
      .pizzas.menu.Pizza.get(key as never) // the types refuse it
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Invalid)
    expect(String(error)).toContain(message)
  })

  test('get({ id: undefined }) finds nothing', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const message = 'A filter cannot ask for { id: undefined }: leave it out, or ask for null.'
    await expect(Pizza.get({ id: undefined } as never)).rejects.toThrow(new TypeError(message)) // the types refuse it
    expect(here.requests).toEqual([])
  })
})

describe('values are those of the model', () => {
  test('dates, decimals, bigints, bytes, JSON, nulls', async () => {
    const client = here.client()
    const naples = await client.atlas.geo.City.get({ id: 7 })
    expect(naples.data).toEqual({
      id: 7,
      name: 'Naples',
      population: 914_758n,
      latitude: 40.85,
      flag: new Uint8Array([1, 2, 3]),
      facts: { sea: true },
    })
    const osaka = await client.atlas.geo.City.get({ id: 8 })
    expect([osaka.population, osaka.latitude, osaka.flag]).toEqual([9_007_199_254_740_993n, null, null])
    const { Pizza, PizzaPrice, Shop } = client.pizzas.menu
    expect((await Pizza.get({ id: 1 })).price).toBe('7.5')
    expect((await PizzaPrice.get({ id: 1 })).date).toEqual(new Date('2020-01-01T00:00:00Z'))
    const shop = await Shop.get({ slug: 'alta-moda' })
    expect([shop.active, shop.webAddress, shop.display]).toEqual([
      true,
      'http://www.example.com/alta-moda/',
      'Alta Moda',
    ])
  })

  test('a value cannot be changed by assignment: that would not reach the server', async () => {
    const pizza = await here.client().pizzas.menu.Pizza.get({ id: 1 })
    expect(() => Object.assign(pizza, { name: 'Marinara' })).toThrow(TypeError)
    expect(() => Object.assign(pizza.data, { name: 'Marinara' })).toThrow(TypeError)
    expect(pizza.name).toBe('Margherita')
  })
})

describe('references', () => {
  test('know URL and display of their target, and cost one request when they are followed', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const pizza = await Pizza.get({ id: 3 })
    expect(pizza.exclusiveTo).toMatchObject({ url: `${here.system.directory.pizzas}menu/Shop/1`, display: 'Alta Moda' })
    here.requests.length = 0
    expect((await pizza.exclusiveTo?.get())?.name).toBe('Alta Moda')
    expect(here.requests).toEqual(['GET /pizzas/menu/Shop/1'])
  })

  test('are null where the column is', async () => {
    const { Pizza, Shop } = here.client().pizzas.menu
    expect((await Pizza.get({ id: 1 })).exclusiveTo).toBeNull()
    expect((await Shop.get({ id: 2 })).city).toBeNull()
  })

  test('lead to other services; the contract there is asked for once', async () => {
    const client = here.client()
    const shop = await client.pizzas.menu.Shop.get({ id: 1 })
    expect(shop.city?.url).toBe(`${here.system.directory.atlas}geo/City/7`)
    here.requests.length = 0
    expect((await shop.city?.get())?.name).toBe('Naples')
    await shop.city?.get()
    expect(here.requests).toEqual(['GET /atlas/-/contract', 'GET /atlas/geo/City/7', 'GET /atlas/geo/City/7'])
  })

  test('are made from a URL alone, absolute or slumber:', async () => {
    const client = await here.warmClient()
    const naples = await client.reference('slumber://world/geo/City/7').get()
    expect([naples['name'], naples.url]).toEqual(['Naples', `${here.system.directory.atlas}geo/City/7`])
    expect((await client.reference(`${here.system.directory.pizzas}menu/PizzaPrice/1`).get())['size']).toBe('s')
    expect((await client.reference('slumber://pizzas/menu/PizzaCrust/thn').get())['name']).toBe('Thin')
  })

  test.each([
    [
      'slumber://bakery/menu/Pizza/1',
      'There is no service "bakery" in the directory; there are: pizzas, atlas, world.',
    ],
    [
      'http://elsewhere.test/menu/Pizza/1',
      'http://elsewhere.test/menu/Pizza/1 lies below no service that this client knows.',
    ],
    [
      'http://pizzas.test/slumber/pizzas/menu/Pizzas/1',
      'http://pizzas.test/slumber/pizzas/menu/Pizzas/1 lies below no model of http://pizzas.test/slumber/pizzas/.',
    ],
  ])('to %s are an error without a request', async (url, message) => {
    const client = await here.warmClient()
    await expect(client.reference(url).get()).rejects.toThrow(new UnknownName(message))
    expect(here.requests).toEqual([])
  })
})

describe('data arrays', () => {
  test('are lists below the instance: sorted, filtered, page by page', async () => {
    const pizza = await (await here.warmClient()).pizzas.menu.Pizza.get({ id: 1 })
    here.requests.length = 0
    const sizes: string[] = []
    const list = pizza.prices.filter({ size: { in: ['s', 'm'] } }).sort('-date')
    for (let page = await list.limit(2).page(); ;) {
      sizes.push(...page.items.map(({ size }) => size))
      const next = await page.next()
      if (next === undefined) break
      page = next
    }
    expect(sizes).toEqual(['m', 'm', 's'])
    expect(here.requests).toHaveLength(2)
    expect(here.requests[0]).toBe('GET /pizzas/menu/Pizza/1/prices?size__in=s&size__in=m&sort=-date&limit=2')
  })
})
