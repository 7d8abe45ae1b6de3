// The service that keeps the users of all others, with their profiles; and what a clerk is told by it.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic, connect, inProcess } from 'slumberjs'
import { authApp, basic as basicScheme, localUsers } from 'slumberjs/auth'
import { app, model, service, type Service, type SqliteDatabase } from 'slumberjs/server'
import { authTables } from 'slumberjs/sqlite'

/** Spread into the schema of the program: drizzle-kit makes their migrations. */
export const { users, groups, permissions, userGroups, groupPermissions, userPermissions, sessions, serviceKeys } =
  authTables

export const profiles = sqliteTable('profile', {
  id: integer().primaryKey(),
  userId: integer()
    .notNull()
    .unique()
    .references(() => users.id),
  fullName: text().notNull(),
})

const url = 'http://localhost:8002/slumber/accounting/'

export function accounting(database: SqliteDatabase): Service {
  const kept = localUsers(database)
  return service('accounting', {
    url,
    database,
    apps: [
      authApp(kept, { profile: { model: profiles, column: 'userId' } }),
      app('people', { Profile: model(profiles, { display: 'fullName' }) }),
    ],
    authenticate: [basicScheme(kept)],
  })
}

/** What somebody may do of two things, one of which no service has announced. */
export async function mayThey(to: Service, name: string, password: string): Promise<unknown> {
  const client = connect({ service: url, transport: inProcess([to]), authenticate: basic(name, password) })
  const asked = new URLSearchParams([
    ['permission', 'people.add_profile'],
    ['permission', 'moon.add_base'],
  ])
  const { content } = await client.get(`${url}auth/User/-/do-i-have-perm?${asked.toString()}`)
  return content
}
