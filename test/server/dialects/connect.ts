// A database of its own for a test file, on each driver: made, connected to as often as a test needs, and dropped.
import { createClient } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { drizzle as overLibsql } from 'drizzle-orm/libsql'
import { drizzle as overMysql } from 'drizzle-orm/mysql2'
import { drizzle as overNodePostgres } from 'drizzle-orm/node-postgres'
import { drizzle as overPostgresJs } from 'drizzle-orm/postgres-js'
import mysql from 'mysql2/promise'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client, Pool } from 'pg'
import postgres from 'postgres'
import { inject } from 'vitest'

export type Row = Readonly<Record<string, unknown>>

/** One pool of connections to a database, as a process of a service has it. */
export interface Connected {
  /** Drizzle's database; of which class depends on the driver. */
  readonly database: unknown
  /** Runs one statement beside the service; gives the rows of one that has any. */
  sql(statement: string): Promise<readonly Row[]>
  close(): Promise<void>
}

export interface OwnDatabase {
  connect(): Promise<Connected>
  drop(): Promise<void>
}

/** So many test files run at once on a large machine that larger pools would be more than a server's max_connections. */
const poolSize = 4

const newName = (): string => `${inject('databasePrefix')}_${randomBytes(4).toString('hex')}`

async function inFolder(connect: (file: string) => Promise<Connected>): Promise<OwnDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'slumber-'))
  return {
    connect: () => connect(join(folder, 'test.db')),
    drop: () => rm(folder, { recursive: true }),
  }
}

const hasRows = (statement: string): boolean => /^\s*(?:select|with|pragma|show)\b|\breturning\b/i.test(statement)

export const libsql = (): Promise<OwnDatabase> =>
  inFolder(async (file) => {
    const url = pathToFileURL(file).href
    const client = createClient({ url })
    const exact = createClient({ url, intMode: 'bigint' }) // the service's own throws for what is no safe number
    await client.execute('PRAGMA journal_mode = WAL')
    return {
      database: overLibsql({ client }),
      sql: async (statement) => {
        const { rows } = await (hasRows(statement) ? exact : client).execute(statement)
        return rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asNumber(value)])),
        )
      },
      close: () => {
        exact.close()
        return Promise.resolve(client.close())
      },
    }
  })

function asNumber(value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

export const betterSqlite3 = (): Promise<OwnDatabase> =>
  inFolder(async (source) => {
    // Not a static import: the driver may not be there.
    const { drizzle } = await import('drizzle-orm/better-sqlite3')
    const database = drizzle({ connection: { source } })
    database.run(sql`PRAGMA journal_mode = WAL`)
    return {
      database,
      sql: (statement) => {
        if (hasRows(statement)) return Promise.resolve(database.all<Row>(sql.raw(statement)))
        database.run(sql.raw(statement))
        return Promise.resolve([])
      },
      close: () => Promise.resolve(void database.$client.close()),
    }
  })

async function onPostgres(connect: (url: string) => Connected): Promise<OwnDatabase> {
  const [name, url] = [newName(), new URL(inject('postgresUrl'))]
  // Comparisons by octets, as in SQLite and in JavaScript for most texts, whatever the server's own are.
  await askPostgres(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`)
  await askPostgres(`ALTER DATABASE ${name} SET synchronous_commit = off`)
  url.pathname = `/${name}`
  return {
    connect: () => Promise.resolve(connect(url.href)),
    drop: () => askPostgres(`DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function askPostgres(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** No connection is closed for being idle: PGlite's session would go on with the statements that were prepared over it. */
export const nodePostgresAt = (connectionString: string, max = poolSize): Connected => {
  const pool = new Pool({ connectionString, max, idleTimeoutMillis: 0 })
  pool.on('error', () => undefined) // of an idle connection whose database is dropped
  return {
    database: overNodePostgres({ client: pool }),
    sql: async (statement) => (await pool.query<Row>(statement)).rows,
    close: () => pool.end(),
  }
}

export const postgresJsAt = (url: string, max = poolSize): Connected => {
  const client = postgres(url, { max, onnotice: () => undefined })
  return {
    database: overPostgresJs({ client }),
    sql: async (statement) => [...(await client.unsafe<Row[]>(statement))],
    close: () => client.end({ timeout: 1 }), // it waits for ever for a connection that was lost in a transaction
  }
}

export const nodePostgres = (): Promise<OwnDatabase> => onPostgres((url) => nodePostgresAt(url))

export const postgresJs = (): Promise<OwnDatabase> => onPostgres((url) => postgresJsAt(url))

export async function mysql2(): Promise<OwnDatabase> {
  const [name, uri] = [newName(), new URL(inject('mysqlUrl'))]
  await askMysql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
  uri.pathname = `/${name}`
  return {
    connect: () => {
      const pool = mysql.createPool({ uri: uri.href, connectionLimit: poolSize })
      return Promise.resolve({
        database: overMysql({ client: pool }),
        sql: async (statement) => {
          const [found] = await pool.query<mysql.RowDataPacket[]>(statement)
          return Array.isArray(found) ? found : []
        },
        close: () => pool.end(),
      })
    },
    drop: () => askMysql(`DROP DATABASE ${name}`),
  }
}

async function askMysql(statement: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: inject('mysqlUrl') })
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}
