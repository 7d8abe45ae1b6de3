// Names are followed lazily: what is asked for, and when; what happens to names that do not exist.
import { UnknownName, type UntypedNode } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('nothing is requested before it is needed', () => {
  test('the first call costs directory, contract and the call; the next one only itself', async () => {
    const client = here.client()
    const { Pizza } = client.pizzas.menu
    expect(here.requests).toEqual([])
    await Pizza.get({ id: 1 })
    expect(here.requests).toEqual(['GET /', 'GET /pizzas/-/contract', 'GET /pizzas/menu/Pizza/-/get?id=1'])
    await client.pizzas.menu.Shop.get({ id: 1 })
    expect(here.requests.slice(3)).toEqual(['GET /pizzas/menu/Shop/-/get?id=1'])
  })

  test('first calls at the same time share directory and contract', async () => {
    const { Pizza, Shop } = here.client().pizzas.menu
    await Promise.all([Pizza.get({ id: 1 }), Shop.get({ id: 1 }), Pizza.limit(1).page()])
    expect(here.requests).toHaveLength(5)
  })

  test('a directory given as an object is not asked for', async () => {
    const client = here.client('cook', { directory: here.system.directory })
    await client.pizzas.menu.Pizza.get({ id: 1 })
    expect(here.requests).toEqual(['GET /pizzas/-/contract', 'GET /pizzas/menu/Pizza/-/get?id=1'])
  })

  test('a failure is not remembered: the directory and the contract are asked for again', async () => {
    let broken = 2
    const client = here.client('cook', {
      transport: (request) => (broken-- > 0 ? Promise.reject(new Error('cut')) : here.transport(request)),
      retries: 0,
    })
    await expect(client.pizzas.menu.Pizza.get({ id: 1 })).rejects.toThrow('no connection')
    await expect(client.pizzas.menu.Pizza.get({ id: 1 })).rejects.toThrow('no connection')
    broken = 0
    expect((await client.pizzas.menu.Pizza.get({ id: 1 })).name).toBe('Margherita')
    here.requests.length = 0
    const second = here.client('cook', {
      transport: (request) =>
        request.url.endsWith('/contract') && broken++ === 0
          ? Promise.reject(new Error('cut'))
          : here.transport(request),
      retries: 0,
    })
    broken = 0
    await expect(second.pizzas.menu.Pizza.get({ id: 1 })).rejects.toThrow('no connection')
    expect((await second.pizzas.menu.Pizza.get({ id: 1 })).name).toBe('Margherita')
  })

  test('building references, lists and filters asks for nothing', () => {
    const client = here.client()
    client.reference('slumber://pizzas/menu/Pizza/1')
    client.pizzas.menu.Pizza.filter({ id: 1 }).sort('name').limit(5)
    expect(here.requests).toEqual([])
  })
})

describe('a name that does not exist is an error that lists what does', () => {
  /** Calls what a path of names leads to, names that the types do not know too. */
  const call = (path: string): Promise<unknown> => {
    const end = path.split('.').reduce<object>((node, name) => Reflect.get(node, name) as object, here.client()) // every step is a node
    return (end as UntypedNode)({ id: 1 })
  }
  const models = 'Shop, Pizza, PizzaPrice, PizzaStep, PizzaCrust'

  test.each([
    ['pizzaz.menu.Pizza.page', 'There is no service "pizzaz" in the directory; there are: pizzas, atlas, world.'],
    ['pizzas.menus.Pizza.page', 'There is no app "menus" in service pizzas; there are: menu.'],
    ['pizzas.menu.Pizzza.get', `There is no model "Pizzza" in app menu; there are: ${models}.`],
    ['atlas.geo.partners.Twins.get', 'There is no model "Twins" in app geo.partners; there are: Twin.'],
    [
      'pizzas.menu.Pizza.topSeller',
      'There is no operation "topSeller" in menu.Pizza; there are: byPrice, topSellers, close.',
    ],
    [
      'pizzas.menu.Pizza.constructor2',
      'There is no operation "constructor2" in menu.Pizza; there are: byPrice, topSellers, close.',
    ],
    ['pizzas.menu.Pizza', 'The path ends at menu.Pizza; its operations are: byPrice, topSellers, close.'],
    ['pizzas.menu.Shop.open', 'There is no operation "open" in menu.Shop; there are: none.'],
    ['pizzas.menu.Shop.open.page', 'menu.Shop has no member "open".'],
    ['pizzas.page', 'The path ends at service pizzas; its apps are: menu.'],
    ['pizzas.menu.page', `The path ends at app menu; its models are: ${models}.`],
    ['pizzas.page.filter.get', 'There is no app "page" in service pizzas; there are: menu.'],
  ])('client.%s', async (path, message) => {
    await expect(call(path)).rejects.toThrow(new UnknownName(message))
  })
})

