// A program that uses a service, and is tested without it: raises the price of what one shop alone sells.

import type { Client } from 'slumberjs'
import type { Services } from '../readme/services.d.ts'

export async function raise(client: Client<Services>, slug: string, by: number): Promise<readonly string[]> {
  const shop = await client.pizzas.menu.Shop.get({ slug })
  const raised: string[] = []
  for await (const pizza of shop.pizzas) {
    await pizza.update({ price: (Number(pizza.price) + by).toFixed(2) })
    raised.push(`${pizza.name} ${pizza.price}`)
  }
  return raised
}
