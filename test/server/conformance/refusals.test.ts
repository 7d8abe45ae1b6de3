// What a database refuses: a problem in our words, with the place of the fault where it is known, and nothing is changed.
import { describe, expect, test } from 'vitest'
import { model, operation, Problem } from 'slumberjs/server'
import { dialects, menuOver, servingOn } from '../dialects.ts'
import { expectRefused, type Updating } from './asking.ts'

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect, ({ shops, pizzas, crusts }) => ({
    apps: [
      menuOver(dialect, {
        // What is needed and unique is hidden here, and the database alone says so.
        Hidden: model(shops, { exclude: ['slug', 'owner'], references: {} }),
        Crust: model(crusts, {
          operations: {
            rename: operation.model({
              POST: {
                run: async ({ tx }) => {
                  await (tx as unknown as Updating).update(pizzas).set({ maxExtraToppings: 9 })
                  throw new Problem(409, 'Changed my mind.', { code: 'changed-mind' })
                },
              },
            }),
            clash: operation.model({
              POST: {
                run: async ({ tx }) => {
                  await (tx as unknown as Updating).update(pizzas).set({ maxExtraToppings: 9 })
                  await (tx as unknown as Updating).update(pizzas).set({ name: 'One for all' })
                },
              },
            }),
          },
        }),
      }),
    ],
  }))

  test('a unique column', async () => {
    const taken = { status: 409, code: 'not-unique', pointers: ['#/name'] }
    await expectRefused(api, () => api.post('/menu/Pizza', { name: 'Marinara', price: '1' }), taken)
    await expectRefused(api, () => api.put('/menu/Pizza/99', { name: 'Marinara', price: '1' }), taken)
    await expectRefused(api, () => api.put('/menu/Pizza/1', { name: 'Marinara', price: '1' }), taken)
    await expectRefused(api, () => api.patch('/menu/Pizza/1', { name: 'Marinara' }), taken)
  })

  test('a unique set of columns', async () => {
    const taken = { status: 409, code: 'not-unique', pointers: ['#/priceId', '#/size'] }
    await expectRefused(api, () => api.post('/menu/SizePrice', { priceId: 1, size: 's', amount: '1' }), taken)
    await expectRefused(api, () => api.patch('/menu/SizePrice/2', { size: 's' }), taken)
  })

  test('a key that is taken, of one column and of two', async () => {
    const taken = { status: 409, code: 'not-unique' }
    const one = { id: 1, name: 'Thief', price: '1' }
    await expectRefused(api, () => api.post('/menu/Pizza', one), { ...taken, pointers: ['#/id'] })
    await expectRefused(api, () => api.post('/menu/Crust', { code: 'thn', name: 'x' }), {
      ...taken,
      pointers: ['#/code'],
    })
    const two = { shopId: 1, crustCode: 'thn', quantity: 1 }
    await expectRefused(api, () => api.post('/menu/Stock', two), { ...taken, pointers: ['#/shopId', '#/crustCode'] })
  })

  test('a reference to nothing', async () => {
    const dangling = (pointer: string) => ({ status: 409, code: 'foreign-key', pointers: [pointer] })
    await expectRefused(api, () => api.patch('/menu/Pizza/1', { exclusiveToId: 99 }), dangling('#/exclusiveToId'))
    await expectRefused(api, () => api.post('/menu/Stock', { shopId: 1, crustCode: 'no' }), dangling('#/crustCode'))
    await expectRefused(api, () => api.put('/menu/Stock/99,thn', { quantity: 1 }), dangling('#/shopId'))
    await expectRefused(
      api,
      () => api.post('/menu/Category', { id: 9, name: 'x', parentId: 10 }),
      dangling('#/parentId'),
    )
  })

  test('the removal of what others refer to', async () => {
    for (const path of ['/menu/Pizza/1', '/menu/Shop/1', '/menu/Crust/thn', '/menu/Category/1']) {
      await expectRefused(api, () => api.delete(path), { status: 409, code: 'foreign-key' })
    }
  })

  test('a value that fails a CHECK', async () => {
    const refused = { status: 422, code: 'invalid-content' }
    await expectRefused(api, () => api.post('/menu/Pizza', { name: 'x', price: '-1' }), refused)
    await expectRefused(api, () => api.patch('/menu/Pizza/1', { price: '-0.5' }), refused)
  })

  test('nothing where a hidden column needs a value, which is not named', async () => {
    await expectRefused(api, () => api.post('/menu/Hidden', { name: 'x' }), { status: 403, code: 'forbidden' })
    const { text } = await api.post('/menu/Hidden', { name: 'x' })
    expect(text).not.toMatch(/slug|owned_by/)
  })

  test.each([
    ['Crust', { code: 'x', name: 'x'.repeat(11) }, '#/name'],
    ['Crust', { code: 'x', name: null }, '#/name'],
    ['Crust', { code: 'x' }, '#/name'],
    ['Crust', { code: 'a\0b', name: 'x' }, '#/code'],
    ['Crust', { code: 'x', name: '\ud800' }, '#/name'],
    ['SizePrice', { priceId: 2, size: 'xl', amount: '1' }, '#/size'],
    ['SizePrice', { priceId: 2, size: 's', amount: 'many' }, '#/amount'],
    ['Sample', { id: 9, whole: 1.5 }, '#/whole'],
    ['Sample', { id: 9, whole: '1' }, '#/whole'],
    ['Sample', { id: 9, huge: '9223372036854775808' }, '#/huge'],
    ['Sample', { id: 9, huge: '-9223372036854775809' }, '#/huge'],
    ['Sample', { id: 9, flag: 1 }, '#/flag'],
    ['Sample', { id: 9, at: '2026-02-30T00:00:00Z' }, '#/at'],
    ['Sample', { id: 9, at: '2026-01-01T00:00:00.0001Z' }, '#/at'],
    ['Sample', { id: 9, real: '1.5' }, '#/real'],
    ['Sample', { id: 9, decimal: '1.23456789012345678901' }, '#/decimal'],
    ['Sample', { id: 9, decimal: 'Infinity' }, '#/decimal'],
  ])('%s %j', async (name, json, pointer) => {
    await expectRefused(api, () => api.post(`/menu/${name}`, json), {
      status: 422,
      code: 'invalid-content',
      pointers: [pointer],
    })
  })

  test('all of an operation that ends in a problem, or meets a constraint', async () => {
    await expectRefused(api, () => api.post('/menu/Crust/-/rename', undefined), { status: 409, code: 'changed-mind' })
    await expectRefused(api, () => api.post('/menu/Crust/-/clash', undefined), { status: 409, code: 'not-unique' })
    expect((await api.patch('/menu/Pizza/1', { price: '9' })).status).toBe(200) // the next write goes on
  })

  test('a row with references that several requests make dangle at once', async () => {
    const [removed, added] = await Promise.all([
      api.delete('/menu/Shop/3'),
      api.post('/menu/Stock', { shopId: 3, crustCode: 'thn' }),
    ])
    expect([
      [204, 409],
      [409, 201],
    ]).toContainEqual([removed.status, added.status])
  })
})
