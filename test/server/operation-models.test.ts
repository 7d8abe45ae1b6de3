// `models` of an operation: the rows of the service as its caller may reach them, in the operation's transaction.
import { beforeEach, expect, expectTypeOf, test } from 'vitest'
import { app, model, operation, Problem, type Filter, type Models } from 'slumberjs/server'
import { serving } from './fixture.ts'
import { crusts, pizzas, prices, shops } from './tables.ts'

const told: string[] = []
let run: (models: Models) => unknown = () => undefined

const handler = { permissions: [], run: ({ models }: { models: Models }) => run(models) }
const api = serving({
  apps: [
    app('menu', {
      Shop: model(shops, { exclude: ['owner'] }),
      Pizza: model(pizzas, {
        exclude: ['recipe'],
        fields: { maxExtraToppings: { read: (user) => user.can('chef'), write: (user) => user.can('chef') } },
        access: {
          read: { id: { ne: 4 } },
          create: { price: { lt: '20' } },
          update: { price: { lt: '20' } },
          delete: { forSale: false },
        },
        on: {
          beforeCreate: ({ values }) => void told.push(`create ${String(values['name'])}`),
          afterDelete: ({ row }) => void told.push(`delete ${row.name}`),
        },
        operations: {
          work: operation.model({ GET: handler, POST: handler, PUT: { ...handler, transaction: false } }),
        },
      }),
      Price: model(prices),
      Crust: model(crusts),
    }),
  ],
})

beforeEach(() => void (told.length = 0))

const all = 'menu.add_pizza,menu.change_pizza,menu.delete_pizza'
const work = async (does: typeof run, as = `clerk ${all}`, method = 'POST') => {
  run = does
  return await api.ask(method, '/menu/Pizza/-/work', { as })
}
const names = async () => (await api.sql('SELECT name FROM pizza ORDER BY id')).map(({ name }) => name)

test('a row is found as far as its caller may read it', async () => {
  const seen = async (as: string, filter: Filter) =>
    (await work(async (models) => (await models(pizzas).find(filter)) ?? null, as)).body
  expect(await seen('clerk', { id: 1 })).toMatchObject({ id: 1, name: 'Margherita', forSale: true })
  expect(Object.keys(await seen('clerk', { id: 1 }))).toEqual(['id', 'name', 'forSale', 'price', 'exclusiveToId'])
  expect(Object.keys(await seen('chef chef', { id: 1 }))).toContain('maxExtraToppings')
  expect([await seen('clerk', { id: 4 }), await seen('clerk', { id: 1.5 })]).toEqual([null, null])
  expect(await seen('clerk', { recipe: 'secret-dough', id: 1 })).toMatchObject({ id: 1 })
})

test('rows are listed and counted under the read rule', async () => {
  const listed = await work(async (models) => {
    const rows = await models(pizzas).list({ id: { gt: 1 } }, { sort: '-id', limit: 1 })
    return [rows.map(({ id }) => id), (await models('menu.Pizza').list()).length, await models(pizzas).count()]
  })
  expect(listed.body).toEqual([[3], 3, 3])
})

