// Remult as its quickstart sets it up with Express; the entity is described without decorators, as its documentation does for JavaScript.
import { createClient } from '@libsql/client'
import express, { type Request } from 'express'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { Allow, describeEntity, Fields, SqlDatabase, type DataProvider } from 'remult'
import { createPostgresDataProvider } from 'remult/postgres'
import { BetterSqlite3DataProvider } from 'remult/remult-better-sqlite3'
import { remultApi } from 'remult/remult-express'
import { TursoDataProvider } from 'remult/remult-turso'
import type { Contestant } from '../frame/scenario.ts'
import { isAuthorised } from './by-hand.ts'
import { user } from './credentials.ts'
import { PIZZAS } from './database.ts'
import { makeDatabase, openBetterSqlite3 } from './place.ts'

class Pizza {
  id = 0
  name = ''
  forSale = false
  price = ''
  maxToppings: number | null = null
}

describeEntity(
  Pizza,
  'Pizza',
  {
    id: Fields.autoIncrement(),
    name: Fields.string(),
    forSale: Fields.boolean(),
    price: Fields.string(),
    maxToppings: Fields.integer({ allowNull: true }),
  },
  { dbName: 'pizzas', allowApiCrud: Allow.authenticated },
)

const getUser = async ({ headers: { authorization } }: Request) =>
  isAuthorised(authorization) ? { id: user.name } : undefined

const dataProviderOf = async (driver: string, place: string): Promise<DataProvider> => {
  if (driver === 'node-postgres') return createPostgresDataProvider({ connectionString: place })
  return new SqlDatabase(
    driver === 'better-sqlite3'
      ? new BetterSqlite3DataProvider(openBetterSqlite3(place))
      : new TursoDataProvider(createClient({ url: pathToFileURL(place).href })),
  )
}

export const start: Contestant['start'] = async (folder, driver) => {
  const place = await makeDatabase(folder, driver, PIZZAS)
  const dataProvider = await dataProviderOf(driver, place)
  const app = express()
  app.use(
    remultApi({ entities: [Pizza], rootPath: '/slumber/pizzas/menu', dataProvider, ensureSchema: false, getUser }),
  )
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      resolve({ port: (server.address() as AddressInfo).port }) // a TCP server that listens has one
    })
  })
}
