// Slumber's own table in a service's database, for SQLite; export it to your own drizzle-kit.

import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * What processes must share for a while: what requests with an `Idempotency-Key` came to, and all that `databaseStore` remembers. `key` is
 * a hash, `place` is 0 for a value and above for the entries of a feed, `expires` is in milliseconds since 1970.
 */
export const shared = sqliteTable(
  'slumber_shared',
  {
    key: text().notNull(),
    place: integer().notNull(),
    value: text().notNull(),
    expires: integer().notNull(),
  },
  ({ key, place, expires }) => [primaryKey({ columns: [key, place] }), index('slumber_shared_expires').on(expires)],
)
