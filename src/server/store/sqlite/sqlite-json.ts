// The JSON text of SQLite's values, written by the database as the program would write it; NULL, or a failure,
// where it might say something else. A column holds whatever was put there, integers, reals, texts or octets.

import { sql, type Column, type SQL } from 'drizzle-orm'
import type { ColumnInfo } from '../../schema/table-info.ts'

type Write = (column: Column) => SQL

const maxSafe = sql.raw(String(Number.MAX_SAFE_INTEGER))

const integer: Write = (column) => sql`case when ${column} between -${maxSafe} and ${maxSafe}
  and ${column} = cast(${column} as integer) then cast(${column} as integer) when ${column} is null then 'null' end`

/** Fails for octets, which a column of texts may hold. */
const quoted: Write = (column) => sql`json_quote(${column})`

/** What an expression gives may be a text that `json_quote` takes for JSON, or a number. */
const quotedResult: Write = (column) => sql`case typeof(${column}) when 'text' then json_quote(${column} || '')
  when 'null' then 'null' end`

const text: Write = (column) => (column.generated === undefined ? quoted : quotedResult)(column)

/** Not of an integer that libsql does not read. */
const boolean: Write = (column) => sql`case when ${column} = 1 then 'true' when ${column} is null then 'null'
  when ${column} between -${maxSafe} and ${maxSafe} then 'false' end`

/**
 * Whether both sides write a number with the same digits: it is the nearest to so many ten-thousandths, and so has at most 15 digits
 * and no exponent (sqlite.org/floatingpoint.html). To write a text, read it again and compare would cost more; so does `typeof`.
 */
const isShort: Write = (column) => sql`${column} between -1e11 and 1e11
  and cast(${column} * 1e4 + iif(${column} < 0, -0.5, 0.5) as integer) / 1e4 = ${column}`

/** By itself SQLite writes `9.0`, and since 3.53 up to 17 digits: `8710358860.9988003`. */
const digits: Write = (column) => sql`printf('%.15g', ${column})`

const number: Write = (column) =>
  sql`case when ${isShort(column)} then ${digits(column)} when ${column} is null then 'null' end`

const decimal: Write = (column) =>
  sql`case when ${isShort(column)} then '"' || ${digits(column)} || '"' when ${column} is null then 'null' end`

/** Of the years 0 to 9999. */
const dateTime =
  (unit: 'seconds' | 'milliseconds'): Write =>
  (column) => {
    const ms = unit === 'seconds' ? sql`${column} * 1000` : sql`${column}`
    const fraction = sql`((${ms} % 1000 + 1000) % 1000)`
    const day = sql`strftime('%Y-%m-%dT%H:%M:%S', (${ms} - ${fraction}) / 1000, 'unixepoch')`
    return sql`case when ${column} is null then 'null'
      when typeof(${column}) = 'integer' and ${ms} between -62167219200000 and 253402300799999
      then '"' || ${day} || printf('.%03dZ"', ${fraction}) end`
  }

/** By Drizzle's column type. */
const writers: Readonly<Record<string, Write>> = {
  SQLiteInteger: integer,
  SQLiteText: text,
  SQLiteBoolean: boolean,
  SQLiteReal: number,
  SQLiteNumeric: decimal,
  SQLiteNumericNumber: number,
}

export function sqliteJson({ column }: ColumnInfo): SQL | undefined {
  if (column.columnType === 'SQLiteTimestamp') {
    return dateTime('mode' in column && column.mode === 'timestamp' ? 'seconds' : 'milliseconds')(column)
  }
  return writers[column.columnType]?.(column)
}
