// The JSON text of PostgreSQL's values, written by the database as the program would write it; NULL where it might say something else.

import { sql, type Column, type SQL } from 'drizzle-orm'
import type { ColumnInfo } from '../../schema/table-info.ts'

type Write = (column: Column) => SQL

const orNull = (column: Column, text: SQL): SQL => sql`case when ${column} is null then 'null' else ${text} end`

const integer: Write = (column) => orNull(column, sql`${column}::text`)

const maxSafe = sql.raw(String(Number.MAX_SAFE_INTEGER))

/** In 64 bits, of which a program's number has the nearest that it can say. */
const safeInteger: Write = (column) => sql`case when ${column} is null then 'null'
  when ${column} between -${maxSafe} and ${maxSafe} then ${column}::text end`

/** A number, of as many digits as a program reads of one: the last row of a page is read again. */
const decimal: Write = (column) => sql`case when ${column} is null then 'null'
  when abs(${column}) < 1e99 and scale(${column}::numeric) < 100 then '"' || ${column}::numeric::text || '"' end`

/** What needs no escape is asked, too, a uuid, say: nothing holds an older table to the types that Drizzle is told. */
const text: Write = (column) => orNull(column, sql`to_json(${column}::text)::text`)

const boolean: Write = (column) => orNull(column, sql`case when ${column} then 'true' else 'false' end`)

/** The shortest digits that lead back, as both sides write them; without an exponent, as a program writes these. */
const number: Write = (column) => sql`case when ${column} is null then 'null' when ${column} = 0 then '0'
  when abs(${column}) between 1e-6 and 1e14 then ${column}::text::numeric::text end`

/** Of the years with four digits that need no zeros before them. */
const dateTime: Write = (column) => {
  const isZoned = 'withTimezone' in column && column.withTimezone === true
  const inUtc = isZoned ? sql`(${column} at time zone 'UTC')` : sql`${column}`
  return sql`case when ${column} is null then 'null'
    when ${inUtc} >= timestamp '1000-01-01' and ${inUtc} < timestamp '9999-12-31'
    then '"' || to_char(${inUtc}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"' end`
}

/** By Drizzle's column type. */
const writers: Readonly<Record<string, Write>> = {
  PgSmallInt: integer,
  PgSmallSerial: integer,
  PgInteger: integer,
  PgSerial: integer,
  PgBigInt53: safeInteger,
  PgBigSerial53: safeInteger,
  PgBigInt64: text,
  PgBigSerial64: text,
  PgNumeric: decimal,
  PgBoolean: boolean,
  PgText: text,
  PgVarchar: text,
  PgEnumColumn: text,
  PgUUID: text,
  PgReal: number,
  PgDoublePrecision: number,
  PgTimestamp: dateTime,
}

export function pgJson({ column }: ColumnInfo): SQL | undefined {
  return writers[column.columnType]?.(column)
}
