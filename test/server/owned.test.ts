// Rows that belong to another are written with it: inserted, replaced and removed in its transaction.
import { afterAll, describe, expect, test } from 'vitest'
import { integer, sqliteTable, type SQLiteIntegerBuilderInitial } from 'drizzle-orm/sqlite-core'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { app, model, service } from 'slumberjs/server'
import { dialects } from './dialects.ts'
import { testScheme } from './fixture.ts'
import { everything, servingOrders } from './orders.ts'

describe.each(dialects)('$name', (dialect) => {
  const api = servingOrders(dialect)
  const linesOf = async (id: number) =>
    (await api.sql(`SELECT id, product, qty FROM order_lines WHERE order_id = ${id} ORDER BY product`)).map((row) => ({
      ...row,
    }))

  test('POST makes them with their owner', async () => {
    const lines = [{ product: 'tea', qty: 3 }, { product: 'jam' }]
    const { status, body } = await api.post('/o/Order', { number: 'C3', lines })
    expect(status).toBe(201)
    expect(await linesOf(body.id)).toMatchObject([
      { product: 'jam', qty: 1 },
      { product: 'tea', qty: 3 },
    ])
    expect((await api.get(`/o/Order/${body.id}/lines`)).body).toHaveLength(2)
  })

  test.each(['PUT', 'PATCH'])('%s replaces the set: by key, the missing go', async (method) => {
    const lines = [{ id: 2, product: 'jam', qty: 7 }, { product: 'milk' }]
    const { status } = await api.ask(method, '/o/Order/1', { json: { number: 'A1', lines } })
    expect(status).toBeLessThan(300)
    const stored = await linesOf(1)
    expect(stored).toMatchObject([
      { id: 2, product: 'jam', qty: 7 },
      { product: 'milk', qty: 1 },
    ])
    expect(await linesOf(2)).toHaveLength(1)
    await api.ask(method, '/o/Order/1', { json: { number: 'A1', lines: [{ id: 2, product: 'jam' }] } })
    expect(await linesOf(1)).toEqual([{ id: 2, product: 'jam', qty: 1 }]) // replaced: what is left out goes to its default
    await api.ask(method, '/o/Order/1', { json: { number: 'A1', lines: [] } })
    expect(await linesOf(1)).toEqual([])
  })

  test('left out, they stay', async () => {
    const before = await linesOf(1)
    expect((await api.put('/o/Order/1', { number: 'A9' })).status).toBe(204)
    expect((await api.patch('/o/Order/1', { customer: 'x' })).status).toBe(200)
    expect(await linesOf(1)).toEqual(before)
  })

  test('counts up the version of their owner, so that its tag guards them', async () => {
    const tag = (await api.get('/o/Order/1')).headers.get('etag') ?? ''
    const change = (product: string) =>
      api.patch('/o/Order/1', { lines: [{ product }] }, { headers: { 'if-match': tag } })
    expect([(await change('a')).status, (await change('b')).status]).toEqual([200, 412])
    expect(await linesOf(1)).toMatchObject([{ product: 'a' }])
  })

  test('one that is refused leaves nothing, and says which it is', async () => {
    const before = await api.dump()
    const faults = async (lines: unknown, method = 'PATCH') => {
      const { status, body } = await api.ask(method, '/o/Order/1', { json: { number: 'A1', lines } })
      expect(await api.dump()).toBe(before)
      return [status, ...(body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)]
    }
    expect(await faults([{ product: 'x' }, { product: 5, nothing: 1 }, 7])).toEqual([
      422,
      '#/lines/1/product',
      '#/lines/1/nothing',
      '#/lines/2',
    ])
    expect(await faults([{ product: 'x' }, { product: 'x' }])).toEqual([409, '#/lines/1/orderId', '#/lines/1/product'])
    expect(await faults([{ product: 'x', orderId: 2 }])).toEqual([422, '#/lines/0/orderId'])
    expect(
      await faults([
        { id: 1, product: 'x' },
        { id: 1, product: 'y' },
      ]),
    ).toEqual([422, '#/lines/1'])
    expect(await faults([{ id: 3, product: 'stolen' }])).toEqual([409, '#/lines/0/id'])
    expect(await faults('x')).toEqual([422, '#/lines'])
    expect(await faults({ 0: {} }, 'PUT')).toEqual([422, '#/lines'])
    expect(await faults([{ product: 'x', orderId: 1 }, null])).toEqual([422, '#/lines/1'])
    expect(await faults(Array.from({ length: 1001 }, () => ({})))).toEqual([422, '#/lines'])
  })

  test('are under their own permissions', async () => {
    const before = await api.dump()
    const refused = async (lines: unknown, actions: string) => {
      const permissions = `o.change_order,${actions}`
      const { status, body } = await api.patch('/o/Order/1', { lines }, { as: `ann ${permissions}` })
      expect([status, await api.dump()]).toEqual([403, before])
      return body.permissions
    }
    const same = { id: 1, product: 'tea', qty: 2 }
    expect(await refused([same], 'o.add_line,o.change_line')).toEqual(['o.delete_line'])
    expect(await refused([same, { id: 2, product: 'jam', qty: 2 }], 'o.add_line')).toEqual(['o.change_line'])
    expect(await refused([same, { id: 2, product: 'jam' }, { product: 'x' }], 'o.change_line')).toEqual(['o.add_line'])
    const unchanged = { lines: [same, { id: 2, product: 'jam', qty: 1 }] }
    expect((await api.patch('/o/Order/1', unchanged, { as: 'ann o.change_order' })).status).toBe(200)
  })

  test('come with the items of a list, too', async () => {
    const items = [
      { number: 'X', lines: [{ product: 'a' }] },
      { number: 'Y', lines: [{ product: 'b' }, { product: 'b' }] },
    ]
    const { status, body } = await api.post('/o/Order', items, { headers: { prefer: 'handling=strict' } })
    expect([status, body.errors[0].pointer]).toEqual([409, '#/1/lines/1/orderId'])
    const each = await api.post('/o/Order', items, { as: everything('ann') })
    expect(each.body.map((result: { status: number }) => result.status)).toEqual([201, 409])
    expect(await api.sql(`SELECT number FROM orders WHERE number IN ('X', 'Y')`)).toHaveLength(1)
  })
})

