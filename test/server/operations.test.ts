// Operations: a handler per method, its input checked, its permissions asked, all of it in one transaction.
import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { model, operation, Problem } from 'slumberjs/server'
import { z } from 'zod'
import { base, hal, menu, serving } from './fixture.ts'
import { crusts, pizzas } from './tables.ts'

const seen: unknown[] = []

const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, {
        display: 'name',
        exclude: ['recipe'],
        access: { read: { id: { ne: 4 } } },
        operations: {
          order: operation.instance({
            POST: {
              input: z.object({
                size: z.enum(['s', 'm', 'l']),
                lines: z.array(z.object({ 'a/b~c': z.number() })).default([]),
              }),
              permissions: ['orders.add_order', 'orders.view_order'],
              run: ({ instance, input, user }) => ({
                pizza: instance['name'],
                size: input.size,
                lines: input.lines.length,
                by: user.name,
              }),
            },
          }),
          rename: operation.instance({
            PUT: {
              input: z.object({ name: z.string(), next: z.string().optional() }),
              run: async ({ instance, input, tx }) => {
                await tx.update(pizzas).set({ name: input.name }).where(eq(pizzas.id, instance.id))
                if (input.next === 'problem') throw new Problem(409, 'Changed my mind.', { code: 'changed-mind' })
                if (input.next === 'range') throw new RangeError(`secret of ${input.name}`)
                if (input.next === 'throw') throw new Error(`secret of ${instance.name}`)
                if (input.next === 'nested') {
                  await tx
                    .transaction(async (inner) => {
                      await inner.insert(crusts).values({ code: 'inner', name: 'x' })
                      inner.rollback()
                    })
                    .catch(() => undefined)
                }
                if (input.next === 'clash') await tx.update(pizzas).set({ name: 'Marinara' }).where(eq(pizzas.id, 1))
                return { name: input.name }
              },
            },
            DELETE: { run: () => undefined },
          }),
          secret: operation.instance({
            GET: { run: ({ instance }) => ({ recipe: instance.recipe.length }) },
          }),
        },
      }),
      Crust: model(crusts, {
        operations: {
          count: operation.model({
            GET: { run: async ({ tx, instance }) => ({ count: await tx.$count(crusts), instance }) },
            POST: { transaction: false, permissions: [], run: () => new Problem(402, 'Pay first.') },
          }),
          wrong: operation.model({
            POST: {
              input: {
                '~standard': {
                  version: 1,
                  vendor: 'x',
                  validate: () => {
                    throw new Error('x')
                  },
                },
              },
              run: () => 1,
            },
          }),
          guarded: operation.model({ GET: { permissions: ['a.b'], run: () => 1 } }),
          many: operation.model({ POST: { input: z.array(z.int()), run: () => 1 } }),
          strict: operation.model({ POST: { input: z.array(z.strictObject({})), run: () => 1 } }),
          async: operation.model({
            POST: {
              input: z.string().refine((text) => Promise.resolve(text === 'right')),
              run: ({ input }) => seen.push(input),
            },
          }),
        },
      }),
    }),
  ],
})

const clerk = { as: 'clerk orders.add_order,orders.view_order' }

