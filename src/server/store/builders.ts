// As much of Drizzle's builders as the store uses: those of every dialect have it, with types of their own each.

import type { Placeholder, SQL, Table } from 'drizzle-orm'
import type { Row } from '../models/model.ts'
import type { noName } from '../schema/drizzle-versions.ts'
import type { Database } from './database.ts'

type Fields = Readonly<Record<string, unknown>>

export interface Select extends PromiseLike<Row[]> {
  innerJoin(table: Table, on: SQL | undefined): Select
  /** To select from. */
  as(name: string): Table
  where(condition: SQL | undefined): Select
  orderBy(...parts: SQL[]): Select
  limit(count: number | Placeholder | SQL): Select
  offset(count: number | Placeholder): Select
  /** PostgreSQL and MySQL. */
  for(strength: 'update'): Select
  /** PostgreSQL's has a name, under which the server keeps it for as long as its connection lives, or `noName`. */
  prepare(name: string | typeof noName): Prepared
  toSQL(): { readonly sql: string }
}

export interface Prepared {
  execute(values: Row): PromiseLike<Row[]>
}

/** SQLite's: they give rows at once where their driver does, which `execute` wraps into something to wait for. */
interface PreparedInSqlite extends Prepared {
  all(values: Row): Row[] | PromiseLike<Row[]>
}

/** Runs a statement that gives rows. */
export function rowsOf(statement: Prepared, values: Row): Row[] | PromiseLike<Row[]> {
  return isInSqlite(statement) ? statement.all(values) : statement.execute(values)
}

/** The others have an `all` of another kind, and no `run`. */
function isInSqlite(statement: Prepared): statement is PreparedInSqlite {
  return 'run' in statement && 'all' in statement
}

export interface Statement extends PromiseLike<unknown> {
  prepare(name: typeof noName): Prepared
  /** SQLite and PostgreSQL. */
  returning(): PromiseLike<Row[]> & { prepare(name: typeof noName): Prepared }
}

export interface Builders {
  select(fields?: Fields): { from(table: Table): Select }
  insert(table: Table): { values(values: Row | readonly Row[]): Statement }
  update(table: Table): { set(values: Row): { where(condition: SQL | undefined): Statement } }
  delete(table: Table): { where(condition: SQL | undefined): Statement }
  /** PostgreSQL and MySQL, each with a result of its driver. */
  execute(statement: SQL): PromiseLike<unknown>
}

/** That a table is of the database's dialect was checked when its model was admitted. */
export function buildersOf(database: Database): Builders {
  return database as unknown as Builders // their generic parameters are not known here
}
