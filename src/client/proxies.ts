// Members that a program adds to models and their instances, by the tail of the model's URL.

import type { Awaitable, ModelDocument } from '../wire/index.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- what TypeScript wants of a class that is mixed in
type Class<Instance = object> = new (...input: any[]) => Instance

/** Makes a class with more members of one: `(Base) => class extends Base { get label() { … } }`. */
export type Mixin<Instance = object> = (base: Class<Instance>) => Class

/**
 * What one model gets. Several may be for one model: each extends what those before it made.
 *
 * @typeParam Instance the generated type of an instance, which `this` has, and Model that of the model. What is added is told to the
 *   compiler by an interface of the same name, which TypeScript merges with the generated one.
 * @example
 * declare module './slumber.d.ts' {
 *   interface PizzasMenuPizza { readonly label: string }
 *   interface PizzasMenuPizzaModel { cheapest(): Promise<PizzasMenuPizza | undefined> }
 * }
 * const pizza: ModelProxy<PizzasMenuPizza, PizzasMenuPizzaModel> = {
 *   url: '/menu/Pizza/',
 *   instance: (Base) => class extends Base { override get label() { return `${this.name} (${this.price})` } },
 *   model: (Base) => class extends Base {
 *     override async cheapest() { return await this.sort('price').first() }
 *   },
 * }
 */
export interface ModelProxy<Instance = object, Model = object> {
  /** Its last segments: `/menu/Pizza/`, or `Pizza` of any app. */
  readonly url: string
  readonly instance?: Mixin<Instance>
  /** Its methods are called on the model: `client.pizzas.menu.Pizza.cheapest()`. */
  readonly model?: Mixin<Model>
  /** Seconds for which an instance is taken from the cache without asking. */
  readonly cacheTtl?: number
}

/** One for any model: what its classes extend, they alone know. */
export type AnyProxy = ModelProxy<never, never>

/** A list, or what loads it when the client is first used. */
export type Proxies = readonly AnyProxy[] | (() => Awaitable<readonly AnyProxy[]>)

/** Those that are for a model. */
export function proxiesOf({ url }: ModelDocument, proxies: readonly AnyProxy[]): readonly AnyProxy[] {
  if (proxies.length === 0) return proxies // asked for with every instance
  const path = betweenSlashes(new URL(url).pathname)
  return proxies.filter((proxy) => path.endsWith(betweenSlashes(proxy.url)))
}

/** `menu/Pizza` as `/menu/Pizza/`: a tail of a path begins at a segment. */
function betweenSlashes(path: string): string {
  return `/${path.replaceAll(/^\/|\/$/g, '')}/`
}

/** A class with what all of them add. */
export function mixedIn<Base extends Class>(base: Base, proxies: readonly AnyProxy[], of: 'instance' | 'model'): Base {
  // It is what the classes are for: the URL says so.
  return proxies.reduce((made, proxy) => (proxy[of]?.(made as Class as Class<never>) ?? made) as Base, base)
}
