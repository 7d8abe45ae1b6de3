// Written by `slumber types` from what the services say of themselves; write it again after they change.
// Give it to the client: connect<Services>({ … })

import type {
  ArrayExpansion,
  FilterGroups,
  InstanceMembers,
  Linked,
  List,
  ModelMembers,
  ModelShape,
  OrderComparison,
  Reference,
  ReferenceExpansion,
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
export interface PizzasMenuShopCreate<_Allowed = 'id' | 'name' | 'slug'> {
  /** The key. */
  readonly id?: number
  readonly name: string
  /** Unique. */
  readonly slug: string
}

/** What changes menu.Shop. */
export interface PizzasMenuShopChanges<_Allowed = 'name' | 'slug'> {
  readonly name?: string
  /** Unique. */
  readonly slug?: string
}

/** What a filter may ask of menu.Shop; all of it must hold. */
export interface PizzasMenuShopFilter<
  _Allowed = 'id' | 'name' | 'slug' | 'pizzas',
> extends FilterGroups<PizzasMenuShopFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly slug?: string | TextComparison
  readonly pizzas?: PizzasMenuPizzaFilter
}

/** What can come with menu.Shop, and how. */
export interface PizzasMenuShopExpand<_Allowed = 'pizzas'> {
  readonly pizzas?: true | ArrayExpansion<PizzasMenuPizzaShape>
}

export interface PizzasMenuShopShape extends ModelShape {
  readonly instance: PizzasMenuShop
  readonly data: PizzasMenuShopData
  readonly get: { readonly id: number } | { readonly slug: string } | { readonly pk: number }
  readonly create: PizzasMenuShopCreate
  readonly changes: PizzasMenuShopChanges
  readonly filter: PizzasMenuShopFilter
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'slug' | '-slug'
  readonly field: 'id' | 'name' | 'slug' | 'webAddress'
  readonly relation: 'pizzas'
  readonly expand: PizzasMenuShopExpand
}

/** The model menu.Shop. */
export interface PizzasMenuShopModel extends ModelMembers<PizzasMenuShopShape> {}

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
export interface PizzasMenuPizzaCreate<_Allowed = 'id' | 'name' | 'price' | 'exclusiveToId' | 'exclusiveTo'> {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
  /** A decimal number, such as "9.50". */
  readonly price: string | number
  readonly exclusiveToId?: number | null
  readonly exclusiveTo?: Linked | null
}

/** What changes menu.Pizza. */
export interface PizzasMenuPizzaChanges<_Allowed = 'name' | 'price' | 'exclusiveToId' | 'exclusiveTo'> {
  /** Unique. */
  readonly name?: string
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly exclusiveToId?: number | null
  readonly exclusiveTo?: Linked | null
}

/** What a filter may ask of menu.Pizza; all of it must hold. */
export interface PizzasMenuPizzaFilter<
  _Allowed = 'id' | 'name' | 'price' | 'exclusiveToId' | 'exclusiveTo',
> extends FilterGroups<PizzasMenuPizzaFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly price?: string | number | OrderComparison<string | number>
  readonly exclusiveToId?: number | null | OrderComparison<number>
  readonly exclusiveTo?: Linked | PizzasMenuShopFilter | null
}

/** What can come with menu.Pizza, and how. */
export interface PizzasMenuPizzaExpand<_Allowed = 'exclusiveTo'> {
  readonly exclusiveTo?: true | ReferenceExpansion<PizzasMenuShopShape>
}

export interface PizzasMenuPizzaShape extends ModelShape {
  readonly instance: PizzasMenuPizza
  readonly data: PizzasMenuPizzaData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: PizzasMenuPizzaCreate
  readonly changes: PizzasMenuPizzaChanges
  readonly filter: PizzasMenuPizzaFilter
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'price' | '-price' | 'exclusiveToId' | '-exclusiveToId'
  readonly field: 'id' | 'name' | 'price' | 'exclusiveToId'
  readonly relation: 'exclusiveTo'
  readonly expand: PizzasMenuPizzaExpand
}

/** The model menu.Pizza. */
export interface PizzasMenuPizzaModel extends ModelMembers<PizzasMenuPizzaShape> {}

/** The apps of pizzas. */
export interface PizzasService {
  readonly menu: {
    readonly Shop: PizzasMenuShopModel
    readonly Pizza: PizzasMenuPizzaModel
  }
}

/** Every service by name. */
export interface Services {
  readonly pizzas: PizzasService
}
