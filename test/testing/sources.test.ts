// What a mock service is made of besides contracts: the apps of a service whose tables are at hand, or nothing but rows.
import { sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import { check, index, integer, primaryKey, sqliteTable, sqliteView, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { connect, Conflict, Forbidden, Invalid, NotFound } from 'slumberjs'
import { app, model, operation } from 'slumberjs/server'
import { remoteForeignKey } from 'slumberjs/sqlite'
import { mockServices } from 'slumberjs/testing'
import { describe, expect, test } from 'vitest'
import { savedContracts } from './contracts.ts'

const customers = sqliteTable('customer', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
})
const orders = sqliteTable(
  'order',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    owner: text().notNull(),
    customerId: integer('customer')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    shop: remoteForeignKey('slumber://pizzas/menu/Shop'),
    amount: integer().notNull().default(1),
    state: text({ enum: ['new', 'done'] })
      .notNull()
      .default('new'),
    made: integer({ mode: 'timestamp' })
      .notNull()
      .default(sql`(unixepoch())`),
    double: integer().generatedAlwaysAs(sql`amount * 2`),
  },
  (table) => [
    check('some', sql`${table.amount} > 0`),
    index('owners').on(table.owner),
    uniqueIndex('one-new')
      .on(table.owner, sql`lower(${table.state})`)
      .where(sql`${table.state} = 'new'`),
  ],
)
const labels = sqliteTable('label', { word: text().primaryKey() })
/** No model is of it. */
const orderLabels = sqliteTable(
  'order_label',
  {
    orderId: integer()
      .notNull()
      .references(() => orders.id),
    label: text()
      .notNull()
      .references(() => labels.word),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.label] })],
)
const large = sqliteView('large').as((query) =>
  query
    .select()
    .from(orders)
    .where(sql`${orders.amount} > 9`),
)

const sales = app('sales', {
  Customer: model(customers, { display: 'name' }),
  Label: model(labels),
  Large: model(large, { key: ['id'] }),
  Order: model(orders, {
    through: { labels: orderLabels },
    properties: { title: ({ owner, amount }) => `${amount} of ${owner}` },
    access: { read: (user) => user.superuser || { owner: user.name } },
    operations: {
      finish: operation.instance({
        POST: {
          run: async ({ instance, models }) => {
            await models(orders).update({ id: instance.id }, { state: 'done' })
            return 'done'
          },
        },
      }),
    },
  }),
})

describe('a mock service of apps', () => {
  test('is the service: rules, computed fields, operations, views, defaults, checks', async () => {
    const mock = await mockServices({
      apps: { orders: [sales] },
      rows: {
        orders: {
          sales: {
            Order: [
              { id: 4, owner: 'ada', customerId: 1, amount: 10 },
              { id: 5, owner: 'bob', customerId: 1, made: new Date('2026-01-01T00:00:00Z') },
            ],
            Customer: [{ id: 1, name: 'Ada' }],
          },
        },
        pizzas: { menu: { Shop: [{ id: 1, name: 'Alta Moda' }] } },
      },
    })
    const [all, bob] = [connect(mock.options), connect(mock.as({ name: 'bob', permissions: ['sales.change_order'] }))]
    const [{ Order, Large }, { Shop }] = [all['orders']!['sales']!, all['pizzas']!['menu']!]
    const shop = await Shop!.get({ id: 1 })
    await (await Order!.get({ id: 4 })).update({ shop })
    const order = await Order!.filter({ shop }).page()
    expect(order.items.map((each) => each.data)).toEqual([
      expect.objectContaining({ id: 4, title: '10 of ada', state: 'new', double: 20, shop: shop.url }),
    ])
    expect(await Large!.count()).toBe(1)
    const his = await bob['orders']!['sales']!['Order']!.get({ id: 5 })
    expect(his['made']).toEqual(new Date('2026-01-01T00:00:00Z'))
    expect(await (his['finish'] as () => Promise<unknown>)()).toBe('done')
    await expect(bob['orders']!['sales']!['Order']!.get({ id: 4 })).rejects.toThrow(NotFound)
    await expect(his.delete()).rejects.toThrow(Forbidden)
    await expect(Order!.create({ owner: 'eve', customerId: 1, amount: 0 })).rejects.toThrow(Invalid)
    await expect(Order!.create({ owner: 'ada', customerId: 1 })).rejects.toThrow(Conflict)
    mock.close()
  })

  test.each([
    [
      'what the apps say themselves',
      { apps: { orders: [sales] }, display: { orders: { sales: { Order: 'owner' } } } },
      'The apps of orders say what its operations do and what its instances are called.',
    ],
    [
      'tables of another database',
      { apps: { orders: [app('sales', { A: model(pg.pgTable('a', { id: pg.serial().primaryKey() })) })] } },
      'Mock services are over SQLite: of tables of another database, give the contract of their service.',
    ],
    [
      'a view that says nothing of its rows',
      {
        apps: { orders: [app('sales', { V: model(sqliteView('v', { id: integer() }).existing(), { key: ['id'] }) })] },
      },
      'The view "v" does not say what it selects',
    ],
    [
      'a computed field',
      {
        apps: { orders: [sales], pizzas: [] },
        rows: { orders: { sales: { Order: [{ title: 'x' }] } } },
      },
      'rows.orders.sales.Order[0] has "title", which is no column',
    ],
  ])('refuses %s', async (_, given, message) => {
    await expect(mockServices({ aliases: { pizzas: 'orders' }, ...given })).rejects.toThrow(message)
  })
})

