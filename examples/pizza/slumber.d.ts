// Written by `slumber types` from what the services say of themselves; write it again after they change.
// Give it to the client: connect<Services>({ … })

import type {
  Comparison,
  FilterGroups,
  InstanceMembers,
  Linked,
  List,
  ModelClient,
  ModelShape,
  OneOf,
  OrderComparison,
  Reference,
  TextComparison,
} from 'slumberjs'

/** An instance of orders.Order. */
export interface TakeawayOrdersOrder extends InstanceMembers<TakeawayOrdersOrderShape> {
  /** The key. */
  readonly id: number
  /** At most 100 characters. */
  readonly customer: string
  /** Read-only. */
  readonly status: 'open' | 'delivered' | 'cancelled'
  /** Read-only. */
  readonly placedAt: Date
  readonly shop: Reference<PizzasMenuShop>
  readonly pizza: Reference<PizzasMenuPizza>
  readonly lines: List<TakeawayOrdersOrderLineShape>
  /** POST; needs orders.change_order. */
  cancel(input?: unknown): Promise<unknown>
}

/** The values of orders.Order. */
export interface TakeawayOrdersOrderData {
  /** The key. */
  readonly id: number
  /** The URL of an instance. */
  readonly shop: string
  /** The URL of an instance. */
  readonly pizza: string
  /** At most 100 characters. */
  readonly customer: string
  /** Read-only. */
  readonly status: 'open' | 'delivered' | 'cancelled'
  /** Read-only. */
  readonly placedAt: Date
}

/** What creates or replaces orders.Order. */
export interface TakeawayOrdersOrderCreate {
  /** The key. */
  readonly id?: number
  /** The URL of an instance. */
  readonly shop: Linked | string
  /** The URL of an instance. */
  readonly pizza: Linked | string
  /** At most 100 characters. */
  readonly customer: string
}

/** What a filter may ask of orders.Order; all of it must hold. */
export interface TakeawayOrdersOrderFilter extends FilterGroups<TakeawayOrdersOrderFilter> {
  readonly id?: number | OrderComparison<number>
  readonly shop?: Linked | string | Comparison<Linked | string>
  readonly pizza?: Linked | string | Comparison<Linked | string>
  readonly customer?: string | TextComparison
  readonly status?: 'open' | 'delivered' | 'cancelled' | TextComparison<'open' | 'delivered' | 'cancelled'>
  readonly placedAt?: Date | OrderComparison<Date>
  readonly lines?: TakeawayOrdersOrderLineFilter
}

export interface TakeawayOrdersOrderShape extends ModelShape {
  readonly instance: TakeawayOrdersOrder
  readonly data: TakeawayOrdersOrderData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: TakeawayOrdersOrderCreate
  readonly filter: TakeawayOrdersOrderFilter
  readonly sort:
    | 'id'
    | '-id'
    | 'shop'
    | '-shop'
    | 'pizza'
    | '-pizza'
    | 'customer'
    | '-customer'
    | 'status'
    | '-status'
    | 'placedAt'
    | '-placedAt'
  readonly operations: object
}

/** An instance of orders.OrderLine. */
export interface TakeawayOrdersOrderLine extends InstanceMembers<TakeawayOrdersOrderLineShape> {
  /** The key. */
  readonly id: number
  readonly orderId: number
  readonly size: 's' | 'm' | 'l'
  readonly quantity: number
  readonly crust: Reference<PizzasMenuPizzaCrust> | null
  readonly order: Reference<TakeawayOrdersOrder>
}

/** The values of orders.OrderLine. */
export interface TakeawayOrdersOrderLineData {
  /** The key. */
  readonly id: number
  readonly orderId: number
  readonly size: 's' | 'm' | 'l'
  /** The URL of an instance. */
  readonly crust: string | null
  readonly quantity: number
}

/** What creates or replaces orders.OrderLine. */
export type TakeawayOrdersOrderLineCreate = {
  /** The key. */
  readonly id?: number
  readonly size: 's' | 'm' | 'l'
  /** The URL of an instance. */
  readonly crust?: Linked | string | null
  readonly quantity?: number
} & OneOf<{ readonly orderId: number; readonly order: Linked }>

