// Mock services made of contracts: the client's test services again, with rows of the test's own, behind the real server.
import {
  connect,
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  PreconditionFailed,
  Unauthenticated,
  UnknownName,
  type Client,
  type ModelProxy,
} from 'slumberjs'
import { mockServices, type MockServices, type MockServicesOptions } from 'slumberjs/testing'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PizzasMenuPizza, Services } from '../types/services.ts'
import { savedContracts } from './contracts.ts'

let contracts: readonly object[] = []
let mock: MockServices
let client: Client<Services>

const rows = {
  pizzas: {
    menu: {
      // Refers to what comes later.
      Pizza: [
        { id: 1, name: 'Margherita', price: '7.5', limit: 3 },
        { id: 3, name: 'Moda Speciale', price: '12.50', exclusiveToId: 1 },
      ],
      Shop: [
        {
          id: 1,
          name: 'Alta Moda',
          slug: 'alta-moda',
          city: 'slumber://atlas/geo/City/7',
          webAddress: 'http://a.test/',
        },
        { id: 2, name: 'Da Luigi', slug: 'da-luigi', active: true },
      ],
      PizzaPrice: Array.from({ length: 120 }, (_, day) => ({
        pizzaId: 1,
        date: new Date(Date.UTC(2024, 0, day)),
        size: 'm' as const,
      })),
      PizzaCrust: [{ code: 'thn', name: 'Thin' }],
      PizzaStep: [{ pizzaId: 1, crust: 'thn', todo: 'Roll', grams: 9_007_199_254_740_993n }],
    },
  },
  atlas: {
    geo: {
      City: [
        { id: 7, name: 'Naples', population: 914_758n, flag: new Uint8Array([1, 2, 3]), facts: { sea: true } },
        { id: 8, name: 'Osaka', population: 2_700_000n },
      ],
      partners: { Twin: [{ fromCity: 7, toCity: 8 }] },
    },
  },
}

const options = (): MockServicesOptions<Services> => ({
  contracts,
  rows,
  aliases: { world: 'atlas' },
  display: { pizzas: { menu: { Pizza: 'name' } } },
  operations: {
    pizzas: {
      menu: {
        Pizza: {
          placeOrder: ({ quantity }, { instance, user }) => ({ pizza: instance.name, quantity, by: user.name }),
          // What gives a row or a page is shown by the service.
          reprice: ({ price }, { instance, models }) => models('menu.Pizza').update({ id: instance.id }, { price }),
          byPrice: (_, { page }) => page({ sort: 'price' }),
          // Asks the service that it is an operation of.
          topSellers: async ({ count }) => {
            const best = await client.pizzas.menu.Pizza.sort('-price').limit(count).page()
            return best.items.map(({ name }) => name)
          },
        },
      },
    },
  },
})

beforeAll(async () => {
  contracts = await savedContracts()
})
beforeEach(async () => {
  mock = await mockServices<Services>(options())
  client = connect<Services>({ ...mock.options })
})
afterEach(() => mock.close())

