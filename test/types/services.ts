// Written by `slumber types` from what the services say of themselves; write it again after they change.
// Give it to the client: connect<Services>({ … })

import type {
  ArrayExpansion,
  Comparison,
  FilterGroups,
  InstanceMembers,
  ItemComparison,
  Linked,
  List,
  ModelMembers,
  ModelShape,
  NullComparison,
  OneOf,
  OrderComparison,
  PageOf,
  Reference,
  ReferenceExpansion,
  TextComparison,
} from 'slumberjs'

/** An instance of menu.Shop. */
export interface PizzasMenuShop extends InstanceMembers<PizzasMenuShopShape> {
  /** The key. */
  readonly id: number
  /** At most 40 characters. */
  readonly name: string
  /** Unique. */
  readonly slug: string
  readonly active: boolean | null
  /** Computed. */
  readonly webAddress: string
  readonly city: Reference<AtlasGeoCity> | null
  readonly pizzas: List<PizzasMenuPizzaShape>
}

/** The values of menu.Shop. */
export interface PizzasMenuShopData {
  /** The key. */
  readonly id: number
  /** At most 40 characters. */
  readonly name: string
  /** Unique. */
  readonly slug: string
  readonly active: boolean | null
  /** The URL of an instance. */
  readonly city: string | null
  /** Computed. */
  readonly webAddress: string
}

/** What creates or replaces menu.Shop. */
export interface PizzasMenuShopCreate<_Allowed = 'id' | 'name' | 'slug' | 'active' | 'city'> {
  /** The key. */
  readonly id?: number
  /** At most 40 characters. */
  readonly name: string
  /** Unique. */
  readonly slug: string
  readonly active?: boolean | null
  /** The URL of an instance. */
  readonly city?: Linked | string | null
}

/** What changes menu.Shop. */
export interface PizzasMenuShopChanges<_Allowed = 'name' | 'slug' | 'active' | 'city'> {
  /** At most 40 characters. */
  readonly name?: string
  /** Unique. */
  readonly slug?: string
  readonly active?: boolean | null
  /** The URL of an instance. */
  readonly city?: Linked | string | null
}

/** What a filter may ask of menu.Shop; all of it must hold. */
export interface PizzasMenuShopFilter<
  _Allowed = 'id' | 'name' | 'slug' | 'active' | 'city' | 'pizzas',
> extends FilterGroups<PizzasMenuShopFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly slug?: string | TextComparison
  readonly active?: boolean | null | Comparison<boolean>
  readonly city?: Linked | string | null | Comparison<Linked | string>
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
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'slug' | '-slug' | 'active' | '-active' | 'city' | '-city'
  readonly field: 'id' | 'name' | 'slug' | 'active' | 'city' | 'webAddress'
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
  readonly limit: number | null
  readonly exclusiveToId: number | null
  readonly exclusiveTo: Reference<PizzasMenuShop> | null
  readonly prices: List<PizzasMenuPizzaPriceShape>
  readonly steps: List<PizzasMenuPizzaStepShape>
  /** POST; needs menu.order. */
  placeOrder(input: { readonly quantity: number }): Promise<unknown>
  /** GET. */
  look(input?: { readonly from?: string; readonly distance?: number }): Promise<unknown>
  /** POST; needs menu.change_pizza. */
  reprice(input: { readonly price: string }): Promise<PizzasMenuPizza>
}

/** The values of menu.Pizza. */
export interface PizzasMenuPizzaData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  /** A decimal number, such as "9.50". */
  readonly price: string
  readonly limit: number | null
  readonly exclusiveToId: number | null
}

/** What creates or replaces menu.Pizza. */
export interface PizzasMenuPizzaCreate<
  _Allowed = 'id' | 'name' | 'price' | 'limit' | 'exclusiveToId' | 'exclusiveTo' | 'steps',
> {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
  /** A decimal number, such as "9.50". */
  readonly price: string | number
  readonly limit?: number | null
  readonly exclusiveToId?: number | null
  readonly exclusiveTo?: Linked | null
  readonly steps?: readonly PizzasMenuPizzaStepsCreate[]
}

/** What changes menu.Pizza. */
export interface PizzasMenuPizzaChanges<
  _Allowed = 'name' | 'price' | 'limit' | 'exclusiveToId' | 'exclusiveTo' | 'steps',
> {
  /** Unique. */
  readonly name?: string
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly limit?: number | null
  readonly exclusiveToId?: number | null
  readonly exclusiveTo?: Linked | null
  readonly steps?: readonly PizzasMenuPizzaStepsCreate[]
}

