// Two services: accounts keeps the users for all of them, the menu lets them in.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { inProcess, type Served } from 'slumberjs'
import { authApp, basic, generateServiceKey, localCopy, localUsers, remoteAuth, signed, signing } from 'slumberjs/auth'
import { app, model, service, type Service, type SqliteDatabase } from 'slumberjs/server'

const accountsUrl = 'http://localhost:8000/slumber/accounts/'
const directory = {
  accounts: accountsUrl,
  auth: accountsUrl, // the name by which services look for who keeps the users
  menu: 'http://localhost:8001/slumber/menu/',
}
const menuKey = generateServiceKey()

export function accounts(database: SqliteDatabase): Service {
  const users = localUsers(database)
  const keys = {
    menu: { service: 'menu', publicKey: menuKey.publicKey, grant: ['auth.view_user', 'auth.add_permission'] },
  }
  return service('accounts', {
    url: directory.accounts,
    database,
    directory,
    apps: [authApp(users)],
    authenticate: [basic(users), signed({ url: directory.accounts, keys })],
  })
}

const dishes = sqliteTable('dish', { id: integer().primaryKey(), name: text().notNull() })

/** Whatever this service has to say of its users refers to these rows, whose keys are its own. */
const guests = sqliteTable('guest', {
  id: integer().primaryKey(),
  name: text().notNull().unique(),
  superuser: integer({ mode: 'boolean' }).notNull(),
  favouriteId: integer().references(() => dishes.id),
})

export const running: Served[] = []

export function menu(database: SqliteDatabase): { readonly service: Service; readonly start: () => Promise<void> } {
  const remote = remoteAuth({
    directory,
    authenticate: signing({ service: 'menu', key: menuKey.privateKey }),
    copy: localCopy({ database, table: guests }),
    whileDown: 'remembered',
    transport: (request) => inProcess(running)(request), // in a service that runs by itself there is none to be given
  })
  const made = service('menu', {
    url: directory.menu,
    database,
    directory,
    apps: [app('menu', { Dish: model(dishes), Guest: model(guests) })],
    authenticate: [basic(remote.verify)],
  })
  return { service: made, start: () => remote.announce(made.permissions) }
}
