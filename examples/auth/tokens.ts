// The auth service gives tokens to who signs in there; the kitchen takes them, and asks nobody who that is.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic as withPassword, bearer as withToken, connect, inProcess } from 'slumberjs'
import { basic, bearer, generateServiceKey, tokens, type Identity } from 'slumberjs/auth'
import { app, model, service, type Service, type SqliteDatabase } from 'slumberjs/server'

const auth = 'http://localhost:8000/slumber/auth/'
const kitchen = 'http://localhost:8001/slumber/kitchen/'

const notes = sqliteTable('note', { id: integer().primaryKey(), words: text().notNull() })

const ada: Identity = { name: 'ada', superuser: false, permissions: ['kitchen.add_note'] }
const users = ({ name }: { readonly name: string }): Identity | undefined => (name === ada.name ? ada : undefined)

/** The private keys are the auth service's. Each signs from its time on; the next one is published before. */
const { jwk } = generateServiceKey()
const { endpoints } = tokens({
  issuer: auth,
  keys: [{ kid: '2026-08', key: jwk.privateKey }],
  audiences: [kitchen],
  users,
})

export function services(database: SqliteDatabase): readonly [auth: Service, kitchen: Service] {
  const verify = (name: string, password: string): Promise<Identity | undefined> =>
    Promise.resolve(password === 'secret' ? users({ name }) : undefined) // or localUsers(database)
  const authService = service('auth', {
    url: auth,
    database,
    apps: [app('empty', {})],
    authenticate: [basic(verify)],
    endpoints, // -/token and -/jwks
  })
  const kitchenService = service('kitchen', {
    url: kitchen,
    database,
    apps: [app('kitchen', { Note: model(notes) })],
    authenticate: [
      bearer({ issuer: auth, audience: kitchen, jwks: `${auth}-/jwks`, transport: inProcess([authService]) }),
    ],
  })
  return [authService, kitchenService]
}

/** Signs in once, and works with the token from then on. */
export async function addNote(all: readonly Service[], words: string, name: string, password: string): Promise<number> {
  const transport = inProcess(all)
  const signedIn = connect({ service: auth, transport, authenticate: withPassword(name, password) })
  const { content } = await signedIn.post(`${auth}-/token`, { audience: kitchen })
  const { access_token: token } = content as { readonly access_token: string } // RFC 6749 §5.1
  const client = connect({ service: kitchen, transport, authenticate: withToken(token) })
  const { status } = await client.post(`${kitchen}kitchen/Note`, { words })
  return status
}
