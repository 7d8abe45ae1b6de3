// What the server knows of a table: columns, key, unique sets and foreign keys, in one form for every dialect.

import type { Column, Table } from 'drizzle-orm'
import type { ColumnKind } from './column-kind.ts'
import type { FieldDescription } from './field-description.ts'

export interface ColumnInfo extends Omit<ColumnKind, 'encode' | 'decode'> {
  /** The property name, which is the name on the wire. */
  readonly name: string
  readonly column: Column
  /** The program's value to its JSON form. */
  readonly encode: FieldDescription['encode']
  /** The JSON form to a value that the database can compare with the column's. Throws ValueFault. */
  readonly decode: FieldDescription['decode']
  readonly nullable: boolean
  /** The database or Drizzle gives a value where none is given. */
  readonly hasDefault: boolean
  /** Of a column that the database counts up: the largest value that may be chosen for a row. */
  readonly largestChosen: number | bigint | undefined
  /** The database alone writes it. */
  readonly generated: boolean
  readonly description: FieldDescription | undefined
  /** Whether the program has given it a JSON form of its own. */
  readonly isConverted?: true
}

export interface ForeignKeyInfo {
  readonly columns: readonly string[]
  readonly table: Table
  readonly foreignColumns: readonly string[]
  /** What the database does to these rows when their target goes: `cascade`, say. */
  readonly onDelete: string | undefined
}

export type DialectName = 'sqlite' | 'pg' | 'mysql'

export interface TableInfo {
  readonly dialect: DialectName
  readonly name: string
  /** Of a view, a table with its columns, so that nothing else has to know of views. */
  readonly table: Table
  readonly columns: ReadonlyMap<string, ColumnInfo>
  readonly key: readonly string[]
  /** A view, or a table whose key the database does not hold: its rows are read and never written. */
  readonly readOnly: boolean
  /** Every set of columns that is unique, without the key. */
  readonly unique: readonly (readonly string[])[]
  readonly foreignKeys: readonly ForeignKeyInfo[]
  /** By the name of each check, the columns that it mentions. */
  readonly checks: ReadonlyMap<string, readonly string[]>
}
