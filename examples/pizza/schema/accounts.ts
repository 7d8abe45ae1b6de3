// The tables of `accounting`: the users of all services, and what is known of them besides.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { authTables } from 'slumberjs/sqlite'

export const { users, groups, permissions, userGroups, groupPermissions, userPermissions } = authTables

export const profiles = sqliteTable('profile', {
  id: integer().primaryKey({ autoIncrement: true }),
  userId: integer()
    .notNull()
    .unique()
    .references(() => users.id),
  fullName: text().notNull(),
  phone: text(),
})
