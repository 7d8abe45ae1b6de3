// Reads a Drizzle table or view: its columns, key, unique sets and foreign keys. This folder alone looks into Drizzle's metadata.

import {
  getTableColumns,
  getTableName,
  getViewName,
  getViewSelectedFields,
  is,
  Column,
  type Table,
  type View,
} from 'drizzle-orm'
import type { ModelSource } from '../definition/rows.ts'
import { isIndexedColumn, isView, schemaDialects, type Declarations, type SchemaDialect } from './dialects.ts'
import { readChecks } from './read-checks.ts'
import { readColumn } from './read-column.ts'
import type { ColumnInfo, ForeignKeyInfo, TableInfo } from './table-info.ts'

export type { ColumnInfo, ForeignKeyInfo, TableInfo } from './table-info.ts'

/**
 * @param named the properties that identify a row, where the database holds no key: of a view, or a table without one.
 * @throws TypeError where the table cannot be served, with the reason.
 */
export function readTable(marked: ModelSource, named?: readonly string[]): TableInfo {
  const source = marked as Table | View // nothing else has Drizzle's mark
  const title = isView(source) ? `View "${getViewName(source)}"` : `Table "${getTableName(source)}"`
  const fault = (reason: string): TypeError =>
    new TypeError(`${title}${reason.startsWith('has ') ? '' : ':'} ${reason}`)
  const dialect = schemaDialects.find((each) => each.isView(source) || each.declarations(source) !== undefined)
  if (dialect === undefined) throw fault('only tables and views of SQLite, PostgreSQL and MySQL are served.')
  try {
    const table = isView(source) ? tableOfView(source, dialect) : source
    return { ...readDeclarations(table, dialect, isView(source), named), dialect: dialect.name, table }
  } catch (error) {
    throw error instanceof TypeError ? fault(error.message) : error
  }
}

function readDeclarations(
  table: Table,
  dialect: SchemaDialect,
  ofView: boolean,
  named: readonly string[] | undefined,
): Omit<TableInfo, 'dialect' | 'table'> {
  const properties = Object.entries<Column>(getTableColumns(table))
  const declarations = (ofView ? undefined : dialect.declarations(table)) ?? nothingDeclared
  const nameOf = new Map(properties.map(([property, column]) => [column.name, property]))
  const names = (columns: readonly { readonly name: string }[]): string[] =>
    columns.map((column) => nameOf.get(column.name) ?? column.name)
  const declared = names(declaredKey(declarations, ofView ? [] : properties))
  const key = keyOf(declared, named, [...nameOf.values()])
  const columns = new Map(
    properties.map(([property, column]) => [property, readColumn(property, column, dialect, declared)]),
  )
  return {
    name: getTableName(table),
    columns,
    key,
    readOnly: declared.length === 0,
    unique: uniqueOf(declarations, [...columns.values()], names),
    foreignKeys: declarations.foreignKeys.map((foreignKey) => readForeignKey(foreignKey, names)),
    checks: readChecks(declarations, nameOf),
  }
}

const nothingDeclared: Declarations = {
  primaryKeys: [],
  uniqueConstraints: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
}

function declaredKey(
  { primaryKeys }: Declarations,
  properties: readonly (readonly [string, Column])[],
): readonly Column[] {
  return primaryKeys[0]?.columns ?? properties.map(([, column]) => column).filter((column) => column.primary)
}

/** @throws TypeError where there is none, or one too many. */
function keyOf(
  declared: readonly string[],
  named: readonly string[] | undefined,
  properties: readonly string[],
): readonly string[] {
  if (named === undefined) {
    if (declared.length > 0) return declared
    const hint = "To serve it read-only, name what identifies its rows: model(…, { key: ['…'] })."
    throw new TypeError(`has no primary key; a model needs one. ${hint}`)
  }
  if (declared.length > 0 && declared.toSorted().join(',') === named.toSorted().join(',')) return declared
  if (declared.length > 0) throw new TypeError(`has a primary key (${declared.join(', ')}); "key" cannot name another.`)
  const unknown = named.find((name) => !properties.includes(name))
  if (named.length > 0 && unknown === undefined && new Set(named).size === named.length) return named
  const there = properties.join(', ')
  throw new TypeError(
    unknown === undefined
      ? `"key" must name columns, each once; there are: ${there}.`
      : `"key" names "${unknown}", which is no column; there are: ${there}.`,
  )
}

function uniqueOf(
  { uniqueConstraints, indexes }: Declarations,
  columns: readonly ColumnInfo[],
  names: (columns: readonly { readonly name: string }[]) => readonly string[],
): readonly (readonly string[])[] {
  return [
    ...columns.filter(({ column }) => column.isUnique || column.columnType === 'MySqlSerial').map(({ name }) => [name]),
    ...uniqueConstraints.map((constraint) => names(constraint.columns)),
    ...indexes
      .filter(({ config }) => config.unique === true && config.where === undefined)
      .filter(({ config }) => config.columns.every(isIndexedColumn))
      .map(({ config }) => names(config.columns.filter(isIndexedColumn))),
  ]
}

function readForeignKey(
  foreignKey: Declarations['foreignKeys'][number],
  names: (columns: readonly Column[]) => readonly string[],
): ForeignKeyInfo {
  const { columns, foreignTable, foreignColumns } = foreignKey.reference()
  const target = new Map(
    Object.entries(getTableColumns(foreignTable)).map(([property, column]) => [column.name, property]),
  )
  return {
    columns: names(columns),
    table: foreignTable,
    foreignColumns: foreignColumns.map((column) => target.get(column.name) ?? column.name),
    onDelete: foreignKey.onDelete,
  }
}

/** Where Drizzle's tables keep their columns (0.45: Table.Symbol.Columns). */
const columnsOfTable: unique symbol = Symbol.for('drizzle:Columns')

/** @throws TypeError where a field of the view is an expression, whose type nobody knows. */
function tableOfView(view: View, dialect: SchemaDialect): Table {
  const name = getViewName(view)
  const table = dialect.tableNamed(name, schemaOf(view))
  const columns = Object.entries(getViewSelectedFields(view)).map(([property, field]) => {
    if (!is(field, Column)) {
      throw new TypeError(
        `"${property}" is an expression of unknown type; declare the view with its columns: view('${name}', { ${property}: … }).as(sql\`…\`) or .existing().`,
      )
    }
    // The same column, of this table.
    return [property, Object.create(field, { table: { value: table, enumerable: true } }) as Column] as const
  })
  return Object.assign(table, { [columnsOfTable]: Object.fromEntries(columns) })
}

function schemaOf(view: View): string | undefined {
  const key = Symbol.for('drizzle:ViewBaseConfig')
  const { schema } = (view as unknown as Readonly<Record<symbol, { readonly schema?: string }>>)[key] ?? {} // protected there
  return schema
}