/** What is written of menu.PizzaStep with its menu.Pizza. */
export interface PizzasMenuPizzaStepsCreate<_Allowed = 'id' | 'crust' | 'base' | 'todo' | 'until' | 'grams'> {
  /** The key. */
  readonly id?: number
  readonly crust?: string | null
  readonly base?: Linked | null
  readonly todo: string
  readonly until?: Date | null
  readonly grams?: bigint | number | null
}

/** What a filter may ask of menu.Pizza; all of it must hold. */
export interface PizzasMenuPizzaFilter<
  _Allowed = 'id' | 'name' | 'price' | 'limit' | 'exclusiveToId' | 'exclusiveTo' | 'prices' | 'steps',
> extends FilterGroups<PizzasMenuPizzaFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly price?: string | number | OrderComparison<string | number>
  readonly limit?: number | null | OrderComparison<number>
  readonly exclusiveToId?: number | null | OrderComparison<number>
  readonly exclusiveTo?: Linked | PizzasMenuShopFilter | null
  readonly prices?: PizzasMenuPizzaPriceFilter
  readonly steps?: PizzasMenuPizzaStepFilter
}

/** What can come with menu.Pizza, and how. */
export interface PizzasMenuPizzaExpand<_Allowed = 'exclusiveTo' | 'prices' | 'steps'> {
  readonly exclusiveTo?: true | ReferenceExpansion<PizzasMenuShopShape>
  readonly prices?: true | ArrayExpansion<PizzasMenuPizzaPriceShape>
  readonly steps?: true | ArrayExpansion<PizzasMenuPizzaStepShape>
}

export interface PizzasMenuPizzaShape extends ModelShape {
  readonly instance: PizzasMenuPizza
  readonly data: PizzasMenuPizzaData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: PizzasMenuPizzaCreate
  readonly changes: PizzasMenuPizzaChanges
  readonly filter: PizzasMenuPizzaFilter
  readonly sort:
    'id' | '-id' | 'name' | '-name' | 'price' | '-price' | 'limit' | '-limit' | 'exclusiveToId' | '-exclusiveToId'
  readonly field: 'id' | 'name' | 'price' | 'limit' | 'exclusiveToId'
  readonly relation: 'exclusiveTo' | 'prices' | 'steps'
  readonly expand: PizzasMenuPizzaExpand
}

/** The model menu.Pizza. */
export interface PizzasMenuPizzaModel extends ModelMembers<PizzasMenuPizzaShape> {
  /** GET. */
  byPrice(input?: {
    readonly limit?: number
    readonly after?: string
    readonly before?: string
  }): Promise<PageOf<PizzasMenuPizza>>
  /** POST; needs menu.change_pizza. */
  topSellers(input: { readonly count: number }): Promise<unknown>
  /** POST; needs menu.change_pizza. */
  close(): Promise<unknown>
}

/** An instance of menu.PizzaPrice. */
export interface PizzasMenuPizzaPrice extends InstanceMembers<PizzasMenuPizzaPriceShape> {
  /** The key. */
  readonly id: number
  readonly pizzaId: number
  readonly date: Date
  readonly size: 's' | 'm' | 'l'
  readonly pizza: Reference<PizzasMenuPizza>
}

/** The values of menu.PizzaPrice. */
export interface PizzasMenuPizzaPriceData {
  /** The key. */
  readonly id: number
  readonly pizzaId: number
  readonly date: Date
  readonly size: 's' | 'm' | 'l'
}

/** What creates or replaces menu.PizzaPrice. */
export type PizzasMenuPizzaPriceCreate<_Allowed = 'id' | 'pizzaId' | 'pizza' | 'date' | 'size'> = {
  /** The key. */
  readonly id?: number
  readonly date: Date
  readonly size: 's' | 'm' | 'l'
} & OneOf<{ readonly pizzaId: number; readonly pizza: Linked }>

/** What changes menu.PizzaPrice. */
export interface PizzasMenuPizzaPriceChanges<_Allowed = 'pizzaId' | 'pizza' | 'date' | 'size'> {
  readonly pizzaId?: number
  readonly pizza?: Linked
  readonly date?: Date
  readonly size?: 's' | 'm' | 'l'
}

/** What a filter may ask of menu.PizzaPrice; all of it must hold. */
export interface PizzasMenuPizzaPriceFilter<
  _Allowed = 'id' | 'pizzaId' | 'date' | 'size' | 'pizza',
