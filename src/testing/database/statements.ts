// The statements that make SQLite tables and views as Drizzle declares them.

import { is, type Column, type SQL, type Table, type View } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { getTableConfig, getViewConfig, SQLiteTable, SQLiteView } from 'drizzle-orm/sqlite-core'

type Config = ReturnType<typeof getTableConfig>

/**
 * @param sources tables and views, in any order: SQLite looks for what they name when they are used.
 * @throws TypeError for what is of another database.
 */
export function createStatements(sources: readonly (Table | View)[]): string {
  return sources.map((source) => `${statementOf(source)};`).join('\n')
}

function statementOf(source: Table | View): string {
  if (is(source, SQLiteTable)) {
    const config = getTableConfig(source)
    return [createTable(config), ...createIndexes(config)].join(';\n')
  }
  if (is(source, SQLiteView)) {
    const { name, query } = getViewConfig(source)
    if (query !== undefined) return `CREATE VIEW ${quoted(name)} AS ${sqlText(query)}` // that of an existing one is not known
    throw new TypeError(`The view "${name}" does not say what it selects: its rows cannot be mocked.`)
  }
  throw new TypeError(
    'Mock services are over SQLite: of tables of another database, give the contract of their service.',
  )
}

/** The tables that a table's foreign keys lead to. */
export function referredTables(table: Table | View): readonly Table[] {
  return is(table, SQLiteTable) ? getTableConfig(table).foreignKeys.map((key) => key.reference().foreignTable) : []
}

function createTable(config: Config): string {
  const { name, columns, primaryKeys, uniqueConstraints, foreignKeys, checks } = config
  const parts = [
    ...columns.map(columnDefinition),
    ...primaryKeys.map(({ columns: key }) => `PRIMARY KEY ${names(key)}`),
    ...columns.filter(({ isUnique }) => isUnique).map((column) => `UNIQUE ${names([column])}`),
    ...uniqueConstraints.map((unique) => `UNIQUE ${names(unique.columns)}`),
    ...foreignKeys.map((foreignKey) => {
      const { columns: own, foreignTable, foreignColumns } = foreignKey.reference()
      const { onDelete, onUpdate } = foreignKey
      const actions = `${onDelete ? ` ON DELETE ${onDelete}` : ''}${onUpdate ? ` ON UPDATE ${onUpdate}` : ''}`
      const target = is(foreignTable, SQLiteTable) ? getTableConfig(foreignTable).name : ''
      return `FOREIGN KEY ${names(own)} REFERENCES ${quoted(target)} ${names(foreignColumns)}${actions}`
    }),
    ...checks.map((check) => `CONSTRAINT ${quoted(check.name)} CHECK (${inTable(config, check.value)})`),
  ]
  return `CREATE TABLE ${quoted(name)} (\n  ${parts.join(',\n  ')}\n)`
}

function columnDefinition(column: Column): string {
  const { autoIncrement } = column as { readonly autoIncrement?: boolean } // of integers
  const { generated } = column
  const words = [
    quoted(column.name),
    column.getSQLType(),
    generated && `GENERATED ALWAYS AS (${expression(column, generated.as)}) ${generated.mode ?? 'virtual'}`,
    column.notNull && 'NOT NULL',
    column.default !== undefined && `DEFAULT ${expression(column, column.default)}`,
    column.primary && 'PRIMARY KEY',
    autoIncrement === true && 'AUTOINCREMENT',
  ]
  return words.filter((word) => typeof word === 'string').join(' ')
}

/** SQL, a function that gives SQL, or a value of the column as a literal. */
function expression(column: Column, value: unknown): string {
  if (typeof value === 'function') return expression(column, (value as () => unknown)())
  if (isSql(value)) return `(${sqlText(value)})`
  const stored = column.mapToDriverValue(value)
  if (typeof stored === 'number' || typeof stored === 'bigint') return String(stored)
  if (stored instanceof Uint8Array) return `X'${Buffer.from(stored).toString('hex')}'`
  return typeof stored === 'boolean' ? String(Number(stored)) : `'${String(stored).replaceAll("'", "''")}'`
}

function createIndexes(config: Config): readonly string[] {
  return config.indexes.map(({ config: { name, unique, where, columns } }) => {
    const parts = columns.map((part) => (isSql(part) ? `(${inTable(config, part)})` : quoted(part.name)))
    const rest = where === undefined ? '' : ` WHERE ${inTable(config, where)}`
    return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoted(name)} ON ${quoted(config.name)} (${parts.join(', ')})${rest}`
  })
}

/** In constraints SQLite refuses to have the table before a column. */
function inTable({ name }: Config, value: SQL): string {
  return sqlText(value).replaceAll(`${quoted(name)}.`, '')
}

function sqlText(value: SQL): string {
  return new PgDialect().sqlToQuery(value.inlineParams()).sql // which quotes as SQLite does, whose own has no one name in Drizzle
}

function isSql(value: unknown): value is SQL {
  return typeof value === 'object' && value !== null && 'queryChunks' in value
}

function names(columns: readonly { readonly name: string }[]): string {
  return `(${columns.map(({ name }) => quoted(name)).join(', ')})`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
