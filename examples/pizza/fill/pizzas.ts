// Fills `pizzas` with shops in real cities, and a menu with prices.

import type { Fill } from '../database.ts'
import { pizzaCrusts, pizzaPrices, pizzas, pizzaSizePrices, shops } from '../schema/menu.ts'

/** The cities are GeoNames ids, as `atlas` has them. */
const city = (id: number): string => `slumber://atlas/geo/City/${id}`

const shopRows = [
  { id: 1, name: 'Alta Moda', slug: 'alta-moda', active: true, city: city(3_173_435) }, // Milan
  { id: 2, name: 'Da Luigi', slug: 'da-luigi', active: true, city: city(3_172_394) }, // Naples
  { id: 3, name: 'Bella Rotterdam', slug: 'bella-rotterdam', active: null, city: city(2_747_891) },
  { id: 4, name: 'The Closed Oven', slug: 'closed-oven', active: false, city: null },
]

const menu = [
  { name: 'Margherita', price: '7.50', maxExtraToppings: null, exclusiveToId: null },
  { name: 'Marinara', price: '6.90', maxExtraToppings: 5, exclusiveToId: null },
  { name: 'Quattro Formaggi', price: '9.80', maxExtraToppings: 2, exclusiveToId: null },
  { name: 'Diavola', price: '9.20', maxExtraToppings: 3, exclusiveToId: null },
  { name: 'Capricciosa', price: '10.40', maxExtraToppings: 2, exclusiveToId: null },
  { name: 'Moda Speciale', price: '13.70', maxExtraToppings: 0, exclusiveToId: 1 },
  { name: 'Luigi Extra', price: '12.30', maxExtraToppings: 4, exclusiveToId: 2 },
]

const sizes = [
  { size: 's', factor: 0.8 },
  { size: 'm', factor: 1 },
  { size: 'l', factor: 1.3 },
] as const

const dates = [new Date('2025-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z')]

export const fillPizzas: Fill = async (database) => {
  await database.transaction(async (transaction) => {
    await transaction.insert(shops).values(shopRows)
    await transaction.insert(pizzaCrusts).values([
      { code: 'thn', name: 'Thin' },
      { code: 'dee', name: 'Deep pan' },
      { code: 'stf', name: 'Stuffed' },
    ])
    for (const row of menu) {
      const [pizza] = await transaction.insert(pizzas).values(row).returning()
      for (const [age, date] of dates.entries()) {
        const [price] = await transaction
          .insert(pizzaPrices)
          .values({ pizzaId: pizza?.id ?? 0, date })
          .returning()
        const base = Number(row.price) * (age === 0 ? 0.9 : 1)
        await transaction
          .insert(pizzaSizePrices)
          .values(
            sizes.map(({ size, factor }) => ({ priceId: price?.id ?? 0, size, amount: (base * factor).toFixed(2) })),
          )
      }
    }
  })
}
