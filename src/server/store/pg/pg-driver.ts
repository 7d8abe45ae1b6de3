// PostgreSQL behind node-postgres or postgres.js.

import { beginInTime } from '../begin-in-time.ts'
import type { Driver } from '../dialect.ts'
import type { PostgresDatabase } from '../database.ts'
import { pgDialect } from './pg-dialect.ts'
import { hasRoom, pinSessions } from './pg-sessions.ts'
import { postgresJsDialect, withoutFarewell } from './postgres-js.ts'

/** @throws TypeError where all requests would share one connection, and so each other's transactions. */
export function pgDriver(database: PostgresDatabase): Driver {
  const begin: Driver['transact'] = (run) => database.transaction(run, { isolationLevel: 'read committed' })
  const isPostgresJs = pinSessions(database) === 'postgres.js'
  return {
    dialect: isPostgresJs ? postgresJsDialect : pgDialect,
    database,
    read: (statement) => statement(),
    write: (statement) => (hasRoom(database) ? statement(database) : undefined),
    transact: beginInTime((run) => (isPostgresJs ? withoutFarewell(begin, run) : begin(run))),
  }
}
