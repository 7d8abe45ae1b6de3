// Slumber's own table in a service's database, for MySQL and MariaDB; export it to your own drizzle-kit.

import { bigint, index, longtext, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'

/**
 * What processes must share for a while: what requests with an `Idempotency-Key` came to, and all that `databaseStore` remembers. `key` is
 * a hash, `place` is 0 for a value and above for the entries of a feed, `expires` is in milliseconds since 1970.
 */
export const shared = mysqlTable(
  'slumber_shared',
  {
    key: varchar({ length: 64 }).notNull(),
    place: bigint({ mode: 'number' }).notNull(),
    value: longtext().notNull(),
    expires: bigint({ mode: 'number' }).notNull(),
  },
  ({ key, place, expires }) => [primaryKey({ columns: [key, place] }), index('slumber_shared_expires').on(expires)],
)