describe('a mock service', () => {
  test('says of itself what the one that it stands for says', async () => {
    for (const contract of contracts as readonly { readonly url: string }[]) {
      expect((await client.get(`${contract.url}-/contract`)).content).toEqual(contract)
    }
  })

  test('has the rows that it was given, with what they refer to, and values in the types of the program', async () => {
    const pizza = await client.pizzas.menu.Pizza.get({ name: 'Moda Speciale' })
    expect([pizza.display, pizza.price, pizza.url]).toEqual([
      'Moda Speciale',
      '12.5',
      'http://pizzas.test/slumber/pizzas/menu/Pizza/3',
    ])
    const shop = await pizza.exclusiveTo!.get()
    expect(shop.data).toEqual({
      id: 1,
      name: 'Alta Moda',
      slug: 'alta-moda',
      active: null,
      city: 'http://atlas.test/slumber/atlas/geo/City/7',
      webAddress: 'http://a.test/',
    })
    const [step] = await (await client.pizzas.menu.Pizza.get({ pk: 1 })).steps.all({ max: 1 })
    expect([step?.grams, (await step?.base?.get())?.name]).toEqual([9_007_199_254_740_993n, 'Thin'])
    expect(await client.atlas.geo.partners.Twin.filter({ toCity: 8 }).count()).toBe(1)
  })

  test('gives computed properties in the types of the program', async () => {
    const contract = structuredClone(contracts[0]) as {
      apps: { menu: { models: { Shop: { fields: Record<string, object> } } } }
    }
    const { fields } = contract.apps.menu.models.Shop
    fields['webAddress'] = { ...fields['webAddress'], type: 'date-time', nullable: true }
    const opened = new Date('2026-01-31T12:00:00Z')
    const shops = [
      { id: 1, name: 'A', slug: 'a', webAddress: opened },
      { id: 2, name: 'B', slug: 'b' },
    ]
    const own = await mockServices({ contracts: [contract], rows: { pizzas: { menu: { Shop: shops } } } })
    try {
      const { Shop } = connect(own.options)['pizzas']!['menu']!
      expect((await Shop!.get({ id: 1 }))['webAddress']).toEqual(opened)
      expect((await Shop!.get({ id: 2 }))['webAddress']).toBeNull()
    } finally {
      own.close()
    }
  })

  test('is reached from another one by a remote reference, and under its other names', async () => {
    const shop = await client.pizzas.menu.Shop.get({ slug: 'alta-moda' })
    const city = await shop.city!.get()
    expect(city.data).toEqual({
      id: 7,
      name: 'Naples',
      population: 914_758n,
      latitude: null,
      flag: new Uint8Array([1, 2, 3]),
      facts: { sea: true },
    })
    expect((await client.world.geo.City.get({ id: 8 })).name).toBe('Osaka')
  })

  test('takes instances in filters and as remote keys', async () => {
    const { Pizza, Shop } = client.pizzas.menu
    const [naples, osaka] = [await client.atlas.geo.City.get({ id: 7 }), await client.atlas.geo.City.get({ id: 8 })]
    const made = await Shop.create({ name: 'Da Mario', slug: 'da-mario', city: osaka })
    const names = async (list: AsyncIterable<{ readonly name: string }>): Promise<readonly string[]> => {
      const found: string[] = []
      for await (const { name } of list) found.push(name)
      return found
    }
    expect(await names(Shop.filter({ city: osaka }))).toEqual(['Da Mario'])
    expect(await names(Shop.filter({ city: naples }))).toEqual(['Alta Moda'])
    expect(await names(Pizza.filter({ exclusiveTo: await Shop.get({ pk: 1 }) }))).toEqual(['Moda Speciale'])
    await (await Pizza.get({ pk: 1 })).update({ exclusiveTo: made })
    expect(await names(made.pizzas)).toEqual(['Margherita'])
  })

  test('gives pages', async () => {
    const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
    const first = await pizza.prices.page()
    expect([first.items.length, (await (await first.next())?.next())?.items.length]).toEqual([50, 20])
    const sorted = await pizza.prices.sort('-date').limit(1).page()
    expect(sorted.items[0]?.date).toEqual(new Date(Date.UTC(2024, 0, 119)))
  })

  test('refuses as the service would: 404, 409, 412, 422', async () => {
    const { Pizza } = client.pizzas.menu
    await expect(Pizza.get({ id: 99 })).rejects.toThrow(NotFound)
    await expect(Pizza.create({ name: 'Margherita', price: '1' })).rejects.toThrow(Conflict)
    await expect(Pizza.create({ name: 'Marinara', price: '1', exclusiveToId: 99 })).rejects.toThrow(Conflict)
    await expect(Pizza.create({ name: 'Marinara', price: 'much' })).rejects.toThrow(Invalid)
    const [mine, yours] = [await Pizza.get({ id: 1 }), await Pizza.get({ id: 1 })]
    await yours.update({ price: '8' })
    const late = await mine.update({ price: '9' }).catch((error: unknown) => error)
    expect(late).toBeInstanceOf(PreconditionFailed)
    expect(late).toMatchObject({ current: { price: '8' } })
    await mine.delete().catch(() => undefined)
  })

  test('numbers new rows after those that were given, and deletes with a row those that it owns', async () => {
    const { Pizza, PizzaStep } = client.pizzas.menu
    const made = await Pizza.create({ name: 'Diavola', price: '9', steps: [{ todo: 'Bake' }] })
    expect([made.id, await made.steps.count()]).toEqual([4, 1])
    await made.delete()
    expect(await PizzaStep.filter({ todo: 'Bake' }).count()).toBe(0)
  })

  test('is one of many requests at once over its one connection', async () => {
    const { Pizza } = client.pizzas.menu
    const names = Array.from({ length: 20 }, (_, number) => `Number ${number}`)
    const made = await Promise.all(
      names.flatMap((name) => [Pizza.create({ name, price: '1' }), Pizza.filter({ price: '1' }).count()]),
    )
    expect(made.length).toBe(40)
    expect(await Pizza.filter({ price: '1' }).count()).toBe(20)
  })

  test('says nothing in the console', async () => {
    vi.stubEnv('NODE_ENV', 'development')
    const said = vi.spyOn(console, 'error')
    const other = await mockServices<Services>(options())
    expect(said).not.toHaveBeenCalled()
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    other.close()
  })

  test('is new for each call of mockServices', async () => {
    await (await client.pizzas.menu.Pizza.get({ id: 1 })).update({ price: '100' })
    const other = await mockServices<Services>(options())
    expect((await connect<Services>({ ...other.options }).pizzas.menu.Pizza.get({ id: 1 })).price).toBe('7.5')
    other.close()
  })

  test('is followed through proxies', async () => {
    const labelled: ModelProxy<PizzasMenuPizza> = {
      url: '/menu/Pizza/',
      instance: (Base) =>
        class extends Base {
          get priceTag(): string {
            return `${this.name} for ${this.price}`
          }
        },
    }
    const proxied = connect<Services>({ ...mock.options, proxies: [labelled] })
    expect(await proxied.pizzas.menu.Pizza.get({ id: 1 })).toMatchObject({ priceTag: 'Margherita for 7.5' })
  })
})

