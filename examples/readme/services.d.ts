// Written by `slumber types` from what the services say of themselves; write it again after they change.
// Give it to the client: connect<Services>({ … })

import type {
  FilterGroups,
  InstanceMembers,
  Linked,
  List,
  ModelClient,
  ModelShape,
  OrderComparison,
  Reference,
  TextComparison,
} from 'slumberjs'

/** An instance of menu.Shop. */
export interface PizzasMenuShop extends InstanceMembers<PizzasMenuShopShape> {
  /** The key. */
  readonly id: number
  readonly name: string
  /** Unique. */
  readonly slug: string
  /** Computed. */
  readonly webAddress: unknown
  readonly pizzas: List<PizzasMenuPizzaShape>
}

/** The values of menu.Shop. */
export interface PizzasMenuShopData {
  /** The key. */
  readonly id: number
  readonly name: string
  /** Unique. */
  readonly slug: string
  /** Computed. */
  readonly webAddress: unknown
}

/** What creates or replaces menu.Shop. */
export interface PizzasMenuShopCreate {
  /** The key. */
  readonly id?: number
  readonly name: string
  /** Unique. */
  readonly slug: string
}

/** What a filter may ask of menu.Shop; all of it must hold. */
export interface PizzasMenuShopFilter extends FilterGroups<PizzasMenuShopFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly slug?: string | TextComparison
  readonly pizzas?: PizzasMenuPizzaFilter
}

export interface PizzasMenuShopShape extends ModelShape {
  readonly instance: PizzasMenuShop
  readonly data: PizzasMenuShopData
  readonly get: { readonly id: number } | { readonly slug: string } | { readonly pk: number }
  readonly create: PizzasMenuShopCreate
  readonly filter: PizzasMenuShopFilter
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'slug' | '-slug'
  readonly operations: object
}

/** An instance of menu.Pizza. */
export interface PizzasMenuPizza extends InstanceMembers<PizzasMenuPizzaShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  /** A decimal number, such as "9.50". */
  readonly price: string
  readonly exclusiveToId: number | null
  readonly exclusiveTo: Reference<PizzasMenuShop> | null
  /** POST. */
  quote(input: { readonly quantity: number }): Promise<unknown>
}

/** The values of menu.Pizza. */
export interface PizzasMenuPizzaData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  /** A decimal number, such as "9.50". */
  readonly price: string
  readonly exclusiveToId: number | null
}

/** What creates or replaces menu.Pizza. */
export interface PizzasMenuPizzaCreate {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
  /** A decimal number, such as "9.50". */
  readonly price: string | number
  readonly exclusiveToId?: number | null
  readonly exclusiveTo?: Linked | null
}

/** What a filter may ask of menu.Pizza; all of it must hold. */
export interface PizzasMenuPizzaFilter extends FilterGroups<PizzasMenuPizzaFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly price?: string | number | OrderComparison<string | number>
  readonly exclusiveToId?: number | null | OrderComparison<number>
  readonly exclusiveTo?: Linked | PizzasMenuShopFilter | null
}

export interface PizzasMenuPizzaShape extends ModelShape {
  readonly instance: PizzasMenuPizza
  readonly data: PizzasMenuPizzaData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: PizzasMenuPizzaCreate
  readonly filter: PizzasMenuPizzaFilter
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'price' | '-price' | 'exclusiveToId' | '-exclusiveToId'
  readonly operations: object
}

/** The apps of pizzas. */
export interface PizzasService {
  readonly menu: {
    readonly Shop: ModelClient<PizzasMenuShopShape>
    readonly Pizza: ModelClient<PizzasMenuPizzaShape>
  }
}

/** Every service by name. */
export interface Services {
  readonly pizzas: PizzasService
}
