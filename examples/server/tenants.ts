// One rule for all models: whoever asks has the rows of their own tenant, and makes rows of no other.

import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { app, model, service, type Service, type ServiceOptions } from 'slumberjs/server'

export const notes = sqliteTable(
  'note',
  { id: integer().primaryKey(), tenant: text().notNull(), title: text().notNull() },
  ({ tenant, title }) => [unique().on(tenant, title)], // over the tenant as well: else a clash tells of others' rows
)

export function tenants(options: Pick<ServiceOptions, 'url' | 'database' | 'authenticate'>): Service {
  return service(null, {
    ...options,
    apps: [app('notes', { Note: model(notes, { exclude: ['tenant'] }) })],
    rule: (user) => ({ tenant: user.name.split('@')[1] ?? '' }),
  })
}
