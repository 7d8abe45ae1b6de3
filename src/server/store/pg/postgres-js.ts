// What postgres.js needs beside Drizzle. (postgres 3.4)

import { Problem } from '../../../http/index.ts'
import type { Database, PostgresDatabase } from '../database.ts'
import type { Dialect } from '../dialect.ts'
import { pgDialect } from './pg-dialect.ts'
import { isConnectionLost } from './pg-refusals.ts'

type Begin<T> = (run: (transaction: Database) => Promise<T>) => Promise<T>

/** It gives up a transaction in which a statement has failed outside of a savepoint that it knows of. */
export const postgresJsDialect: Dialect = {
  ...pgDialect,
  savepoint: (transaction: Database, run) =>
    withoutFarewell((within) => (transaction as PostgresDatabase).transaction(within), run),
}

/**
 * To a connection that is lost it would still send its ROLLBACK, and that throws where nobody can catch it. So it is not told how the
 * transaction ended: it forgets it with the connection.
 */
export function withoutFarewell<T>(begin: Begin<T>, run: (transaction: Database) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const within = async (transaction: Database): Promise<T> => {
      try {
        return await run(transaction)
      } catch (error) {
        if (!isConnectionLost(error instanceof Problem ? error.cause : error)) throw error
        reject(error instanceof Error ? error : new Error(String(error)))
        return await new Promise<never>(() => undefined)
      }
    }
    begin(within).then(resolve, reject)
  })
}
