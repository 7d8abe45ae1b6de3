// A service that lets in whoever asks from this machine while it is developed, and stands behind a proxy when it is not.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic, localAddress, localUsers } from 'slumberjs/auth'
import { serve, type Server } from 'slumberjs/node'
import { app, model, service, type SqliteDatabase } from 'slumberjs/server'

const notes = sqliteTable('note', { id: integer().primaryKey(), words: text().notNull() })

export async function start(database: SqliteDatabase, environment: 'development' | 'production'): Promise<Server> {
  const isDeveloped = environment === 'development'
  const users = basic(localUsers(database))
  const kitchen = service('kitchen', {
    url: 'http://localhost:8001/slumber/kitchen/',
    database,
    apps: [app('kitchen', { Note: model(notes) })],
    authenticate: isDeveloped ? [localAddress({ as: 'admin' }), users] : [users],
  })
  // The proxy listens on 10.0.0.7, adds the client's address to X-Forwarded-For, and sets X-Forwarded-Proto.
  const trustedProxies = { addresses: ['10.0.0.7'], fields: ['x-forwarded-proto'] } as const
  return await serve(kitchen, isDeveloped ? {} : { trustedProxies })
}