describe('operations of a mock service', () => {
  test('do what the test says', async () => {
    const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
    expect(await pizza.placeOrder({ quantity: 2 })).toEqual({ pizza: 'Margherita', quantity: 2, by: 'tester' })
    expect(await client.pizzas.menu.Pizza.topSellers({ count: 1 })).toEqual(['Moda Speciale'])
  })

  test('give instances and pages, as the service would', async () => {
    const { Pizza } = client.pizzas.menu
    const pizza = await (await Pizza.get({ id: 3 })).reprice({ price: '5' })
    expect([pizza.display, pizza.price, (await pizza.exclusiveTo?.get())?.name]).toEqual([
      'Moda Speciale',
      '5',
      'Alta Moda',
    ])
    expect((await Pizza.byPrice()).items.map(({ name }) => name)).toEqual(['Moda Speciale', 'Margherita'])
  })

  test('answer 501 where the test says nothing, and are unknown where the service has none', async () => {
    const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
    await expect(pizza.look()).rejects.toThrow(
      '501 Not Implemented: The mock service has no handler for the operation menu.Pizza look.',
    )
    const { Shop } = client.pizzas.menu as unknown as Record<string, Record<string, () => Promise<unknown>>>
    await expect(Shop?.['nope']?.()).rejects.toThrow(UnknownName)
  })

  test('need their permissions', async () => {
    const asked = async (...permissions: readonly string[]): Promise<unknown> => {
      const clerk = connect<Services>({ ...mock.as({ name: 'clerk', permissions }) })
      return await (await clerk.pizzas.menu.Pizza.get({ id: 1 })).placeOrder({ quantity: 1 })
    }
    await expect(asked('menu.change_pizza')).rejects.toThrow(Forbidden)
    expect(await asked('menu.order')).toMatchObject({ by: 'clerk' })
  })
})

describe('users of mock services', () => {
  test('read, and write what their permissions let them', async () => {
    const clerk = connect<Services>({ ...mock.as({ name: 'clerk', permissions: ['menu.change_pizza'] }) })
    const pizza = await clerk.pizzas.menu.Pizza.get({ id: 1 })
    await pizza.update({ price: '8' })
    await expect(pizza.delete()).rejects.toThrow(Forbidden)
  })

  test('must be known', async () => {
    const { authenticate: _, ...nobody } = mock.options
    await expect(connect<Services>(nobody).pizzas.menu.Pizza.get({ id: 1 })).rejects.toThrow(Unauthenticated)
    const stranger = connect<Services>({ ...nobody, authenticate: () => ({ authorization: 'Mock 99' }) })
    await expect(stranger.pizzas.menu.Pizza.get({ id: 1 })).rejects.toThrow(Unauthenticated)
  })
})

test('what lies at no mock service is not asked for', async () => {
  await expect(client.get('http://elsewhere.test/')).rejects.toThrow(
    'GET http://elsewhere.test/: there is no mock service; there are: http://pizzas.test/slumber/pizzas/, http://atlas.test/slumber/atlas/.',
  )
})

test('a service without a name is mocked alone', async () => {
  const [pizzas] = contracts
  const alone = { ...pizzas, service: null }
  const own = await mockServices<Services['pizzas']>({
    contracts: [alone],
    rows: { menu: { Shop: rows.pizzas.menu.Shop.slice(1) } },
  })
  const shop = await connect<Services['pizzas']>({ ...own.options }).menu.Shop.get({ id: 2 })
  expect([shop.name, Object.keys(own.services)]).toEqual(['Da Luigi', ['service']])
  own.close()
})

