// Row security of PostgreSQL: each transaction says who asks, and the policies of the database look at that.

import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { transactionOf, type ServiceOptions } from 'slumberjs/server'

export function withRowSecurity(database: NodePgDatabase): Pick<ServiceOptions, 'database' | 'begin'> {
  return {
    database,
    begin: async (tx, user) => {
      await transactionOf(database, tx).execute(sql`select set_config('app.user', ${user.name}, true)`)
    },
  }
}