/** What a filter may ask of orders.OrderLine; all of it must hold. */
export interface TakeawayOrdersOrderLineFilter extends FilterGroups<TakeawayOrdersOrderLineFilter> {
  readonly id?: number | OrderComparison<number>
  readonly orderId?: number | OrderComparison<number>
  readonly size?: 's' | 'm' | 'l' | TextComparison<'s' | 'm' | 'l'>
  readonly crust?: Linked | string | null | Comparison<Linked | string>
  readonly quantity?: number | OrderComparison<number>
  readonly order?: Linked | TakeawayOrdersOrderFilter
}

export interface TakeawayOrdersOrderLineShape extends ModelShape {
  readonly instance: TakeawayOrdersOrderLine
  readonly data: TakeawayOrdersOrderLineData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: TakeawayOrdersOrderLineCreate
  readonly filter: TakeawayOrdersOrderLineFilter
  readonly sort:
    'id' | '-id' | 'orderId' | '-orderId' | 'size' | '-size' | 'crust' | '-crust' | 'quantity' | '-quantity'
  readonly operations: object
}

/** An instance of menu.Shop. */
export interface PizzasMenuShop extends InstanceMembers<PizzasMenuShopShape> {
  /** The key. */
  readonly id: number
  readonly name: string
  /** Unique. */
  readonly slug: string
  readonly active: boolean | null
  /** Computed. */
  readonly webAddress: unknown
  readonly city: Reference<AtlasGeoCity> | null
  readonly pizzas: List<PizzasMenuPizzaShape>
}

/** The values of menu.Shop. */
export interface PizzasMenuShopData {
  /** The key. */
  readonly id: number
  readonly name: string
  /** Unique. */
  readonly slug: string
  readonly active: boolean | null
  /** The URL of an instance. */
  readonly city: string | null
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
  readonly active?: boolean | null
  /** The URL of an instance. */
  readonly city?: Linked | string | null
}

/** What a filter may ask of menu.Shop; all of it must hold. */
export interface PizzasMenuShopFilter extends FilterGroups<PizzasMenuShopFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly slug?: string | TextComparison
  readonly active?: boolean | null | Comparison<boolean>
  readonly city?: Linked | string | null | Comparison<Linked | string>
  readonly pizzas?: PizzasMenuPizzaFilter
}

export interface PizzasMenuShopShape extends ModelShape {
  readonly instance: PizzasMenuShop
  readonly data: PizzasMenuShopData
  readonly get: { readonly id: number } | { readonly slug: string } | { readonly pk: number }
  readonly create: PizzasMenuShopCreate
  readonly filter: PizzasMenuShopFilter
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'slug' | '-slug' | 'active' | '-active' | 'city' | '-city'
  readonly operations: object
}

/** An instance of menu.Pizza. */
export interface PizzasMenuPizza extends InstanceMembers<PizzasMenuPizzaShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  readonly forSale: boolean
  /** A decimal number, such as "9.50". */
  readonly price: string
  readonly maxExtraToppings: number | null
  readonly exclusiveToId: number | null
  readonly exclusiveTo: Reference<PizzasMenuShop> | null
  readonly prices: List<PizzasMenuPizzaPriceShape>
}

/** The values of menu.Pizza. */
export interface PizzasMenuPizzaData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  readonly forSale: boolean
  /** A decimal number, such as "9.50". */
  readonly price: string
  readonly maxExtraToppings: number | null
  readonly exclusiveToId: number | null
}

/** What creates or replaces menu.Pizza. */
export interface PizzasMenuPizzaCreate {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
  readonly forSale?: boolean
  /** A decimal number, such as "9.50". */
  readonly price: string | number
  readonly maxExtraToppings?: number | null
  readonly exclusiveToId?: number | null
  readonly exclusiveTo?: Linked | null
}

/** What a filter may ask of menu.Pizza; all of it must hold. */
export interface PizzasMenuPizzaFilter extends FilterGroups<PizzasMenuPizzaFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly forSale?: boolean | Comparison<boolean>
  readonly price?: string | number | OrderComparison<string | number>
  readonly maxExtraToppings?: number | null | OrderComparison<number>
  readonly exclusiveToId?: number | null | OrderComparison<number>
  readonly exclusiveTo?: Linked | PizzasMenuShopFilter | null
  readonly prices?: PizzasMenuPizzaPriceFilter
}

