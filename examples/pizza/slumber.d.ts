// Written by `slumber types` from what the services say of themselves; write it again after they change.
// Give it to the client: connect<Services>({ … })

import type {
  ArrayExpansion,
  Comparison,
  FilterGroups,
  InstanceMembers,
  Linked,
  List,
  ModelMembers,
  ModelShape,
  OneOf,
  OrderComparison,
  Reference,
  ReferenceExpansion,
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
  cancel(): Promise<unknown>
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
export interface TakeawayOrdersOrderCreate<_Allowed = 'id' | 'shop' | 'pizza' | 'customer'> {
  /** The key. */
  readonly id?: number
  /** The URL of an instance. */
  readonly shop: Linked | string
  /** The URL of an instance. */
  readonly pizza: Linked | string
  /** At most 100 characters. */
  readonly customer: string
}

/** What changes orders.Order. */
export interface TakeawayOrdersOrderChanges<_Allowed = 'shop' | 'pizza' | 'customer'> {
  /** The URL of an instance. */
  readonly shop?: Linked | string
  /** The URL of an instance. */
  readonly pizza?: Linked | string
  /** At most 100 characters. */
  readonly customer?: string
}

/** What a filter may ask of orders.Order; all of it must hold. */
export interface TakeawayOrdersOrderFilter<
  _Allowed = 'id' | 'shop' | 'pizza' | 'customer' | 'status' | 'placedAt' | 'lines',
> extends FilterGroups<TakeawayOrdersOrderFilter> {
  readonly id?: number | OrderComparison<number>
  readonly shop?: Linked | string | Comparison<Linked | string>
  readonly pizza?: Linked | string | Comparison<Linked | string>
  readonly customer?: string | TextComparison
  readonly status?: 'open' | 'delivered' | 'cancelled' | TextComparison<'open' | 'delivered' | 'cancelled'>
  readonly placedAt?: Date | OrderComparison<Date>
  readonly lines?: TakeawayOrdersOrderLineFilter
}

/** What can come with orders.Order, and how. */
export interface TakeawayOrdersOrderExpand<_Allowed = 'lines'> {
  readonly lines?: true | ArrayExpansion<TakeawayOrdersOrderLineShape>
}

export interface TakeawayOrdersOrderShape extends ModelShape {
  readonly instance: TakeawayOrdersOrder
  readonly data: TakeawayOrdersOrderData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: TakeawayOrdersOrderCreate
  readonly changes: TakeawayOrdersOrderChanges
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
  readonly field: 'id' | 'shop' | 'pizza' | 'customer' | 'status' | 'placedAt'
  readonly relation: 'lines'
  readonly expand: TakeawayOrdersOrderExpand
}

/** The model orders.Order. */
export interface TakeawayOrdersOrderModel extends ModelMembers<TakeawayOrdersOrderShape> {}

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
export type TakeawayOrdersOrderLineCreate<_Allowed = 'id' | 'orderId' | 'order' | 'size' | 'crust' | 'quantity'> = {
  /** The key. */
  readonly id?: number
  readonly size: 's' | 'm' | 'l'
  /** The URL of an instance. */
  readonly crust?: Linked | string | null
  readonly quantity?: number
} & OneOf<{ readonly orderId: number; readonly order: Linked }>

/** What changes orders.OrderLine. */
export interface TakeawayOrdersOrderLineChanges<_Allowed = 'orderId' | 'order' | 'size' | 'crust' | 'quantity'> {
  readonly orderId?: number
  readonly order?: Linked
  readonly size?: 's' | 'm' | 'l'
  /** The URL of an instance. */
  readonly crust?: Linked | string | null
  readonly quantity?: number
}

/** What a filter may ask of orders.OrderLine; all of it must hold. */
export interface TakeawayOrdersOrderLineFilter<
  _Allowed = 'id' | 'orderId' | 'size' | 'crust' | 'quantity' | 'order',
> extends FilterGroups<TakeawayOrdersOrderLineFilter> {
  readonly id?: number | OrderComparison<number>
  readonly orderId?: number | OrderComparison<number>
  readonly size?: 's' | 'm' | 'l' | TextComparison<'s' | 'm' | 'l'>
  readonly crust?: Linked | string | null | Comparison<Linked | string>
  readonly quantity?: number | OrderComparison<number>
  readonly order?: Linked | TakeawayOrdersOrderFilter
}

/** What can come with orders.OrderLine, and how. */
export interface TakeawayOrdersOrderLineExpand<_Allowed = 'order'> {
  readonly order?: true | ReferenceExpansion<TakeawayOrdersOrderShape>
}

export interface TakeawayOrdersOrderLineShape extends ModelShape {
  readonly instance: TakeawayOrdersOrderLine
  readonly data: TakeawayOrdersOrderLineData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: TakeawayOrdersOrderLineCreate
  readonly changes: TakeawayOrdersOrderLineChanges
  readonly filter: TakeawayOrdersOrderLineFilter
  readonly sort:
    'id' | '-id' | 'orderId' | '-orderId' | 'size' | '-size' | 'crust' | '-crust' | 'quantity' | '-quantity'
  readonly field: 'id' | 'orderId' | 'size' | 'crust' | 'quantity'
  readonly relation: 'order'
  readonly expand: TakeawayOrdersOrderLineExpand
}

/** The model orders.OrderLine. */
export interface TakeawayOrdersOrderLineModel extends ModelMembers<TakeawayOrdersOrderLineShape> {}

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
export interface PizzasMenuShopCreate<_Allowed = 'id' | 'name' | 'slug' | 'active' | 'city'> {
  /** The key. */
  readonly id?: number
  readonly name: string
  /** Unique. */
  readonly slug: string
  readonly active?: boolean | null
  /** The URL of an instance. */
  readonly city?: Linked | string | null
}

/** What changes menu.Shop. */
export interface PizzasMenuShopChanges<_Allowed = 'name' | 'slug' | 'active' | 'city'> {
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
export interface PizzasMenuPizzaCreate<
  _Allowed = 'id' | 'name' | 'forSale' | 'price' | 'maxExtraToppings' | 'exclusiveToId' | 'exclusiveTo',
> {
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

/** What changes menu.Pizza. */
export interface PizzasMenuPizzaChanges<
  _Allowed = 'name' | 'forSale' | 'price' | 'maxExtraToppings' | 'exclusiveToId' | 'exclusiveTo',
> {
  /** Unique. */
  readonly name?: string
  readonly forSale?: boolean
  /** A decimal number, such as "9.50". */
  readonly price?: string | number
  readonly maxExtraToppings?: number | null
  readonly exclusiveToId?: number | null
  readonly exclusiveTo?: Linked | null
}

/** What a filter may ask of menu.Pizza; all of it must hold. */
export interface PizzasMenuPizzaFilter<
  _Allowed = 'id' | 'name' | 'forSale' | 'price' | 'maxExtraToppings' | 'exclusiveToId' | 'exclusiveTo' | 'prices',
> extends FilterGroups<PizzasMenuPizzaFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly forSale?: boolean | Comparison<boolean>
  readonly price?: string | number | OrderComparison<string | number>
  readonly maxExtraToppings?: number | null | OrderComparison<number>
  readonly exclusiveToId?: number | null | OrderComparison<number>
  readonly exclusiveTo?: Linked | PizzasMenuShopFilter | null
  readonly prices?: PizzasMenuPizzaPriceFilter
}

/** What can come with menu.Pizza, and how. */
export interface PizzasMenuPizzaExpand<_Allowed = 'exclusiveTo' | 'prices'> {
  readonly exclusiveTo?: true | ReferenceExpansion<PizzasMenuShopShape>
  readonly prices?: true | ArrayExpansion<PizzasMenuPizzaPriceShape>
}

export interface PizzasMenuPizzaShape extends ModelShape {
  readonly instance: PizzasMenuPizza
  readonly data: PizzasMenuPizzaData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: PizzasMenuPizzaCreate
  readonly changes: PizzasMenuPizzaChanges
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
  readonly field: 'id' | 'name' | 'forSale' | 'price' | 'maxExtraToppings' | 'exclusiveToId'
  readonly relation: 'exclusiveTo' | 'prices'
  readonly expand: PizzasMenuPizzaExpand
}

/** The model menu.Pizza. */
export interface PizzasMenuPizzaModel extends ModelMembers<PizzasMenuPizzaShape> {}

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
export type PizzasMenuPizzaPriceCreate<_Allowed = 'id' | 'pizzaId' | 'pizza' | 'date'> = {
  /** The key. */
  readonly id?: number
  readonly date: Date
} & OneOf<{ readonly pizzaId: number; readonly pizza: Linked }>

/** What changes menu.PizzaPrice. */
export interface PizzasMenuPizzaPriceChanges<_Allowed = 'pizzaId' | 'pizza' | 'date'> {
  readonly pizzaId?: number
  readonly pizza?: Linked
  readonly date?: Date
}

/** What a filter may ask of menu.PizzaPrice; all of it must hold. */
export interface PizzasMenuPizzaPriceFilter<
  _Allowed = 'id' | 'pizzaId' | 'date' | 'pizza' | 'sizes',
> extends FilterGroups<PizzasMenuPizzaPriceFilter> {
  readonly id?: number | OrderComparison<number>
  readonly pizzaId?: number | OrderComparison<number>
  readonly date?: Date | OrderComparison<Date>
  readonly pizza?: Linked | PizzasMenuPizzaFilter
  readonly sizes?: PizzasMenuPizzaSizePriceFilter
}

/** What can come with menu.PizzaPrice, and how. */
export interface PizzasMenuPizzaPriceExpand<_Allowed = 'pizza' | 'sizes'> {
  readonly pizza?: true | ReferenceExpansion<PizzasMenuPizzaShape>
  readonly sizes?: true | ArrayExpansion<PizzasMenuPizzaSizePriceShape>
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
  readonly sort: 'id' | '-id' | 'pizzaId' | '-pizzaId' | 'date' | '-date'
  readonly field: 'id' | 'pizzaId' | 'date'
  readonly relation: 'pizza' | 'sizes'
  readonly expand: PizzasMenuPizzaPriceExpand
}

/** The model menu.PizzaPrice. */
export interface PizzasMenuPizzaPriceModel extends ModelMembers<PizzasMenuPizzaPriceShape> {}

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
export type PizzasMenuPizzaSizePriceCreate<_Allowed = 'id' | 'priceId' | 'price' | 'size' | 'amount'> = {
  /** The key. */
  readonly id?: number
  readonly size: 's' | 'm' | 'l'
  /** A decimal number, such as "9.50". */
  readonly amount: string | number
} & OneOf<{ readonly priceId: number; readonly price: Linked }>

/** What changes menu.PizzaSizePrice. */
export interface PizzasMenuPizzaSizePriceChanges<_Allowed = 'priceId' | 'price' | 'size' | 'amount'> {
  readonly priceId?: number
  readonly price?: Linked
  readonly size?: 's' | 'm' | 'l'
  /** A decimal number, such as "9.50". */
  readonly amount?: string | number
}

/** What a filter may ask of menu.PizzaSizePrice; all of it must hold. */
export interface PizzasMenuPizzaSizePriceFilter<
  _Allowed = 'id' | 'priceId' | 'size' | 'amount' | 'price',
> extends FilterGroups<PizzasMenuPizzaSizePriceFilter> {
  readonly id?: number | OrderComparison<number>
  readonly priceId?: number | OrderComparison<number>
  readonly size?: 's' | 'm' | 'l' | TextComparison<'s' | 'm' | 'l'>
  readonly amount?: string | number | OrderComparison<string | number>
  readonly price?: Linked | PizzasMenuPizzaPriceFilter
}

/** What can come with menu.PizzaSizePrice, and how. */
export interface PizzasMenuPizzaSizePriceExpand<_Allowed = 'price'> {
  readonly price?: true | ReferenceExpansion<PizzasMenuPizzaPriceShape>
}

export interface PizzasMenuPizzaSizePriceShape extends ModelShape {
  readonly instance: PizzasMenuPizzaSizePrice
  readonly data: PizzasMenuPizzaSizePriceData
  readonly get:
    | { readonly id: number }
    | ({ readonly size: 's' | 'm' | 'l' } & OneOf<{ readonly priceId: number; readonly price: Linked }>)
    | { readonly pk: number }
  readonly create: PizzasMenuPizzaSizePriceCreate
  readonly changes: PizzasMenuPizzaSizePriceChanges
  readonly filter: PizzasMenuPizzaSizePriceFilter
  readonly sort: 'id' | '-id' | 'priceId' | '-priceId' | 'size' | '-size' | 'amount' | '-amount'
  readonly field: 'id' | 'priceId' | 'size' | 'amount'
  readonly relation: 'price'
  readonly expand: PizzasMenuPizzaSizePriceExpand
}

/** The model menu.PizzaSizePrice. */
export interface PizzasMenuPizzaSizePriceModel extends ModelMembers<PizzasMenuPizzaSizePriceShape> {}

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
  _Allowed = 'code' | 'name',
> extends FilterGroups<PizzasMenuPizzaCrustFilter> {
  readonly code?: string | TextComparison
  readonly name?: string | TextComparison
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
  readonly relation: never
  readonly expand: never
}

/** The model menu.PizzaCrust. */
export interface PizzasMenuPizzaCrustModel extends ModelMembers<PizzasMenuPizzaCrustShape> {}

/** An instance of auth.User. */
export interface AccountingAuthUser extends InstanceMembers<AccountingAuthUserShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  /** Read-only. */
  readonly superuser: boolean
  readonly active: boolean
  /** Read-only. */
  readonly revision: number
  readonly userGroups: List<AccountingAuthUserGroupShape>
  readonly userPermissions: List<AccountingAuthUserPermissionShape>
  readonly profiles: List<AccountingAccountsProfileShape>
  readonly groups: List<AccountingAuthGroupShape>
  readonly permissions: List<AccountingAuthPermissionShape>
  /** GET. */
  hasPermission(input: {
    readonly permission: readonly string[]
  }): Promise<{ readonly permissions: Readonly<Record<string, boolean>>; readonly unknown: readonly string[] }>
  /** GET. */
  modulePermissions(input: {
    readonly app: string
  }): Promise<{ readonly allowed: boolean; readonly permissions: readonly string[] }>
  /** GET. */
  getPermissions(): Promise<{ readonly own: readonly string[]; readonly ofGroups: readonly string[]; readonly all: readonly string[] }>
  /** GET. */
  getProfile(): Promise<unknown>
  /** POST. */
  setPassword(input: { readonly password: string; readonly current?: string }): Promise<unknown>
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
  /** Read-only. */
  readonly revision: number
}

/** What creates or replaces auth.User. */
export interface AccountingAuthUserCreate<_Allowed = 'id' | 'name' | 'active'> {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
  readonly active?: boolean
}

/** What changes auth.User. */
export interface AccountingAuthUserChanges<_Allowed = 'name' | 'active'> {
  /** Unique. */
  readonly name?: string
  readonly active?: boolean
}

/** What a filter may ask of auth.User; all of it must hold. */
export interface AccountingAuthUserFilter<
  _Allowed =
    | 'id'
    | 'name'
    | 'superuser'
    | 'active'
    | 'revision'
    | 'userGroups'
    | 'userPermissions'
    | 'profiles'
    | 'groups'
    | 'permissions',
> extends FilterGroups<AccountingAuthUserFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly superuser?: boolean | Comparison<boolean>
  readonly active?: boolean | Comparison<boolean>
  readonly revision?: number | OrderComparison<number>
  readonly userGroups?: AccountingAuthUserGroupFilter
  readonly userPermissions?: AccountingAuthUserPermissionFilter
  readonly profiles?: AccountingAccountsProfileFilter
  readonly groups?: AccountingAuthGroupFilter
  readonly permissions?: AccountingAuthPermissionFilter
}

