// The statements that make Drizzle tables in a database: CREATE TYPE and CREATE TABLE with every constraint the table has.
import { is, type Column, type SQL, type Table } from 'drizzle-orm'
import { getTableConfig as mysqlConfig, MySqlDialect, MySqlTable } from 'drizzle-orm/mysql-core'
import { getTableConfig as pgConfig, PgDialect, PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as sqliteConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'

/** What the three kinds of table configuration have in common. */
interface TableConfig {
  readonly name: string
  readonly schema?: string | undefined
  readonly columns: readonly Column[]
  readonly primaryKeys: readonly { readonly columns: readonly Column[] }[]
  readonly uniqueConstraints: readonly { readonly columns: readonly Column[]; getName(): string | undefined }[]
  readonly foreignKeys: readonly {
    readonly onDelete: string | undefined
    readonly onUpdate: string | undefined
    reference(): {
      readonly columns: readonly Column[]
      readonly foreignTable: Table
      readonly foreignColumns: readonly Column[]
    }
    getName(): string
  }[]
  readonly checks: readonly { readonly name: string; readonly value: SQL }[]
  readonly indexes: readonly { readonly config: IndexConfig }[]
}

interface IndexConfig {
  readonly name?: string | undefined
  readonly unique?: boolean | undefined
  readonly where?: SQL | undefined
  readonly columns: readonly object[]
}

/** Members that only some dialects' columns have. */
interface ColumnExtras {
  readonly autoIncrement?: boolean
  readonly enum?: { readonly enumName: string; readonly enumValues: readonly string[]; readonly schema?: string }
  readonly baseColumn?: Column
  readonly dimensions?: number
}

/** @param tables those that others refer to first. */
export function createStatements(tables: readonly Table[]): readonly string[] {
  const statements = tables.flatMap((table) => [...typesOf(table), createTable(table), ...createIndexes(table)])
  return [...new Set(statements)] // two tables may share an enum
}

/** The configuration of a table, whatever its dialect. */
function configOf(table: Table): TableConfig {
  if (is(table, PgTable)) return pgConfig(table)
  if (is(table, MySqlTable)) return mysqlConfig(table)
  if (is(table, SQLiteTable)) return sqliteConfig(table)
  throw new TypeError('This is no table of a dialect that is tested.')
}

function createTable(table: Table): string {
  const { columns, primaryKeys, uniqueConstraints, foreignKeys, checks } = configOf(table)
  const names = (list: readonly Column[]): string => `(${list.map(({ name }) => quoted(table, name)).join(', ')})`
  const constraint = (name: string | undefined, rest: string): string =>
    name === undefined ? rest : `CONSTRAINT ${quoted(table, name)} ${rest}`
  const parts = [
    ...columns.map((column) => columnDefinition(table, column)),
    ...primaryKeys.map(({ columns: key }) => `PRIMARY KEY ${names(key)}`),
    ...columns
      .filter(({ isUnique }) => isUnique)
      .map((column) => constraint(column.uniqueName, `UNIQUE ${names([column])}`)),
    ...uniqueConstraints.map((unique) => constraint(unique.getName(), `UNIQUE ${names(unique.columns)}`)),
    ...foreignKeys.map((foreignKey) => {
      const { columns: own, foreignTable, foreignColumns } = foreignKey.reference()
      const { onDelete, onUpdate } = foreignKey
      const actions = `${onDelete ? ` ON DELETE ${onDelete}` : ''}${onUpdate ? ` ON UPDATE ${onUpdate}` : ''}`
      const rest = `FOREIGN KEY ${names(own)} REFERENCES ${nameOf(foreignTable)} ${names(foreignColumns)}${actions}`
      return constraint(foreignKey.getName(), rest)
    }),
    ...checks.map(({ name, value }) => constraint(name, `CHECK (${sqlText(table, value)})`)),
  ]
  return `CREATE TABLE ${nameOf(table)} (\n  ${parts.join(',\n  ')}\n)`
}

function columnDefinition(table: Table, column: Column): string {
  const { autoIncrement, dimensions = 0 } = column as ColumnExtras
  const { generated, generatedIdentity: identity } = column
  const increment = is(table, MySqlTable) ? 'AUTO_INCREMENT' : 'AUTOINCREMENT'
  const words = [
    quoted(table, column.name),
    column.getSQLType() + '[]'.repeat('isLengthExact' in column && is(table, PgTable) ? dimensions : 0), // of Drizzle 1.0
    generated && `GENERATED ALWAYS AS (${expression(table, column, generated.as)}) ${generated.mode ?? 'stored'}`,
    identity && `GENERATED ${identity.type === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`,
    column.notNull && 'NOT NULL',
    column.default !== undefined && `DEFAULT ${expression(table, column, column.default)}`,
    column.primary && 'PRIMARY KEY',
    autoIncrement === true && increment,
  ]
  return words.filter((word) => typeof word === 'string').join(' ')
}

/** SQL, a function that gives SQL, or a value of the column as a literal. */
function expression(table: Table, column: Column, value: unknown): string {
  if (typeof value === 'function') return expression(table, column, value())
  if (isSql(value)) return `(${sqlText(table, value)})`
  const stored = column.mapToDriverValue(value)
  if (typeof stored === 'number' || typeof stored === 'bigint') return String(stored)
  if (typeof stored === 'boolean') return is(table, PgTable) ? String(stored) : String(Number(stored))
  return `'${String(stored).replaceAll("'", "''")}'`
}

function isSql(value: unknown): value is SQL {
  return typeof value === 'object' && value !== null && 'queryChunks' in value
}

/** In a constraint the columns stand by themselves: some databases refuse to have the table before them. */
function sqlText(table: Table, value: SQL): string {
  const dialect = is(table, MySqlTable) ? new MySqlDialect() : new PgDialect() // SQLite quotes as PostgreSQL does
  return dialect.sqlToQuery(value.inlineParams()).sql.replaceAll(`${quoted(table, configOf(table).name)}.`, '')
}

function typesOf(table: Table): readonly string[] {
  return configOf(table).columns.flatMap((column) => {
    const type = enumOf(column)
    if (type === undefined) return []
    const values = type.enumValues.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
    return [`CREATE TYPE ${type.schema ? `"${type.schema}".` : ''}"${type.enumName}" AS ENUM (${values})`]
  })
}

function enumOf(column: Column): ColumnExtras['enum'] {
  const { enum: type, baseColumn } = column as ColumnExtras // of an array's elements
  return type ?? (baseColumn && enumOf(baseColumn))
}

function createIndexes(table: Table): readonly string[] {
  return configOf(table).indexes.map(({ config }) => {
    const parts = config.columns.map((part) =>
      'name' in part && !isSql(part) ? quoted(table, String(part.name)) : `(${sqlText(table, part as SQL)})`,
    )
    const where = config.where === undefined ? '' : ` WHERE ${sqlText(table, config.where)}`
    const name = quoted(table, config.name ?? '')
    return `CREATE ${config.unique === true ? 'UNIQUE ' : ''}INDEX ${name} ON ${nameOf(table)} (${parts.join(', ')})${where}`
  })
}

/** The quoted name of a table, with its schema. */
export function nameOf(table: Table): string {
  const { name, schema } = configOf(table)
  return `${schema === undefined ? '' : `${quoted(table, schema)}.`}${quoted(table, name)}`
}

function quoted(table: Table, name: string): string {
  return is(table, MySqlTable) ? `\`${name}\`` : `"${name}"`
}
