// The graph: lists that are narrowed, what comes with them, and references asked for together.

import type { Client } from 'slumberjs'
import type { Services } from '../readme/services.d.ts'

export async function graph(client: Client<Services>): Promise<readonly unknown[]> {
  const { Pizza } = client.pizzas.menu

  // Filters have Django's operators; relations and `or`, `and`, `not` nest. Filters add up.
  const list = Pizza.filter({ or: [{ price: { lt: '8' } }, { exclusiveTo: { slug: 'alta-moda' } }] }).sort('-price')
  const page = await list.limit(20).page() // one request
  const rest = await page.next() // the next one, or undefined behind the last page
  const count = await list.count() // without the rows

  // What is expanded comes with the page: `get()` of such a reference asks for nothing.
  const [first] = (await list.expand('exclusiveTo').page()).items
  const shop = await first?.exclusiveTo?.get()

  // References that are asked for at the same time are one request for each model, up to 200 in each.
  const shops = await Promise.all(page.items.map(async (pizza) => await pizza.exclusiveTo?.get()))

  // Everything, page by page; `all` says how many are too many.
  const names: string[] = []
  for await (const pizza of list) names.push(pizza.name)
  const all = await list.all({ max: 1_000 })

  return [names, count, rest === undefined, shop?.name, shops.map((each) => each?.name ?? null), all.length]
}