/** What can come with auth.User, and how. */
export interface AccountingAuthUserExpand<
  _Allowed = 'userGroups' | 'userPermissions' | 'profiles' | 'groups' | 'permissions',
> {
  readonly userGroups?: true | ArrayExpansion<AccountingAuthUserGroupShape>
  readonly userPermissions?: true | ArrayExpansion<AccountingAuthUserPermissionShape>
  readonly profiles?: true | ArrayExpansion<AccountingAccountsProfileShape>
  readonly groups?: true | ArrayExpansion<AccountingAuthGroupShape>
  readonly permissions?: true | ArrayExpansion<AccountingAuthPermissionShape>
}

export interface AccountingAuthUserShape extends ModelShape {
  readonly instance: AccountingAuthUser
  readonly data: AccountingAuthUserData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: AccountingAuthUserCreate
  readonly changes: AccountingAuthUserChanges
  readonly filter: AccountingAuthUserFilter
  readonly sort:
    'id' | '-id' | 'name' | '-name' | 'superuser' | '-superuser' | 'active' | '-active' | 'revision' | '-revision'
  readonly field: 'id' | 'name' | 'superuser' | 'active' | 'revision'
  readonly relation: 'userGroups' | 'userPermissions' | 'profiles' | 'groups' | 'permissions'
  readonly expand: AccountingAuthUserExpand
}