describe.each(dialects.slice(0, 1))('with a rule and $name', (dialect) => {
  const api = servingOrders(dialect, {}, ({ lines }) => ({
    Line: model(lines, {
      references: { orderId: { inverse: 'lines' } },
      access: { read: { product: { ne: 'jam' } }, create: { qty: { lt: 10 } } },
    }),
  }))

  test('what the caller cannot see is not removed', async () => {
    expect((await api.patch('/o/Order/1', { lines: [] })).status).toBe(200)
    expect(await api.sql('SELECT product FROM order_lines WHERE order_id = 1')).toEqual([{ product: 'jam' }])
  })

  test('a row that the rule does not let in is refused with its place', async () => {
    const before = await api.dump()
    const { status, body } = await api.post('/o/Order', {
      number: 'Z',
      lines: [{ product: 'a' }, { product: 'b', qty: 10 }],
    })
    expect([status, body.errors[0].pointer, await api.dump()]).toEqual([403, '#/lines/1', before])
  })
})

describe('at the start', () => {
  const client = createClient({ url: ':memory:' })
  afterAll(() => client.close())
  const owners = sqliteTable('owner', { id: integer().primaryKey() })
  const start = (ownerId: SQLiteIntegerBuilderInitial<''>, owns: string) => () => {
    const things = sqliteTable('thing', { id: integer().primaryKey(), ownerId })
    service('s', {
      url: 'http://s.test/',
      database: drizzle({ client }),
      apps: [app('a', { Owner: model(owners, { owns: [owns] }), Thing: model(things) })],
      authenticate: [testScheme],
    })
  }

  test('what may be without its owner cannot be owned', () => {
    const cascading = { onDelete: 'cascade' } as const
    expect(
      start(
        integer().references(() => owners.id, cascading),
        'things',
      ),
    ).toThrow(/"ownerId" of a.Thing may be null/)
    expect(
      start(
        integer()
          .notNull()
          .references(() => owners.id),
        'things',
      ),
    ).toThrow(/must cascade/)
    expect(
      start(
        integer()
          .notNull()
          .references(() => owners.id, cascading),
        'thing',
      ),
    ).toThrow(/there are: things/)
    expect(
      start(
        integer()
          .notNull()
          .references(() => owners.id, cascading),
        'things',
      ),
    ).not.toThrow()
  })
})
