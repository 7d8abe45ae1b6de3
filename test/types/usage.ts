// The generated types in use. Never run: the compiler takes what is right, and `@ts-expect-error` holds what it must not take.
import { connect, PreconditionFailed, type Client, type Linked, type ModelProxy } from 'slumberjs'
import type {
  PizzasMenuPizza,
  PizzasMenuPizzaCreate,
  PizzasMenuPizzaModel,
  PizzasMenuShopFilter,
  Services,
} from './services.ts'

const client: Client<Services> = connect<Services>({ directory: 'http://localhost:8000/slumber/' })
const { Pizza, PizzaPrice, Shop } = client.pizzas.menu

/** Takes a value that is of this type. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is what each call says
const expectType = <Type>(_value: Type): void => {}

export async function reads(): Promise<void> {
  const pizza = await Pizza.get({ id: 1 })
  expectType<PizzasMenuPizza>(pizza)
  expectType<string>(pizza.price)
  expectType<number | null>(pizza.limit)
  expectType<string | undefined>((await pizza.exclusiveTo?.get())?.slug)
  expectType<bigint>((await client.world.geo.City.get({ pk: 7 })).population)
  expectType<Date | undefined>((await pizza.prices.sort('-date').page()).items[0]?.date)
  for await (const price of pizza.prices) expectType<'s' | 'm' | 'l'>(price.size)
  expectType<number>((await client.atlas.geo.partners.Twin.get({ fromCity: 7, toCity: 8 })).since)
  expectType<string | null | undefined>((await Shop.get({ slug: 'alta-moda' })).data.city)
  expectType<unknown>(await pizza.placeOrder({ quantity: 2 }))
  expectType<unknown>(await Pizza.topSellers({ count: 3 }))
  expectType<string | undefined>((await (await pizza.reprice({ price: '8' })).exclusiveTo?.get())?.slug)
  for (const each of (await Pizza.byPrice({ limit: 2 })).items) expectType<string>(each.price)
  expectType<string | undefined>((await (await Pizza.byPrice()).next())?.items[0]?.name)

  // @ts-expect-error -- no such field
  expectType<unknown>(pizza.prize)
  // @ts-expect-error -- the operation takes a number
  expectType<unknown>(await pizza.placeOrder({ quantity: '2' }))
  // @ts-expect-error -- no such field of what the operation gives
  expectType<unknown>((await pizza.reprice({ price: '8' })).prize)
  // @ts-expect-error -- a page is not its rows
  expectType<unknown>((await Pizza.byPrice()).price)
  // @ts-expect-error -- a reference has no fields of its own
  expectType<unknown>(pizza.exclusiveTo?.slug)
  // @ts-expect-error -- nullable
  expectType<number>(pizza.limit)
  // @ts-expect-error -- instances are not changed by assignment
  pizza.name = 'Marinara'
  // @ts-expect-error -- the price is not unique
  await Pizza.get({ price: '5' })
  // @ts-expect-error -- one part of a key of two
  await client.atlas.geo.partners.Twin.get({ fromCity: 7 })
  // @ts-expect-error -- a key of two parts has no pk
  await client.atlas.geo.partners.Twin.get({ pk: '7,8' })
  // @ts-expect-error -- no such model
  await client.pizzas.menu.Pizzza.get({ id: 1 })
  // @ts-expect-error -- everything needs to know how much that may be
  await Pizza.all()
}

export async function writes(shop: Linked): Promise<void> {
  const pizza = await Pizza.create({ name: 'Diavola', price: '9.50', exclusiveTo: shop })
  await Pizza.create({ name: 'Diavola', price: 9.5, exclusiveTo: null })
  await Pizza.create({ name: 'Diavola', price: 9.5, exclusiveToId: 1 })
  await PizzaPrice.create({ pizza, date: new Date(), size: 's' })
  await PizzaPrice.create({ pizzaId: 1, date: new Date(), size: 's' })
  await Shop.create({ name: 'Da Mario', slug: 'da-mario', city: 'http://localhost:8001/slumber/atlas/geo/City/7' })
  await Shop.create({ name: 'Da Mario', slug: 'da-mario', city: client.reference('slumber://atlas/geo/City/7') })
  await pizza.update({ name: 'Marinara' })
  await pizza.update({ exclusiveTo: null })
  await pizza.replace({ name: 'Marinara', price: '6' })
  const whole: PizzasMenuPizzaCreate = { name: 'Marinara', price: '6' }
  await pizza.replace(whole)

  await Pizza.create({
    name: 'Bianca',
    price: 8,
    steps: [
      { todo: 'Roll', grams: 250n },
      { todo: 'Bake', until: new Date() },
    ],
  })
  await pizza.update({ steps: [{ id: 1, todo: 'Bake', base: null }] })

  // @ts-expect-error -- what is to be done is missing
  await Pizza.create({ name: 'Bianca', price: 8, steps: [{ until: new Date() }] })
  // @ts-expect-error -- a step is its pizza's, which goes without saying
  await pizza.update({ steps: [{ todo: 'Bake', pizzaId: 1 }] })
  // @ts-expect-error -- prices are written by themselves
  await pizza.update({ prices: [] })
  // @ts-expect-error -- the price is missing
  await Pizza.create({ name: 'Diavola' })
  // @ts-expect-error -- the pizza is missing, as relation and as column
  await PizzaPrice.create({ date: new Date(), size: 's' })
  // @ts-expect-error -- one of both, not both
  await PizzaPrice.create({ pizza, pizzaId: 1, date: new Date(), size: 's' })
  // @ts-expect-error -- no such choice
  await PizzaPrice.create({ pizza, date: new Date(), size: 'xl' })
  // @ts-expect-error -- computed
  await Shop.create({ name: 'Da Mario', slug: 'da-mario', webAddress: 'http://www.example.com/' })
  // @ts-expect-error -- not nullable
  await pizza.update({ name: null })
  // @ts-expect-error -- no such field
  await pizza.update({ nmae: 'Marinara' })
}

export async function lists(shop: Linked): Promise<void> {
  await Pizza.filter({ price: { gte: 5 }, name: { icontains: 'mar' }, limit: null })
    .sort('-price', 'name')
    .limit(10)
    .page()
  await Pizza.filter({ exclusiveTo: shop }).all({ max: 100 })
  await Pizza.filter({ exclusiveTo: { slug: 'alta-moda' }, prices: { size: { in: ['s', 'm'] } } }).page()
  await PizzaPrice.filter({ date: { lt: new Date() }, size: 's' }).page()
  await Shop.filter({ city: { in: [shop, 'slumber://atlas/geo/City/7'] }, active: true }).page()
  await Pizza.filter({
    or: [{ price: { lt: 5 } }, { not: { exclusiveTo: null } }],
    exclusiveTo: { not: { active: true } },
  }).page()
  await client.atlas.geo.City.filter({ facts: { has: 'sea' } }).page()
  const filter: PizzasMenuShopFilter = { slug: { startswith: 'alta' } }
  await Shop.filter(filter).page()
  await Pizza.sort('exclusiveTo.name', '-exclusiveTo.id', 'name').page()
  await PizzaPrice.sort('-pizza.exclusiveTo.name').page()

  // @ts-expect-error -- no such field
  Pizza.filter({ prize: { gte: 5 } })
  // @ts-expect-error -- no such field in a group
  Pizza.filter({ or: [{ prize: 5 }] })
  // @ts-expect-error -- a list of filters
  Pizza.filter({ and: { price: 5 } })
  // @ts-expect-error -- no such operator
  Pizza.filter({ price: { atLeast: 5 } })
  // @ts-expect-error -- an operator of texts
  Pizza.filter({ limit: { icontains: '5' } })
  // @ts-expect-error -- no such field behind the relation
  Pizza.filter({ exclusiveTo: { slugg: 'alta-moda' } })
  // @ts-expect-error -- computed, so not in the database
  Shop.filter({ webAddress: 'http://www.example.com/' })
  // @ts-expect-error -- no such field
  Pizza.sort('prize')
  // @ts-expect-error -- no such field behind the reference
  Pizza.sort('-exclusiveTo.slugg')
  // @ts-expect-error -- a row has no one value of many
  Pizza.sort('prices.size')
  // @ts-expect-error -- a row of another service has no order here
  Shop.sort('city.name')
  // @ts-expect-error -- JSON has no order
  client.atlas.geo.City.sort('facts')
}

export async function selections(): Promise<void> {
  await Pizza.expand('exclusiveTo', 'prices').page()
  const list = Pizza.filter({ price: { gte: 5 } }).expand('steps', {
    exclusiveTo: { fields: ['name'], expand: { pizzas: { limit: 3 } } },
    prices: { filter: { size: 's' }, sort: ['-date'], limit: 1, fields: ['size'], expand: { pizza: true } },
  })
  expectType<number>(await list.count())
  const named = (await Pizza.sort('name').fields('id', 'name').page()).items[0]
  expectType<string | undefined>(named?.name)
  expectType<string | undefined>(named?.data.name)
  await named?.update({ price: '7' })
  await named?.prices.count()
  const one = await Pizza.get({ id: 1 }, { fields: ['name'], expand: { steps: { limit: 2 } } })
  expectType<string>(one.name)
  expectType<PizzasMenuPizza>(await Pizza.get({ id: 1 }, { expand: { exclusiveTo: true } }))

  // @ts-expect-error -- no such relation
  Pizza.expand('shop')
  // @ts-expect-error -- no such relation, with options
  Pizza.expand({ shop: true })
  // @ts-expect-error -- a column is no relation
  Pizza.expand({ exclusiveToId: true })
  // @ts-expect-error -- no such field of what is behind the relation
  Pizza.expand({ prices: { sort: ['-amount'] } })
  Pizza.expand({ prices: { sort: ['-pizza.name', 'date'] } })
  // @ts-expect-error -- no such field behind the reference
  Pizza.expand({ prices: { sort: ['-pizza.nmae'] } })
  // @ts-expect-error -- no such field in the filter of what is behind the relation
  Pizza.expand({ prices: { filter: { sise: 's' } } })
  // @ts-expect-error -- no such relation of what is behind the relation
  Pizza.expand({ prices: { expand: { shop: true } } })
  // @ts-expect-error -- a reference is one row, which is not filtered
  Pizza.expand({ exclusiveTo: { filter: { slug: 'alta-moda' } } })
  // @ts-expect-error -- a row of another service does not come with one of this
  Shop.expand('city')
  // @ts-expect-error -- nothing is behind a city
  client.atlas.geo.City.expand('country')
  // @ts-expect-error -- no such field to ask for
  Pizza.fields('prize')
  // @ts-expect-error -- it was not asked for
  expectType<unknown>(named?.price)
  // @ts-expect-error -- nor here
  expectType<unknown>(one.price)
  expectType<string | undefined>(named?.exclusiveTo?.url)
  if (named === undefined) return
  // @ts-expect-error -- left out with its column: that is not to have none
  expectType<Linked | null>(named.exclusiveTo)
  expectType<Linked | null | undefined>(named.exclusiveTo)
  // @ts-expect-error -- no such relation of the one
  await Pizza.get({ id: 1 }, { expand: { shop: true } })
}

export async function behindRelations(): Promise<void> {
  const list = Pizza.expand('steps', {
    exclusiveTo: { fields: ['name'], expand: { pizzas: { limit: 3 } } },
    prices: { fields: ['size'] },
  })
  const [item] = (await list.page()).items
  const [shop, price] = [await item?.exclusiveTo?.get(), await item?.prices.first()]
  expectType<string | undefined>(shop?.name)
  expectType<'s' | 'm' | 'l' | undefined>(price?.size)
  expectType<string | undefined>(item?.price)
  expectType<string | undefined>((await item?.steps.first())?.todo)
  expectType<string | undefined>((await (await shop?.pizzas.first())?.exclusiveTo?.get())?.slug)
  const deep = await PizzaPrice.get({ id: 1 }, { expand: { pizza: { expand: { exclusiveTo: { fields: ['name'] } } } } })
  const its = await (await deep.pizza.get()).exclusiveTo?.get()
  expectType<string | undefined>(its?.name)
  const names: readonly ('name' | 'slug')[] = ['name']
  expectType<PizzasMenuPizza>(await Pizza.get({ id: 1 }, undefined))
  await Pizza.expand({ exclusiveTo: { fields: names } }).page()

  // @ts-expect-error -- it was not asked for behind the relation
  expectType<unknown>(shop?.slug)
  // @ts-expect-error -- nor in the data array
  expectType<unknown>(price?.date)
  // @ts-expect-error -- nor behind the one that it came with
  expectType<unknown>(its?.slug)
  // @ts-expect-error -- no such field of the one behind the relation
  await Pizza.get({ id: 1 }, { expand: { exclusiveTo: { fields: ['nam'] } } })
}

export async function changes(pizza: PizzasMenuPizza): Promise<void> {
  await pizza.update(({ price }) => ({ price: Number(price) + 1 }))
  await pizza.update(async ({ exclusiveTo }) => ({ name: (await exclusiveTo?.get())?.name ?? 'Nobody' }), {
    attempts: 9,
  })

  // @ts-expect-error -- no such field of what is updated
  await pizza.update(({ prize }) => ({ price: prize }))
  // @ts-expect-error -- no such field in what is written
  await pizza.update(() => ({ nmae: 'Marinara' }))
  // @ts-expect-error -- no such field to replace
  await pizza.replace({ nmae: 'Marinara', name: 'Marinara', price: '6' })
}

/** Members that a program adds. */
declare module './services.ts' {
  interface PizzasMenuPizza {
    readonly label: string
    raise(by: number): Promise<void>
  }
  interface PizzasMenuPizzaModel {
    cheapest(): Promise<PizzasMenuPizza | undefined>
  }
}

