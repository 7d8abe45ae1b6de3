// A second connection of better-sqlite3 to the file of a database, and Drizzle over it: for transactions.

import type { SyncSqliteDatabase } from '../database.ts'

/** As much of better-sqlite3's Database as is needed here. */
interface Connection {
  readonly name: string
  readonly memory: boolean
  readonly readonly: boolean
  readonly constructor: unknown
  pragma(source: string, options?: { readonly simple: boolean }): unknown
  close: () => unknown
}

/** What Drizzle 0.45 keeps in a database: enough to make another like it over another connection. */
interface Inner {
  readonly $client?: Partial<Connection>
  readonly dialect: unknown
  readonly session: Readonly<Partial<Record<'schema' | 'relations' | 'logger' | 'cache', unknown>>>
}

type Construct = new (...values: readonly unknown[]) => object

const known = new WeakMap<object, SyncSqliteDatabase | undefined>()

/** Settings of a connection that a second one does not have by itself. */
const copied = ['foreign_keys', 'recursive_triggers', 'synchronous', 'trusted_schema', 'cell_size_check'] as const

/**
 * Undefined where there can be no second connection: a database in memory, or with others attached.
 *
 * @throws TypeError where it is another synchronous driver.
 */
export function writeConnectionOf(database: SyncSqliteDatabase): SyncSqliteDatabase | undefined {
  const inner = database as unknown as Inner
  const { $client: client } = inner
  if (client === undefined || !isConnection(client)) {
    throw new TypeError('"database" is on a synchronous driver that is not better-sqlite3; use that, or libsql.')
  }
  if (!known.has(client)) known.set(client, isAlone(client) ? overSecond(database, inner, client) : undefined)
  return known.get(client)
}

function isConnection(client: Partial<Connection>): client is Connection {
  return typeof client.name === 'string' && typeof client.memory === 'boolean' && typeof client.pragma === 'function'
}

/** Whether all there is to see is in one file. */
function isAlone(client: Connection): boolean {
  const attached = client.pragma('database_list') as readonly { readonly name: string }[] // its documented columns
  const others = attached.filter(({ name }) => name !== 'main' && name !== 'temp')
  return !client.memory && !client.readonly && client.name !== '' && others.length === 0
}

function overSecond(database: SyncSqliteDatabase, { dialect, session }: Inner, client: Connection): SyncSqliteDatabase {
  // A timeout would let SQLite sleep in the thread that should answer everybody else.
  const connection = new (client.constructor as Construct)(client.name, { timeout: 0 }) as Connection
  for (const name of copied) {
    const value = client.pragma(name, { simple: true })
    if (typeof value === 'number') connection.pragma(`${name} = ${value}`)
  }
  const close = client.close.bind(client)
  client.close = () => {
    connection.close()
    return close()
  }
  const { schema, relations, logger, cache } = session
  const tables = schema ?? relations // 0.45 knows the one, 1.0 the other
  const second = new (session.constructor as Construct)(connection, dialect, tables, { logger, cache })
  return new (database.constructor as Construct)('sync', dialect, second, tables) as SyncSqliteDatabase
}
