// SQLite behind better-sqlite3, which is synchronous: its own transactions cannot wait for anything, so they are begun and ended by
// statements here, on a connection of their own, for others not to read what is not committed.

import { sql } from 'drizzle-orm'
import type { SyncSqliteDatabase } from '../database.ts'
import type { Driver } from '../dialect.ts'
import { busyProblem } from '../refusal.ts'
import { writeConnectionOf } from './better-sqlite3-connection.ts'
import { lockTimeout, patiently } from './patience.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { isBusy } from './sqlite-refusals.ts'
import { WriteQueue } from './write-queue.ts'

/** @throws TypeError for other synchronous drivers. */
export function betterSqlite3Driver(database: SyncSqliteDatabase): Driver {
  const own = writeConnectionOf(database)
  const queue = WriteQueue.of(database)
  return {
    dialect: sqliteDialect,
    database,
    read: (statement) =>
      own === undefined
        ? queue.run(statement, lockTimeout) // one connection: who reads waits for the transaction that is open
        : patiently(statement, performance.now() + lockTimeout),
    write: (statement) => {
      const deadline = performance.now() + lockTimeout
      return queue.run(() => patiently(() => statement(own ?? database), deadline), lockTimeout)
    },
    transact: async (run) => {
      const deadline = performance.now() + lockTimeout
      return await queue.run(() => transact(own ?? database, run, deadline), lockTimeout)
    },
  }
}

async function transact<T>(
  database: SyncSqliteDatabase,
  run: (transaction: SyncSqliteDatabase) => Promise<T>,
  deadline: number,
): Promise<T> {
  const end = async (statement: 'BEGIN IMMEDIATE' | 'COMMIT' | 'ROLLBACK'): Promise<void> => {
    await Promise.resolve(database.run(sql.raw(statement)))
  }
  await patiently(() => end('BEGIN IMMEDIATE'), deadline)
  try {
    const result = await run(database)
    // In the rollback mode a COMMIT waits for readers of other processes; it may be repeated.
    await patiently(() => end('COMMIT'), performance.now() + lockTimeout)
    return result
  } catch (error) {
    // Some errors, a full disk say, have ended the transaction already.
    await end('ROLLBACK').catch(() => undefined)
    throw isBusy(error) ? busyProblem(error) : error
  }
}