> extends FilterGroups<PizzasMenuPizzaPriceFilter> {
  readonly id?: number | OrderComparison<number>
  readonly pizzaId?: number | OrderComparison<number>
  readonly date?: Date | OrderComparison<Date>
  readonly size?: 's' | 'm' | 'l' | TextComparison<'s' | 'm' | 'l'>
  readonly pizza?: Linked | PizzasMenuPizzaFilter
}

/** What can come with menu.PizzaPrice, and how. */
export interface PizzasMenuPizzaPriceExpand<_Allowed = 'pizza'> {
  readonly pizza?: true | ReferenceExpansion<PizzasMenuPizzaShape>
}

export interface PizzasMenuPizzaPriceShape extends ModelShape {
  readonly instance: PizzasMenuPizzaPrice
  readonly data: PizzasMenuPizzaPriceData
  readonly get:
    | { readonly id: number }
    | ({ readonly date: Date } & OneOf<{ readonly pizzaId: number; readonly pizza: Linked }>)
    | { readonly pk: number }
  readonly create: PizzasMenuPizzaPriceCreate
  readonly changes: PizzasMenuPizzaPriceChanges
  readonly filter: PizzasMenuPizzaPriceFilter
  readonly sort: 'id' | '-id' | 'pizzaId' | '-pizzaId' | 'date' | '-date' | 'size' | '-size'
  readonly field: 'id' | 'pizzaId' | 'date' | 'size'
  readonly relation: 'pizza'
  readonly expand: PizzasMenuPizzaPriceExpand
}

/** The model menu.PizzaPrice. */
export interface PizzasMenuPizzaPriceModel extends ModelMembers<PizzasMenuPizzaPriceShape> {}

/** An instance of menu.PizzaStep. */
export interface PizzasMenuPizzaStep extends InstanceMembers<PizzasMenuPizzaStepShape> {
  /** The key. */
  readonly id: number
  readonly pizzaId: number
  readonly crust: string | null
  readonly todo: string
  readonly until: Date | null
  readonly grams: bigint | null
  readonly pizza: Reference<PizzasMenuPizza>
  readonly base: Reference<PizzasMenuPizzaCrust> | null
}

/** The values of menu.PizzaStep. */
export interface PizzasMenuPizzaStepData {
  /** The key. */
  readonly id: number
  readonly pizzaId: number
  readonly crust: string | null
  readonly todo: string
  readonly until: Date | null
  readonly grams: bigint | null
}

/** What creates or replaces menu.PizzaStep. */
export type PizzasMenuPizzaStepCreate<
  _Allowed = 'id' | 'pizzaId' | 'pizza' | 'crust' | 'base' | 'todo' | 'until' | 'grams',
> = {
  /** The key. */
  readonly id?: number
  readonly crust?: string | null
  readonly base?: Linked | null
  readonly todo: string
  readonly until?: Date | null
  readonly grams?: bigint | number | null
} & OneOf<{ readonly pizzaId: number; readonly pizza: Linked }>

/** What changes menu.PizzaStep. */
export interface PizzasMenuPizzaStepChanges<
  _Allowed = 'pizzaId' | 'pizza' | 'crust' | 'base' | 'todo' | 'until' | 'grams',
> {
  readonly pizzaId?: number
  readonly pizza?: Linked
  readonly crust?: string | null
  readonly base?: Linked | null
  readonly todo?: string
  readonly until?: Date | null
  readonly grams?: bigint | number | null
}

/** What a filter may ask of menu.PizzaStep; all of it must hold. */
export interface PizzasMenuPizzaStepFilter<
  _Allowed = 'id' | 'pizzaId' | 'crust' | 'todo' | 'until' | 'grams' | 'pizza' | 'base',
> extends FilterGroups<PizzasMenuPizzaStepFilter> {
  readonly id?: number | OrderComparison<number>
  readonly pizzaId?: number | OrderComparison<number>
  readonly crust?: string | null | TextComparison
  readonly todo?: string | TextComparison
  readonly until?: Date | null | OrderComparison<Date>
  readonly grams?: bigint | number | null | OrderComparison<bigint | number>
  readonly pizza?: Linked | PizzasMenuPizzaFilter
  readonly base?: Linked | PizzasMenuPizzaCrustFilter | null
}

/** What can come with menu.PizzaStep, and how. */
export interface PizzasMenuPizzaStepExpand<_Allowed = 'pizza' | 'base'> {
  readonly pizza?: true | ReferenceExpansion<PizzasMenuPizzaShape>
  readonly base?: true | ReferenceExpansion<PizzasMenuPizzaCrustShape>
}

