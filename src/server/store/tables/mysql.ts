// Slumber's own table in a service's database, for MySQL and MariaDB; export it to your own drizzle-kit.

import { bigint, longtext, mysqlTable, varchar } from 'drizzle-orm/mysql-core'

/** What requests with an `Idempotency-Key` came to. `key` is a hash, `expires` in milliseconds since 1970. */
export const idempotency = mysqlTable('slumber_idempotency', {
  key: varchar({ length: 64 }).primaryKey(),
  value: longtext().notNull(),
  expires: bigint({ mode: 'number' }).notNull(),
})
