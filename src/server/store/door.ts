// The door to a service's database for tables that are no models: with the care that a service takes of locks, deadlocks and sessions.

import { silentLogger, type Awaitable, type Logger } from '../../wire/index.ts'
import type { Database, SqliteDatabase } from './database.ts'
import type { Dialect } from './dialect.ts'
import { driverOf } from './driver-of.ts'
import { DrizzleStore } from './drizzle-store.ts'

export interface DatabaseDoor {
  readonly dialect: Dialect['name']
  /** One statement that reads. Its builders have the types of SQLite's, whichever database it is. */
  read<T>(statement: (database: SqliteDatabase) => Awaitable<T>): Promise<T>
  /** One transaction, begun again where others have made it impossible: what it does besides must bear that. */
  transact<T>(run: (tx: SqliteDatabase) => Promise<T>): Promise<T>
}

/**
 * What the database refuses is a Problem, 503 where it does not answer.
 *
 * @throws TypeError where a database is none that can be served.
 */
export function doorTo(database: Database, logger: Logger = silentLogger): DatabaseDoor {
  const driver = driverOf(database)
  const store = new DrizzleStore(driver, logger)
  return {
    dialect: driver.dialect.name,
    read: async (statement) => await store.read(async () => await statement(store.database)),
    transact: async (run) => await store.transact(async (transaction) => await run(transaction.database)),
  }
}