/** The model auth.User. */
export interface AccountingAuthUserModel extends ModelMembers<AccountingAuthUserShape> {
  /** POST. */
  authenticate(input: {
    readonly name: string
    readonly password: string
  }): Promise<{
    readonly name: string
    readonly superuser: boolean
    readonly permissions: readonly string[]
    readonly groups?: readonly string[]
    readonly revision?: string
  }>
  /** GET. */
  doIHavePerm(input: {
    readonly permission: readonly string[]
  }): Promise<{ readonly permissions: Readonly<Record<string, boolean>>; readonly unknown: readonly string[] }>
  /** GET; needs auth.view_user. */
  identity(input: { readonly name: string }): Promise<unknown>
  /** POST; needs auth.view_user. */
  changed(input: { readonly users: readonly { readonly name: string; readonly state: string }[] }): Promise<unknown>
}

/** An instance of auth.Group. */
export interface AccountingAuthGroup extends InstanceMembers<AccountingAuthGroupShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
  readonly userGroups: List<AccountingAuthUserGroupShape>
  readonly groupPermissions: List<AccountingAuthGroupPermissionShape>
  readonly users: List<AccountingAuthUserShape>
  readonly permissions: List<AccountingAuthPermissionShape>
}

/** The values of auth.Group. */
export interface AccountingAuthGroupData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly name: string
}

