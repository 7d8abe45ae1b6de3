// Sessions of PostgreSQL in which texts of dates and numbers are what Drizzle takes them for, whatever the server, the database or
// the role is set to: UTC, ISO dates, and as many digits of floats as they have.

import type { PostgresDatabase } from '../database.ts'

const settings = { TimeZone: 'UTC', DateStyle: 'ISO, MDY' } as const

const setAll = `set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex'`

/** As much of a node-postgres Pool as is needed here. */
interface Pool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
  readonly options: { readonly max: number }
  connect: Connect
  listenerCount(event: string): number
  on(event: 'error', listener: () => void): unknown
}
interface Client {
  query(text: string): Promise<unknown>
  release(error?: unknown): void
  on(event: 'error', listener: () => void): unknown
}
/** A promise, or undefined where a callback is told. */
type Connect = (callback?: Callback) => unknown
type Callback = (error: unknown, client?: Client, release?: Client['release']) => void

const pinned = new WeakSet<object>()

/**
 * @returns which driver it is, as far as it matters.
 * @throws TypeError for a client of node-postgres that is one connection.
 */
export function pinSessions(database: PostgresDatabase): 'node-postgres' | 'postgres.js' | 'another' {
  const { $client: client } = database as { readonly $client?: unknown } // Drizzle keeps it there, in every driver's own type
  if ((typeof client !== 'object' && typeof client !== 'function') || client === null) return 'another'
  if (isPostgresJs(client)) {
    Object.assign(client.options.connection, settings)
    return 'postgres.js'
  }
  if (isPool(client)) {
    if (!pinned.has(client)) pinPool(client)
    pinned.add(client)
    return 'node-postgres'
  }
  if (!('escapeIdentifier' in client)) return 'another'
  throw new TypeError('"database" needs a Pool of node-postgres: requests would share the transactions of one Client.')
}

/** postgres.js sends these when it connects; connections that were there before stay as they were. */
function isPostgresJs(client: object): client is { readonly options: { readonly connection: object } } {
  if (!('options' in client && 'unsafe' in client)) return false
  const { options } = client
  return typeof options === 'object' && options !== null && 'connection' in options
}

/** Whether a statement finds a connection, or opens one, without waiting for others. */
export function hasRoom(database: PostgresDatabase): boolean {
  const { $client: client } = database as { readonly $client?: unknown } // see pinSessions
  if (typeof client !== 'object' || client === null || !isPool(client)) return false
  return client.waitingCount === 0 && (client.idleCount > 0 || client.totalCount < client.options.max)
}

function isPool(client: object): client is Pool {
  return 'totalCount' in client && 'connect' in client
}

/** Every connection is set before it is first handed out, those that a migration has opened before too. */
function pinPool(pool: Pool): void {
  const connect = pool.connect.bind(pool)
  const isSet = new WeakSet<Client>()
  const connectPinned = async (): Promise<Client> => {
    const client = (await connect()) as Client // see Connect
    if (isSet.has(client)) return client
    // A connection that breaks is an event, too, which ends the process where nobody listens; its statements say it anyway.
    client.on('error', () => undefined)
    try {
      await client.query(setAll)
      isSet.add(client)
      return client
    } catch (error) {
      client.release(error)
      throw error
    }
  }
  pool.connect = (callback) => {
    if (callback === undefined) return connectPinned()
    void tell(connectPinned(), callback)
    return undefined
  }
  if (pool.listenerCount('error') === 0) pool.on('error', () => undefined)
}

/** What a callback throws is for nobody here to catch. */
async function tell(connecting: Promise<Client>, callback: Callback): Promise<void> {
  let client: Client
  try {
    client = await connecting
  } catch (error) {
    queueMicrotask(() => callback(error))
    return
  }
  queueMicrotask(() => callback(undefined, client, (error) => client.release(error)))
}
