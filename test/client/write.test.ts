// Writing: create, update, replace, delete, each under the condition that nobody was quicker.
import { Conflict, Invalid, NotFound, PreconditionFailed, TimedOut, UnexpectedAnswer } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('create', () => {
  test('gives the instance as it is stored, defaults included, in one request', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const pizza = await Pizza.create({ name: 'Diavola', price: '9.50' })
    expect(pizza.data).toEqual({ id: 4, name: 'Diavola', price: '9.5', limit: null, exclusiveToId: null })
    expect(pizza.display).toBe('Diavola')
    expect(here.requests).toEqual(['POST /pizzas/menu/Pizza'])
    expect(await pizza.refresh()).toBe(false)
  })

  test('and update write the rows that a row owns with it, each value in its JSON form', async () => {
    const client = await here.warmClient()
    const { Pizza, PizzaCrust, PizzaStep } = client.pizzas.menu
    const base = await PizzaCrust.get({ code: 'a/b' })
    const until = new Date('2026-01-31T12:00:00Z')
    const steps = [
      { todo: 'Roll', grams: 9_007_199_254_740_993n, base },
      { todo: 'Bake', until },
    ]
    const pizza = await Pizza.create({ name: 'Bianca', price: 8, steps })
    const written = await PizzaStep.filter({ pizza }).sort('id').all({ max: 9 })
    const [first, second] = written.map(({ data }) => data)
    expect(first).toMatchObject({ todo: 'Roll', grams: 9_007_199_254_740_993n, crust: 'a/b', until: null })
    expect(second).toMatchObject({ todo: 'Bake', grams: null, crust: null, until })
    await pizza.update({ steps: [{ id: first!.id, todo: 'Knead' }] })
    expect((await pizza.steps.all({ max: 9 })).map(({ id, todo }) => [id, todo])).toEqual([[first!.id, 'Knead']])
    await pizza.delete()
  })

  test('takes an instance or a reference for a local relation, or the column', async () => {
    const client = await here.warmClient()
    const shop = await client.pizzas.menu.Shop.get({ id: 2 })
    const { Pizza } = client.pizzas.menu
    const byInstance = await Pizza.create({ name: 'A', price: 1, exclusiveTo: shop })
    const byReference = await Pizza.create({ name: 'B', price: 1, exclusiveTo: byInstance.exclusiveTo })
    const byColumn = await Pizza.create({ name: 'C', price: 1, exclusiveToId: 2 })
    const without = await Pizza.create({ name: 'D', price: 1, exclusiveTo: null })
    expect([byInstance, byReference, byColumn, without].map((pizza) => pizza.exclusiveTo?.display)).toEqual([
      'Da Luigi',
      'Da Luigi',
      'Da Luigi',
      undefined,
    ])
  })

  test('takes a relation or its column, not both', async () => {
    const client = await here.warmClient()
    const shop = await client.pizzas.menu.Shop.get({ id: 2 })
    const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
    here.requests.length = 0
    const both = { name: 'E', price: 1, exclusiveToId: 1, exclusiveTo: shop } as never // the types say so, too
    for (const call of [client.pizzas.menu.Pizza.create(both), pizza.update(both)]) {
      await expect(call).rejects.toThrow(
        new TypeError('"exclusiveToId" and "exclusiveTo" are one column: give one of them.'),
      )
    }
    expect(here.requests).toEqual([])
  })

  test('takes an instance, a reference or a URL for a remote relation', async () => {
    const client = await here.warmClient()
    const osaka = await client.atlas.geo.City.get({ id: 8 })
    const { Shop } = client.pizzas.menu
    const cities = [osaka, client.reference(osaka.url), osaka.url, 'slumber://world/geo/City/8']
    for (const [index, city] of cities.entries()) {
      const shop = await Shop.create({ name: 'Da Mario', slug: `da-mario-${index}`, city })
      expect(shop.city?.url).toBe(osaka.url)
    }
  })

  test('writes dates, bigints, bytes and JSON in their JSON form', async () => {
    const client = await here.warmClient()
    const city = await client.atlas.geo.City.create({
      name: 'Lima',
      population: 9_007_199_254_740_995n,
      flag: new Uint8Array([255, 0]),
      facts: { a: [1] },
    })
    await city.refresh()
    expect([city.population, city.flag, city.facts]).toEqual([
      9_007_199_254_740_995n,
      new Uint8Array([255, 0]),
      { a: [1] },
    ])
    const date = new Date('2026-01-31T12:00:00Z')
    expect((await client.pizzas.menu.PizzaPrice.create({ pizzaId: 2, date, size: 'm' })).date).toEqual(date)
  })

  test('what is wrong with it is Invalid with positions, a taken name a Conflict', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const error = await Pizza.create({ name: 'E', price: 'cheap', colour: 'red' } as never).catch(
      (reason: unknown) => reason,
    ) // the types refuse it
    if (!(error instanceof Invalid)) throw error
    expect(error.faults.map(({ pointer }) => pointer)).toEqual(['#/price', '#/colour'])
    await expect(Pizza.create({ name: 'Marinara', price: 1 })).rejects.toThrow(Conflict)
  })
})

