// What differs between the dialects; the store asks it, and a folder each answers.

import type { Column, Placeholder, SQL } from 'drizzle-orm'
import type { Awaitable } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { ColumnInfo } from '../schema/table-info.ts'
import type { Builders } from './builders.ts'
import type { Comparisons } from './comparisons.ts'
import type { Database } from './database.ts'
import type { Refusal } from './refusal.ts'

export interface Dialect {
  readonly name: 'SQLite' | 'PostgreSQL' | 'MySQL'
  readonly comparisons: Comparisons
  /** Whether a comparison is the same SQL whatever value it is with, so that it can wait for one. */
  readonly keepsComparisons: boolean
  readonly places: Places
  /** The JSON text of a column's value where the database writes it as the program would; NULL where it is not sure to. */
  readonly json?: (column: ColumnInfo) => SQL | undefined
  /** As many rows as the value says that a prepared statement is given; undefined where that has to stand in the statement. */
  readonly preparedLimit?: (value: Placeholder) => SQL | Placeholder
  readonly writes: Writes
  /** Whether a statement that fails takes the whole transaction with it, or back to its last savepoint. */
  readonly endsByFailure: (refusal: Refusal | undefined) => 'nothing' | 'savepoint' | 'transaction'
  /** Whether rows are locked one by one. SQLite's transactions have the whole database. */
  readonly locksRows: boolean
  /** A statement without a result. */
  readonly execute: (database: Database, statement: SQL) => Promise<unknown>
  /** Where the driver must know of savepoints; anywhere else they are statements. */
  savepoint?<T>(transaction: Database, run: (inner: Database) => Promise<T>): Promise<T>
  /** @throws TypeError where the model cannot be served by this dialect, with the reason. */
  admit(model: Model): void
  /** Undefined where the error is none of a caller's making. Only what can be had without the transaction, which may be over. */
  refusalOf(error: unknown): Refusal | undefined
  /** The columns of a unique index that only its name is known of. */
  columnsOfRefusal?(error: unknown, builders: Builders, model: Model): Promise<readonly string[]>
}

/** Where rows stand in an order: their values as the database's text, never by way of a Date or a number. */
export interface Places {
  order(column: Column, descending: boolean, nulls: 'first' | 'last'): SQL[]
  /** A column as it is compared with a place. */
  operand(column: Column): SQL
  /** What is selected of a column, to come back as a string, a number or null. */
  selected(column: Column): SQL
  /** What `selected` gave, from a row that was read: for columns whose values in the program are exact. */
  fromRow(column: Column, value: unknown): unknown
  /** What either gave, as a value of the column's type again. */
  value(column: Column, place: unknown): SQL
}

export interface Writes {
  /** Whether the row is inserted by one statement, which is all or nothing by itself. */
  insertsAtOnce?(model: Model, values: Row): boolean
  /**
   * The rows as they are stored, in the order of `values`, or none where they need not be `read`. At most `maxParameters` values at
   * once.
   */
  insert(builders: Builders, model: Model, values: readonly Row[], read?: boolean): Awaitable<readonly Row[]>
  update(builders: Builders, model: Model, key: Row, values: Row): Promise<Row | undefined>
  delete(builders: Builders, model: Model, key: Row): Promise<boolean>
  readonly maxParameters: number
}

/** A database of a dialect, with what its driver needs around statements and transactions. */
export interface Driver {
  readonly dialect: Dialect
  readonly database: Database
  /** Runs what reads, and may wait for locks. */
  read<T>(statement: () => Awaitable<T>): Awaitable<T>
  /** Runs one statement that writes, in no transaction; undefined, and nothing is run, where it might wait for nobody knows how long. */
  write?<T>(statement: (database: Database) => Awaitable<T>): Awaitable<T> | undefined
  /** Runs in one new transaction; `run` is called at most once. */
  transact<T>(run: (transaction: Database) => Promise<T>): Promise<T>
}