describe('what a test has wrong is said', () => {
  const start = async (given: object): Promise<unknown> => await mockServices(given)
  const inMenu = (models: object): object => ({ contracts, rows: { pizzas: { menu: models } } })

  test('and nothing beside it, whatever the service had begun', async () => {
    const text = JSON.stringify(contracts).replaceAll('"unique":[[', '"idempotency":true,"unique":[[')
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(
      start({ contracts: JSON.parse(text) as object[], rows: { pizzas: { menu: { Pizzza: [] } } } }),
    ).rejects.toThrow('rows.pizzas has no model')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(logged.mock.calls).toEqual([])
    logged.mockRestore()
  })

  test.each([
    [
      'an option',
      () => ({ contract: contracts }),
      'mockServices(…) has no "contract"; there are: contracts, apps, rows',
    ],
    [
      'a model',
      () => inMenu({ Pizzza: [] }),
      'rows.pizzas has no model "menu.Pizzza"; there are: menu.Shop, menu.Pizza,',
    ],
    ['a branch', () => inMenu({ Pizza: 'Margherita' }), 'rows.pizzas.menu.Pizza must be an object of apps and models.'],
    ['a service', () => ({ aliases: { world: 'atlas' } }), '"world" is an alias of "atlas", which is no mock service.'],
    [
      'operations of a service',
      () => ({ contracts, operations: { pizza: {} } }),
      'operations names no mock service by "pizza"; there are: pizzas, atlas.',
    ],
    [
      'apps beside a service without a name',
      () => ({ contracts: [{ ...contracts[0], service: null }], apps: {} }),
      'A service without a name is mocked alone, by its contract',
    ],
    [
      'a service without a name beside another one',
      () => ({ contracts: [{ ...contracts[0], service: null }, contracts[1]] }),
      'The service at http://pizzas.test/slumber/pizzas/ has no name: it can only be mocked alone.',
    ],
    ['a document', () => ({ contracts: [{}] }), '"contracts" must be a list of what services say of themselves'],
    [
      'a field',
      () => inMenu({ PizzaCrust: [{ code: 'thn', nam: 'Thin' }] }),
      'rows.pizzas.menu.PizzaCrust[0] has "nam", which is no column; there are: code, name.',
    ],
    [
      'a value',
      () => inMenu({ PizzaCrust: [{ code: 'thick', name: 'Thick' }] }),
      'rows.pizzas.menu.PizzaCrust[0]: "code" must have at most 3 characters.',
    ],
    [
      'a value that is missing',
      () => inMenu({ PizzaCrust: [{ code: 'thn' }] }),
      'rows.pizzas.menu.PizzaCrust[0] cannot be stored: SQLITE_CONSTRAINT: NOT NULL constraint failed: menu.PizzaCrust.name.',
    ],
    [
      'a row that is there twice',
      () =>
        inMenu({
          PizzaCrust: [
            { code: 'thn', name: 'Thin' },
            { code: 'thn', name: 'Thin' },
          ],
        }),
      'rows.pizzas.menu.PizzaCrust[1] cannot be stored: SQLITE_CONSTRAINT: UNIQUE constraint failed: menu.PizzaCrust.code.',
    ],
    [
      'a key of a row that is not there',
      () => inMenu({ Pizza: [{ name: 'Margherita', price: '1', exclusiveToId: 9 }] }),
      'rows.pizzas: the row of menu.Pizza with id 1 refers to one of menu.Shop that is not there, by exclusiveToId 9.',
    ],
    [
      'an operation',
      () => ({ contracts, operations: { pizzas: { menu: { Pizza: { bake: () => 1 } } } } }),
      'menu.Pizza has no operation "bake"; there are: byPrice, topSellers, close, placeOrder, look, reprice.',
    ],
    [
      'a display',
      () => ({ contracts, display: { pizzas: { menu: { Pizza: 'title' } } } }),
      'Model menu.Pizza: display names "title", which is no column',
    ],
  ])('%s', async (_, given, message) => {
    await expect(start(given())).rejects.toThrow(message)
  })
})

/** Never run: what the compiler must not take. */
export const mistakes: readonly MockServicesOptions<Services>[] = [
  // @ts-expect-error -- no such model
  { rows: { pizzas: { menu: { Pizzza: [] } } } },
  // @ts-expect-error -- no such field
  { rows: { pizzas: { menu: { Pizza: [{ nam: 'Margherita' }] } } } },
  // @ts-expect-error -- a price is a decimal, as a text
  { rows: { pizzas: { menu: { Pizza: [{ price: 7.5 }] } } } },
  // @ts-expect-error -- no such operation
  { operations: { pizzas: { menu: { Pizza: { bake: () => 1 } } } } },
  // @ts-expect-error -- the quantity is a number
  { operations: { pizzas: { menu: { Pizza: { placeOrder: ({ quantity }) => quantity.length } } } } },
  // @ts-expect-error -- no such field
  { display: { pizzas: { menu: { Pizza: 'title' } } } },
]