/** What creates or replaces auth.Group. */
export interface AccountingAuthGroupCreate<_Allowed = 'id' | 'name'> {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly name: string
}

/** What changes auth.Group. */
export interface AccountingAuthGroupChanges<_Allowed = 'name'> {
  /** Unique. */
  readonly name?: string
}

/** What a filter may ask of auth.Group; all of it must hold. */
export interface AccountingAuthGroupFilter<
  _Allowed = 'id' | 'name' | 'userGroups' | 'groupPermissions' | 'users' | 'permissions',
> extends FilterGroups<AccountingAuthGroupFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly userGroups?: AccountingAuthUserGroupFilter
  readonly groupPermissions?: AccountingAuthGroupPermissionFilter
  readonly users?: AccountingAuthUserFilter
  readonly permissions?: AccountingAuthPermissionFilter
}

/** What can come with auth.Group, and how. */
export interface AccountingAuthGroupExpand<_Allowed = 'userGroups' | 'groupPermissions' | 'users' | 'permissions'> {
  readonly userGroups?: true | ArrayExpansion<AccountingAuthUserGroupShape>
  readonly groupPermissions?: true | ArrayExpansion<AccountingAuthGroupPermissionShape>
  readonly users?: true | ArrayExpansion<AccountingAuthUserShape>
  readonly permissions?: true | ArrayExpansion<AccountingAuthPermissionShape>
}

