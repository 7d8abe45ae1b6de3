// `ContractOf` and the generated types say the same of the client's test services. Never run: the compiler looks.
import type { Client, ModelShape } from 'slumberjs'
import { app, model, operation, service, type ContractOf, type ServiceOptions } from 'slumberjs/server'
import { geo, menu } from '../client/fixture/services.ts'
import { shops } from '../client/fixture/tables.ts'
import type * as Dialects from './dialect-services.ts'
import type { mysqlService, postgresService } from './dialects.ts'
import type * as Written from './services.ts'

declare const options: Omit<ServiceOptions, 'apps'>
export const pizzas = service('pizzas', { ...options, apps: [menu] })
export const atlas = service('atlas', { ...options, apps: geo })

export interface Services {
  readonly pizzas: ContractOf<typeof pizzas>
  readonly atlas: ContractOf<typeof atlas>
}

type Pizzas = Services['pizzas']['menu']
type Atlas = Services['atlas']['geo']
type Postgres = ContractOf<typeof postgresService>['kinds']
type Mysql = ContractOf<typeof mysqlService>['kinds']

/** A model, as far as a program gives it something or gets something from it. */
interface Asked {
  get(key: never): Promise<{ readonly data: object }>
  create(content: never): Promise<unknown>
  filter(filter: never): unknown
  sort(...fields: never[]): unknown
  fields(...fields: never[]): unknown
  expand(...relations: never[]): unknown
}

/** What a method with any number of parameters takes. */
type Each<Method> = Method extends (...input: readonly (infer One)[]) => unknown ? One : never

/** `true` where each can stand for the other; what they are, where they cannot. */
type Same<One, Other> = [One, Other] extends [Other, One] ? true : readonly [One, 'differs from', Other]

interface Agreement<Model extends Asked, Shape extends ModelShape> {
  readonly data: Same<Awaited<ReturnType<Model['get']>>['data'], Shape['data']>
  readonly create: Same<Parameters<Model['create']>[0], Shape['create']>
  readonly filter: Same<Parameters<Model['filter']>[0], Shape['filter']>
  readonly get: Same<Parameters<Model['get']>[0], Shape['get']>
  readonly sort: Same<Each<Model['sort']>, Shape['sort']>
  readonly fields: Same<Each<Model['fields']>, Shape['field']>
  readonly expand: Same<Exclude<Each<Model['expand']>, object>, Shape['relation']>
}

/** In every part. */
interface Whole {
  readonly data: true
  readonly create: true
  readonly filter: true
  readonly get: true
  readonly sort: true
  readonly fields: true
  readonly expand: true
}

