// The tables of users and what they may do, for MySQL and MariaDB; spread them into your own schema, for drizzle-kit.

import { bigint, boolean, index, int, mysqlTable, primaryKey, text, varchar } from 'drizzle-orm/mysql-core'

/**
 * `revision` is counted up whenever what the user may do has changed, or how they prove who they are. A user without a password
 * has the hash '': no password is theirs.
 */
export const users = mysqlTable('auth_user', {
  id: int().primaryKey().autoincrement(),
  name: varchar({ length: 150 }).notNull().unique(),
  passwordHash: varchar({ length: 255 }).notNull(),
  superuser: boolean().notNull().default(false),
  active: boolean().notNull().default(true),
  revision: int().notNull().default(0),
})

export const groups = mysqlTable('auth_group', {
  id: int().primaryKey().autoincrement(),
  name: varchar({ length: 150 }).notNull().unique(),
})

/** `code` is `app.action_model`, such as `orders.add_order`. */
export const permissions = mysqlTable('auth_permission', {
  id: int().primaryKey().autoincrement(),
  code: varchar({ length: 255 }).notNull().unique(),
})

export const userGroups = mysqlTable(
  'auth_user_group',
  {
    userId: int()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    groupId: int()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.groupId] }), index('auth_user_group_of').on(table.groupId)],
)

export const groupPermissions = mysqlTable(
  'auth_group_permission',
  {
    groupId: int()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    permissionId: int()
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.permissionId] }),
    index('auth_group_permission_of').on(table.permissionId),
  ],
)

export const userPermissions = mysqlTable(
  'auth_user_permission',
  {
    userId: int()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    permissionId: int()
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.permissionId] }),
    index('auth_user_permission_of').on(table.permissionId),
  ],
)

/** `id` is a digest of what the browser has; `revision` that of the user when it began; times in milliseconds since 1970. */
export const sessions = mysqlTable(
  'auth_session',
  {
    id: varchar({ length: 64 }).primaryKey(),
    userId: int()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    revision: int().notNull(),
    created: bigint({ mode: 'number' }).notNull(),
    expires: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [index('auth_session_of').on(table.userId), index('auth_session_expires').on(table.expires)],
)

/** Public keys (PEM) by key id. `grant` and `actAs` are JSON, as in a `KeyRecord`; none where they are null. */
export const serviceKeys = mysqlTable('auth_service_key', {
  keyid: varchar({ length: 150 }).primaryKey(),
  service: varchar({ length: 150 }).notNull(),
  publicKey: text().notNull(),
  grant: text(),
  actAs: text(),
  active: boolean().notNull().default(true),
})