test('what is written is under rules, permissions and hooks', async () => {
  const made = await work(async (models) => {
    const { id } = await models(pizzas).create({ name: 'Bianca', price: '8', forSale: false })
    await models(pizzas).update({ id }, { name: 'Rossa' })
    await models(pizzas).delete({ name: 'Rossa' })
    return { id }
  })
  expect([made.status, told]).toEqual([200, ['create Bianca', 'delete Rossa']])
  const before = await api.dump()
  const refused = async (does: typeof run, as?: string) => {
    const { status, body } = await work(does, as)
    return [status, body.code]
  }
  expect(await refused((models) => models(pizzas).create({ name: 'Gold', price: '90' }))).toEqual([403, 'forbidden'])
  expect(await refused((models) => models(pizzas).update({ id: 1 }, { price: '90' }))).toEqual([403, 'forbidden'])
  expect(await refused((models) => models(pizzas).delete({ id: 1 }))).toEqual([403, 'forbidden'])
  expect(await refused((models) => models(pizzas).update({ id: 4 }, { price: '9' }))).toEqual([404, 'not-found'])
  expect(await refused((models) => models(pizzas).create({ name: 'Margherita', price: '9' }))).toEqual([
    409,
    'not-unique',
  ])
  expect(await refused((models) => models(pizzas).update({ id: 1 }, { maxExtraToppings: 1 }))).toEqual([
    403,
    'forbidden',
  ])
  expect(await refused((models) => models(pizzas).update({ id: 1 }, { name: '\ud800' }))).toEqual([
    422,
    'invalid-content',
  ])
  for (const does of [
    (models: Models) => models(pizzas).create({ name: 'x', price: '1' }),
    (models: Models) => models(pizzas).update({ id: 1 }, { name: 'x' }),
    (models: Models) => models(pizzas).delete({ id: 1 }),
  ]) {
    expect((await refused(does, 'clerk'))[0]).toBe(403)
  }
  expect(await api.dump()).toBe(before)
})

test('what was refused is undone though the operation goes on, and what throws leaves nothing', async () => {
  const before = await names()
  const goesOn = await work(async (models) => {
    const outcomes = await Promise.allSettled([
      models(pizzas).create({ name: 'Gold', price: '90' }),
      models(pizzas).create({ name: 'Bianca', price: '8' }),
      models(pizzas).update({ id: 1 }, { price: '90' }),
    ])
    return outcomes.map(({ status }) => status)
  })
  expect(goesOn.body).toEqual(['rejected', 'fulfilled', 'rejected'])
  expect(await names()).toEqual([...before, 'Bianca'])
  expect(await api.sql('SELECT count(*) AS n FROM pizza WHERE price > 20')).toEqual([{ n: 0 }])
  const throws = await work(async (models) => {
    await models(pizzas).create({ name: 'Rossa', price: '8' })
    throw new Problem(409, 'Changed my mind.')
  })
  expect([throws.status, await names()]).toEqual([409, [...before, 'Bianca']])
})

test('without a transaction each write has its own, with its hooks', async () => {
  const answer = await work(
    async (models) => {
      await models(pizzas).create({ name: 'Bianca', price: '8' })
      throw new Problem(409, 'Too late.')
    },
    undefined,
    'PUT',
  )
  expect([answer.status, told, (await names()).includes('Bianca')]).toEqual([409, ['create Bianca'], true])
})

test.each([
  ['a GET that writes', (models: Models) => models(pizzas).delete({ id: 1 }), 'GET'],
  ['a model that is not there', (models: Models) => models('menu.Nothing').find({}), 'POST'],
  ['a column that is not there', (models: Models) => models('menu.Pizza').create({ nothing: 1 }), 'POST'],
  ['a filter that is not there', (models: Models) => models('menu.Pizza').find({ nothing: 1 }), 'POST'],
  ['a text for a number', (models: Models) => models('menu.Pizza').find({ id: 'x' }), 'POST'],
  ['a number for a text', (models: Models) => models('menu.Pizza').list({ name: 5 }), 'POST'],
  ['one row where there are several', (models: Models) => models(pizzas).update({}, { name: 'x' }), 'POST'],
])('%s is a fault of the program', async (_, does, method) => {
  const before = await api.dump()
  await expect(work(does, 'admin', method)).rejects.toThrow('a 500')
  expect(await api.dump()).toBe(before)
})

test('what the rule or a hook gives may be said as undefined', async () => {
  const answer = await work(async (models) => {
    const { forSale } = await models(pizzas).create({ name: 'Bianca', price: '8', forSale: undefined })
    return { forSale }
  })
  expect(answer.body).toEqual({ forSale: true })
})

test('a model that is given as its table has the types of its rows', () => {
  type Access = ReturnType<typeof typed>
  const typed = (models: Models) => models(pizzas)
  type Found = NonNullable<Awaited<ReturnType<Access['find']>>>
  expectTypeOf<Found['name']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Parameters<Access['create']>[0]>().toExtend<{ readonly name: string | undefined }>()
})
