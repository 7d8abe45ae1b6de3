// Two services: the kitchen takes signed requests, the shop signs what it asks, for itself or for one of its users.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connect, inProcess } from 'slumberjs'
import { generateServiceKey, signed, signing, type ForwardedUser } from 'slumberjs/auth'
import { app, model, service, type Service, type SqliteDatabase } from 'slumberjs/server'

const url = 'http://localhost:8001/slumber/kitchen/'
const issuer = 'https://shop.example' // who vouches for the names of users

const notes = sqliteTable('note', { id: integer().primaryKey(), words: text().notNull() })

/** Made once; the shop keeps the private key, the kitchen has the public one in its configuration. */
const { publicKey, privateKey } = generateServiceKey()

export function kitchen(database: SqliteDatabase): Service {
  return service('kitchen', {
    url,
    database,
    apps: [app('kitchen', { Note: model(notes) })],
    authenticate: [
      signed({
        url,
        keys: {
          'shop-2026': {
            service: 'shop',
            publicKey,
            grant: ['kitchen.add_note'], // what it may do itself, and the most that it may do for a user
            actAs: { [issuer]: ['ada', 'Zoë'] },
          },
        },
        users: ({ name }) => ({ name, superuser: false, permissions: name === 'ada' ? ['kitchen.add_note'] : [] }),
      }),
    ],
  })
}

/** Has a note added, and says what became of it. */
export async function addNote(to: Service, words: string, name?: string): Promise<string> {
  const user: ForwardedUser | undefined = name === undefined ? undefined : { name, issuer }
  const client = connect({
    service: url,
    transport: inProcess([to]),
    authenticate: signing({ service: 'shop', keyid: 'shop-2026', key: privateKey, forwardedUser: () => user }),
  })
  try {
    const { status } = await client.post(`${url}kitchen/Note`, { words })
    return String(status)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
