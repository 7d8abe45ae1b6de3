// Slumber's own table in a service's database, for PostgreSQL; export it to your own drizzle-kit.

import { bigint, pgTable, text } from 'drizzle-orm/pg-core'

/** What requests with an `Idempotency-Key` came to. `key` is a hash, `expires` in milliseconds since 1970. */
export const idempotency = pgTable('slumber_idempotency', {
  key: text().primaryKey(),
  value: text().notNull(),
  expires: bigint({ mode: 'number' }).notNull(),
})