export interface AccountingAuthGroupShape extends ModelShape {
  readonly instance: AccountingAuthGroup
  readonly data: AccountingAuthGroupData
  readonly get: { readonly id: number } | { readonly name: string } | { readonly pk: number }
  readonly create: AccountingAuthGroupCreate
  readonly changes: AccountingAuthGroupChanges
  readonly filter: AccountingAuthGroupFilter
  readonly sort: 'id' | '-id' | 'name' | '-name'
  readonly field: 'id' | 'name'
  readonly relation: 'userGroups' | 'groupPermissions' | 'users' | 'permissions'
  readonly expand: AccountingAuthGroupExpand
}

/** The model auth.Group. */
export interface AccountingAuthGroupModel extends ModelMembers<AccountingAuthGroupShape> {}

/** An instance of auth.Permission. */
export interface AccountingAuthPermission extends InstanceMembers<AccountingAuthPermissionShape> {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly code: string
  readonly groupPermissions: List<AccountingAuthGroupPermissionShape>
  readonly userPermissions: List<AccountingAuthUserPermissionShape>
  readonly groups: List<AccountingAuthGroupShape>
  readonly users: List<AccountingAuthUserShape>
}

/** The values of auth.Permission. */
export interface AccountingAuthPermissionData {
  /** The key. */
  readonly id: number
  /** Unique. */
  readonly code: string
}

/** What creates or replaces auth.Permission. */
export interface AccountingAuthPermissionCreate<_Allowed = 'id' | 'code'> {
  /** The key. */
  readonly id?: number
  /** Unique. */
  readonly code: string
}

/** What changes auth.Permission. */
export interface AccountingAuthPermissionChanges<_Allowed = 'code'> {
  /** Unique. */
  readonly code?: string
}

/** What a filter may ask of auth.Permission; all of it must hold. */
export interface AccountingAuthPermissionFilter<
  _Allowed = 'id' | 'code' | 'groupPermissions' | 'userPermissions' | 'groups' | 'users',
> extends FilterGroups<AccountingAuthPermissionFilter> {
  readonly id?: number | OrderComparison<number>
  readonly code?: string | TextComparison
  readonly groupPermissions?: AccountingAuthGroupPermissionFilter
  readonly userPermissions?: AccountingAuthUserPermissionFilter
  readonly groups?: AccountingAuthGroupFilter
  readonly users?: AccountingAuthUserFilter
}

/** What can come with auth.Permission, and how. */
export interface AccountingAuthPermissionExpand<
  _Allowed = 'groupPermissions' | 'userPermissions' | 'groups' | 'users',
> {
  readonly groupPermissions?: true | ArrayExpansion<AccountingAuthGroupPermissionShape>
  readonly userPermissions?: true | ArrayExpansion<AccountingAuthUserPermissionShape>
  readonly groups?: true | ArrayExpansion<AccountingAuthGroupShape>
  readonly users?: true | ArrayExpansion<AccountingAuthUserShape>
}

export interface AccountingAuthPermissionShape extends ModelShape {
  readonly instance: AccountingAuthPermission
  readonly data: AccountingAuthPermissionData
  readonly get: { readonly id: number } | { readonly code: string } | { readonly pk: number }
  readonly create: AccountingAuthPermissionCreate
  readonly changes: AccountingAuthPermissionChanges
  readonly filter: AccountingAuthPermissionFilter
  readonly sort: 'id' | '-id' | 'code' | '-code'
  readonly field: 'id' | 'code'
  readonly relation: 'groupPermissions' | 'userPermissions' | 'groups' | 'users'
  readonly expand: AccountingAuthPermissionExpand
}

/** The model auth.Permission. */
export interface AccountingAuthPermissionModel extends ModelMembers<AccountingAuthPermissionShape> {
  /** POST; needs auth.add_permission. */
  announce(input: { readonly permissions: readonly string[] }): Promise<{ readonly added: readonly string[] }>
}

/** An instance of auth.UserGroup. */
export interface AccountingAuthUserGroup extends InstanceMembers<AccountingAuthUserGroupShape> {
  /** Part of the key. */
  readonly userId: number
  /** Part of the key. */
  readonly groupId: number
  readonly user: Reference<AccountingAuthUser>
  readonly group: Reference<AccountingAuthGroup>
}

/** The values of auth.UserGroup. */
export interface AccountingAuthUserGroupData {
  /** Part of the key. */
  readonly userId: number
  /** Part of the key. */
  readonly groupId: number
}

/** What creates or replaces auth.UserGroup. */
export type AccountingAuthUserGroupCreate<_Allowed = 'userId' | 'user' | 'groupId' | 'group'> = OneOf<{ readonly userId: number; readonly user: Linked }> & OneOf<{ readonly groupId: number; readonly group: Linked }>

