// The description of a router, made of its classes: paths, parameters, schemas, statuses.

import { openApi, openApiResource, query, resource, router, type Router } from 'slumberjs/http'
import { z } from 'zod'

const Pizza = z.object({ name: z.string(), price: z.number() })

export class Pizzas extends resource('/pizzas', {
  query: { under: query.number({ description: 'Only those that cost less' }) },
}) {
  override description = { resource: 'All pizzas.', GET: 'The menu of today.' } // wins over what is generated
  override input = { POST: Pizza }
  override output = { GET: z.array(Pizza) }

  GET(): readonly z.infer<typeof Pizza>[] {
    return [{ name: 'Margherita', price: 7.5 }].filter(({ price }) => price < (this.query.under ?? Infinity))
  }
  async POST(): Promise<unknown> {
    return await this.data(Pizza)
  }
}

const info = { title: 'Pizzeria', version: '1.0.0' }
const Description = openApiResource('/openapi.json', info, () => pizzeria) // serves it

export const pizzeria: Router = router([Pizzas, Description])
export const document = openApi(pizzeria, info) // or take it
