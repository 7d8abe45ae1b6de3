// The cache below models and instances of real services: what is asked, and what a service answers to that.
import { basic, connect, httpCache, type Client, type ConnectOptions } from 'slumberjs'
import { beforeEach, expect, test } from 'vitest'
import type { Services } from '../../types/services.ts'
import { fixture } from '../fixture/client.ts'

const system = fixture()
/** Status and method of each request for data. */
const exchanges: string[] = []

const clientWith = (options: Partial<ConnectOptions> = {}, user = 'cook'): Client<Services> =>
  connect<Services>({
    directory: system.system.directoryUrl,
    authenticate: basic(user, `${user}-demo`),
    cache: httpCache(),
    transport: async (request) => {
      const response = await system.transport(request)
      if (request.url.includes('/menu/')) exchanges.push(`${request.method} ${response.status}`)
      return response
    },
    ...options,
  })

beforeEach(() => {
  exchanges.length = 0
})

const lasting = { proxies: [{ url: '/menu/Pizza/', cacheTtl: 120 }] }

test('our services let everything be kept, and asked about: the second time it is 304', async () => {
  const { Pizza } = clientWith().pizzas.menu
  const [first, second] = [await Pizza.get({ id: 1 }), await Pizza.get({ id: 1 })]
  expect([first.name, second.name]).toEqual(['Margherita', 'Margherita'])
  const lists = [await Pizza.sort('name').page(), await Pizza.sort('name').page()]
  expect(lists[0]?.items.map(({ name }) => name)).toEqual(lists[1]?.items.map(({ name }) => name))
  expect(exchanges).toEqual(['GET 200', 'GET 304', 'GET 200', 'GET 304'])
})

test('an instance of a model with a time to live is asked for once, until its user writes', async () => {
  const { Pizza } = clientWith(lasting).pizzas.menu
  const pizza = await Pizza.get({ id: 2 })
  await Pizza.get({ id: 2 })
  expect(exchanges).toEqual(['GET 200'])
  await pizza.update({ limit: 7 })
  expect((await Pizza.get({ id: 2 })).limit).toBe(7)
  await Pizza.get({ id: 2 })
  expect(exchanges).toEqual(['GET 200', 'PATCH 200', 'GET 200'])
})

test('refresh asks, whatever is kept', async () => {
  const { Pizza } = clientWith(lasting).pizzas.menu
  const pizza = await Pizza.get({ id: 1 })
  expect(await pizza.refresh()).toBe(false)
  expect(exchanges).toEqual(['GET 200', 'GET 304'])
})

test('a failed condition shows the state now, not what is kept', async () => {
  const cook = clientWith(lasting)
  const mine = await cook.pizzas.menu.Pizza.get({ id: 3 })
  const theirs = await clientWith().pizzas.menu.Pizza.get({ id: 3 })
  await theirs.update({ price: '13' })
  await mine.update(({ limit }) => ({ limit: (limit ?? 0) + 1 }))
  expect((await cook.pizzas.menu.Pizza.get({ id: 3 })).price).toBe('13')
})

test('questions that are POSTs are no writes', async () => {
  const client = clientWith(lasting)
  const { Pizza, Shop } = client.pizzas.menu
  await Pizza.get({ id: 1 })
  const [one, two] = await Promise.all(
    [1, 2].map((id) => client.reference(`${system.system.directory.pizzas}menu/Shop/${id}`).get()),
  )
  await Shop.get({ id: 1 })
  await Pizza.get({ id: 1 })
  expect([one?.display, two?.display]).toEqual(['Alta Moda', 'Da Luigi'])
  expect(exchanges).toEqual(['GET 200', 'POST 200', 'GET 200'])
})