export const addition: ModelProxy<PizzasMenuPizza, PizzasMenuPizzaModel> = {
  url: '/menu/Pizza/',
  instance: (Base) =>
    class extends Base {
      override get label(): string {
        return `${this.name} (${this.price})`
      }
      override async raise(by: number): Promise<void> {
        // @ts-expect-error -- `this` is a pizza: no such field
        expectType<unknown>(this.prize)
        await this.update({ price: Number(this.price) + by })
      }
    },
  model: (Base) =>
    class extends Base {
      override async cheapest(): Promise<PizzasMenuPizza | undefined> {
        await this.topSellers({ count: 1 })
        return (await this.sort('price').limit(1).page()).items[0]
      }
    },
  cacheTtl: 60,
}

export async function added(): Promise<void> {
  const { menu } = connect<Services>({ service: 'http://localhost:8001/', proxies: [addition] }).pizzas
  expectType<string | undefined>((await menu.Pizza.cheapest())?.label)
  await (await menu.Pizza.get({ id: 1 })).raise(1)

  // @ts-expect-error -- no such member
  await menu.Pizza.dearest()
}

export async function errors(pizza: PizzasMenuPizza): Promise<void> {
  try {
    await pizza.update({ price: '5' })
  } catch (error) {
    if (error instanceof PreconditionFailed) await error.current?.update({ price: '5' })
    if (!PreconditionFailed.isOf(pizza, error)) throw error
    expectType<string | undefined>(error.current?.price)
    // @ts-expect-error -- no such field of what is current
    expectType<unknown>(error.current?.prize)
  }
}

/** Without generated types every name and value goes. */
export async function untyped(): Promise<void> {
  const anything = connect({ directory: 'http://localhost:8000/slumber/' })
  const instance = await anything.pizzas!.menu!.Pizza!.get({ id: 1 })
  expectType<unknown>(instance['name'])
  await anything.pizzas!.menu!.Pizza!.topSellers!({ count: 2 })
}
