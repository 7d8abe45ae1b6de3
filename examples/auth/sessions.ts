// People sign in with a browser at the auth service, and are known at the kitchen by a session of its own.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { inProcess } from 'slumberjs'
import { session, signIn, type Identity } from 'slumberjs/auth'
import { app, model, service, type Service, type SqliteDatabase } from 'slumberjs/server'

const auth = 'http://auth.localhost:8000/slumber/auth/'
const kitchen = 'http://kitchen.localhost:8001/slumber/kitchen/'

const notes = sqliteTable('note', { id: integer().primaryKey(), words: text().notNull() })

const ada: Identity = { name: 'ada', superuser: false, permissions: ['kitchen.add_note'] }
const users = ({ name }: { readonly name: string }): Identity | undefined => (name === ada.name ? ada : undefined)
const verify = (name: string, password: string): Promise<Identity | undefined> =>
  Promise.resolve(password === 'secret' ? users({ name }) : undefined) // or localUsers(database)

export function services(database: SqliteDatabase): readonly [auth: Service, kitchen: Service] {
  const authService = service('auth', {
    url: auth,
    database,
    apps: [app('empty', {})],
    authenticate: [signIn({ url: auth, verify, users, services: [kitchen] })],
  })
  const kitchenService = service('kitchen', {
    url: kitchen,
    database,
    apps: [app('kitchen', { Note: model(notes) })],
    authenticate: [session({ url: kitchen, auth, transport: inProcess([authService]) })], // elsewhere fetch asks it
  })
  return [authService, kitchenService]
}