export interface PizzasMenuPizzaStepShape extends ModelShape {
  readonly instance: PizzasMenuPizzaStep
  readonly data: PizzasMenuPizzaStepData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: PizzasMenuPizzaStepCreate
  readonly changes: PizzasMenuPizzaStepChanges
  readonly filter: PizzasMenuPizzaStepFilter
  readonly sort:
    | 'id'
    | '-id'
    | 'pizzaId'
    | '-pizzaId'
    | 'crust'
    | '-crust'
    | 'todo'
    | '-todo'
    | 'until'
    | '-until'
    | 'grams'
    | '-grams'
  readonly field: 'id' | 'pizzaId' | 'crust' | 'todo' | 'until' | 'grams'
  readonly relation: 'pizza' | 'base'
  readonly expand: PizzasMenuPizzaStepExpand
}

/** The model menu.PizzaStep. */
export interface PizzasMenuPizzaStepModel extends ModelMembers<PizzasMenuPizzaStepShape> {}

/** An instance of menu.PizzaCrust. */
export interface PizzasMenuPizzaCrust extends InstanceMembers<PizzasMenuPizzaCrustShape> {
  /** The key. At most 3 characters. */
  readonly code: string
  readonly name: string
  readonly pizzaSteps: List<PizzasMenuPizzaStepShape>
}

/** The values of menu.PizzaCrust. */
export interface PizzasMenuPizzaCrustData {
  /** The key. At most 3 characters. */
  readonly code: string
  readonly name: string
}

/** What creates or replaces menu.PizzaCrust. */
export interface PizzasMenuPizzaCrustCreate<_Allowed = 'code' | 'name'> {
  /** The key. At most 3 characters. */
  readonly code: string
  readonly name: string
}

/** What changes menu.PizzaCrust. */
export interface PizzasMenuPizzaCrustChanges<_Allowed = 'name'> {
  readonly name?: string
}

/** What a filter may ask of menu.PizzaCrust; all of it must hold. */
export interface PizzasMenuPizzaCrustFilter<
  _Allowed = 'code' | 'name' | 'pizzaSteps',
> extends FilterGroups<PizzasMenuPizzaCrustFilter> {
  readonly code?: string | TextComparison
  readonly name?: string | TextComparison
  readonly pizzaSteps?: PizzasMenuPizzaStepFilter
}

/** What can come with menu.PizzaCrust, and how. */
export interface PizzasMenuPizzaCrustExpand<_Allowed = 'pizzaSteps'> {
  readonly pizzaSteps?: true | ArrayExpansion<PizzasMenuPizzaStepShape>
}

export interface PizzasMenuPizzaCrustShape extends ModelShape {
  readonly instance: PizzasMenuPizzaCrust
  readonly data: PizzasMenuPizzaCrustData
  readonly get: { readonly code: string } | { readonly pk: string }
  readonly create: PizzasMenuPizzaCrustCreate
  readonly changes: PizzasMenuPizzaCrustChanges
  readonly filter: PizzasMenuPizzaCrustFilter
  readonly sort: 'code' | '-code' | 'name' | '-name'
  readonly field: 'code' | 'name'
  readonly relation: 'pizzaSteps'
  readonly expand: PizzasMenuPizzaCrustExpand
}

/** The model menu.PizzaCrust. */
export interface PizzasMenuPizzaCrustModel extends ModelMembers<PizzasMenuPizzaCrustShape> {}

/** An instance of geo.City. */
export interface AtlasGeoCity extends InstanceMembers<AtlasGeoCityShape> {
  /** The key. */
  readonly id: number
  readonly name: string
  readonly population: bigint
  readonly latitude: number | null
  readonly flag: Uint8Array | null
  readonly facts: unknown
}

/** The values of geo.City. */
export interface AtlasGeoCityData {
  /** The key. */
  readonly id: number
  readonly name: string
  readonly population: bigint
  readonly latitude: number | null
  readonly flag: Uint8Array | null
  readonly facts: unknown
}

/** What creates or replaces geo.City. */
export interface AtlasGeoCityCreate<_Allowed = 'id' | 'name' | 'population' | 'latitude' | 'flag' | 'facts'> {
  /** The key. */
  readonly id?: number
  readonly name: string
  readonly population: bigint | number
  readonly latitude?: number | null
  readonly flag?: Uint8Array | null
  readonly facts?: unknown
}

