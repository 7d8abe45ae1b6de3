// Instances of which only some fields were asked for: what was left out is not there, and never looks like "there is none".
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

describe('fields', () => {
  test('leave out references with their columns', async () => {
    const { Pizza } = here.client().pizzas.menu
    const named = await Pizza.get({ id: 3 }, { fields: ['name'] })
    expect(Object.keys(named)).toEqual(['name'])
    expect('exclusiveTo' in named).toBe(false)
    expect(inspect(named)).toMatch(/ \{ name: 'Moda Speciale' \}$/)
    const [first] = (await Pizza.filter({ id: 3 }).fields('price').page()).items
    expect(Object.keys(first!)).toEqual(['price'])
  })

  test('with its column show a reference, or that there is none', async () => {
    const { Pizza } = here.client().pizzas.menu
    const list = await Pizza.sort('id').fields('exclusiveToId').all({ max: 9 })
    expect(list.map((pizza) => Reflect.get(pizza, 'exclusiveTo') as unknown)).toMatchObject([
      null,
      null,
      { display: 'Alta Moda' },
    ])
  })

  test('do not take away what is expanded', async () => {
    const { Pizza, PizzaPrice } = (await here.warmClient()).pizzas.menu
    const speciale = await Pizza.get({ id: 3 }, { fields: ['name'], expand: { exclusiveTo: true } })
    const [margherita] = (await Pizza.filter({ id: 1 }).expand('exclusiveTo').fields('name').page()).items
    const [price] = (
      await PizzaPrice.filter({ pizzaId: 3 })
        .expand({ pizza: { fields: ['name'], expand: { exclusiveTo: true } } })
        .page()
    ).items
    const asked = here.requests.length
    expect((await speciale.exclusiveTo?.get())?.slug).toBe('alta-moda')
    expect(margherita!.exclusiveTo).toBeNull()
    const pizza = await price!.pizza.get()
    expect((await pizza.exclusiveTo?.get())?.slug).toBe('alta-moda')
    expect(here.requests).toHaveLength(asked)
  })

  test('of what is expanded are there alone', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const how = { exclusiveTo: { fields: ['slug'] }, prices: { fields: ['size'], limit: 2 } } as const
    const pizza = await Pizza.get({ id: 3 }, { expand: how })
    expect(Object.keys((await pizza.exclusiveTo?.get()) ?? {})).toEqual(['slug'])
    expect(Object.keys((await pizza.prices.first()) ?? {})).toEqual(['size'])
  })

  test('are all there for the function that is given to update, whether they were asked for or not', async () => {
    const { Pizza } = (await here.warmClient()).pizzas.menu
    const narrowed = await Pizza.get({ id: 3 }, { fields: ['name'] })
    const [listed] = (await Pizza.filter({ id: 3 }).fields('price').page()).items
    const whole = await Pizza.get({ id: 3 })
    const seen: unknown[] = []
    here.requests.length = 0
    for (const pizza of [narrowed, listed!]) {
      await pizza.update((current) => {
        seen.push(new Set(Object.keys(current)))
        return {}
      })
    }
    expect(seen).toEqual([new Set(Object.keys(whole)), new Set(Object.keys(whole))])
    await whole.update(() => ({}))
    const [get, patch] = ['GET /pizzas/menu/Pizza/3', 'PATCH /pizzas/menu/Pizza/3']
    expect(here.requests).toEqual([get, patch, get, patch, patch])
  })

  test('come back with a write, which answers the whole row', async () => {
    const { Pizza } = here.client().pizzas.menu
    const pizza = await Pizza.get({ id: 3 }, { fields: ['name'] })
    await pizza.update({ limit: 5 })
    expect(pizza).toMatchObject({ limit: 5, exclusiveTo: { display: 'Alta Moda' } })
  })
})

test('what is undefined or false is not expanded', async () => {
  const { Pizza } = (await here.warmClient()).pizzas.menu
  await Pizza.get({ id: 3 }, { expand: { exclusiveTo: undefined, prices: false } as never })
  await Pizza.expand({ exclusiveTo: undefined } as never, { prices: false } as never).page()
  expect(here.requests).toEqual(['GET /pizzas/menu/Pizza/-/get?id=3', 'GET /pizzas/menu/Pizza'])
})
