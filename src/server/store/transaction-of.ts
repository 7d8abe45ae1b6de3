// The type of `tx` in operations and hooks: what they are given is of the service's database, whichever that is.

import type { Database, SqliteDatabase, TransactionOf } from './database.ts'

/**
 * The `tx` of an operation or a hook with the builders of its database: SQLite's unless it is said here.
 *
 * @param database the database that the service is over; only its type is looked at.
 * @example
 * run: async ({ tx, input }) => await transactionOf(database, tx).insert(orders).values(input).returning()
 */
export function transactionOf<Db extends Database>(database: Db, tx: SqliteDatabase): TransactionOf<Db> {
  return tx as unknown as TransactionOf<Db> // a service has one database, and its transactions are of it
}