test('a frozen instance is refused before anything is sent: it could not show what was written', async () => {
  const pizza = Object.freeze(await (await here.warmClient()).pizzas.menu.Pizza.get({ id: 1 }))
  here.requests.length = 0
  await expect(pizza.update({ limit: 3 })).rejects.toThrow(
    new TypeError('Margherita is frozen, so that it cannot show what is written: ask for it anew.'),
  )
  expect(here.requests).toEqual([])
})

describe('update', () => {
  test('changes the instance in place; later updates go on from there', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const pizza = await Pizza.get({ id: 2 })
    here.requests.length = 0
    await pizza.update({ price: '6.20' })
    await pizza.update({ limit: 4 })
    expect([pizza.price, pizza.limit]).toEqual(['6.2', 4])
    expect(here.requests).toEqual(['PATCH /pizzas/menu/Pizza/2', 'PATCH /pizzas/menu/Pizza/2'])
    const again = await Pizza.get({ id: 2 })
    expect(again.data).toEqual(pizza.data)
  })

  test('changes references and what they show', async () => {
    const { Pizza, Shop } = here.client().pizzas.menu
    const pizza = await Pizza.get({ id: 2 })
    await pizza.update({ exclusiveTo: await Shop.get({ id: 2 }) })
    expect(pizza.exclusiveTo?.display).toBe('Da Luigi')
    await pizza.update({ exclusiveTo: null })
    expect([pizza.exclusiveTo, pizza.exclusiveToId]).toEqual([null, null])
  })

  test('of a state that is gone is PreconditionFailed; what is current may be changed instead', async () => {
    const { Pizza } = here.client().pizzas.menu
    const mine = await Pizza.get({ id: 1 })
    const theirs = await Pizza.get({ id: 1 })
    await theirs.update({ price: '8' })
    const error = await mine.update({ limit: 9 }).catch((reason: unknown) => reason)
    if (!(error instanceof PreconditionFailed)) throw error
    expect(error.status).toBe(412)
    expect([mine.price, mine.limit]).toEqual(['7.5', 3])
    expect(error.current?.['price']).toBe('8')
    expect(PreconditionFailed.isOf(mine, error)).toBe(true)
    expect(PreconditionFailed.isOf(await Pizza.get({ id: 2 }), error)).toBe(false)
    await error.current?.update({ limit: 9 })
    expect(await mine.refresh()).toBe(true)
    expect([mine.price, mine.limit]).toEqual(['8', 9])
    await mine.update({ limit: 3 })
  })

  test('uses the tag of the row in lists too', async () => {
    const { Pizza } = here.client().pizzas.menu
    const [mine] = await Pizza.filter({ id: 1 }).all({ max: 1 })
    await (await Pizza.get({ id: 1 })).update({ price: '7.9' })
    await expect(mine?.update({ price: '5' })).rejects.toThrow(PreconditionFailed)
  })

  test('of what is gone is NotFound', async () => {
    const { Pizza } = here.client().pizzas.menu
    const pizza = await Pizza.create({ name: 'Gone', price: 1 })
    await (await Pizza.get({ name: 'Gone' })).delete()
    await expect(pizza.update({ price: '2' })).rejects.toThrow(NotFound)
    await expect(pizza.refresh()).rejects.toThrow(NotFound)
  })
})

