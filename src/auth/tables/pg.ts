// The tables of users and what they may do, for PostgreSQL; spread them into your own schema, for drizzle-kit.

import { bigint, boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/**
 * `revision` is counted up whenever what the user may do has changed, or how they prove who they are. A user without a password
 * has the hash '': no password is theirs.
 */
export const users = pgTable('auth_user', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  name: text().notNull().unique(),
  passwordHash: text().notNull(),
  superuser: boolean().notNull().default(false),
  active: boolean().notNull().default(true),
  revision: integer().notNull().default(0),
})

export const groups = pgTable('auth_group', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  name: text().notNull().unique(),
})

/** `code` is `app.action_model`, such as `orders.add_order`. */
export const permissions = pgTable('auth_permission', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  code: text().notNull().unique(),
})

export const userGroups = pgTable(
  'auth_user_group',
  {
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    groupId: integer()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.userId, table.groupId] }), index('auth_user_group_of').on(table.groupId)],
)

export const groupPermissions = pgTable(
  'auth_group_permission',
  {
    groupId: integer()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    permissionId: integer()
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.permissionId] }),
    index('auth_group_permission_of').on(table.permissionId),
  ],
)

export const userPermissions = pgTable(
  'auth_user_permission',
  {
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    permissionId: integer()
      .notNull()
      .references(() => permissions.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.permissionId] }),
    index('auth_user_permission_of').on(table.permissionId),
  ],
)

/** `id` is a digest of what the browser has; `revision` that of the user when it began; times in milliseconds since 1970. */
export const sessions = pgTable(
  'auth_session',
  {
    id: text().primaryKey(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    revision: integer().notNull(),
    created: bigint({ mode: 'number' }).notNull(),
    expires: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [index('auth_session_of').on(table.userId), index('auth_session_expires').on(table.expires)],
)

/** Public keys (PEM) by key id. `grant` and `actAs` are JSON, as in a `KeyRecord`; none where they are null. */
export const serviceKeys = pgTable('auth_service_key', {
  keyid: text().primaryKey(),
  service: text().notNull(),
  publicKey: text().notNull(),
  grant: text(),
  actAs: text(),
  active: boolean().notNull().default(true),
})
