// Opens the databases, and makes those that are not there yet: built beside its place and moved there when it is whole.

import { createClient, LibsqlError, type Client } from '@libsql/client'
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ServiceName, System } from './system.ts'

export interface OpenDatabase {
  readonly database: LibSQLDatabase
  close(): void
}

/** Called with how much of the work is done. */
export type Progress = (done: number, of: number) => void
export type Fill = (database: LibSQLDatabase, progress: Progress) => Promise<void>

/** What each service cannot do without; orders alone may all have been deleted. */
const knownTables: Readonly<Record<ServiceName, string>> = {
  takeaway: 'order',
  pizzas: 'pizza',
  accounting: 'auth_user',
  atlas: 'city',
}

function connect(path: string): Client {
  // No waiting for locks inside the driver: it would stop the whole process.
  return createClient({ url: pathToFileURL(path).href, timeout: 0 })
}

function open(path: string): OpenDatabase {
  const client = connect(path)
  return { database: drizzle({ client }), close: () => client.close() }
}

/** The database of a service, brought to the newest migration. */
export async function openDatabase({ folder }: System, name: ServiceName): Promise<OpenDatabase> {
  const opened = open(join(folder, `${name}.db`))
  await opened.database.run('pragma journal_mode = wal')
  await applyMigrations(opened, name)
  return opened
}

/** `examples/pizza/migrations`, seen from the compiled file. */
async function applyMigrations({ database }: OpenDatabase, name: ServiceName): Promise<void> {
  await migrate(database, {
    migrationsFolder: fileURLToPath(new URL(`../../pizza/migrations/${name}`, import.meta.url)),
  })
}

/**
 * A file without a single octet holds nothing and counts as none.
 *
 * @throws Error naming a file that is damaged or in use: it may hold somebody's data, so it is never deleted here.
 */
export async function hasDatabase({ folder }: System, name: ServiceName): Promise<boolean> {
  const path = join(folder, `${name}.db`)
  if (!existsSync(path) || statSync(path).size === 0) return false
  const problem = await problemOf(path, name)
  if (problem !== undefined) throw new Error(problem)
  return true
}

async function problemOf(path: string, name: ServiceName): Promise<string | undefined> {
  let damage: string | undefined
  let client: Client | undefined
  try {
    if (isSqliteFile(path)) {
      client = connect(path)
      damage = await damageOf(client, name)
    } else damage = 'it is no SQLite database'
  } catch (error) {
    if (!(error instanceof LibsqlError)) throw error
    if (error.code.startsWith('SQLITE_BUSY')) return `${path} is in use by another program; close it there.`
    damage = error.message
  } finally {
    client?.close()
  }
  if (damage === undefined) return undefined
  return `The database ${path} cannot be used (${damage}). Delete it, or move it away, with its -wal and -shm files; the next start makes it anew.`
}

/** Looked at before the driver is: opening would write what is left in a -wal file beside it into whatever this is. */
function isSqliteFile(path: string): boolean {
  const start = Buffer.alloc(16)
  const file = openSync(path, 'r')
  try {
    readSync(file, start)
  } finally {
    closeSync(file)
  }
  return start.toString('latin1') === 'SQLite format 3\0'
}

async function damageOf(client: Client, name: ServiceName): Promise<string | undefined> {
  const checked = await client.execute('pragma quick_check(1)')
  const finding = checked.rows[0]?.[0]
  if (finding !== 'ok') return typeof finding === 'string' ? finding : 'its check found nothing to look at'
  const { rows } = await client.execute(`select 1 from "${knownTables[name]}" limit 1`)
  return rows.length > 0 || name === 'takeaway' ? undefined : `its table ${knownTables[name]} is empty`
}

/** Whatever an interrupted start left half done is thrown away; a database in its place is left alone. */
export function removeUnfinished({ folder }: System): readonly string[] {
  if (!existsSync(folder)) return []
  const unfinished = readdirSync(folder).filter((file) => file.includes('.unfinished'))
  for (const file of unfinished) rmSync(join(folder, file))
  return unfinished
}

export async function makeDatabase(
  { folder }: System,
  name: ServiceName,
  fill: Fill,
  progress: Progress,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.unfinished.db`)
  const opened = open(path)
  try {
    await applyMigrations(opened, name)
    await fill(opened.database, progress)
  } finally {
    opened.close()
  }
  const place = join(folder, `${name}.db`)
  // The log of a database that is gone would be played into the new one.
  for (const end of ['-wal', '-shm']) rmSync(place + end, { force: true })
  renameSync(path, place)
}
