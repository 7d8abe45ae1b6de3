// Reads a Drizzle table: its columns, key, unique sets and foreign keys. The one file that looks into Drizzle's metadata.

import { getTableColumns, getTableName, is, type Column, type Table } from 'drizzle-orm'
import { getTableConfig, SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { codecs, type ValueType } from '../../wire/index.ts'
import { describesField, type DescribesField, type FieldDescription } from './field-description.ts'
import { numericCodecs } from './sqlite-numeric.ts'
import { timestampCodec } from './sqlite-timestamp.ts'

export interface ColumnInfo {
  /** The property name, which is the name on the wire. */
  readonly name: string
  readonly column: Column
  readonly type: ValueType
  /** The program's value to its JSON form. */
  readonly encode: FieldDescription['encode']
  /** The JSON form to the program's value. Throws ValueFault. */
  readonly decode: FieldDescription['decode']
  /** Whether the database puts its values into their own order. */
  readonly ordered: boolean
  /** Whether the program's value leads back to exactly what is stored. */
  readonly exact: boolean
  readonly nullable: boolean
  /** The database or Drizzle gives a value where none is given. */
  readonly hasDefault: boolean
  /** SQLite's own number of the row: it gives the next one where none is given. */
  readonly rowId: boolean
  /** The database alone writes it. */
  readonly generated: boolean
  readonly choices: readonly string[] | undefined
  readonly maxLength: number | undefined
  readonly description: FieldDescription | undefined
}

export interface ForeignKeyInfo {
  readonly columns: readonly string[]
  readonly table: Table
  readonly foreignColumns: readonly string[]
  /** What the database does to these rows when their target goes: `cascade`, say. */
  readonly onDelete: string | undefined
}

export interface TableInfo {
  readonly name: string
  readonly table: Table
  readonly columns: ReadonlyMap<string, ColumnInfo>
  readonly key: readonly string[]
  /** Every set of columns that is unique, without the key. */
  readonly unique: readonly (readonly string[])[]
  readonly foreignKeys: readonly ForeignKeyInfo[]
}

/** @throws TypeError where the table cannot be served, with the reason. */
export function readTable(table: Table): TableInfo {
  const name = getTableName(table)
  if (!is(table, SQLiteTable)) throw new TypeError(`Table "${name}": only SQLite tables are served so far.`)
  const columns = new Map(
    Object.entries<Column>(getTableColumns(table)).map(([property, column]) => [
      property,
      readColumn(name, property, column),
    ]),
  )
  const propertyOf = new Map([...columns.values()].map((info) => [info.column.name, info.name]))
  const properties = (list: readonly Column[]): string[] =>
    list.map((column) => propertyOf.get(column.name) ?? column.name)
  const config = getTableConfig(table)
  const key = config.primaryKeys[0]?.columns ?? config.columns.filter((column) => column.primary)
  if (key.length === 0) throw new TypeError(`Table "${name}" has no primary key; a model needs one.`)
  return {
    name,
    table,
    columns,
    key: properties(key),
    unique: [
      ...config.columns.filter((column) => column.isUnique).map((column) => properties([column])),
      ...config.uniqueConstraints.map((constraint) => properties(constraint.columns)),
      ...config.indexes
        .filter(
          (index) => index.config.unique && index.config.where === undefined && index.config.columns.every(isColumn),
        )
        .map((index) => properties(index.config.columns.filter(isColumn))),
    ],
    foreignKeys: config.foreignKeys.map((foreignKey) => {
      const { columns: own, foreignTable, foreignColumns } = foreignKey.reference()
      const target = new Map(
        Object.entries(getTableColumns(foreignTable)).map(([property, column]) => [column.name, property]),
      )
      return {
        columns: properties(own),
        table: foreignTable,
        foreignColumns: foreignColumns.map((column) => target.get(column.name) ?? column.name),
        onDelete: foreignKey.onDelete,
      }
    }),
  }
}

/** An index may also stand over an expression, which identifies no row by its fields. */
function isColumn(part: object): part is SQLiteColumn {
  return is(part, SQLiteColumn)
}

/** Drizzle's data type → ours, where the column type does not say more. */
const typeOfDataType: Readonly<Record<string, ValueType>> = {
  string: 'string',
  number: 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  date: 'date-time',
  json: 'json',
  buffer: 'bytes',
}

const typeOfColumnType: Readonly<Record<string, ValueType>> = { SQLiteInteger: 'integer', SQLiteNumeric: 'decimal' }

/** Characters that would be read as something else in `sort=-a,b`, `fields=a,b`, `a.b__op` or a JSON pointer. */
const notInNames = /[-.,~/\s]/

function readColumn(tableName: string, name: string, column: Column): ColumnInfo {
  if (notInNames.test(name)) {
    throw new TypeError(`Table "${tableName}": "${name}" cannot name a column; use letters, digits and _.`)
  }
  const description = descriptionOf(column)
  const type = description?.type ?? typeOfColumnType[column.columnType] ?? typeOfDataType[column.dataType]
  if (type === undefined) {
    throw new TypeError(
      `Table "${tableName}": column "${name}" is of a type that does not describe itself (${column.getSQLType()}).`,
    )
  }
  const { encode, decode } = description ?? numericCodecs[column.columnType] ?? timestampCodec(column) ?? codecs[type]
  return {
    name,
    column,
    type,
    encode,
    decode,
    // Drizzle keeps a bigint's digits in a blob: '10' comes before '9'.
    ordered: type !== 'json' && type !== 'bytes' && column.columnType !== 'SQLiteBigInt',
    // A date may stand in the database as something finer, or as text; a custom type may do as it likes.
    exact: column.dataType !== 'date' && column.dataType !== 'custom',
    nullable: !column.notNull,
    hasDefault: column.hasDefault || isRowId(column),
    rowId: isRowId(column),
    generated: column.generated !== undefined,
    choices: column.enumValues !== undefined && column.enumValues.length > 0 ? column.enumValues : undefined,
    maxLength: 'length' in column && typeof column.length === 'number' ? column.length : undefined,
    description,
  }
}

/** SQLite fills an integer primary key by itself. */
function isRowId(column: Column): boolean {
  return column.primary && column.getSQLType() === 'integer'
}

function descriptionOf(column: Column): FieldDescription | undefined {
  // Drizzle keeps a custom type's own configuration in this protected place (0.45: Column.config.fieldConfig).
  const { config } = column as unknown as { config: { fieldConfig?: Partial<DescribesField> } }
  return config.fieldConfig?.[describesField]
}