describe('apps by their dotted names', () => {
  test('are nested: geo and geo.partners stand beside each other', async () => {
    const client = here.client()
    expect((await client.atlas.geo.City.get({ id: 7 })).name).toBe('Naples')
    expect((await client.atlas.geo.partners.Twin.get({ fromCity: 7, toCity: 8 })).since).toBe(1950)
  })

  test('another name of a service leads to the same models, and its contract is asked for once', async () => {
    const client = await here.warmClient()
    expect((await client.world.geo.City.get({ id: 7 })).name).toBe('Naples')
    expect(here.requests).toEqual(['GET /atlas/geo/City/-/get?id=7'])
  })
})

describe('what every object and every method has is no name, and asks for nothing', () => {
  test('on a service, a model and its members', () => {
    const { pizzas } = here.client()
    const things: readonly object[] = [pizzas, pizzas.menu.Pizza, Reflect.get(pizzas.menu.Pizza, 'page')]
    for (const thing of things) {
      const ask = (name: string, ...input: readonly unknown[]): unknown =>
        Reflect.apply(Reflect.get(thing, name) as () => unknown, thing, input) // every object has them
      expect(ask('valueOf')).toBe(thing)
      expect(ask('hasOwnProperty', 'a')).toBe(false)
      expect(ask('toLocaleString')).toBe(ask('toString'))
    }
    expect(here.requests).toEqual([])
  })

  test('a member can be bound, and called with any this', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const page = Pizza.page.bind(null)
    expect(here.requests).toEqual([])
    expect((await page()).items).toHaveLength(3)
    expect((await Pizza.page.call(null)).items).toHaveLength(3)
    expect((await Pizza.all.apply(null, [{ max: 9 }])).map(({ id }) => id)).toEqual([1, 2, 3])
  })
})

test('names are the same steps again, but those of a program that takes them from its users are not kept for ever', () => {
  const client = here.client() as unknown as Readonly<Record<string, unknown>> // any name is a step
  const first = client['pizzas']
  expect(client['pizzas']).toBe(first)
  for (let index = 0; index < 1_000; index++) expect(client[`name${index}`]).toBeDefined()
  expect(client['pizzas']).not.toBe(first)
})

describe('nothing is thenable: awaiting it gives it back, without a request', () => {
  test.each([
    ['the client', () => here.client()],
    ['a service', () => here.client().pizzas],
    ['a model', () => here.client().pizzas.menu.Pizza],
    ['a member of a model', () => Reflect.get(here.client().pizzas.menu.Pizza, 'get')],
    ['a list', () => here.client().pizzas.menu.Pizza.filter({ id: 1 })],
    ['a reference', () => here.client().reference('slumber://pizzas/menu/Pizza/1')],
  ])('%s', async (_, make) => {
    const made: unknown = make()
    expect(await made).toBe(made)
    expect(here.requests).toEqual([])
  })

  test('an instance, its references, data arrays and pages', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const pizza = await Pizza.get({ id: 3 })
    const page = await Pizza.page()
    here.requests.length = 0
    const things: readonly unknown[] = [pizza, pizza.exclusiveTo, pizza.prices, page, page.items]
    for (const thing of things) expect(await thing).toBe(thing)
    expect(here.requests).toEqual([])
  })
})
