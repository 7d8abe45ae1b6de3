// Row rules from one place: the auth service publishes them, the shop fetches them and puts them into its SQL.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { inProcess } from 'slumberjs'
import { remoteRules, ruleModel, signed, signing, generateServiceKey } from 'slumberjs/auth'
import { app, model, service, type Scheme, type Service, type SqliteDatabase } from 'slumberjs/server'
import { rowRules } from 'slumberjs/sqlite'

const directory = {
  auth: 'http://localhost:8000/slumber/auth/',
  shop: 'http://localhost:8001/slumber/shop/',
}

const orders = sqliteTable('orders', { id: integer().primaryKey(), region: text().notNull(), clerk: text().notNull() })
const { publicKey, privateKey } = generateServiceKey()

/** Publishes the rules; services may read them, and `users` says who else is who. */
export function authService(database: SqliteDatabase, users: Scheme): Service {
  const shop = { service: 'shop', publicKey, grant: ['auth.view_rowrule'] }
  return service('auth', {
    url: directory.auth,
    directory,
    database,
    apps: [app('auth', { RowRule: ruleModel(rowRules, { maxAge: 30 }) })],
    authenticate: [signed({ url: directory.auth, keys: { 'shop-2026': shop } }), users],
  })
}

export function shopService(database: SqliteDatabase, users: Scheme, auth: Service): Service {
  const rulesFrom = remoteRules({
    directory,
    service: 'shop',
    // For itself and not for a user: what it fetches is for all of them.
    authenticate: signing({ service: 'shop', keyid: 'shop-2026', key: privateKey, forwardedUser: () => undefined }),
    whileDown: { staleFor: 600 },
    transport: inProcess([auth]), // here both are in one process
  })
  return service('shop', {
    url: directory.shop,
    directory,
    database,
    apps: [app('shop', { Order: model(orders, { rulesFrom }) })],
    authenticate: [users],
  })
}
