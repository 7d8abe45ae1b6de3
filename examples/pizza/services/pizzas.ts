// `pizzas`: the menu. Shops lie in cities of `atlas`.

import { app, model, type AppDefinition } from 'slumberjs/server'
import { pizzaCrusts, pizzaPrices, pizzas, pizzaSizePrices, shops } from '../schema/menu.ts'

export const menu: AppDefinition = app(
  'menu',
  {
    Shop: model(shops, {
      display: 'name',
      properties: { webAddress: (shop) => `http://www.example.com/${shop.slug}/` },
    }),
    Pizza: model(pizzas, { display: 'name' }),
    PizzaPrice: model(pizzaPrices, {
      display: (price) => price.date.toISOString().slice(0, 10),
      references: { pizzaId: { inverse: 'prices' } },
    }),
    PizzaSizePrice: model(pizzaSizePrices, {
      display: (price) => `${price.size}: ${price.amount}`,
      references: { priceId: { inverse: 'sizes' } },
    }),
    PizzaCrust: model(pizzaCrusts, { display: 'name' }),
  },
  { configuration: { currency: 'EUR' } },
)
