// SQLite tables for models that are known by their documents alone.

import {
  foreignKey,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  type AnySQLiteColumn,
  type ForeignKeyBuilder,
  type SQLiteTable,
} from 'drizzle-orm/sqlite-core'
import type { FieldDocument, ModelDocument } from '../../wire/index.ts'
import { columnOf, countedBigint, standardValue, type ColumnBuilder } from './columns.ts'

/** Columns of a model that hold the key of another one. */
export interface HeldKey {
  readonly columns: readonly string[]
  readonly target: ModelDocument
  readonly targetColumns: readonly string[]
  /** The rows belong to those they refer to, and go with them. */
  readonly isOwned: boolean
}

/** The column with the values of computed fields; nobody sees it. */
export const computedValues = '_computed'

/**
 * @param keysOf the keys of other models in a model.
 * @param remote a model's URL as a reference to another service has it.
 * @returns by the URL of the model.
 */
export function tablesOf(
  models: readonly ModelDocument[],
  keysOf: (model: ModelDocument) => readonly HeldKey[],
  remote: (url: string) => string,
): ReadonlyMap<string, SQLiteTable> {
  const tables = new Map<string, SQLiteTable>()
  for (const model of models) {
    const columns = Object.entries(model.fields)
      .filter(([, { kind }]) => kind !== 'property')
      .map(([name, field]) => [name, builderOf(model, name, field, remote)] as const)
    const all = Object.fromEntries([...columns, [computedValues, text({ mode: 'json' })]])
    const table: SQLiteTable = sqliteTable(`${model.app}.${model.name}`, all, () => [
      ...(model.key.length > 1 ? [primaryKey({ columns: columnsNamed(table, model.key) })] : []),
      ...model.unique.map((set) => unique().on(...columnsNamed(table, set))),
      ...keysOf(model).map((held) => foreignKeyOf(table, held, tables)),
    ])
    tables.set(model.url, table)
  }
  return tables
}

/** A join table that no model is of: the keys of the models at both ends, `near` and `far`. */
export function joinTable(
  name: string,
  [near, far]: readonly [ModelDocument, ModelDocument],
  tables: ReadonlyMap<string, SQLiteTable>,
  remote: (url: string) => string,
): SQLiteTable {
  const keyOf = (model: ModelDocument): ColumnBuilder => {
    const [key = ''] = model.key
    return columnOf(fieldOf(model, key), remote(model.url)).notNull()
  }
  const table: SQLiteTable = sqliteTable(name, { near: keyOf(near), far: keyOf(far) }, () => [
    primaryKey({ columns: columnsNamed(table, ['near', 'far']) }),
    foreignKeyOf(table, { columns: ['near'], target: near, targetColumns: near.key, isOwned: true }, tables),
    foreignKeyOf(table, { columns: ['far'], target: far, targetColumns: far.key, isOwned: true }, tables),
  ])
  return table
}

function builderOf(
  model: ModelDocument,
  name: string,
  field: FieldDocument,
  remote: (url: string) => string,
): ColumnBuilder {
  const isKey = model.key.length === 1 && model.key[0] === name
  const isNew = isKey && !field.required && field.kind === 'value'
  if (isNew && field.type === 'integer') return integer().primaryKey({ autoIncrement: true })
  if (isNew && field.type === 'bigint') return countedBigint(field)
  const column = columnOf(field, remote(field.model ?? ''))
  const typed = isKey ? column.primaryKey() : field.nullable ? column : column.notNull()
  const hasStandard = !field.required && !field.nullable && standardValue(field) !== undefined
  // A key of a number would be the same for each row.
  return hasStandard && (!isKey || field.type === 'uuid' || field.type === 'string')
    ? typed.$defaultFn(() => (isKey ? crypto.randomUUID() : standardValue(field)) as never) // of the column's type
    : typed
}

function foreignKeyOf(
  table: SQLiteTable,
  { columns, target, targetColumns, isOwned }: HeldKey,
  tables: ReadonlyMap<string, SQLiteTable>,
): ForeignKeyBuilder {
  const other = tables.get(target.url)
  if (other === undefined) throw new TypeError(`There is no table of ${target.url}.`)
  const key = foreignKey({ columns: columnsNamed(table, columns), foreignColumns: columnsNamed(other, targetColumns) })
  return isOwned ? key.onDelete('cascade') : key
}

/** The columns of our tables are called as their fields are. */
function columnsNamed(table: SQLiteTable, names: readonly string[]): [AnySQLiteColumn, ...AnySQLiteColumn[]] {
  const members = table as unknown as Readonly<Record<string, AnySQLiteColumn>> // Drizzle's tables have their columns as members
  return names.map((name) => members[name]) as [AnySQLiteColumn, ...AnySQLiteColumn[]]
}

function fieldOf({ fields, url }: ModelDocument, name: string): FieldDocument {
  const field = fields[name]
  if (field === undefined) throw new TypeError(`${url} has no field "${name}".`)
  return field
}
