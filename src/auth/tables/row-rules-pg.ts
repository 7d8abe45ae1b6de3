// The table of rules that are published for other services, for PostgreSQL; export it to your own drizzle-kit.

import { integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'

/** Which rows of a service's model the members of a group may read, create, update or delete: `true`, or a filter. */
export const rowRules = pgTable(
  'auth_row_rule',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    service: text().notNull(),
    modelName: text('model').notNull(),
    action: text({ enum: ['read', 'create', 'update', 'delete'] }).notNull(),
    group: text('group_name').notNull(),
    filter: jsonb().notNull(),
  },
  (table) => [unique('auth_row_rule_asked').on(table.service, table.modelName, table.action, table.group)],
)
