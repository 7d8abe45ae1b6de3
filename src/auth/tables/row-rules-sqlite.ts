// The table of rules that are published for other services, for SQLite; export it to your own drizzle-kit.

import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** Which rows of a service's model the members of a group may read, create, update or delete: `true`, or a filter. */
export const rowRules = sqliteTable(
  'auth_row_rule',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    service: text().notNull(),
    modelName: text('model').notNull(),
    action: text({ enum: ['read', 'create', 'update', 'delete'] }).notNull(),
    group: text('group_name').notNull(),
    filter: text({ mode: 'json' }).notNull(),
  },
  (table) => [unique('auth_row_rule_asked').on(table.service, table.modelName, table.action, table.group)],
)
