// The tour: a program that uses nothing but the client. Each step says what it does, shows the requests it caused, and checks what came back.

import { isDeepStrictEqual, styleText } from 'node:util'
import { basic, connect, Forbidden, Invalid, PreconditionFailed, Unauthenticated, type Client } from 'slumberjs'
import type { Services } from './slumber.d.ts'

type Say = (line: string) => void

/** What a step found, and what it should have found. */
interface Finding {
  readonly says: string
  readonly got: unknown
  readonly expected: unknown
}

interface Step {
  readonly title: string
  readonly run: (users: Users) => Promise<Finding>
}

interface Users {
  readonly admin: Client<Services>
  readonly clerk: Client<Services>
  readonly viewer: Client<Services>
  readonly nobody: Client<Services>
  /** The status of the last answer. */
  readonly lastStatus: () => number
}

const steps: readonly Step[] = [
  {
    title: 'A pizza by its key. The first call also finds the services, and what pizzas offers.',
    run: async ({ viewer }) => {
      const pizza = await viewer.pizzas.menu.Pizza.get({ id: 1 })
      return {
        says: `${pizza.name} costs ${pizza.price}, for sale: ${pizza.forSale}`,
        got: pizza.name,
        expected: 'Margherita',
      }
    },
  },
  {
    title: 'A pizza by its unique name, and along a reference to the only shop that sells it.',
    run: async ({ viewer }) => {
      const pizza = await viewer.pizzas.menu.Pizza.get({ name: 'Moda Speciale' })
      const shop = await pizza.exclusiveTo?.get()
      return {
        says: `${pizza.name} is sold at ${shop?.name} only: ${String(shop?.webAddress)}`,
        got: shop?.slug,
        expected: 'alta-moda',
      }
    },
  },
  {
    title: 'A data array: all prices a pizza had, and the sizes of the last one.',
    run: async ({ viewer }) => {
      const pizza = await viewer.pizzas.menu.Pizza.get({ id: 1 })
      const lines: string[] = []
      for await (const price of pizza.prices.sort('date')) {
        const sizes = await price.sizes.sort('amount').all({ max: 10 })
        lines.push(`${price.date.getUTCFullYear()}: ${sizes.map(({ size, amount }) => `${size} ${amount}`).join(', ')}`)
      }
      return { says: lines.join(' | '), got: lines.length, expected: 2 }
    },
  },
  {
    title: "A shop's city and that city's country, on another service, through the remote key.",
    run: async ({ viewer }) => {
      const shop = await viewer.pizzas.menu.Shop.get({ slug: 'da-luigi' })
      const city = await shop.city?.get()
      const country = await city?.country.get()
      return {
        says: `${shop.name} is in ${city?.name}, ${country?.name}`,
        got: [city?.name, country?.code],
        expected: ['Naples', 'IT'],
      }
    },
  },
  {
    title: 'The ten largest cities of a country, by filter and sort.',
    run: async ({ viewer }) => {
      const largest = viewer.atlas.geo.City.filter({ country: { name: 'Netherlands' } })
        .sort('-population')
        .limit(10)
      const { items } = await largest.page()
      return {
        says: items.map(({ name }) => name).join(', '),
        got: [items.length, items[0]?.name],
        expected: [10, 'Amsterdam'],
      }
    },
  },
  {
    title: 'The clerk places an order for a pizza and at a shop that other services know.',
    run: async ({ clerk }) => {
      const shop = await clerk.pizzas.menu.Shop.get({ slug: 'alta-moda' })
      const pizza = await clerk.pizzas.menu.Pizza.get({ name: 'Marinara' })
      const order = await clerk.takeaway.orders.Order.create({ shop, pizza, customer: 'Grace' })
      await clerk.takeaway.orders.OrderLine.create({ order, size: 'l', quantity: 2 })
      const ordered = await order.pizza.get()
      return {
        says: `${order.display}: ${ordered.name}, placed ${order.placedAt.toISOString()}, ${order.status}`,
        got: [ordered.name, order.status],
        expected: ['Marinara', 'open'],
      }
    },
  },
  {
    title: 'An operation of an order: the clerk cancels the newest one.',
    run: async ({ clerk }) => {
      const order = await clerk.takeaway.orders.Order.first()
      await order?.cancel()
      await order?.refresh()
      return { says: `${order?.display} is ${order?.status}`, got: order?.status, expected: 'cancelled' }
    },
  },
  {
    title: 'The viewer may not order, and is told which permission is missing.',
    run: async ({ viewer }) => {
      const order = await viewer.takeaway.orders.Order.first()
      if (order === undefined) throw new Error('there is no order')
      const error = await refused(
        viewer.takeaway.orders.Order.create({ shop: order.shop, pizza: order.pizza, customer: 'Eve' }),
      )
      return { says: describe(error), got: [error instanceof Forbidden, error.problem?.status], expected: [true, 403] }
    },
  },
  {
    title: 'Nobody gets nothing: without credentials every address is 401.',
    run: async ({ nobody }) => {
      const error = await refused(nobody.pizzas.menu.Pizza.get({ id: 1 }))
      return {
        says: describe(error),
        got: [error instanceof Unauthenticated, error.problem?.status],
        expected: [true, 401],
      }
    },
  },
  {
    title:
      'Two people change one pizza: the second change is refused with 412, and repeated on the state it had missed.',
    run: async ({ admin }) => {
      const mine = await admin.pizzas.menu.Pizza.get({ name: 'Diavola' })
      const theirs = await admin.pizzas.menu.Pizza.get({ name: 'Diavola' })
      await theirs.update({ maxExtraToppings: (theirs.maxExtraToppings ?? 0) + 1 })
      const error = await refused(mine.update({ price: '9.40' }))
      if (!(error instanceof PreconditionFailed)) throw error
      await mine.refresh()
      await mine.update({ price: mine.price === '9.4' ? '9.2' : '9.4' })
      return {
        says: `${describe(error)} – then updated to ${mine.price} with ${mine.maxExtraToppings} toppings`,
        got: [error.problem.status, mine.maxExtraToppings],
        expected: [412, theirs.maxExtraToppings],
      }
    },
  },
  {
    title: 'A conditional GET: nothing has changed, so nothing is sent.',
    run: async ({ viewer, lastStatus }) => {
      const city = await viewer.atlas.geo.City.get({ id: 2_747_891 })
      const changed = await city.refresh()
      return {
        says: `${city.name} changed: ${changed}, answered ${lastStatus()}`,
        got: [changed, lastStatus()],
        expected: [false, 304],
      }
    },
  },
  {
    title: 'An unknown field in a filter is 400, with what is allowed.',
    run: async ({ viewer }) => {
      // @ts-expect-error -- the editor says it first: there is no field "prize"
      const error = await refused(viewer.pizzas.menu.Pizza.filter({ prize: '5' }).page())
      return {
        says: describe(error),
        got: [error instanceof Invalid, error.problem?.status, error.problem?.detail?.includes('price')],
        expected: [true, 400, true],
      }
    },
  },
]

