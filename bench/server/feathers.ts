// Feathers 5 as its generator sets up a service over Knex: Koa, JSON Schema, resolvers; with a strategy for Basic written as its
// guide to strategies says. Left out is what its generator adds that no scenario needs: CORS, static files, sockets, logging.
import {
  authenticate,
  AuthenticationBaseStrategy,
  AuthenticationService,
  type AuthenticationRequest,
  type AuthenticationResult,
} from '@feathersjs/authentication'
import { NotAuthenticated } from '@feathersjs/errors'
import { feathers, type HookContext } from '@feathersjs/feathers'
import { KnexService } from '@feathersjs/knex'
import { bodyParser, errorHandler, koa, parseAuthentication, rest } from '@feathersjs/koa'
import { Ajv, getValidator, hooks as schemaHooks, querySyntax, resolve } from '@feathersjs/schema'
import knex from 'knex'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Contestant } from '../frame/scenario.ts'
import { isAuthorised } from './by-hand.ts'
import { PIZZAS, type NewPizza, type Pizza } from './database.ts'
import { makeDatabase } from './place.ts'

const PATH = 'slumber/pizzas/menu/Pizza'

class BasicStrategy extends AuthenticationBaseStrategy {
  async parse({ headers: { authorization } }: IncomingMessage) {
    return authorization === undefined ? null : { strategy: this.name ?? '', authorization }
  }

  async authenticate({ authorization }: AuthenticationRequest): Promise<AuthenticationResult> {
    if (!isAuthorised(String(authorization))) throw new NotAuthenticated('Invalid login')
    return { authentication: { strategy: this.name } }
  }
}

const newPizza = {
  name: { type: 'string' },
  forSale: { type: 'boolean' },
  price: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
  maxToppings: { type: ['integer', 'null'] },
} as const

const pizza = { id: { type: 'integer' }, ...newPizza } as const

const dataValidator = getValidator(
  {
    $id: 'PizzaData',
    type: 'object',
    additionalProperties: false,
    required: ['name', 'forSale', 'price'],
    properties: newPizza,
  },
  new Ajv(),
)

const queryValidator = getValidator(
  { $id: 'PizzaQuery', type: 'object', additionalProperties: false, properties: querySyntax(pizza) },
  new Ajv({ coerceTypes: true }),
)

/** SQLite has neither booleans nor decimals, which Knex leaves to its callers. */
const asStored = resolve<Pizza, HookContext>({
  forSale: async (value) => Boolean(value),
  price: async (value) => String(value),
})

const asIs = resolve<Pizza, HookContext>({})

export const start: Contestant['start'] = async (folder, driver) => {
  const place = await makeDatabase(folder, driver, PIZZAS)
  const isSqlite = driver === 'better-sqlite3'
  const database = isSqlite
    ? knex({ client: 'better-sqlite3', connection: { filename: place }, useNullAsDefault: true })
    : knex({ client: 'pg', connection: place })

  const app = koa(feathers())
  app.set('authentication', { secret: 'of the benchmark', entity: null, authStrategies: ['basic'] })
  app.use(errorHandler())
  app.use(parseAuthentication())
  app.use(bodyParser())
  app.configure(rest())

  const authentication = new AuthenticationService(app)
  authentication.register('basic', new BasicStrategy())
  app.use('authentication', authentication)

  const pizzas = new KnexService<Pizza, NewPizza>({ Model: database, name: 'pizzas' })
  app.use(PATH, pizzas, { methods: ['find', 'get', 'create'], events: [] })
  app.service(PATH).hooks({
    around: {
      all: [
        authenticate('basic'),
        schemaHooks.resolveExternal(asIs),
        schemaHooks.resolveResult(isSqlite ? asStored : asIs),
      ],
    },
    before: {
      all: [schemaHooks.validateQuery(queryValidator), schemaHooks.resolveQuery(asIs)],
      create: [schemaHooks.validateData(dataValidator), schemaHooks.resolveData(asIs)],
    },
  })

  const server = await app.listen(0, '127.0.0.1')
  if (!server.listening) await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port } // a TCP server that listens has one
}