export interface PizzasMenuPizzaShape extends ModelShape {
  readonly instance: PizzasMenuPizza
  readonly data: PizzasMenuPizzaData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: PizzasMenuPizzaCreate
  readonly filter: PizzasMenuPizzaFilter
  readonly sort:
    | 'id'
    | '-id'
    | 'name'
    | '-name'
    | 'forSale'
    | '-forSale'
    | 'price'
    | '-price'
    | 'maxExtraToppings'
    | '-maxExtraToppings'
    | 'exclusiveToId'
    | '-exclusiveToId'
  readonly operations: object
}

/** An instance of menu.PizzaPrice. */
export interface PizzasMenuPizzaPrice extends InstanceMembers<PizzasMenuPizzaPriceShape> {
  /** The key. */
  readonly id: number
  readonly pizzaId: number
  readonly date: Date
  readonly pizza: Reference<PizzasMenuPizza>
  readonly sizes: List<PizzasMenuPizzaSizePriceShape>
}

/** The values of menu.PizzaPrice. */
export interface PizzasMenuPizzaPriceData {
  /** The key. */
  readonly id: number
  readonly pizzaId: number
  readonly date: Date
}

/** What creates or replaces menu.PizzaPrice. */
export type PizzasMenuPizzaPriceCreate = {
  /** The key. */
  readonly id?: number
  readonly date: Date
} & OneOf<{ readonly pizzaId: number; readonly pizza: Linked }>

/** What a filter may ask of menu.PizzaPrice; all of it must hold. */
export interface PizzasMenuPizzaPriceFilter extends FilterGroups<PizzasMenuPizzaPriceFilter> {
  readonly id?: number | OrderComparison<number>
  readonly pizzaId?: number | OrderComparison<number>
  readonly date?: Date | OrderComparison<Date>
  readonly pizza?: Linked | PizzasMenuPizzaFilter
  readonly sizes?: PizzasMenuPizzaSizePriceFilter
}

export interface PizzasMenuPizzaPriceShape extends ModelShape {
  readonly instance: PizzasMenuPizzaPrice
  readonly data: PizzasMenuPizzaPriceData
  readonly get:
    | { readonly id: number }
    | ({ readonly date: Date } & OneOf<{ readonly pizzaId: number; readonly pizza: Linked }>)
    | { readonly pk: number }
  readonly create: PizzasMenuPizzaPriceCreate
  readonly filter: PizzasMenuPizzaPriceFilter
  readonly sort: 'id' | '-id' | 'pizzaId' | '-pizzaId' | 'date' | '-date'
  readonly operations: object
}

/** An instance of menu.PizzaSizePrice. */
export interface PizzasMenuPizzaSizePrice extends InstanceMembers<PizzasMenuPizzaSizePriceShape> {
  /** The key. */
  readonly id: number
  readonly priceId: number
  readonly size: 's' | 'm' | 'l'
  /** A decimal number, such as "9.50". */
  readonly amount: string
  readonly price: Reference<PizzasMenuPizzaPrice>
}

/** The values of menu.PizzaSizePrice. */
export interface PizzasMenuPizzaSizePriceData {
  /** The key. */
  readonly id: number
  readonly priceId: number
  readonly size: 's' | 'm' | 'l'
  /** A decimal number, such as "9.50". */
  readonly amount: string
}

/** What creates or replaces menu.PizzaSizePrice. */
export type PizzasMenuPizzaSizePriceCreate = {
  /** The key. */
  readonly id?: number
  readonly size: 's' | 'm' | 'l'
  /** A decimal number, such as "9.50". */
  readonly amount: string | number
} & OneOf<{ readonly priceId: number; readonly price: Linked }>

/** What a filter may ask of menu.PizzaSizePrice; all of it must hold. */
export interface PizzasMenuPizzaSizePriceFilter extends FilterGroups<PizzasMenuPizzaSizePriceFilter> {
  readonly id?: number | OrderComparison<number>
  readonly priceId?: number | OrderComparison<number>
  readonly size?: 's' | 'm' | 'l' | TextComparison<'s' | 'm' | 'l'>
  readonly amount?: string | number | OrderComparison<string | number>
  readonly price?: Linked | PizzasMenuPizzaPriceFilter
}