/** Refuses a model of which they do not say the same, and tells the part. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is what each call says
declare const agree: <_Agreement extends Whole>() => void

agree<Agreement<Pizzas['Shop'], Written.PizzasMenuShopShape>>()
agree<Agreement<Pizzas['Pizza'], Written.PizzasMenuPizzaShape>>()
agree<Agreement<Pizzas['PizzaPrice'], Written.PizzasMenuPizzaPriceShape>>()
agree<Agreement<Pizzas['PizzaStep'], Written.PizzasMenuPizzaStepShape>>()
agree<Agreement<Pizzas['PizzaCrust'], Written.PizzasMenuPizzaCrustShape>>()
agree<Agreement<Atlas['City'], Written.AtlasGeoCityShape>>()
agree<Agreement<Atlas['partners']['Twin'], Written.AtlasGeoPartnersTwinShape>>()
agree<Agreement<Postgres['Columns'], Dialects.PostgresKindsColumnsShape>>()
agree<Agreement<Postgres['Line'], Dialects.PostgresKindsLineShape>>()
agree<Agreement<Mysql['Columns'], Dialects.MysqlKindsColumnsShape>>()
agree<Agreement<Mysql['Line'], Dialects.MysqlKindsLineShape>>()

/** Takes a value that is of this type. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is what each call says
const expectType = <Type>(_value: Type): void => {}

export async function uses(client: Client<Services>): Promise<void> {
  const { Pizza, PizzaPrice, Shop } = client.pizzas.menu
  const pizza = await Pizza.get({ name: 'Margherita' }, { expand: { exclusiveTo: true } })
  expectType<string>(pizza.price)
  expectType<string | undefined>((await pizza.exclusiveTo?.get())?.slug)
  for await (const price of pizza.prices.filter({ size: 's' }).sort('-date')) expectType<'s' | 'm' | 'l'>(price.size)
  expectType<unknown>(await pizza.placeOrder({ quantity: 2 }))
  expectType<unknown>(await pizza.look())
  await pizza.look({ from: 'above', distance: 2 })
  await Pizza.close()
  // @ts-expect-error -- the operation takes nothing
  await Pizza.close({})
  // @ts-expect-error -- the query of the operation takes a number
  await pizza.look({ distance: '2' })
  expectType<unknown>(await Pizza.topSellers({ count: 3 }))
  expectType<string | undefined>((await (await pizza.reprice({ price: '8' })).exclusiveTo?.get())?.slug)
  for (const each of (await Pizza.byPrice({ limit: 2 })).items) expectType<string>(each.price)
  expectType<string | undefined>((await (await Pizza.byPrice()).next())?.items[0]?.name)
  expectType<unknown>((await (await Shop.get({ slug: 'alta-moda' })).city?.get())?.['name'])
  await Pizza.expand({ prices: { sort: ['-date'], limit: 3, expand: { pizza: { fields: ['name'] } } } }).page()
  await PizzaPrice.create({ pizza, date: new Date(), size: 's' })
  await PizzaPrice.sort('-pizza.exclusiveTo.name', 'pizza.price', 'date').page()
  const price = await PizzaPrice.get({ id: 1 }, { expand: { pizza: { fields: ['name'] } } })
  expectType<string>((await price.pizza.get()).name)
  const [shop] = (await Shop.expand({ pizzas: { fields: ['price'], limit: 1 } }).page()).items
  expectType<string | undefined>((await shop?.pizzas.first())?.price)
  await pizza.update({ steps: [{ todo: 'Bake' }] })
  expectType<string>((await Pizza.get({ id: 1 }, { fields: ['name'] })).name)

  // @ts-expect-error -- no such field of what the operation gives
  expectType<unknown>((await pizza.reprice({ price: '8' })).prize)
  // @ts-expect-error -- no such field to filter by
  Pizza.filter({ prize: 5 })
  // @ts-expect-error -- no such field behind the relation
  Pizza.filter({ exclusiveTo: { slugg: 'alta-moda' } })
  // @ts-expect-error -- no such field to sort by
  Pizza.sort('prize')
  // @ts-expect-error -- no such field behind the reference
  PizzaPrice.sort('pizza.nmae')
  // @ts-expect-error -- it was not asked for behind the reference
  expectType<unknown>((await price.pizza.get()).price)
  // @ts-expect-error -- nor in the data array
  expectType<unknown>((await shop?.pizzas.first())?.name)
  // @ts-expect-error -- no such relation
  Pizza.expand('shop')
  // @ts-expect-error -- no such relation, with options
  Pizza.expand({ shop: true })
  // @ts-expect-error -- no such field to create
  await Pizza.create({ nmae: 'Bianca', name: 'Bianca', price: 8 })
  // @ts-expect-error -- the price is missing
  await Pizza.create({ name: 'Bianca' })
  // @ts-expect-error -- one of both, not both
  await PizzaPrice.create({ pizza, pizzaId: 1, date: new Date(), size: 's' })
  // @ts-expect-error -- no such field to update
  await pizza.update({ nmae: 'Bianca' })
  // @ts-expect-error -- the price is not unique
  await Pizza.get({ price: '5' })
  // @ts-expect-error -- the operation takes a number
  await pizza.placeOrder({ quantity: '2' })
  // @ts-expect-error -- the operation takes a quantity
  await pizza.placeOrder({ amount: 2 })
  // @ts-expect-error -- no such field
  expectType<unknown>(pizza.prize)
}

const streets = app('streets', {
  Shop: model(shops, {
    operations: {
      'in-city': operation.model({ GET: { run: () => [] } }, { path: '/:city/:year{[0-9]+}?' }),
      close: operation.instance({ POST: { run: () => undefined } }, { mount: '/close/:pk', path: '/:day?' }),
    },
  }),
})
export const map = service('map', { ...options, apps: [streets] })

export async function partsOfPaths({ streets: { Shop } }: Client<ContractOf<typeof map>>): Promise<void> {
  await Shop.inCity({ city: 'Naples' })
  await Shop.inCity({ city: 'Naples', year: 2020 })
  const shop = await Shop.get({ id: 1 })
  await shop.close()
  await shop.close({ day: 'Monday' })

  // @ts-expect-error -- the path needs a city
  await Shop.inCity({ year: 2020 })
  // @ts-expect-error -- the path has no such part
  await shop.close({ date: 'Monday' })
}