describe('update of a JSON column', () => {
  test('sets it: members that are left out go, nulls stay', async () => {
    const { City } = (await here.warmClient()).atlas.geo
    const city = await City.create({ name: 'Turin', population: 1n, facts: { sea: false, river: 'Po' } })
    await city.update({ facts: { river: 'Po' } })
    expect(city.facts).toEqual({ river: 'Po' })
    await city.update({ facts: { mayor: null, list: [{ a: null }] }, name: 'Torino' })
    expect([city.facts, city.name]).toEqual([{ mayor: null, list: [{ a: null }] }, 'Torino'])
    await city.update({ facts: [1, { b: null }] })
    expect(city.facts).toEqual([1, { b: null }])
    await city.update({ facts: {} })
    expect((await City.get({ id: city.id })).facts).toEqual({})
    await city.update({ facts: null })
    expect(city.facts).toBeNull()
    await city.delete()
  })

  test('has its faults at the members, as any update', async () => {
    const { City } = (await here.warmClient()).atlas.geo
    const city = await City.get({ id: 7 })
    const error = await city
      .update({ facts: {}, latitude: 'north', 'a/b': 1 } as never)
      .catch((reason: unknown) => reason) // the types refuse it
    if (!(error instanceof Invalid)) throw error
    expect(error.faults.map(({ pointer }) => pointer)).toEqual(['#/latitude', '#/a~1b'])
    expect(city.facts).toEqual({ sea: true })
  })
})

describe('writes of one instance at one moment', () => {
  test('are done in turn, each under the condition of the one before', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const pizza = await Pizza.create({ name: 'Romana', price: 1 })
    await Promise.all([
      pizza.update({ price: '2' }),
      pizza.update({ limit: 2 }),
      pizza.replace({ name: 'Roma', price: 3 }),
    ])
    expect(pizza.data).toMatchObject({ name: 'Roma', price: '3', limit: null })
    const raise = ({ price }: { readonly price: string }): object => ({ price: String(Number(price) + 1) })
    await Promise.all([pizza.update(raise), pizza.update(raise), pizza.update(raise)])
    expect(pizza.price).toBe('6')
    await expect(pizza.update({ price: 'cheap' })).rejects.toThrow(Invalid)
    await Promise.all([pizza.update({ price: '7' }), pizza.delete()])
    await expect(pizza.refresh()).rejects.toThrow(NotFound)
  })
})

test('a write that waits for itself ends with the time of its call', async () => {
  const { Pizza } = (await here.warmClient()).with({ timeout: 300 }).pizzas.menu
  const pizza = await Pizza.get({ id: 2 })
  const first = pizza.update({ limit: 8 })
  const inside = pizza.update(async () => {
    await pizza.update({ limit: 9 })
    return {}
  })
  await expect(inside).rejects.toThrow(TimedOut)
  await first
  await pizza.update({ limit: 4 })
  expect(pizza.limit).toBe(4)
})

