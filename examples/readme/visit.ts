// The client side: the models of every service, as if they were your own.

import { basic, connect, PreconditionFailed } from 'slumberjs'
import type { Services } from './services.d.ts' // SLUMBER_USER=ada:engine npx slumber types http://localhost:8001/slumber/pizzas/ -o services.d.ts

export async function visit(pizzas: string): Promise<readonly string[]> {
  const client = connect<Services>({
    directory: { pizzas }, // or the URL of a directory that lists every service
    authenticate: basic('ada', 'engine'),
  })
  const { Pizza, Shop } = client.pizzas.menu

  const pizza = await Pizza.get({ name: 'Moda Speciale' })
  const shop = await pizza.exclusiveTo?.get() // nothing is asked for before `get()`

  const names: string[] = []
  for await (const cheap of Pizza.filter({ price: { lt: '10' } }).sort('-price')) names.push(cheap.name)

  const same = await Pizza.get({ id: pizza.id })
  await same.update({ price: '14' }) // PATCH with If-Match
  try {
    await pizza.update({ price: '12' }) // the other change came first: 412
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error
    await pizza.refresh()
  }

  await Pizza.create({ name: 'Marinara', price: '6.90', exclusiveTo: await Shop.get({ slug: 'alta-moda' }) })
  const quote = await pizza.quote({ quantity: 3 })

  return [pizza.name, String(shop?.webAddress), names.join(), pizza.price, JSON.stringify(quote)]
}