export interface PizzasMenuPizzaSizePriceShape extends ModelShape {
  readonly instance: PizzasMenuPizzaSizePrice
  readonly data: PizzasMenuPizzaSizePriceData
  readonly get:
    | { readonly id: number }
    | ({ readonly size: 's' | 'm' | 'l' } & OneOf<{ readonly priceId: number; readonly price: Linked }>)
    | { readonly pk: number }
  readonly create: PizzasMenuPizzaSizePriceCreate
  readonly filter: PizzasMenuPizzaSizePriceFilter
  readonly sort: 'id' | '-id' | 'priceId' | '-priceId' | 'size' | '-size' | 'amount' | '-amount'
  readonly operations: object
}

/** An instance of menu.PizzaCrust. */
export interface PizzasMenuPizzaCrust extends InstanceMembers<PizzasMenuPizzaCrustShape> {
  /** The key. At most 3 characters. */
  readonly code: string
  readonly name: string
}

/** The values of menu.PizzaCrust. */
export interface PizzasMenuPizzaCrustData {
  /** The key. At most 3 characters. */
  readonly code: string
  readonly name: string
}

/** What creates or replaces menu.PizzaCrust. */
export interface PizzasMenuPizzaCrustCreate {
  /** The key. At most 3 characters. */
  readonly code: string
  readonly name: string
}

/** What a filter may ask of menu.PizzaCrust; all of it must hold. */
export interface PizzasMenuPizzaCrustFilter extends FilterGroups<PizzasMenuPizzaCrustFilter> {
  readonly code?: string | TextComparison
  readonly name?: string | TextComparison
}

export interface PizzasMenuPizzaCrustShape extends ModelShape {
  readonly instance: PizzasMenuPizzaCrust
  readonly data: PizzasMenuPizzaCrustData
  readonly get: { readonly code: string } | { readonly pk: string }
  readonly create: PizzasMenuPizzaCrustCreate
  readonly filter: PizzasMenuPizzaCrustFilter
  readonly sort: 'code' | '-code' | 'name' | '-name'
  readonly operations: object
}

/** An instance of auth.User. */
export interface AccountingAuthUser extends InstanceMembers<AccountingAuthUserShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  /** Read-only. */
  readonly superuser: boolean
  readonly active: boolean
  readonly profiles: List<AccountingAccountsProfileShape>
}

/** The values of auth.User. */
export interface AccountingAuthUserData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  /** Read-only. */
  readonly superuser: boolean
  readonly active: boolean
}

/** What creates or replaces auth.User. */
export interface AccountingAuthUserCreate {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
  readonly active?: boolean
}

/** What a filter may ask of auth.User; all of it must hold. */
export interface AccountingAuthUserFilter extends FilterGroups<AccountingAuthUserFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly superuser?: boolean | Comparison<boolean>
  readonly active?: boolean | Comparison<boolean>
  readonly profiles?: AccountingAccountsProfileFilter
}

export interface AccountingAuthUserShape extends ModelShape {
  readonly instance: AccountingAuthUser
  readonly data: AccountingAuthUserData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: AccountingAuthUserCreate
  readonly filter: AccountingAuthUserFilter
  readonly sort: 'id' | '-id' | 'name' | '-name' | 'superuser' | '-superuser' | 'active' | '-active'
  readonly operations: {
    /** POST. */
    authenticate(input: { readonly name: string; readonly password: string }): Promise<unknown>
  }
}

/** An instance of auth.Group. */
export interface AccountingAuthGroup extends InstanceMembers<AccountingAuthGroupShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
}

/** The values of auth.Group. */
export interface AccountingAuthGroupData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
}

/** What creates or replaces auth.Group. */
export interface AccountingAuthGroupCreate {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
}

/** What a filter may ask of auth.Group; all of it must hold. */
export interface AccountingAuthGroupFilter extends FilterGroups<AccountingAuthGroupFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
}

export interface AccountingAuthGroupShape extends ModelShape {
  readonly instance: AccountingAuthGroup
  readonly data: AccountingAuthGroupData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: AccountingAuthGroupCreate
  readonly filter: AccountingAuthGroupFilter
  readonly sort: 'id' | '-id' | 'name' | '-name'
  readonly operations: object
}

/** An instance of auth.Permission. */
export interface AccountingAuthPermission extends InstanceMembers<AccountingAuthPermissionShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly code: string
}

