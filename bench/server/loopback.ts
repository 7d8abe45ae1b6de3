// LoopBack 4 as its documentation sets up an application over a database: a model, a repository and a CRUD controller, which it
// describes how to define without decorators, the sequence of middleware, and a strategy for Basic of its authentication component.
import {
  authenticate,
  AuthenticationComponent,
  registerAuthenticationStrategy,
  type AuthenticationStrategy,
} from '@loopback/authentication'
import { inject } from '@loopback/core'
import {
  DefaultCrudRepository,
  defineModelClass,
  Entity,
  juggler,
  ModelDefinition,
  RepositoryMixin,
} from '@loopback/repository'
import { HttpErrors, RestApplication, type Request } from '@loopback/rest'
import { defineCrudRestController } from '@loopback/rest-crud'
import { securityId, type UserProfile } from '@loopback/security'
import type { Contestant } from '../frame/scenario.ts'
import { isAuthorised } from './by-hand.ts'
import { user } from './credentials.ts'
import { PIZZAS } from './database.ts'
import { makeDatabase } from './place.ts'

class BasicStrategy implements AuthenticationStrategy {
  readonly name = 'basic'

  async authenticate({ headers: { authorization } }: Request): Promise<UserProfile> {
    if (!isAuthorised(authorization)) throw new HttpErrors.Unauthorized('Invalid credentials.')
    return { [securityId]: user.name, name: user.name }
  }
}

const definition = new ModelDefinition({ name: 'Pizza', settings: { postgresql: { table: 'pizzas' } } })
  .addProperty('id', { type: 'number', id: true, generated: true, ...column('id') })
  .addProperty('name', { type: 'string', required: true, ...column('name') })
  .addProperty('forSale', { type: 'boolean', required: true, ...column('forSale') })
  .addProperty('price', { type: 'string', required: true, ...column('price') })
  .addProperty('maxToppings', { type: 'number', jsonSchema: { nullable: true }, ...column('maxToppings') })

/** The connector makes small letters of names that are not given. */
function column(columnName: string) {
  return { postgresql: { columnName } }
}

const Pizza = defineModelClass(Entity, definition)

class PizzaRepository extends DefaultCrudRepository<Entity, number> {
  constructor(dataSource: juggler.DataSource) {
    super(Pizza, dataSource)
  }
}
inject('datasources.db')(PizzaRepository, undefined, 0)

const PizzaController = defineCrudRestController<Entity, number, never>(Pizza, {
  basePath: '/slumber/pizzas/menu/Pizza',
})
inject('repositories.PizzaRepository')(PizzaController, undefined, 0)
authenticate('basic')(PizzaController)

export const start: Contestant['start'] = async (folder, driver) => {
  const url = await makeDatabase(folder, driver, PIZZAS)
  const app = new (RepositoryMixin(RestApplication))({ rest: { port: 0, host: '127.0.0.1' } })
  app.component(AuthenticationComponent)
  registerAuthenticationStrategy(app, BasicStrategy)
  app.dataSource(new juggler.DataSource({ name: 'db', connector: 'postgresql', url }), 'db')
  app.repository(PizzaRepository)
  app.controller(PizzaController)
  await app.start()
  return { port: Number(new URL(app.restServer.url ?? '').port) }
}