/**
 * Walks through all steps against running services.
 *
 * @returns whether every step found what it should.
 */
export async function tour(directory: string, say: Say): Promise<boolean> {
  let requests: string[] = []
  let status = 0
  const as = (name?: string): Client<Services> =>
    connect<Services>({
      directory,
      ...(name === undefined ? {} : { authenticate: basic(name, `${name}-demo`) }),
      transport: async (request) => {
        const response = await fetch(request)
        const { pathname, search, port } = new URL(request.url)
        status = response.status
        requests.push(
          `${request.method.padEnd(6)} :${port} ${decodeURIComponent(pathname + search)} → ${response.status}`,
        )
        return response
      },
    })
  const users: Users = {
    admin: as('admin'),
    clerk: as('clerk'),
    viewer: as('viewer'),
    nobody: as(),
    lastStatus: () => status,
  }
  let allRight = true
  for (const [index, { title, run }] of steps.entries()) {
    requests = []
    say(styleText('bold', `\n${index + 1}. ${title}`))
    const { isRight, line } = await walk(run, users)
    for (const request of requests) say(styleText('dim', `   ${request}`))
    say(`   ${isRight ? styleText('green', '✓') : styleText('red', '✗')} ${line}`)
    allRight &&= isRight
  }
  return allRight
}

async function walk(run: Step['run'], users: Users): Promise<{ isRight: boolean; line: string }> {
  try {
    const { says, got, expected } = await run(users)
    const isRight = isDeepStrictEqual(got, expected)
    return {
      isRight,
      line: isRight ? says : `${says} – expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
    }
  } catch (error) {
    return { isRight: false, line: String(error) }
  }
}

interface RefusedLike extends Error {
  readonly problem?: { readonly status: number; readonly detail?: string }
}

/** The error that a call is to end with. */
async function refused(call: Promise<unknown>): Promise<RefusedLike> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
  throw new Error('this should have been refused')
}

function describe(error: RefusedLike): string {
  return `${error.name} (${error.problem?.status}): ${error.problem?.detail ?? error.message}`
}