describe('a mock service of rows alone', () => {
  test('has the columns, keys and references that its rows tell', async () => {
    const mock = await mockServices({
      rows: {
        blog: {
          contrib: {
            texts: {
              Post: [
                { id: 1, title: 'One', authorId: 'ada', score: 1, tags: ['a', 'b'], at: new Date(0), draft: true },
                { id: 2, title: null, author_id: null, score: 0.5, size: 12n, bytes: new Uint8Array([1]) },
              ],
              Author: [{ name: 'ada', home: 'slumber://atlas/geo/City/7' }],
            },
          },
        },
        atlas: { geo: { City: [{ id: 7, name: 'Naples' }] } },
      },
    })
    const client = connect(mock.options)
    const { Post, Author } = client['blog']!['contrib']!['texts']!
    const post = await Post!.get({ id: 1 })
    expect(post.data).toEqual({
      id: 1,
      title: 'One',
      authorId: 'ada',
      author_id: null,
      score: 1,
      tags: ['a', 'b'],
      at: new Date(0),
      draft: true,
      size: null,
      bytes: null,
    })
    expect((await Post!.get({ pk: 2 })).data).toMatchObject({ score: 0.5, size: 12n, bytes: new Uint8Array([1]) })
    const ada = await Author!.get({ pk: 'ada' })
    const home = await (ada['home'] as { get(): Promise<{ name: string }> }).get()
    expect(home.name).toBe('Naples')
    expect(await Post!.filter({ author: ada, tags: { has: 'a' }, size: null }).count()).toBe(1)
    expect((await Post!.create({ title: 'Three' })).data).toMatchObject({ id: 3, draft: null })
    mock.close()
  })

  test('needs a row to tell columns by', async () => {
    await expect(mockServices({ rows: { blog: { texts: { Post: [] } } } })).rejects.toThrow(
      'blog.texts.Post has no rows to tell its columns by: give a row, or the contract of the service.',
    )
  })
})

test('a mock of a service that knows keys of requests does each once', async () => {
  const [pizzas] = (await savedContracts()) as readonly [{ apps: { menu: { models: Record<string, object> } } }]
  const models = Object.entries(pizzas.apps.menu.models).map(([name, each]) => [name, { ...each, idempotency: true }])
  const mock = await mockServices({
    contracts: [{ ...pizzas, service: null, apps: { menu: { models: Object.fromEntries(models) as unknown } } }],
    rows: { menu: { Pizza: [{ id: 1, name: 'Margherita', price: '7' }] } },
    operations: { menu: { Pizza: { placeOrder: () => ({ number: 1 }) } } },
  })
  const client = connect(mock.options)
  const url = 'http://pizzas.test/slumber/pizzas/menu/PizzaCrust'
  const once = { headers: { 'idempotency-key': '"a"' } }
  const [first, second] = [
    await client.post(url, { code: 'thn', name: 'Thin' }, once),
    await client.post(url, { code: 'thn', name: 'Thin' }, once),
  ]
  expect([first.status, second.status]).toEqual([201, 201])
  const pizza = await client['menu']!['Pizza']!.get({ id: 1 })
  expect(await (pizza['placeOrder'] as (input: object) => Promise<unknown>)({ quantity: 1 })).toEqual({ number: 1 })
  mock.close()
})