describe('replace', () => {
  test('gives what is left out its default', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const pizza = await Pizza.create({ name: 'Quattro', price: '9', limit: 4, exclusiveToId: 1 })
    here.requests.length = 0
    await pizza.replace({ name: 'Quattro Formaggi', price: '9.9' })
    expect(pizza.data).toMatchObject({ name: 'Quattro Formaggi', price: '9.9', limit: null, exclusiveToId: null })
    expect(here.requests).toEqual([`PUT /pizzas/menu/Pizza/${pizza.id}`])
    await pizza.replace({ ...pizza.data, price: '10' })
    expect(pizza.price).toBe('10')
  })

  test('is under the same condition', async () => {
    const { Pizza } = here.client().pizzas.menu
    const pizza = await Pizza.create({ name: 'Capricciosa', price: 9 })
    await (await Pizza.get({ id: pizza.id })).update({ price: 10 })
    await expect(pizza.replace({ name: 'Capricciosa', price: 8 })).rejects.toThrow(PreconditionFailed)
  })
})

describe('delete', () => {
  test('is under the same condition; what is already gone counts as done', async () => {
    const { Pizza } = here.client().pizzas.menu
    const pizza = await Pizza.create({ name: 'Bufalina', price: 9 })
    const other = await Pizza.get({ id: pizza.id })
    await other.update({ price: 10 })
    await expect(pizza.delete()).rejects.toThrow(PreconditionFailed)
    await other.delete()
    await other.delete()
    await pizza.delete()
    await expect(Pizza.get({ id: pizza.id })).rejects.toThrow(NotFound)
  })
})

describe('refresh', () => {
  test('is a conditional GET: false for 304, true and new values where something changed', async () => {
    const { Shop } = (await here.warmClient()).pizzas.menu
    const shop = await Shop.get({ id: 2 })
    const statuses: number[] = []
    const watched = here.client('cook', {
      transport: async (request) => {
        const response = await here.transport(request)
        statuses.push(response.status)
        return response
      },
    })
    const other = await watched.pizzas.menu.Shop.get({ id: 2 })
    expect([await other.refresh(), statuses.at(-1)]).toEqual([false, 304])
    await shop.update({ active: false })
    expect([await other.refresh(), statuses.at(-1), other.active]).toEqual([true, 200, false])
    expect([await other.refresh(), statuses.at(-1)]).toEqual([false, 304])
  })
})

describe('refresh of a part', () => {
  test('is true only where something of it has changed', async () => {
    const { Pizza, Shop } = (await here.warmClient()).pizzas.menu
    const some = [
      await Pizza.get({ id: 3 }, { fields: ['name'] }),
      await Pizza.get({ id: 3 }, { expand: { exclusiveTo: true } }),
      (await Pizza.filter({ id: 3 }).fields('price').expand('exclusiveTo').page()).items[0]!,
    ]
    for (const each of some) expect([await each.refresh(), await each.refresh()]).toEqual([false, false])
    await (await Pizza.get({ id: 3 })).update({ limit: 8 })
    for (const each of some) expect([await each.refresh(), await each.refresh()]).toEqual([true, false])
    await (await Shop.get({ id: 1 })).update({ name: 'Nuova Moda' })
    expect(await some[1]!.refresh()).toBe(true)
    await (await Shop.get({ id: 1 })).update({ name: 'Alta Moda' })
  })
})

describe('a write whose result the caller may not read', () => {
  test('update and replace are done, what was seen last stays; create says where it is', async () => {
    const answers = [
      new Response(null, { status: 204 }),
      new Response(null, { status: 201, headers: { location: 'http://x/Pizza/9' } }),
    ]
    const client = here.client('cook', {
      transport: (request) => (request.method === 'GET' ? here.transport(request) : Promise.resolve(answers.shift()!)),
    })
    const pizza = await client.pizzas.menu.Pizza.get({ id: 3 })
    await pizza.update({ limit: 1 })
    expect(pizza.name).toBe('Moda Speciale')
    const error = await client.pizzas.menu.Pizza.create({ name: 'F', price: 1 }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UnexpectedAnswer)
    expect(String(error)).toContain('created at http://x/Pizza/9, but not shown')
  })
})
