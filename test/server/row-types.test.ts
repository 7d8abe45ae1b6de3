// Hooks and operations of a model have rows of its table: what TypeScript knows of them, and that they are what it says.
import { sql, type InferSelectModel } from 'drizzle-orm'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  configure,
  model,
  operation,
  type CommittedEvent,
  type CreateEvent,
  type Hooks,
  type HooksOf,
  type ModelAccess,
  type OperationDefinition,
} from 'slumberjs/server'
import { menu, serving } from './fixture.ts'
import { type categories, pizzas } from './tables.ts'

type PizzaRow = Readonly<InferSelectModel<typeof pizzas>>

const told: unknown[] = []

const Pizza = model(pizzas, {
  exclude: ['recipe'],
  on: [
    {
      beforeCreate({ values }) {
        expectTypeOf(values.name).toEqualTypeOf<string | undefined>()
        expectTypeOf(values.forSale).toEqualTypeOf<boolean | undefined>()
        return { recipe: `${values.name ?? ''} dough`, maxExtraToppings: sql`1 + 1` }
      },
      afterCreate({ row }) {
        expectTypeOf(row).toEqualTypeOf<PizzaRow>()
        told.push(row.recipe)
      },
      beforeUpdate: ({ before, values }) => {
        expectTypeOf(before).toEqualTypeOf<PizzaRow>()
        expectTypeOf(values).toExtend<{ readonly price?: string | undefined }>()
        return before.maxExtraToppings === null ? undefined : { maxExtraToppings: before.maxExtraToppings + 1 }
      },
      committed({ row, before }) {
        expectTypeOf(row.price).toEqualTypeOf<string>()
        expectTypeOf(before).toEqualTypeOf<PizzaRow | undefined>()
        told.push(before?.maxExtraToppings)
      },
    },
  ],
  operations: {
    quote: operation.instance({
      POST: {
        input: z.object({ quantity: z.int() }),
        permissions: [],
        run: ({ instance, input: { quantity }, models }) => {
          expectTypeOf(instance).toEqualTypeOf<PizzaRow>()
          expectTypeOf(quantity).toEqualTypeOf<number>()
          expectTypeOf(models(pizzas)).toEqualTypeOf<ModelAccess<typeof pizzas>>()
          return { total: Number(instance.price) * quantity, recipe: instance.recipe.length }
        },
      },
    }),
    cheapest: operation.model({ GET: { run: ({ params }) => params } }),
  },
})

const api = serving({ apps: [menu({ Pizza })] })

test('hooks are given rows of the table, and give values of it', async () => {
  told.length = 0
  const { body } = await api.post('/menu/Pizza', { name: 'Romana', price: '9' })
  expect(body.maxExtraToppings).toBe(2)
  expect((await api.patch(`/menu/Pizza/${String(body.id)}`, { price: '8' })).body.maxExtraToppings).toBe(3)
  expect(told).toEqual(['Romana dough', undefined, 2])
})

test('an operation of an instance is given a row of the table', async () => {
  expect((await api.post('/menu/Pizza/1/quote', { quantity: 2 })).body).toEqual({ total: 15, recipe: 12 })
})

test('what is not of the table is refused by TypeScript', () => {
  // @ts-expect-error -- there is no such column
  model(pizzas, { on: { beforeCreate: () => ({ nmae: 'x' }) } })
  // @ts-expect-error -- a name is a text
  model(pizzas, { on: { beforeUpdate: () => ({ name: 1 }) } })
  model(pizzas, {
    operations: {
      // @ts-expect-error -- there is no such column
      cancel: operation.instance({ POST: { run: ({ instance }) => instance.state } }),
    },
  })
  const ofCategories: HooksOf<typeof categories> = { afterCreate: ({ row }) => row.parentId }
  // @ts-expect-error -- they are of another table
  model(pizzas, { on: ofCategories })
  expect(ofCategories).toBeDefined()
})

test('what is written apart says of which rows it is, or has them of unknown members', () => {
  const forAll: Hooks = { afterCreate: ({ row }) => expectTypeOf(row['name']).toEqualTypeOf<unknown>() }
  const ofPizzas: HooksOf<typeof pizzas> = { committed: ({ row }) => expectTypeOf(row).toEqualTypeOf<PizzaRow>() }
  const apart: OperationDefinition = operation.instance({
    POST: { run: ({ instance }) => expectTypeOf(instance['name']).toEqualTypeOf<unknown>() },
  })
  const more = model(pizzas, { on: [forAll, ofPizzas], operations: { apart } })
  configure(
    { name: 'menu', models: { Pizza: more }, configuration: {} },
    { Pizza: { on: { afterDelete: ({ row }) => expectTypeOf(row).toEqualTypeOf<PizzaRow>() } } },
  )
  expectTypeOf<CreateEvent['values']>().toEqualTypeOf<{ readonly [x: string]: unknown }>()
  expectTypeOf<CommittedEvent<PizzaRow>['row']>().toEqualTypeOf<PizzaRow>()
  expect(more.table).toBe(pizzas)
})
