// Operations beyond the built-in ones: called as methods of a model or an instance, under their names in camel case.
import { Forbidden, Invalid, Unavailable } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { ownOperations } from '../../src/client/index.ts'
import type { ModelDocument } from '../../src/wire/index.ts'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('operations of an instance', () => {
  /** As a program without types has it, which may give anything. */
  const pizzaOfAny = async (): Promise<{ look(input: unknown): Promise<unknown> }> => {
    const pizza: object = await here.client().pizzas.menu.Pizza.get({ id: 1 })
    return pizza as { look(input: unknown): Promise<unknown> }
  }

  test('are methods; what the server answers is JSON as it is', async () => {
    const pizza = await (await here.warmClient()).pizzas.menu.Pizza.get({ id: 1 })
    here.requests.length = 0
    expect(await pizza.placeOrder({ quantity: 2 })).toEqual({ pizza: 'Margherita', quantity: 2 })
    expect(here.requests).toEqual(['POST /pizzas/menu/Pizza/1/place-order'])
  })

  test('that give an instance of a model answer it as such, with the tag for the next write', async () => {
    const client = await here.warmClient()
    const pizza = await client.pizzas.menu.Pizza.get({ id: 3 })
    const same = await pizza.reprice({ price: '13' })
    expect([same.url, same.display, same.price]).toEqual([pizza.url, 'Moda Speciale', '13'])
    expect((await same.exclusiveTo?.get())?.slug).toBe('alta-moda')
    await same.update({ price: '14' })
    expect(await same.refresh()).toBe(false)
  })

  test('that give a page of a model answer its instances, and lead on', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    here.requests.length = 0
    const page = await Pizza.byPrice({ limit: 2 })
    expect(page.items.map(({ name }) => name)).toEqual(['Marinara', 'Margherita'])
    expect(page.hasNext).toBe(true)
    const next = await page.next()
    expect(next?.items.map(({ name }) => name)).toEqual(['Moda Speciale'])
    expect(next?.hasNext).toBe(false)
    expect(here.requests).toHaveLength(2)
    await next?.items[0]?.update({ limit: 1 })
  })

  test('without POST are called by the method they have', async () => {
    const pizza = await here.client().pizzas.menu.Pizza.get({ id: 1 })
    expect(await pizza.look()).toEqual({ looks: 'Margherita' })
    expect(here.requests.at(-1)).toBe('GET /pizzas/menu/Pizza/1/look')
  })

  test('carry the input of a GET in the URL', async () => {
    const pizza = await here.client().pizzas.menu.Pizza.get({ id: 1 })
    await pizza.look({ from: 'above', distance: 2 }).catch(() => {})
    expect(here.requests.at(-1)).toBe('GET /pizzas/menu/Pizza/1/look?from=above&distance=2')
  })

  test.each([
    [{ from: undefined, distance: 2 }, '?distance=2'],
    [
      { at: new Date('2026-01-31T12:00:00Z'), big: 9_007_199_254_740_993n, far: true },
      '?at=2026-01-31T12%3A00%3A00.000Z&big=9007199254740993&far=true',
    ],
    [{ of: ['a', 'b', undefined, 1n] }, '?of=a&of=b&of=1'],
    [{ from: undefined }, ''],
  ])('write the input of a GET as services read it: %o', async (input, query) => {
    const pizza = await pizzaOfAny()
    await pizza.look(input).catch(() => {})
    expect(here.requests.at(-1)).toBe(`GET /pizzas/menu/Pizza/1/look${query}`)
  })

  test.each([[null], [new Date(Number.NaN)], [{ a: 1 }], [[null]]])(
    'refuse what a URL has no words for: %o',
    async (from) => {
      const pizza = await pizzaOfAny()
      here.requests.length = 0
      await expect(pizza.look({ from })).rejects.toThrow(
        new TypeError('"from" is for a URL: a text, number, boolean, date, or a list of these.'),
      )
      expect(here.requests).toEqual([])
    },
  )

  test('refuse input that is wrong, and callers who lack a permission', async () => {
    const pizza = await here.client().pizzas.menu.Pizza.get({ id: 1 })
    const error = await pizza.placeOrder({ quantity: 0 }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Invalid)
    expect(error).toMatchObject({ status: 422, faults: [{ pointer: '#/quantity' }] })
    const same = await here.client('guest').pizzas.menu.Pizza.get({ id: 1 })
    await expect(same.placeOrder({ quantity: 1 })).rejects.toThrow(Forbidden)
  })

  test('send a bigint as the text it is everywhere on the wire', async () => {
    const pizza = await here.client().pizzas.menu.Pizza.get({ id: 1 })
    // @ts-expect-error -- the type of the input knows better
    const error = await pizza.placeOrder({ quantity: 1n }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ faults: [{ detail: expect.stringContaining('received string') }] })
  })

  test('that the server does not link at an instance are an error without a request', async () => {
    const client = here.client('cook', {
      transport: async (request) => {
        const response = await here.transport(request)
        if (!request.url.includes('/Pizza/-/get')) return response
        const { _links: links, ...rest } = (await response.json()) as { _links: object }
        return Response.json(
          { ...rest, _links: { ...links, 'place-order': undefined } },
          { headers: { 'content-type': 'application/hal+json' } },
        )
      },
    })
    const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
    await expect(pizza.placeOrder({ quantity: 1 })).rejects.toThrow(
      `There is no link "place-order" in ${pizza.url}; there are: self,`,
    )
  })
})

describe('operations of a model', () => {
  test('are members of the model', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    expect(await Pizza.topSellers({ count: 1 })).toEqual(['Margherita'])
    expect(here.requests).toEqual(['POST /pizzas/menu/Pizza/-/top-sellers'])
  })

  test('refuse as any request does', async () => {
    await expect(here.client().pizzas.menu.Pizza.close()).rejects.toThrow(Unavailable)
  })
})

describe('the names of operations', () => {
  test.each([
    ['top-sellers', 'topSellers'],
    ['top_sellers', 'topSellers'],
    ['a--b-2c', 'aB2c'],
    ['already', 'already'],
    ['Capital', 'Capital'],
  ])('%s is called as %s', (name, member) => {
    const operations = { model: { [name]: { href: 'http://h/x', methods: ['POST'] } }, instance: {} }
    const document = { operations } as unknown as ModelDocument // the rest is not looked at
    expect([...ownOperations(document, 'model').keys()]).toEqual([member])
  })
})
