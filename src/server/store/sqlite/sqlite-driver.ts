// SQLite behind an asynchronous driver: libsql, and others that Drizzle runs transactions for.

import type { Driver } from '../dialect.ts'
import type { SqliteDatabase } from '../database.ts'
import { busyProblem } from '../refusal.ts'
import { mendTransactions } from './libsql-transactions.ts'
import { lockTimeout, patiently } from './patience.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { isBusy } from './sqlite-refusals.ts'
import { WriteQueue } from './write-queue.ts'

export function sqliteDriver(database: SqliteDatabase): Driver {
  mendTransactions(database)
  const queue = WriteQueue.of(database)
  return {
    dialect: sqliteDialect,
    database,
    /** In SQLite's rollback mode a reader, too, meets locks: those of another process that is just committing. */
    read: (statement) => patiently(statement, performance.now() + lockTimeout),
    // There is no `write`: a statement that a lock refuses stays unfinished in its connection; see libsql-transactions.ts.
    transact: async (run) => {
      const deadline = performance.now() + lockTimeout
      return await queue.run(() => patiently(() => begin(database, run), deadline), lockTimeout)
    },
  }
}

/** The driver begins with BEGIN IMMEDIATE on a connection of its own; only what is refused there may be tried again. */
async function begin<T>(database: SqliteDatabase, run: (transaction: SqliteDatabase) => Promise<T>): Promise<T> {
  let begun = false
  try {
    return await database.transaction(async (transaction) => {
      begun = true
      return await run(transaction)
    })
  } catch (error) {
    throw begun && isBusy(error) ? busyProblem(error) : error
  }
}
