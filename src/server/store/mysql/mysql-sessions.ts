// Sessions of MySQL in which values are what Drizzle takes them for, and in which nothing is stored that was not given: UTC, strict
// modes, integers with all their digits.

import type { MysqlDatabase } from '../database.ts'

/** Strict: what does not fit is refused, not cut. Not NO_BACKSLASH_ESCAPES, for which mysql2 does not quote its values. */
const sqlMode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'
const setAll = `set time_zone = '+00:00', sql_mode = '${sqlMode}'`

/** As much of a pool of mysql2 as is needed here. */
interface Pool {
  getConnection: unknown
  on(event: 'acquire', listener: (connection: Connection) => void): unknown
}
interface Connection {
  readonly config: { supportBigNumbers?: boolean; decimalNumbers?: boolean; timezone?: string }
  query(text: string, callback: (error: unknown) => void): unknown
  destroy(): void
}

const pinned = new WeakSet<object>()

/** @throws TypeError for a connection that is no pool. */
export function pinSessions(database: MysqlDatabase): void {
  const { $client: client } = database as { readonly $client?: unknown } // Drizzle keeps it there, in every driver's own type
  if (typeof client !== 'object' || client === null) return
  const pool = 'pool' in client && typeof client.pool === 'object' && client.pool !== null ? client.pool : client // of promises
  if (pinned.has(pool)) return
  pinned.add(pool)
  if (isPool(pool)) pinPool(pool)
  else if ('threadId' in client || 'connection' in client) {
    throw new TypeError('"database" needs a pool of mysql2: requests would share the transactions of one connection.')
  }
}

function isPool(client: object): client is Pool {
  return 'getConnection' in client && 'on' in client
}

/** Commands of a connection wait for each other: this one is before whatever it is handed out for. */
function pinPool(pool: Pool): void {
  const isSet = new WeakSet<Connection>()
  pool.on('acquire', (connection) => {
    if (isSet.has(connection)) return
    isSet.add(connection)
    connection.config.supportBigNumbers = true
    connection.config.decimalNumbers = false
    connection.config.timezone = 'Z' // Drizzle leaves the Dates of DATE columns to the driver
    connection.query(setAll, (error) => {
      if (error !== null && error !== undefined) connection.destroy()
    })
  })
}
