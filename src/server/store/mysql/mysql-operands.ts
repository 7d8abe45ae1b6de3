// Values of MySQL beside columns: a text beside a number would be compared as a double, and lose digits.

import { sql, type Column, type SQL } from 'drizzle-orm'

/** How the values of a column are compared, by what Drizzle calls its type. */
function castOf(column: Column): string | undefined {
  const type = column.getSQLType()
  if (/^(?:tinyint|smallint|mediumint|int|bigint|serial|year)/.test(type)) {
    return type.includes('unsigned') || type.startsWith('serial') ? 'unsigned' : 'signed'
  }
  if (type.startsWith('decimal')) return 'decimal(65,30)'
  if (/^(?:float|double|real)/.test(type)) return 'double'
  if (/^(?:datetime|timestamp)/.test(type)) return 'datetime(6)'
  if (type === 'date') return 'date'
  return type.startsWith('time') ? 'time(6)' : undefined
}

/** A value of the program, as the column takes it; numbers are written as numbers, texts of numbers are made ones. */
export function operandOf(column: Column, value: unknown): unknown {
  const cast = castOf(column)
  if (cast === undefined || value === null || column.dataType === 'boolean') return value
  const parameter = sql`${sql.param(value, column)}`
  return typeof value === 'number' && cast !== 'decimal(65,30)' ? value : castTo(cast, parameter)
}

/** Characters of long texts that make their order: MySQL sorts by the first 1,024 octets of what it compares (max_sort_length). */
const orderedLength = 128

/** Longer than any whole index, so that none serves their order. */
function isLong(column: Column): boolean {
  const [, type = '', length] = /^(\w+)(?:\((\d+)\))?/.exec(column.getSQLType()) ?? []
  return ['text', 'mediumtext', 'longtext'].includes(type) || (type === 'varchar' && Number(length) > 768)
}

/** A value that was read, as the database's text of it. */
export function placeOfValue(column: Column, value: unknown): string {
  const given: unknown = column.mapToDriverValue(value)
  const text = String(typeof given === 'boolean' ? Number(given) : given)
  return isLong(column)
    ? Array.from(text.slice(0, 2 * orderedLength))
        .slice(0, orderedLength)
        .join('')
    : text
}

/** A place, which is the database's text, as a value of the column's type. */
export function valueOfPlace(column: Column, place: unknown): SQL {
  const cast = castOf(column)
  const parameter = sql`${sql.param(place)}`
  if (isBinary(column)) return sql`unhex(${parameter})`
  return cast === undefined || isNoDay(place) ? parameter : castTo(cast, parameter)
}

/** `0000-00-00` and `2026-01-00`, which other sessions may store, and of which a CAST makes NULL. */
function isNoDay(place: unknown): boolean {
  return typeof place === 'string' && /^\d{4}-(?:00-\d\d|\d\d-00)/.test(place)
}

/** Floats are stored with fewer digits than they are shown with; as doubles they have them all. Enums would be ordered by number. */
export function operandOfPlace(column: Column): SQL {
  if (column.getSQLType().startsWith('enum')) return sql`cast(${column} as char)`
  return isLong(column) ? beginning(column) : sql`${column}`
}

function beginning(column: Column): SQL {
  return sql`left(${column}, ${sql.raw(String(orderedLength))})`
}

export function textOfPlace(column: Column): SQL {
  if (isBinary(column)) return sql`hex(${column})`
  if (isLong(column)) return beginning(column)
  const isFloat = column.getSQLType().startsWith('float')
  return isFloat ? sql`cast(cast(${column} as double) as char)` : sql`cast(${column} as char)`
}

/** BINARY and VARBINARY hold octets, and not each of those is of a text. */
function isBinary(column: Column): boolean {
  return /^(?:var)?binary/.test(column.getSQLType())
}

function castTo(type: string, value: SQL): SQL {
  return sql`cast(${value} as ${sql.raw(type)})`
}