/** What changes auth.UserGroup. */
export interface AccountingAuthUserGroupChanges {}

/** What a filter may ask of auth.UserGroup; all of it must hold. */
export interface AccountingAuthUserGroupFilter<
  _Allowed = 'userId' | 'groupId' | 'user' | 'group',
> extends FilterGroups<AccountingAuthUserGroupFilter> {
  readonly userId?: number | OrderComparison<number>
  readonly groupId?: number | OrderComparison<number>
  readonly user?: Linked | AccountingAuthUserFilter
  readonly group?: Linked | AccountingAuthGroupFilter
}

/** What can come with auth.UserGroup, and how. */
export interface AccountingAuthUserGroupExpand<_Allowed = 'user' | 'group'> {
  readonly user?: true | ReferenceExpansion<AccountingAuthUserShape>
  readonly group?: true | ReferenceExpansion<AccountingAuthGroupShape>
}

export interface AccountingAuthUserGroupShape extends ModelShape {
  readonly instance: AccountingAuthUserGroup
  readonly data: AccountingAuthUserGroupData
  readonly get: (OneOf<{ readonly userId: number; readonly user: Linked }> & OneOf<{ readonly groupId: number; readonly group: Linked }>)
  readonly create: AccountingAuthUserGroupCreate
  readonly changes: AccountingAuthUserGroupChanges
  readonly filter: AccountingAuthUserGroupFilter
  readonly sort: 'userId' | '-userId' | 'groupId' | '-groupId'
  readonly field: 'userId' | 'groupId'
  readonly relation: 'user' | 'group'
  readonly expand: AccountingAuthUserGroupExpand
}

/** The model auth.UserGroup. */
export interface AccountingAuthUserGroupModel extends ModelMembers<AccountingAuthUserGroupShape> {}

/** An instance of auth.GroupPermission. */
export interface AccountingAuthGroupPermission extends InstanceMembers<AccountingAuthGroupPermissionShape> {
  /** Part of the key. */
  readonly groupId: number
  /** Part of the key. */
  readonly permissionId: number
  readonly group: Reference<AccountingAuthGroup>
  readonly permission: Reference<AccountingAuthPermission>
}

/** The values of auth.GroupPermission. */
export interface AccountingAuthGroupPermissionData {
  /** Part of the key. */
  readonly groupId: number
  /** Part of the key. */
  readonly permissionId: number
}

/** What creates or replaces auth.GroupPermission. */
export type AccountingAuthGroupPermissionCreate<_Allowed = 'groupId' | 'group' | 'permissionId' | 'permission'> = OneOf<{ readonly groupId: number; readonly group: Linked }> & OneOf<{ readonly permissionId: number; readonly permission: Linked }>

/** What changes auth.GroupPermission. */
export interface AccountingAuthGroupPermissionChanges {}

/** What a filter may ask of auth.GroupPermission; all of it must hold. */
export interface AccountingAuthGroupPermissionFilter<
  _Allowed = 'groupId' | 'permissionId' | 'group' | 'permission',
> extends FilterGroups<AccountingAuthGroupPermissionFilter> {
  readonly groupId?: number | OrderComparison<number>
  readonly permissionId?: number | OrderComparison<number>
  readonly group?: Linked | AccountingAuthGroupFilter
  readonly permission?: Linked | AccountingAuthPermissionFilter
}

/** What can come with auth.GroupPermission, and how. */
export interface AccountingAuthGroupPermissionExpand<_Allowed = 'group' | 'permission'> {
  readonly group?: true | ReferenceExpansion<AccountingAuthGroupShape>
  readonly permission?: true | ReferenceExpansion<AccountingAuthPermissionShape>
}

export interface AccountingAuthGroupPermissionShape extends ModelShape {
  readonly instance: AccountingAuthGroupPermission
  readonly data: AccountingAuthGroupPermissionData
  readonly get: (OneOf<{ readonly groupId: number; readonly group: Linked }> & OneOf<{ readonly permissionId: number; readonly permission: Linked }>)
  readonly create: AccountingAuthGroupPermissionCreate
  readonly changes: AccountingAuthGroupPermissionChanges
  readonly filter: AccountingAuthGroupPermissionFilter
  readonly sort: 'groupId' | '-groupId' | 'permissionId' | '-permissionId'
  readonly field: 'groupId' | 'permissionId'
  readonly relation: 'group' | 'permission'
  readonly expand: AccountingAuthGroupPermissionExpand
}

/** The model auth.GroupPermission. */
export interface AccountingAuthGroupPermissionModel extends ModelMembers<AccountingAuthGroupPermissionShape> {}

/** An instance of auth.UserPermission. */
export interface AccountingAuthUserPermission extends InstanceMembers<AccountingAuthUserPermissionShape> {
  /** Part of the key. */
  readonly userId: number
  /** Part of the key. */
  readonly permissionId: number
  readonly user: Reference<AccountingAuthUser>
  readonly permission: Reference<AccountingAuthPermission>
}

