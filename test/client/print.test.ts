// What a person sees of the client's objects: in the console, in the differences of a test, as text and as JSON.
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('a node of the tree of names', () => {
  test('prints its path, as text too, and nothing is asked for', () => {
    const client = here.client()
    expect(inspect(client)).toBe('client')
    expect(inspect(client.pizzas.menu)).toBe('client.pizzas.menu')
    expect(inspect({ model: client.pizzas.menu.Pizza })).toBe('{ model: client.pizzas.menu.Pizza }')
    const node: unknown = client.pizzas.menu // its type has no text
    expect(String(node)).toBe('client.pizzas.menu')
    expect(Reflect.apply(Reflect.get(client.pizzas, 'toString') as () => string, undefined, [])).toBe('client.pizzas')
    expect(Object.prototype.toString.call(client.pizzas)).toBe('[object client.pizzas]')
    expect(here.requests).toEqual([])
  })

  test('survives JSON, copying, and the questions of test runners', () => {
    const client = here.client()
    expect(JSON.stringify({ client, menu: client.pizzas.menu })).toBe('{}')
    expect(Object.keys(client)).toEqual([])
    expect({ ...client.pizzas }).toEqual({})
    expect(client.pizzas.menu).toBe(client.pizzas.menu)
    expect(client.pizzas).not.toBe(client.atlas)
    expect(client.pizzas).not.toEqual(client.atlas)
    expect(client.pizzas).toBeDefined()
    expect([client.pizzas.menu.Pizza]).toContain(client.pizzas.menu.Pizza)
    expect(() => expect(client.pizzas).toEqual({ a: 1 })).toThrow(/./)
    expect(() => expect(client.pizzas.menu).toBeNull()).toThrow(/./)
    expect(() => expect({ a: client.pizzas }).toEqual({ a: 1 })).toThrow(/./)
    expect(here.requests).toEqual([])
  })

  test('takes no assignment', () => {
    expect(() => Object.assign(here.client().pizzas, { menu: {} })).toThrow(TypeError)
  })

  test('has only the members that a client has', () => {
    const client = here.client()
    expect(['send' in client, 'reference' in client, 'pizzas' in client]).toEqual([true, true, false])
  })
})

describe('an instance', () => {
  test('prints its model, display, URL, values and references', async () => {
    const pizza = await here.client().pizzas.menu.Pizza.get({ id: 3 })
    expect(inspect(pizza)).toBe(
      `menu.Pizza "Moda Speciale" <http://pizzas.test/slumber/pizzas/menu/Pizza/3> {
  id: 3,
  name: 'Moda Speciale',
  price: '12.5',
  limit: 5,
  exclusiveToId: 1,
  exclusiveTo: → "Alta Moda" <http://pizzas.test/slumber/pizzas/menu/Shop/1>
}`,
    )
    expect(inspect([pizza], { depth: 0 })).toContain('menu.Pizza "Moda Speciale"')
  })

  test('is compared by its fields', async () => {
    const { Pizza } = here.client().pizzas.menu
    const pizza = await Pizza.get({ id: 1 })
    expect(pizza).toEqual(await Pizza.get({ id: 1 }))
    expect(pizza).not.toEqual(await Pizza.get({ id: 2 }))
    expect(pizza).toMatchObject({ id: 1, name: 'Margherita', exclusiveTo: null })
    expect(Object.keys(pizza)).toEqual(['id', 'name', 'price', 'limit', 'exclusiveToId', 'exclusiveTo'])
    expect(pizza.constructor.name).toBe('Pizza')
  })

  test('is JSON with its URL, its display and its values, in their JSON form', async () => {
    const naples = await here.client().atlas.geo.City.get({ id: 7 })
    const json = JSON.stringify(naples)
    expect(JSON.parse(json)).toEqual({
      url: 'http://atlas.test/slumber/atlas/geo/City/7',
      display: 'Naples',
      id: 7,
      name: 'Naples',
      population: '914758',
      latitude: 40.85,
      flag: 'AQID',
      facts: { sea: true },
    })
    const shop = await here.client().pizzas.menu.Shop.get({ id: 1 })
    expect(shop.toJSON()).toEqual({
      url: 'http://pizzas.test/slumber/pizzas/menu/Shop/1',
      display: 'Alta Moda',
      id: 1,
      name: 'Alta Moda',
      slug: 'alta-moda',
      active: true,
      city: 'http://atlas.test/slumber/atlas/geo/City/7',
      webAddress: 'http://www.example.com/alta-moda/',
    })
  })
})

describe('a reference', () => {
  test('prints where it leads, and is its URL as JSON', async () => {
    const client = here.client()
    const reference = client.reference('slumber://pizzas/menu/Pizza/1')
    expect(inspect(reference)).toBe('→ <slumber://pizzas/menu/Pizza/1>')
    expect(JSON.stringify({ reference })).toBe('{"reference":"slumber://pizzas/menu/Pizza/1"}')
    expect(reference).toEqual(client.reference('slumber://pizzas/menu/Pizza/1'))
    expect(reference).not.toEqual(client.reference('slumber://pizzas/menu/Pizza/2'))
  })
})

describe('an error', () => {
  test('prints its faults in full, and no headers', async () => {
    const { Pizza } = here.client().pizzas.menu
    const error = await Pizza.create({ name: 'X', price: 'cheap' }).catch((reason: unknown) => reason)
    const printed = inspect(error)
    expect(printed).toContain("pointer: '#/price'")
    expect(printed).toContain('Invalid: POST http://pizzas.test/slumber/pizzas/menu/Pizza → 422')
    expect(printed).not.toMatch(/\[Object\]|content-type/)
  })
})

describe('an instance and a reference as text', () => {
  test('are their display, or the URL', async () => {
    const client = here.client()
    const pizza = await client.pizzas.menu.Pizza.get({ id: 3 })
    const reference = client.reference('slumber://pizzas/menu/Pizza/1')
    expect([pizza, pizza.exclusiveTo, reference].map(String)).toEqual([
      'Moda Speciale',
      'Alta Moda',
      'slumber://pizzas/menu/Pizza/1',
    ])
  })
})

describe('a list', () => {
  test('prints what it is a list of, and how it is narrowed', async () => {
    const { Pizza } = here.client().pizzas.menu
    expect(
      inspect(
        Pizza.filter({ price: { gte: 5 } })
          .sort('-price')
          .limit(9),
      ),
    ).toBe("List of pizzas.menu.Pizza.filter({ price: { gte: 5 } }).sort('-price').limit(9)")
    expect(inspect((await Pizza.get({ id: 1 })).prices)).toBe('List of menu.Pizza "Margherita" prices')
    expect(String(Pizza.filter({ price: { gte: 5n } as never }).limit(9))).toBe(
      'List of pizzas.menu.Pizza.filter({"price":{"gte":"5"}}).limit(9)',
    )
  })
})
