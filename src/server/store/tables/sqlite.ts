// Slumber's own table in a service's database, for SQLite; export it to your own drizzle-kit.

import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What requests with an `Idempotency-Key` came to. `key` is a hash, `expires` in milliseconds since 1970. */
export const idempotency = sqliteTable('slumber_idempotency', {
  key: text().primaryKey(),
  value: text().notNull(),
  expires: integer().notNull(),
})
