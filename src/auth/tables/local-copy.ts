// A row for each user in a service's own database, as the auth service last told of them: found by name, with a key of its own.

import { eq, getTableColumns, type Column, type Table } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { doorTo, type Database, type SqliteDatabase } from '../../server/index.ts'
import type { RemoteUser } from '../remote/remote-user.ts'

export interface LocalCopyOptions {
  readonly database: Database
  /** Drizzle's, of the local users; the column of names is to be unique. */
  readonly table: Table
  /** The column of names; `name` unless given. */
  readonly name?: string
  /** Columns that are called otherwise at the auth service: `{ mail: 'email' }`. */
  readonly columns?: Readonly<Record<string, string>>
  /** What a new row has besides: `{ passwordHash: '' }`. */
  readonly missing?: Readonly<Record<string, unknown>>
}

type Values = Readonly<Record<string, unknown>>

/**
 * What the auth service knows of a user goes into those columns of the local table that have the same names, or the names given:
 * whether they are a superuser and active, too. No part of a key is copied.
 *
 * @throws TypeError where the table has no such columns.
 * @example
 * remoteAuth({ directory, authenticate, copy: localCopy({ database, table: people }) })
 */
export function localCopy(options: LocalCopyOptions): (user: RemoteUser) => Promise<void> {
  const { database, name = 'name', columns: named = {}, missing = {} } = options
  const columns = getTableColumns(options.table)
  for (const each of [name, ...Object.keys(named), ...Object.keys(missing)]) {
    if (Object.hasOwn(columns, each)) continue
    throw new TypeError(`localCopy(): the table has no column "${each}"; it has: ${Object.keys(columns).join(', ')}.`)
  }
  const table = options.table as SQLiteTable // the builders of every dialect are used as those of SQLite
  const nameColumn = columns[name] as Column // it has been looked for
  const copied = Object.entries(columns).filter(([property, { primary }]) => property !== name && !primary)
  const door = doorTo(database)

  const valuesOf = ({ attributes, superuser, active }: RemoteUser): Values => {
    const known = new Map<string, unknown>(Object.entries({ ...attributes, superuser, active }))
    const given = copied.flatMap(([property, column]): [string, unknown][] => {
      const source = Object.hasOwn(named, property) ? (named[property] ?? property) : property
      return known.has(source) ? [[property, readValue(column, known.get(source))]] : []
    })
    return Object.fromEntries(given)
  }
  const find = async (reading: SqliteDatabase, user: RemoteUser): Promise<Values | undefined> => {
    const found: readonly Values[] = await reading.select().from(table).where(eq(nameColumn, user.name))
    return found.find((row) => row[name] === user.name)
  }
  const write = async (tx: SqliteDatabase, user: RemoteUser, values: Values): Promise<void> => {
    const row = await find(tx, user)
    if (row === undefined) await tx.insert(table).values({ ...missing, ...values, [name]: user.name })
    else if (!isAs(row, values)) await tx.update(table).set(values).where(eq(nameColumn, user.name))
  }

  return async (user) => {
    const values = valuesOf(user)
    const there = await door.read((reading) => find(reading, user))
    if (there !== undefined && isAs(there, values)) return
    try {
      await door.transact((tx) => write(tx, user, values))
    } catch (error) {
      // Another process may have made the row at the same time.
      if ((await door.read((reading) => find(reading, user))) === undefined || there !== undefined) throw error
      await door.transact((tx) => write(tx, user, values))
    }
  }
}

function isAs(row: Values, values: Values): boolean {
  return Object.entries(values).every(([property, value]) => JSON.stringify(row[property]) === JSON.stringify(value))
}

/** JSON has no dates. */
function readValue({ dataType }: Pick<Column, 'dataType'>, value: unknown): unknown {
  return dataType.includes('date') && typeof value === 'string' ? new Date(value) : value
}
