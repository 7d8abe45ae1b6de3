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

/** A value that was read, as the database's text of it. */
export function placeOfValue(column: Column, value: unknown): string {
  const given: unknown = column.mapToDriverValue(value)
  return String(typeof given === 'boolean' ? Number(given) : given)
}

/** A place, which is the database's text, as a value of the column's type. */
export function valueOfPlace(column: Column, place: unknown): SQL {
  const cast = castOf(column)
  const parameter = sql`${sql.param(place)}`
  return cast === undefined ? parameter : castTo(cast, parameter)
}

/** Floats are stored with fewer digits than they are shown with; as doubles they have them all. Enums would be ordered by number. */
export function operandOfPlace(column: Column): SQL {
  if (column.getSQLType().startsWith('enum')) return sql`cast(${column} as char)`
  return sql`${column}`
}

export function textOfPlace(column: Column): SQL {
  const isFloat = column.getSQLType().startsWith('float')
  return isFloat ? sql`cast(cast(${column} as double) as char)` : sql`cast(${column} as char)`
}

function castTo(type: string, value: SQL): SQL {
  return sql`cast(${value} as ${sql.raw(type)})`
}
