// Members of your own on models and instances of other services.

import { connect, type Credentials, type ModelProxy } from 'slumberjs'
import type { PizzasMenuPizza as Pizza, Services } from '../readme/services.d.ts'

/** Every instance of a model whose URL ends like this gets them. */
const priced: ModelProxy<Pizza> = {
  url: '/menu/Pizza/',
  instance: (Base) =>
    class extends Base {
      get label(): string {
        return `${this.name}, ${this.price}`
      }
    },
}

export async function label(pizzas: string, authenticate: Credentials): Promise<string> {
  const client = connect<Services>({ directory: { pizzas }, authenticate, proxies: [priced] })
  const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
  return (pizza as Pizza & { readonly label: string }).label
}
