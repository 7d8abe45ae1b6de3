// What the rest of the server asks of a database. The only door to SQL.

import type { Awaitable } from '../../wire/index.ts'
import type { Condition } from '../query/condition.ts'
import type { LocalReference, Model, Row, Step } from '../models/model.ts'
import type { ColumnInfo } from '../schema/table-info.ts'
import type { SqliteDatabase } from './database.ts'

export type { SqliteDatabase } from './database.ts'

export interface Sort {
  readonly column: string
  readonly descending: boolean
  /** References that lead to the row whose column it is; none for a column of the row itself. */
  readonly path?: readonly SortStep[]
}

/** A reference, and which rows behind it may be looked at: all others are as if there were none, whose values are NULL. */
export interface SortStep {
  readonly reference: LocalReference
  readonly where: Condition
}

export interface ListQuery {
  readonly where: Condition
  readonly sort: readonly Sort[]
  readonly limit: number
  /** The sort values of the last row of the page before, as `placeOf` gives them. */
  readonly after?: readonly unknown[]
  /** The sort values of the first row of the page behind: the last `limit` rows before it, still in the order of `sort`. */
  readonly before?: readonly unknown[]
  /** Rows to pass over; not together with a place. */
  readonly offset?: number
}

/** The first rows of each of many groups, as the data arrays of many rows are. */
export interface GroupedQuery {
  readonly where: Condition
  readonly sort: readonly Sort[]
  /** Of each group. */
  readonly limit: number
  /** The columns whose values make a group: of the rows, or of those of the join table. */
  readonly by: readonly string[]
  /** The way from a join table to the rows, and which rows of that one count. */
  readonly join?: { readonly model: Model; readonly step: Step; readonly where: Condition }
}

export interface GroupedRow {
  readonly row: Row
  /** The values of `by`. */
  readonly group: readonly unknown[]
  /** Where it stands in the order, as `placeOf` says it. */
  readonly place: readonly unknown[]
}

export interface Store {
  /**
   * Drizzle's own database, or the transaction: for what a custom operation does besides. Under no rule. Its type is that of SQLite;
   * `transactionOf` gives it the type of the database that it is of.
   */
  readonly database: SqliteDatabase
  /** Asked once for each model, when the service is made. Throws TypeError where the database cannot serve it, with the reason. */
  admit(model: Model): void
  /** The rows that hold, in order. */
  list(model: Model, query: ListQuery): Promise<readonly Row[]>
  /**
   * The same rows as JSON texts of these columns, as far as the database writes them just as the program would; undefined where it
   * does not, and the rows have to be asked for.
   */
  listTexts(model: Model, query: ListQuery, columns: readonly ColumnInfo[]): Promise<readonly string[] | undefined>
  /** The rows of each group in order. One statement. */
  listGrouped(model: Model, query: GroupedQuery): Promise<readonly GroupedRow[]>
  /** Where a row of a list stands in its order, as the driver takes it: what the page behind it begins `after`. */
  placeOf(model: Model, sort: readonly Sort[], row: Row): Promise<readonly unknown[]>
  /** How many rows hold. */
  count(model: Model, where: Condition): Promise<number>
  /** The one row with this key, if the condition holds for it. With `lock`, nobody else changes it before the transaction ends. */
  find(model: Model, key: Row, where: Condition, lock?: boolean): Awaitable<Row | undefined>
  /** Locks those of the rows that hold, in the order of their keys: whoever writes several never waits for somebody who waits for them. */
  lock(model: Model, keys: readonly Row[], where: Condition): Promise<void>
  insert(model: Model, values: Row): Awaitable<Row>
  /** As many statements as the database's limits need; the rows in the order of `values`, or none where they need not be `read`. */
  insertMany(model: Model, values: readonly Row[], read?: boolean): Promise<readonly Row[]>
  /** Undefined where there is no such row. */
  update(model: Model, key: Row, values: Row): Promise<Row | undefined>
  /** Whether there was such a row. */
  delete(model: Model, key: Row): Promise<boolean>
  /** Runs in one transaction that holds the write lock from its beginning; what throws leaves nothing. Nested calls join it. */
  transact<T>(run: (store: Store) => Promise<T>): Promise<T>
  /** Inside a transaction: what throws is undone by itself, and the transaction goes on. */
  savepoint<T>(run: (store: Store) => Promise<T>): Promise<T>
  /** Throws where the database does not answer. */
  ping(): Promise<void>
}
