// What the pizzeria sells: models with rules for fields, computed properties, operations, a join table and a view.

import { app, model, operation, pageOf, pageParameters, Problem, type AppDefinition } from 'slumberjs/server'
import { z } from 'zod'
import { pizzas, pizzaToppings, sales, shops, toppings } from './schema.ts'

const Quantity = z.object({ quantity: z.int().min(1) })

export const menu: AppDefinition = app('menu', {
  Shop: model(shops, { display: 'name' }),
  Topping: model(toppings, { display: 'name' }),
  Pizza: model(pizzas, {
    display: 'name',
    properties: { isCheap: ({ price }) => Number(price) < 10 },
    fields: { cost: { read: (user) => user.can('menu.view_cost') } },
    through: { toppings: pizzaToppings },
    export: true,
    bulk: true,
    operations: {
      quote: operation.instance({
        POST: {
          permissions: [], // every known caller; unless given, `menu.change_pizza` is needed
          input: Quantity,
          output: z.object({ total: z.string() }),
          transaction: false, // it writes nothing
          run: ({ instance, input: { quantity } }) => {
            if (quantity > 100) throw new Problem(409, 'That many we cannot bake.', { code: 'too-many' })
            return { total: (Number(instance.price) * quantity).toFixed(2) }
          },
        },
      }),
      cheapest: operation.model({
        GET: {
          query: pageParameters, // `limit`, `after`, `before`
          output: pageOf('menu.Pizza'), // clients have instances
          run: ({ page, query }) => page({ filter: { forSale: true }, sort: 'price', ...query }),
        },
      }),
    },
  }),
  Sale: model(sales, { key: ['pizzaId'] }), // a view: it is read-only
})