describe('an operation of an instance', () => {
  test('gets the row, the input and the caller', async () => {
    const { status, body } = await api.post('/menu/Pizza/3/order', { size: 'm', lines: [{ 'a/b~c': 1 }] }, clerk)
    expect([status, body]).toEqual([200, { pizza: 'Moda Speciale', size: 'm', lines: 1, by: 'clerk' }])
  })

  test('whose input has very many faults tells the first twenty', async () => {
    const wrong = Array.from({ length: 200_000 }, () => 'x')
    const { status, text, body } = await api.post('/menu/Crust/-/many', wrong)
    expect([status, body.errors.length, text.length < 8_000]).toEqual([422, 20, true])
    expect(body.detail).toMatch(/^#\/0 .*; #\/19 .*; and more\.$/)
    const names = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`语${index}`, 0]))
    const strict = await api.post('/menu/Crust/-/strict', [names, ...Array.from({ length: 20 }, () => names)])
    expect(strict.status).toBe(422)
    expect(Buffer.byteLength(strict.text)).toBeLessThan(20_000)
    expect(strict.body.errors[0].detail).toMatch(/^.{200}…$/)
  })

  test('H116 input that is not right is 422 with the place of each fault', async () => {
    const { status, body } = await api.post(
      '/menu/Pizza/3/order',
      { size: 'xl', lines: [{ 'a/b~c': 1 }, { 'a/b~c': 'x' }] },
      clerk,
    )
    expect([status, body.code]).toEqual([422, 'invalid-content'])
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['#/size', '#/lines/1/a~1b~0c'])
    expect((await api.post('/menu/Pizza/3/order', 'x', clerk)).body.errors[0].pointer).toBe('#')
    expect((await api.ask('POST', '/menu/Pizza/3/order', clerk)).status).toBe(400)
  })

  test('needs all of its permissions; the missing ones are named', async () => {
    const { status, body } = await api.post('/menu/Pizza/3/order', { size: 'm' }, { as: 'clerk orders.add_order' })
    expect([status, body.permissions]).toEqual([403, ['orders.view_order']])
    expect((await api.post('/menu/Pizza/3/order', { size: 'm' }, { as: 'ada' })).body.permissions).toHaveLength(2)
  })

  test('of a row that is not there, or may not be seen, is 404', async () => {
    expect((await api.post('/menu/Pizza/99/order', { size: 'm' })).status).toBe(404)
    expect((await api.post('/menu/Pizza/4/order', { size: 'm' })).status).toBe(404)
  })

  test('by another method is 405 with those there are', async () => {
    const { status, headers } = await api.ask('PATCH', '/menu/Pizza/3/rename', { json: {} })
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, DELETE, OPTIONS'])
    expect((await api.ask('OPTIONS', '/menu/Pizza/3/secret')).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  test('GET has HEAD, sees hidden columns and changes nothing', async () => {
    expect((await api.get('/menu/Pizza/3/secret')).body).toEqual({ recipe: 12 })
    expect((await api.ask('HEAD', '/menu/Pizza/3/secret')).status).toBe(200)
    expect((await api.get('/menu/Pizza/3/secret?x=1')).status).toBe(400)
  })

  test('without an input takes no content: what is sent would be lost', async () => {
    expect((await api.post('/menu/Crust/-/count', { a: 1 })).status).toBe(422)
  })

  test('that may write and names no permission needs the one to change the model', async () => {
    const { status, body } = await api.put('/menu/Pizza/1/rename', { name: 'x' }, { as: 'clerk' })
    expect([status, body.permissions]).toEqual([403, ['menu.change_pizza']])
    expect((await api.put('/menu/Pizza/1/rename', { name: 'x' }, { as: 'clerk menu.change_pizza' })).status).toBe(200)
    expect((await api.get('/menu/Pizza/1/secret', { as: 'clerk' })).status).toBe(200)
  })

  test('by HEAD needs what its GET needs', async () => {
    for (const method of ['GET', 'HEAD']) {
      expect((await api.ask(method, '/menu/Crust/-/guarded', { as: 'clerk' })).status).toBe(403)
      expect((await api.ask(method, '/menu/Crust/-/guarded', { as: 'clerk a.b' })).status).toBe(200)
    }
  })

  test('that returns nothing is 204', async () => {
    expect((await api.delete('/menu/Pizza/3/rename')).status).toBe(204)
  })

  test('is guarded by If-Match with the tag of the row', async () => {
    const tag = (await api.get('/menu/Pizza/1')).headers.get('etag') ?? ''
    const rename = (name: string) => api.put('/menu/Pizza/1/rename', { name }, { headers: { 'if-match': tag } })
    expect([(await rename('a')).status, (await rename('b')).status]).toEqual([200, 412])
    expect((await api.get('/menu/Pizza/1')).body.name).toBe('a')
  })
})

describe('its transaction', () => {
  test('is kept when it succeeds', async () => {
    expect((await api.put('/menu/Pizza/1/rename', { name: 'Regina' })).body).toEqual({ name: 'Regina' })
    expect((await api.get('/menu/Pizza/1')).body.name).toBe('Regina')
  })

  test('is undone by a problem', async () => {
    const before = await api.dump()
    const { status, body } = await api.put('/menu/Pizza/1/rename', { name: 'Regina', next: 'problem' })
    expect([status, body.code, await api.dump()]).toEqual([409, 'changed-mind', before])
  })

  test.each(['throw', 'range'])('is undone by an exception (%s), which is 500 without its words', async (next) => {
    const before = await api.dump()
    const request = new Request(`${base}/menu/Pizza/1/rename`, {
      method: 'PUT',
      headers: { authorization: 'Test admin', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Regina', next }),
    })
    const response = await api.service.fetch(request)
    expect([response.status, (await response.text()).includes('secret'), await api.dump()]).toEqual([
      500,
      false,
      before,
    ])
    expect((await api.patch('/menu/Pizza/1', { price: '9' })).status).toBe(200) // the next write goes on
  })

  test('holds nested ones', async () => {
    expect((await api.put('/menu/Pizza/1/rename', { name: 'Regina', next: 'nested' })).status).toBe(200)
    expect((await api.get('/menu/Crust/inner')).status).toBe(404)
    expect((await api.get('/menu/Pizza/1')).body.name).toBe('Regina')
  })

  test('that meets a constraint is 409, and all of it is undone', async () => {
    const before = await api.dump()
    const { status, body } = await api.put('/menu/Pizza/1/rename', { name: 'Regina', next: 'clash' })
    expect([status, body.code, await api.dump()]).toEqual([409, 'not-unique', before])
  })

  test('meets deferred constraints when it ends: 409', async () => {
    await api.sql('CREATE TABLE later (pizza integer REFERENCES pizza (id) DEFERRABLE INITIALLY DEFERRED)')
    await api.sql(`CREATE TRIGGER owe AFTER UPDATE ON crust BEGIN INSERT INTO later VALUES (99); END`)
    const before = await api.dump()
    const { status, body } = await api.patch('/menu/Crust/thn', { name: 'x' })
    await api.sql('DROP TRIGGER owe')
    await api.sql('DROP TABLE later')
    expect([status, body.code, await api.dump()]).toEqual([409, 'foreign-key', before])
  })
})

describe('an operation of a model', () => {
  test('has no row', async () => {
    expect((await api.get('/menu/Crust/-/count')).body).toEqual({ count: 2, instance: {} })
    expect((await api.get('/menu/Crust/thn/count')).status).toBe(404)
    expect((await api.get('/menu/Pizza/-/order')).status).toBe(404)
  })

  test('may do without a transaction, and answer with a problem', async () => {
    await api.database.transaction(async (open) => {
      await open.run(sql`UPDATE crust SET name = 'held' WHERE code = 'thn'`)
      const { status, body } = await api.post('/menu/Crust/-/count', undefined)
      expect([status, body.detail]).toEqual([402, 'Pay first.'])
    })
  })

  test('may have a schema that takes its time', async () => {
    expect((await api.post('/menu/Crust/-/async', 'wrong')).status).toBe(422)
    expect((await api.post('/menu/Crust/-/async', 'right')).status).toBe(200)
    expect(seen).toEqual(['right'])
  })
})

test('operations are in the documents, and in the links of instances', async () => {
  const { body } = await api.get('/menu/Pizza/-/model')
  expect(body.operations.instance.order).toMatchObject({
    href: `${base}/menu/Pizza/{+pk}/order`,
    methods: ['POST'],
    permissions: ['orders.add_order', 'orders.view_order'],
  })
  expect((await api.get('/menu/Crust/-/model')).body.operations.model.count).toEqual({
    href: `${base}/menu/Crust/-/count`,
    methods: ['GET', 'POST'],
  })
  expect((await api.get('/menu/Pizza/3', hal)).body._links.order).toEqual({ href: `${base}/menu/Pizza/3/order` })
})
