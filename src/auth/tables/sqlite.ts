// The tables of users, groups and permissions for SQLite; export them to your own drizzle-kit.

import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const users = sqliteTable('auth_user', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  passwordHash: text().notNull(),
  superuser: integer({ mode: 'boolean' }).notNull().default(false),
  active: integer({ mode: 'boolean' }).notNull().default(true),
})

export const groups = sqliteTable('auth_group', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
})

/** `code` is `app.action_model`, such as `orders.add_order`. */
export const permissions = sqliteTable('auth_permission', {
  id: integer().primaryKey({ autoIncrement: true }),
  code: text().notNull().unique(),
})

export const userGroups = sqliteTable(
  'auth_user_group',
  {
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    groupId: integer()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.groupId] })],
)

export const groupPermissions = sqliteTable(
  'auth_group_permission',
  {
    groupId: integer()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    permissionId: integer()
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.permissionId] })],
)

export const userPermissions = sqliteTable(
  'auth_user_permission',
  {
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    permissionId: integer()
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.permissionId] })],
)
