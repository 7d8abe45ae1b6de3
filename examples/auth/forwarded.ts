// Three services in a row: a user asks the shop, which asks the kitchen, which asks the cellar, each for the same user.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connect, inProcess, type Client, type Served, type UntypedServices } from 'slumberjs'
import { asService, basic, generateServiceKey, signed, signing, type Identity } from 'slumberjs/auth'
import { app, model, operation, service, type Service, type SqliteDatabase } from 'slumberjs/server'

const directory = {
  shop: 'http://localhost:8000/slumber/shop/',
  kitchen: 'http://localhost:8001/slumber/kitchen/',
  cellar: 'http://localhost:8002/slumber/cellar/',
}
const issuer = 'https://accounts.example' // who vouches for the names of users
const keys = { shop: generateServiceKey(), kitchen: generateServiceKey() }

/** Whom the services know; it stands for the users that the auth service keeps. */
const people: readonly Identity[] = [
  { name: 'ada', superuser: false, permissions: ['orders.add_order'] },
  { name: 'Zoë', superuser: false, permissions: [] },
]
const personOf = (name: string): Identity | undefined => people.find((each) => each.name === name)

const orders = sqliteTable('order', { id: integer().primaryKey(), what: text().notNull() })
const takesOrders = app('orders', { Order: model(orders) })

export const running: Served[] = []

/** In a service that runs by itself there is no transport to be given. */
function clientOf(name: 'shop' | 'kitchen'): Client<UntypedServices> {
  const authenticate = signing({ service: name, key: keys[name].privateKey, issuer })
  return connect({ directory, authenticate, transport: (request) => inProcess(running)(request) })
}

export function shop(database: SqliteDatabase): Service {
  const client = clientOf('shop')
  const dinner = operation.model({
    // For whoever asks the shop: nobody has to say so.
    POST: {
      permissions: [],
      transaction: false,
      run: async () => (await client.post(`${directory.kitchen}meals/Meal/-/cook`)).content,
    },
  })
  const kitchens = operation.model({
    // For the shop itself, whoever asks: that has to be said.
    GET: { run: () => asService(async () => (await client.get(directory.kitchen)).content) },
  })
  return service('shop', {
    url: directory.shop,
    database,
    directory,
    apps: [app('meals', { Meal: model(orders, { operations: { dinner, kitchens } }) })],
    authenticate: [basic(async (name) => personOf(name))],
  })
}

export function kitchen(database: SqliteDatabase): Service {
  const client = clientOf('kitchen')
  const cook = operation.model({
    POST: {
      permissions: [],
      transaction: false, // nothing of its own is written, and others are waited for
      run: async ({ user }) => {
        const { status } = await client.post(`${directory.cellar}orders/Order`, { what: 'wine' })
        return { user: user.name, service: user.service, status }
      },
    },
  })
  return service('kitchen', {
    url: directory.kitchen,
    database,
    directory,
    apps: [app('meals', { Meal: model(orders, { operations: { cook } }) })],
    authenticate: [
      signed({
        url: directory.kitchen,
        keys: { shop: { service: 'shop', publicKey: keys.shop.publicKey, actAs: { [issuer]: 'all' } } },
        users: ({ name }) => personOf(name),
      }),
    ],
  })
}

export function cellar(database: SqliteDatabase): Service {
  const { publicKey } = keys.kitchen
  const grant = ['orders.add_order']
  return service('cellar', {
    url: directory.cellar,
    database,
    directory,
    apps: [takesOrders],
    authenticate: [
      signed({
        url: directory.cellar,
        keys: { kitchen: { service: 'kitchen', publicKey, actAs: { [issuer]: 'all' }, grant } },
        users: ({ name }) => personOf(name),
      }),
    ],
  })
}