/** The values of auth.UserPermission. */
export interface AccountingAuthUserPermissionData {
  /** Part of the key. */
  readonly userId: number
  /** Part of the key. */
  readonly permissionId: number
}

/** What creates or replaces auth.UserPermission. */
export type AccountingAuthUserPermissionCreate<_Allowed = 'userId' | 'user' | 'permissionId' | 'permission'> = OneOf<{ readonly userId: number; readonly user: Linked }> & OneOf<{ readonly permissionId: number; readonly permission: Linked }>

/** What changes auth.UserPermission. */
export interface AccountingAuthUserPermissionChanges {}

/** What a filter may ask of auth.UserPermission; all of it must hold. */
export interface AccountingAuthUserPermissionFilter<
  _Allowed = 'userId' | 'permissionId' | 'user' | 'permission',
> extends FilterGroups<AccountingAuthUserPermissionFilter> {
  readonly userId?: number | OrderComparison<number>
  readonly permissionId?: number | OrderComparison<number>
  readonly user?: Linked | AccountingAuthUserFilter
  readonly permission?: Linked | AccountingAuthPermissionFilter
}

/** What can come with auth.UserPermission, and how. */
export interface AccountingAuthUserPermissionExpand<_Allowed = 'user' | 'permission'> {
  readonly user?: true | ReferenceExpansion<AccountingAuthUserShape>
  readonly permission?: true | ReferenceExpansion<AccountingAuthPermissionShape>
}

export interface AccountingAuthUserPermissionShape extends ModelShape {
  readonly instance: AccountingAuthUserPermission
  readonly data: AccountingAuthUserPermissionData
  readonly get: (OneOf<{ readonly userId: number; readonly user: Linked }> & OneOf<{ readonly permissionId: number; readonly permission: Linked }>)
  readonly create: AccountingAuthUserPermissionCreate
  readonly changes: AccountingAuthUserPermissionChanges
  readonly filter: AccountingAuthUserPermissionFilter
  readonly sort: 'userId' | '-userId' | 'permissionId' | '-permissionId'
  readonly field: 'userId' | 'permissionId'
  readonly relation: 'user' | 'permission'
  readonly expand: AccountingAuthUserPermissionExpand
}

/** The model auth.UserPermission. */
export interface AccountingAuthUserPermissionModel extends ModelMembers<AccountingAuthUserPermissionShape> {}

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
export type AccountingAccountsProfileCreate<_Allowed = 'id' | 'userId' | 'user' | 'fullName' | 'phone'> = {
  /** The key. */
  readonly id?: number
  readonly fullName: string
  readonly phone?: string | null
} & OneOf<{ readonly userId: number; readonly user: Linked }>

/** What changes accounts.Profile. */
export interface AccountingAccountsProfileChanges<_Allowed = 'userId' | 'user' | 'fullName' | 'phone'> {
  readonly userId?: number
  readonly user?: Linked
  readonly fullName?: string
  readonly phone?: string | null
}

/** What a filter may ask of accounts.Profile; all of it must hold. */
export interface AccountingAccountsProfileFilter<
  _Allowed = 'id' | 'userId' | 'fullName' | 'phone' | 'user',
> extends FilterGroups<AccountingAccountsProfileFilter> {
  readonly id?: number | OrderComparison<number>
  readonly userId?: number | OrderComparison<number>
  readonly fullName?: string | TextComparison
  readonly phone?: string | null | TextComparison
  readonly user?: Linked | AccountingAuthUserFilter
}

/** What can come with accounts.Profile, and how. */
export interface AccountingAccountsProfileExpand<_Allowed = 'user'> {
  readonly user?: true | ReferenceExpansion<AccountingAuthUserShape>
}

export interface AccountingAccountsProfileShape extends ModelShape {
  readonly instance: AccountingAccountsProfile
  readonly data: AccountingAccountsProfileData
  readonly get:
    { readonly id: number } | OneOf<{ readonly userId: number; readonly user: Linked }> | { readonly pk: number }
  readonly create: AccountingAccountsProfileCreate
  readonly changes: AccountingAccountsProfileChanges
  readonly filter: AccountingAccountsProfileFilter
  readonly sort: 'id' | '-id' | 'userId' | '-userId' | 'fullName' | '-fullName' | 'phone' | '-phone'
  readonly field: 'id' | 'userId' | 'fullName' | 'phone'
  readonly relation: 'user'
  readonly expand: AccountingAccountsProfileExpand
}

/** The model accounts.Profile. */
export interface AccountingAccountsProfileModel extends ModelMembers<AccountingAccountsProfileShape> {}

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
export interface AtlasGeoCountryCreate<
  _Allowed = 'code' | 'name' | 'officialName' | 'capital' | 'region' | 'subregion' | 'area' | 'landlocked',
