// Lists: narrowed without being changed, fetched page by page as they are walked.
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()
const names = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name)

describe('a list', () => {
  test('is walked with for await, one request a page', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    const ids: number[] = []
    for await (const { id } of PizzaPrice) ids.push(id)
    expect(ids).toEqual([1, 2, 3, 4, 5, 6])
    expect(here.requests).toEqual(['GET /pizzas/menu/PizzaPrice'])
  })

  test('ends after limit(n) rows, in one request', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    const ids: number[] = []
    for await (const { id } of PizzaPrice.limit(4)) ids.push(id)
    expect(ids).toEqual([1, 2, 3, 4])
    expect((await PizzaPrice.limit(2).all({ max: 6 })).map(({ id }) => id)).toEqual([1, 2])
    const limited = 'GET /pizzas/menu/PizzaPrice?limit='
    expect(here.requests).toEqual([`${limited}4`, `${limited}2`])
  })

  test('of more rows than a page can have takes the largest pages', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    expect(await PizzaPrice.limit(2_500).all({ max: 9 })).toHaveLength(6)
    expect(await PizzaPrice.limit(2_500).all({ max: 9_999 })).toHaveLength(6)
    expect(here.requests).toEqual(['GET /pizzas/menu/PizzaPrice?limit=10', 'GET /pizzas/menu/PizzaPrice?limit=1000'])
  })

  test('is sorted along references, what is expanded too', async () => {
    const { Pizza, PizzaPrice } = here.client().pizzas.menu
    expect(names(await Pizza.sort('exclusiveTo.name', '-name').all({ max: 9 }))).toEqual([
      'Moda Speciale',
      'Marinara',
      'Margherita',
    ])
    const [dearest] = await PizzaPrice.sort('-pizza.price', 'pizza.exclusiveTo.name', 'id').all({ max: 9 })
    expect(dearest?.id).toBe(6)
    const [margherita] = (await Pizza.expand({ prices: { sort: ['pizza.name', '-date'], limit: 1 } }).page()).items
    expect((await margherita?.prices.first())?.id).toBe(5)
  })

  test('that is expanded takes groups and `in` of nothing as any list, on its further pages too', async () => {
    const { Pizza } = here.client().pizzas.menu
    const filter = { or: [{ id: 1 }, { id: { gte: 5 } }] }
    const [pizza] = (
      await Pizza.sort('id')
        .expand({ prices: { filter, limit: 1 } })
        .page()
    ).items
    const ids: number[] = []
    for await (const { id } of pizza!.prices) ids.push(id)
    const all = await idsOfPrices(pizza!.id)
    expect(ids).toEqual(all.filter((id) => id === 1 || id >= 5))
    expect(ids.length).toBeGreaterThan(1)
    const [none] = (
      await Pizza.sort('id')
        .expand({ prices: { filter: { id: { in: [] } } } })
        .page()
    ).items
    expect(await none?.prices.all({ max: 9 })).toEqual([])
  })

  const idsOfPrices = async (pizza: number): Promise<readonly number[]> => {
    const prices = await here
      .client()
      .pizzas.menu.PizzaPrice.filter({ pizza: { id: pizza } })
      .sort('id')
      .all({ max: 99 })
    return prices.map(({ id }) => id)
  }

  test('gives its first row, or undefined, in one request', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    expect((await Pizza.first())?.name).toBe('Margherita')
    expect((await Pizza.sort('-name').limit(9).first())?.name).toBe('Moda Speciale')
    expect(await Pizza.filter({ name: 'none' }).first()).toBeUndefined()
    expect(here.requests).toEqual([
      'GET /pizzas/menu/Pizza?limit=1',
      'GET /pizzas/menu/Pizza?sort=-name&limit=1',
      'GET /pizzas/menu/Pizza?name=none&limit=1',
    ])
  })

  test('whose first page came with its row has the first row of it', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const pizza = await Pizza.get({ id: 1 }, { expand: { prices: true } })
    here.requests.length = 0
    expect((await pizza.prices.first())?.id).toBe(1)
    expect(here.requests).toEqual([])
  })

  test('is a model itself: for await over the model', async () => {
    const found: string[] = []
    for await (const { name } of here.client().pizzas.menu.Pizza) found.push(name)
    expect(found).toEqual(['Margherita', 'Marinara', 'Moda Speciale'])
  })

  test('asks for no page that is not needed', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    for await (const { id } of PizzaPrice) if (id === 2) break
    expect(here.requests).toHaveLength(1)
  })

  test('gives a page and the next one; next is undefined behind the last', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    const first = await PizzaPrice.limit(4).page()
    expect(first.items.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    const second = await first.next()
    expect(second?.items.map(({ id }) => id)).toEqual([5, 6])
    expect([first.hasNext, second?.hasNext]).toEqual([true, false])
    expect(second?.next()).toBeUndefined()
    expect(here.requests).toHaveLength(2)
  })

  test('is narrowed into another list; the one it came from stays as it is', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const all = Pizza.sort('name')
    const cheap = all.filter({ price: { lt: 10 } })
    const cheapAndLimited = cheap.filter({ limit: { isnull: false } })
    expect(names(await all.all({ max: 9 }))).toEqual(['Margherita', 'Marinara', 'Moda Speciale'])
    expect(names(await cheap.all({ max: 9 }))).toEqual(['Margherita', 'Marinara'])
    expect(names(await cheapAndLimited.all({ max: 9 }))).toEqual(['Margherita'])
    expect(names(await cheap.sort('-name').all({ max: 9 }))).toEqual(['Marinara', 'Margherita'])
  })

  test('sorts by several fields', async () => {
    const { PizzaPrice } = here.client().pizzas.menu
    const prices = await PizzaPrice.sort('size', '-date').all({ max: 9 })
    expect(prices.map(({ size, id }) => `${size}${id}`)).toEqual(['l5', 'l4', 'm3', 'm2', 's6', 's1'])
  })
})

describe('all({ max })', () => {
  test('gives everything that is not more than max', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    expect(await Pizza.all({ max: 3 })).toHaveLength(3)
    expect(here.requests).toEqual(['GET /pizzas/menu/Pizza?limit=4'])
  })

  test('throws RangeError where there is more, without fetching the rest', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    await expect(PizzaPrice.all({ max: 2 })).rejects.toThrow(
      new RangeError('There are more than 2 instances; raise max or narrow the list.'),
    )
    expect(here.requests).toHaveLength(1)
    await expect(PizzaPrice.all({ max: 0 })).rejects.toThrow(RangeError)
  })

  test('takes no more than the list is limited to, which may be too many', async () => {
    const { PizzaPrice } = (await here.warmClient()).pizzas.menu
    await expect(PizzaPrice.limit(4).all({ max: 3 })).rejects.toThrow(RangeError)
    expect(await PizzaPrice.limit(3).all({ max: 3 })).toHaveLength(3)
  })

  test.each([[undefined], [{}], [{ max: -1 }], [{ max: Number.NaN }], [{ max: '5' }]])(
    'needs max: all(%o)',
    async (options) => {
      await expect(here.client().pizzas.menu.Pizza.all(options as never)).rejects.toThrow(TypeError) // the types refuse it
      expect(here.requests).toEqual([])
    },
  )
})

describe('instances of a list', () => {
  test('are refreshed, updated and have their references, like any other', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const [pizza] = await Pizza.filter({ name: 'Moda Speciale' }).all({ max: 1 })
    expect(pizza?.exclusiveTo?.display).toBe('Alta Moda')
    expect(await pizza?.refresh()).toBe(false)
    await pizza?.update({ limit: 9 })
    expect(pizza?.limit).toBe(9)
  })
})