/** What changes geo.City. */
export interface AtlasGeoCityChanges<_Allowed = 'name' | 'population' | 'latitude' | 'flag' | 'facts'> {
  readonly name?: string
  readonly population?: bigint | number
  readonly latitude?: number | null
  readonly flag?: Uint8Array | null
  readonly facts?: unknown
}

/** What a filter may ask of geo.City; all of it must hold. */
export interface AtlasGeoCityFilter<
  _Allowed = 'id' | 'name' | 'population' | 'latitude' | 'flag' | 'facts',
> extends FilterGroups<AtlasGeoCityFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly population?: bigint | number | OrderComparison<bigint | number>
  readonly latitude?: number | null | OrderComparison<number>
  readonly flag?: NullComparison | null
  readonly facts?: ItemComparison<string | number | boolean> | null
}

export interface AtlasGeoCityShape extends ModelShape {
  readonly instance: AtlasGeoCity
  readonly data: AtlasGeoCityData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: AtlasGeoCityCreate
  readonly changes: AtlasGeoCityChanges
  readonly filter: AtlasGeoCityFilter
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'population' | '-population' | 'latitude' | '-latitude'
  readonly field: 'id' | 'name' | 'population' | 'latitude' | 'flag' | 'facts'
  readonly relation: never
  readonly expand: never
}

/** The model geo.City. */
export interface AtlasGeoCityModel extends ModelMembers<AtlasGeoCityShape> {}

/** An instance of geo.partners.Twin. */
export interface AtlasGeoPartnersTwin extends InstanceMembers<AtlasGeoPartnersTwinShape> {
  /** Part of the key. */
  readonly fromCity: number
  /** Part of the key. */
  readonly toCity: number
  /** Read-only. */
  readonly since: number
}

/** The values of geo.partners.Twin. */
export interface AtlasGeoPartnersTwinData {
  /** Part of the key. */
  readonly fromCity: number
  /** Part of the key. */
  readonly toCity: number
  /** Read-only. */
  readonly since: number
}

/** What creates or replaces geo.partners.Twin. */
export interface AtlasGeoPartnersTwinCreate<_Allowed = 'fromCity' | 'toCity'> {
  /** Part of the key. */
  readonly fromCity: number
  /** Part of the key. */
  readonly toCity: number
}

/** What changes geo.partners.Twin. */
export interface AtlasGeoPartnersTwinChanges {}

/** What a filter may ask of geo.partners.Twin; all of it must hold. */
export interface AtlasGeoPartnersTwinFilter<
  _Allowed = 'fromCity' | 'toCity' | 'since',
> extends FilterGroups<AtlasGeoPartnersTwinFilter> {
  readonly fromCity?: number | OrderComparison<number>
  readonly toCity?: number | OrderComparison<number>
  readonly since?: number | OrderComparison<number>
}

export interface AtlasGeoPartnersTwinShape extends ModelShape {
  readonly instance: AtlasGeoPartnersTwin
  readonly data: AtlasGeoPartnersTwinData
  readonly get: { readonly fromCity: number; readonly toCity: number }
  readonly create: AtlasGeoPartnersTwinCreate
  readonly changes: AtlasGeoPartnersTwinChanges
  readonly filter: AtlasGeoPartnersTwinFilter
  readonly sort: 'fromCity' | '-fromCity' | 'toCity' | '-toCity' | 'since' | '-since'
  readonly field: 'fromCity' | 'toCity' | 'since'
  readonly relation: never
  readonly expand: never
}

/** The model geo.partners.Twin. */
export interface AtlasGeoPartnersTwinModel extends ModelMembers<AtlasGeoPartnersTwinShape> {}

/** The apps of pizzas. */
export interface PizzasService {
  readonly menu: {
    readonly Shop: PizzasMenuShopModel
    readonly Pizza: PizzasMenuPizzaModel
    readonly PizzaPrice: PizzasMenuPizzaPriceModel
    readonly PizzaStep: PizzasMenuPizzaStepModel
    readonly PizzaCrust: PizzasMenuPizzaCrustModel
  }
}

/** The apps of atlas. */
export interface AtlasService {
  readonly geo: {
    readonly City: AtlasGeoCityModel
    readonly partners: {
      readonly Twin: AtlasGeoPartnersTwinModel
    }
  }
}

/** Every service by name. */
export interface Services {
  readonly pizzas: PizzasService
  readonly atlas: AtlasService
  readonly world: AtlasService
}