/** The values of auth.Permission. */
export interface AccountingAuthPermissionData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly code: string
}

/** What creates or replaces auth.Permission. */
export interface AccountingAuthPermissionCreate {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly code: string
}

/** What a filter may ask of auth.Permission; all of it must hold. */
export interface AccountingAuthPermissionFilter extends FilterGroups<AccountingAuthPermissionFilter> {
  readonly id?: number | OrderComparison<number>
  readonly code?: string | TextComparison
}

export interface AccountingAuthPermissionShape extends ModelShape {
  readonly instance: AccountingAuthPermission
  readonly data: AccountingAuthPermissionData
  readonly get: { readonly id: number } | { readonly code: string } | { readonly pk: number }
  readonly create: AccountingAuthPermissionCreate
  readonly filter: AccountingAuthPermissionFilter
  readonly sort: 'id' | '-id' | 'code' | '-code'
  readonly operations: object
}

/** An instance of accounts.Profile. */
export interface AccountingAccountsProfile extends InstanceMembers<AccountingAccountsProfileShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly userId: number
  readonly fullName: string
  readonly phone: string | null
  readonly user: Reference<AccountingAuthUser>
}

/** The values of accounts.Profile. */
export interface AccountingAccountsProfileData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly userId: number
  readonly fullName: string
  readonly phone: string | null
}

/** What creates or replaces accounts.Profile. */
export type AccountingAccountsProfileCreate = {
  /** The key. */
  readonly id?: number
  readonly fullName: string
  readonly phone?: string | null
} & OneOf<{ readonly userId: number; readonly user: Linked }>

/** What a filter may ask of accounts.Profile; all of it must hold. */
export interface AccountingAccountsProfileFilter extends FilterGroups<AccountingAccountsProfileFilter> {
  readonly id?: number | OrderComparison<number>
  readonly userId?: number | OrderComparison<number>
  readonly fullName?: string | TextComparison
  readonly phone?: string | null | TextComparison
  readonly user?: Linked | AccountingAuthUserFilter
}

export interface AccountingAccountsProfileShape extends ModelShape {
  readonly instance: AccountingAccountsProfile
  readonly data: AccountingAccountsProfileData
  readonly get:
    { readonly id: number } | OneOf<{ readonly userId: number; readonly user: Linked }> | { readonly pk: number }
  readonly create: AccountingAccountsProfileCreate
  readonly filter: AccountingAccountsProfileFilter
  readonly sort: 'id' | '-id' | 'userId' | '-userId' | 'fullName' | '-fullName' | 'phone' | '-phone'
  readonly operations: object
}

/** An instance of geo.Country. */
export interface AtlasGeoCountry extends InstanceMembers<AtlasGeoCountryShape> {
  /** The key. At most 2 characters. */
  readonly code: string
  /** Unique. */
  readonly name: string
  readonly officialName: string
  readonly capital: string | null
  readonly region: string
  readonly subregion: string | null
  readonly area: number
  readonly landlocked: boolean
  readonly cities: List<AtlasGeoCityShape>
}

/** The values of geo.Country. */
export interface AtlasGeoCountryData {
  /** The key. At most 2 characters. */
  readonly code: string
  /** Unique. */
  readonly name: string
  readonly officialName: string
  readonly capital: string | null
  readonly region: string
  readonly subregion: string | null
  readonly area: number
  readonly landlocked: boolean
}

/** What creates or replaces geo.Country. */
export interface AtlasGeoCountryCreate {
  /** The key. At most 2 characters. */
  readonly code: string
  /** Unique. */
  readonly name: string
  readonly officialName: string
  readonly capital?: string | null
  readonly region: string
  readonly subregion?: string | null
  readonly area: number
  readonly landlocked: boolean
}

/** What a filter may ask of geo.Country; all of it must hold. */
export interface AtlasGeoCountryFilter extends FilterGroups<AtlasGeoCountryFilter> {
  readonly code?: string | TextComparison
  readonly name?: string | TextComparison
  readonly officialName?: string | TextComparison
  readonly capital?: string | null | TextComparison
  readonly region?: string | TextComparison
  readonly subregion?: string | null | TextComparison
  readonly area?: number | OrderComparison<number>
  readonly landlocked?: boolean | Comparison<boolean>
  readonly cities?: AtlasGeoCityFilter
}

