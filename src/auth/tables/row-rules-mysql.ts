// The table of rules that are published for other services, for MySQL and MariaDB; export it to your own drizzle-kit.

import { int, json, mysqlTable, unique, varchar } from 'drizzle-orm/mysql-core'

/** Which rows of a service's model the members of a group may read, create, update or delete: `true`, or a filter. */
export const rowRules = mysqlTable(
  'auth_row_rule',
  {
    id: int().primaryKey().autoincrement(),
    service: varchar({ length: 191 }).notNull(),
    modelName: varchar('model', { length: 191 }).notNull(),
    action: varchar({ length: 6, enum: ['read', 'create', 'update', 'delete'] }).notNull(),
    group: varchar('group_name', { length: 191 }).notNull(),
    filter: json().notNull(),
  },
  (table) => [unique('auth_row_rule_asked').on(table.service, table.modelName, table.action, table.group)],
)
