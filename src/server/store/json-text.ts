// Rows as JSON text that the database writes: nothing is made of them but what is sent.

import { sql, type SQL } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { oncePer } from '../once-per.ts'
import type { ColumnInfo } from '../schema/table-info.ts'
import type { Dialect } from './dialect.ts'

/** Undefined where a column has a form that only the program knows. */
type Text = SQL<string | null> | undefined

/** SQLite takes no expressions that are deeper than a thousand operators (sqlite.org/limits.html), of which a column needs two. */
const maxColumns = 400

/** Choices of one model's columns that are kept: there are as many as field rules tell callers apart. */
const maxChoices = 50

/** Asked again and again for the same columns: statements are kept by their text. */
const known = new WeakMap<readonly ColumnInfo[], { readonly text: Text }>()

/** The same, where field rules choose the columns of a model anew for each request: by the first of them and the names of all. */
const choicesOf = oncePer(() => new LRUCache<string, { readonly text: Text }>({ max: maxChoices }))

/** The object of some columns of a model, in their order. */
export function jsonTextSql(dialect: Dialect, columns: readonly ColumnInfo[]): Text {
  const found = known.get(columns) ?? ofChoice(dialect, columns)
  known.set(columns, found)
  return found.text
}

function ofChoice({ json }: Dialect, columns: readonly ColumnInfo[]): { readonly text: Text } {
  const [first] = columns
  if (first === undefined || json === undefined || !columns.every(isPlain)) return { text: undefined }
  const choices = choicesOf(first)
  const names = JSON.stringify(columns.map(({ name }) => name))
  const found = choices.get(names) ?? { text: objectSql(json, columns) }
  choices.set(names, found)
  return found
}

function objectSql(json: NonNullable<Dialect['json']>, columns: readonly ColumnInfo[]): Text {
  if (columns.length > maxColumns) return undefined
  const parts: SQL[] = []
  for (const column of columns) {
    const value = json(column)
    if (value === undefined) return undefined
    const name = `${parts.length === 0 ? '{' : ','}"${column.name}":`
    parts.push(sql`${sql.raw(`'${name.replaceAll("'", "''")}'`)} || ${value}`)
  }
  return sql<string | null>`${sql.join(parts, sql` || `)} || '}'`
}

/** Written as it is stored. Arrays have the column type of their elements in Drizzle 1.0; a backslash is not the same in every session of PostgreSQL. */
function isPlain({ name, type, isConverted, description }: ColumnInfo): boolean {
  if (isConverted === true || description !== undefined) return false
  return type !== 'array' && JSON.stringify(name) === `"${name}"`
}