export interface AtlasGeoCountryShape extends ModelShape {
  readonly instance: AtlasGeoCountry
  readonly data: AtlasGeoCountryData
  readonly get: { readonly code: string } | { readonly name: string } | { readonly pk: string }
  readonly create: AtlasGeoCountryCreate
  readonly filter: AtlasGeoCountryFilter
  readonly sort:
    | 'code'
    | '-code'
    | 'name'
    | '-name'
    | 'officialName'
    | '-officialName'
    | 'capital'
    | '-capital'
    | 'region'
    | '-region'
    | 'subregion'
    | '-subregion'
    | 'area'
    | '-area'
    | 'landlocked'
    | '-landlocked'
  readonly operations: object
}

/** An instance of geo.City. */
export interface AtlasGeoCity extends InstanceMembers<AtlasGeoCityShape> {
  /** The key. */
  readonly id: number
  readonly name: string
  /** At most 2 characters. */
  readonly countryCode: string
  readonly population: number
  readonly latitude: number
  readonly longitude: number
  readonly country: Reference<AtlasGeoCountry>
}

/** The values of geo.City. */
export interface AtlasGeoCityData {
  /** The key. */
  readonly id: number
  readonly name: string
  /** At most 2 characters. */
  readonly countryCode: string
  readonly population: number
  readonly latitude: number
  readonly longitude: number
}

/** What creates or replaces geo.City. */
export type AtlasGeoCityCreate = {
  /** The key. */
  readonly id?: number
  readonly name: string
  readonly population: number
  readonly latitude: number
  readonly longitude: number
} & OneOf<{ readonly countryCode: string; readonly country: Linked }>

/** What a filter may ask of geo.City; all of it must hold. */
export interface AtlasGeoCityFilter extends FilterGroups<AtlasGeoCityFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly countryCode?: string | TextComparison
  readonly population?: number | OrderComparison<number>
  readonly latitude?: number | OrderComparison<number>
  readonly longitude?: number | OrderComparison<number>
  readonly country?: Linked | AtlasGeoCountryFilter
}

export interface AtlasGeoCityShape extends ModelShape {
  readonly instance: AtlasGeoCity
  readonly data: AtlasGeoCityData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: AtlasGeoCityCreate
  readonly filter: AtlasGeoCityFilter
  readonly sort:
    | 'id'
    | '-id'
    | 'name'
    | '-name'
    | 'countryCode'
    | '-countryCode'
    | 'population'
    | '-population'
    | 'latitude'
    | '-latitude'
    | 'longitude'
    | '-longitude'
  readonly operations: object
}

/** The apps of takeaway. */
export interface TakeawayService {
  readonly orders: {
    readonly Order: ModelClient<TakeawayOrdersOrderShape>
    readonly OrderLine: ModelClient<TakeawayOrdersOrderLineShape>
  }
}

/** The apps of pizzas. */
export interface PizzasService {
  readonly menu: {
    readonly Shop: ModelClient<PizzasMenuShopShape>
    readonly Pizza: ModelClient<PizzasMenuPizzaShape>
    readonly PizzaPrice: ModelClient<PizzasMenuPizzaPriceShape>
    readonly PizzaSizePrice: ModelClient<PizzasMenuPizzaSizePriceShape>
    readonly PizzaCrust: ModelClient<PizzasMenuPizzaCrustShape>
  }
}

/** The apps of accounting. */
export interface AccountingService {
  readonly auth: {
    readonly User: ModelClient<AccountingAuthUserShape>
    readonly Group: ModelClient<AccountingAuthGroupShape>
    readonly Permission: ModelClient<AccountingAuthPermissionShape>
  }
  readonly accounts: {
    readonly Profile: ModelClient<AccountingAccountsProfileShape>
  }
}

/** The apps of atlas. */
export interface AtlasService {
  readonly geo: {
    readonly Country: ModelClient<AtlasGeoCountryShape>
    readonly City: ModelClient<AtlasGeoCityShape>
  }
}

/** Every service by name. */
export interface Services {
  readonly takeaway: TakeawayService
  readonly pizzas: PizzasService
  readonly accounting: AccountingService
  readonly auth: AccountingService
  readonly atlas: AtlasService
}