> {
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

/** What changes geo.Country. */
export interface AtlasGeoCountryChanges<
  _Allowed = 'name' | 'officialName' | 'capital' | 'region' | 'subregion' | 'area' | 'landlocked',
> {
  /** Unique. */
  readonly name?: string
  readonly officialName?: string
  readonly capital?: string | null
  readonly region?: string
  readonly subregion?: string | null
  readonly area?: number
  readonly landlocked?: boolean
}

/** What a filter may ask of geo.Country; all of it must hold. */
export interface AtlasGeoCountryFilter<
  _Allowed = 'code' | 'name' | 'officialName' | 'capital' | 'region' | 'subregion' | 'area' | 'landlocked' | 'cities',
> extends FilterGroups<AtlasGeoCountryFilter> {
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

/** What can come with geo.Country, and how. */
export interface AtlasGeoCountryExpand<_Allowed = 'cities'> {
  readonly cities?: true | ArrayExpansion<AtlasGeoCityShape>
}

export interface AtlasGeoCountryShape extends ModelShape {
  readonly instance: AtlasGeoCountry
  readonly data: AtlasGeoCountryData
  readonly get: { readonly code: string } | { readonly name: string } | { readonly pk: string }
  readonly create: AtlasGeoCountryCreate
  readonly changes: AtlasGeoCountryChanges
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
  readonly field: 'code' | 'name' | 'officialName' | 'capital' | 'region' | 'subregion' | 'area' | 'landlocked'
  readonly relation: 'cities'
  readonly expand: AtlasGeoCountryExpand
}

/** The model geo.Country. */
export interface AtlasGeoCountryModel extends ModelMembers<AtlasGeoCountryShape> {}

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
export type AtlasGeoCityCreate<
  _Allowed = 'id' | 'name' | 'countryCode' | 'country' | 'population' | 'latitude' | 'longitude',
> = {
  /** The key. */
  readonly id?: number
  readonly name: string
  readonly population: number
  readonly latitude: number
  readonly longitude: number
} & OneOf<{ readonly countryCode: string; readonly country: Linked }>

/** What changes geo.City. */
export interface AtlasGeoCityChanges<
  _Allowed = 'name' | 'countryCode' | 'country' | 'population' | 'latitude' | 'longitude',
> {
  readonly name?: string
  readonly countryCode?: string
  readonly country?: Linked
  readonly population?: number
  readonly latitude?: number
  readonly longitude?: number
}

/** What a filter may ask of geo.City; all of it must hold. */
export interface AtlasGeoCityFilter<
  _Allowed = 'id' | 'name' | 'countryCode' | 'population' | 'latitude' | 'longitude' | 'country',
> extends FilterGroups<AtlasGeoCityFilter> {
  readonly id?: number | OrderComparison<number>
  readonly name?: string | TextComparison
  readonly countryCode?: string | TextComparison
  readonly population?: number | OrderComparison<number>
  readonly latitude?: number | OrderComparison<number>
  readonly longitude?: number | OrderComparison<number>
  readonly country?: Linked | AtlasGeoCountryFilter
}

/** What can come with geo.City, and how. */
export interface AtlasGeoCityExpand<_Allowed = 'country'> {
  readonly country?: true | ReferenceExpansion<AtlasGeoCountryShape>
}

export interface AtlasGeoCityShape extends ModelShape {
  readonly instance: AtlasGeoCity
  readonly data: AtlasGeoCityData
  readonly get: { readonly id: number } | { readonly pk: number }
  readonly create: AtlasGeoCityCreate
  readonly changes: AtlasGeoCityChanges
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
  readonly field: 'id' | 'name' | 'countryCode' | 'population' | 'latitude' | 'longitude'
  readonly relation: 'country'
  readonly expand: AtlasGeoCityExpand
}

/** The model geo.City. */
export interface AtlasGeoCityModel extends ModelMembers<AtlasGeoCityShape> {}

/** The apps of takeaway. */
export interface TakeawayService {
  readonly orders: {
    readonly Order: TakeawayOrdersOrderModel
    readonly OrderLine: TakeawayOrdersOrderLineModel
  }
}

/** The apps of pizzas. */
export interface PizzasService {
  readonly menu: {
    readonly Shop: PizzasMenuShopModel
    readonly Pizza: PizzasMenuPizzaModel
    readonly PizzaPrice: PizzasMenuPizzaPriceModel
    readonly PizzaSizePrice: PizzasMenuPizzaSizePriceModel
    readonly PizzaCrust: PizzasMenuPizzaCrustModel
  }
}

/** The apps of accounting. */
export interface AccountingService {
  readonly auth: {
    readonly User: AccountingAuthUserModel
    readonly Group: AccountingAuthGroupModel
    readonly Permission: AccountingAuthPermissionModel
    readonly UserGroup: AccountingAuthUserGroupModel
    readonly GroupPermission: AccountingAuthGroupPermissionModel
    readonly UserPermission: AccountingAuthUserPermissionModel
  }
  readonly accounts: {
    readonly Profile: AccountingAccountsProfileModel
  }
}

/** The apps of atlas. */
export interface AtlasService {
  readonly geo: {
    readonly Country: AtlasGeoCountryModel
    readonly City: AtlasGeoCityModel
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
