// MySQL and MariaDB behind mysql2.

import { beginInTime } from '../begin-in-time.ts'
import type { Driver } from '../dialect.ts'
import type { MysqlDatabase } from '../database.ts'
import { mysqlDialect } from './mysql-dialect.ts'
import { pinSessions } from './mysql-sessions.ts'

/** @throws TypeError where all requests would share one connection, and so each other's transactions. */
export function mysqlDriver(database: MysqlDatabase): Driver {
  pinSessions(database)
  return {
    dialect: mysqlDialect,
    database,
    read: (statement) => statement(),
    transact: beginInTime((run) => database.transaction(run, { isolationLevel: 'read committed' })),
  }
}
