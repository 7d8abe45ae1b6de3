// Its tests: over mock services that behave as the real ones, and over a transport that expects each request.

import { connect, Forbidden, NotFound } from 'slumberjs'
import { mockServices, mockTransport, type MockServices } from 'slumberjs/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Services } from '../readme/services.d.ts'
import contracts from './contracts.json' with { type: 'json' } // slumber types http://localhost:8001/slumber/pizzas/ --contracts contracts.json -o …
import { raise } from './raise.ts'

let mock: MockServices

beforeEach(async () => {
  mock = await mockServices<Services>({
    contracts,
    rows: {
      pizzas: {
        menu: {
          Shop: [{ id: 1, name: 'Alta Moda', slug: 'alta-moda' }],
          Pizza: [
            { name: 'Margherita', price: '7.5' },
            { name: 'Moda Speciale', price: '13.7', exclusiveToId: 1 },
          ],
        },
      },
    },
    operations: { pizzas: { menu: { Pizza: { quote: ({ quantity }) => ({ total: `${quantity * 10}.00` }) } } } },
  })
})
afterEach(() => mock.close())

test('raises what the shop alone sells', async () => {
  const client = connect<Services>(mock.options)
  expect(await raise(client, 'alta-moda', 1)).toEqual(['Moda Speciale 14.7'])
  expect((await client.pizzas.menu.Pizza.get({ name: 'Margherita' })).price).toBe('7.5')
  await expect(raise(client, 'da-luigi', 1)).rejects.toThrow(NotFound) // the real 404
})

test('needs a permission', async () => {
  const clerk = connect<Services>(mock.as({ name: 'clerk', permissions: ['menu.add_pizza'] }))
  await expect(raise(clerk, 'alta-moda', 1)).rejects.toThrow(Forbidden)
})

test('asks once for the shop, once for its pizzas, and writes each under the tag that it saw', async () => {
  const url = 'http://localhost:8001/slumber/pizzas/'
  const shop = {
    _links: { self: { href: `${url}menu/Shop/1` }, pizzas: { href: `${url}menu/Shop/1/pizzas` } },
    _etag: '"s"',
  }
  const pizza = { name: 'Moda Speciale', price: '13.7', _links: { self: { href: `${url}menu/Pizza/2` } }, _etag: '"p"' }
  const transport = mockTransport([
    { url: `${url}menu/Shop/-/get?slug=alta-moda`, answer: { body: shop } },
    { url: `${url}menu/Shop/1/pizzas`, answer: { body: { _links: {}, _embedded: { item: [pizza] } } } },
    {
      method: 'PATCH',
      url: `${url}menu/Pizza/2`,
      headers: { 'if-match': '"p"' },
      body: { price: '14.70' }, // left open where there is none
      answer: { body: { ...pizza, price: '14.7' } },
    },
  ])
  const client = connect<Services>({ directory: { pizzas: url }, contracts, transport })
  expect(await raise(client, 'alta-moda', 1)).toEqual(['Moda Speciale 14.7'])
  transport.done() // throws where something else was asked for, or not all of this was
})
