// What the rest of the server asks of a database. The only door to SQL; one implementation a dialect.

import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { Condition } from '../query/condition.ts'
import type { Model, Row } from '../model.ts'

/** A Drizzle database on an asynchronous SQLite driver, whatever its schema. */
export type SqliteDatabase = BaseSQLiteDatabase<'async', unknown, Record<string, unknown>>

export interface Sort {
  readonly column: string
  readonly descending: boolean
}

export interface ListQuery {
  readonly where: Condition
  readonly sort: readonly Sort[]
  readonly limit: number
  /** The sort values of the last row of the page before, as the driver takes them. */
  readonly after?: readonly unknown[]
}

export interface Store {
  /** Drizzle's own database, or the transaction: for what a custom operation does besides. Under no rule. */
  readonly database: SqliteDatabase
  /** The rows that hold, in order. */
  list(model: Model, query: ListQuery): Promise<readonly Row[]>
  /** Where a row of a list stands in its order, as the driver takes it: what the page behind it begins `after`. */
  placeOf(model: Model, sort: readonly Sort[], row: Row): Promise<readonly unknown[]>
  /** The one row with this key, if the condition holds for it. */
  find(model: Model, key: Row, where: Condition): Promise<Row | undefined>
  insert(model: Model, values: Row): Promise<Row>
  /** Undefined where there is no such row. */
  update(model: Model, key: Row, values: Row): Promise<Row | undefined>
  /** Whether there was such a row. */
  delete(model: Model, key: Row): Promise<boolean>
  /** Runs in one transaction that holds the write lock from its beginning; what throws leaves nothing. Nested calls join it. */
  transact<T>(run: (store: Store) => Promise<T>): Promise<T>
  /** Throws where the database does not answer. */
  ping(): Promise<void>
}
