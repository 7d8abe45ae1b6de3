// The place of a row in an order as a cursor can hold it: SQLite keeps any kind of value in any column, and JSON has not all of them.

import { sql, type SQL } from 'drizzle-orm'

/** What of a value is no JSON. */
type Written = { readonly hex: string } | { readonly isInfinite: '+' | '-' }

/** A value that was selected, or read, as JSON has it. */
export function writtenPlace(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return hexOf(Buffer.from(value.buffer, value.byteOffset, value.byteLength))
  if (value instanceof ArrayBuffer) return hexOf(Buffer.from(value)) // libsql's
  if (value === Infinity || value === -Infinity) return { isInfinite: value > 0 ? '+' : '-' } satisfies Written
  return value
}

function hexOf(octets: Buffer): Written {
  return { hex: octets.toString('hex') }
}

/** Placeholders of statements are objects, too. */
export function isWritten(place: unknown): place is Written {
  return typeof place === 'object' && place !== null && ('hex' in place || 'isInfinite' in place)
}

/** The same value again, as SQLite's SQL has it: libsql takes no infinity as a parameter. */
export function writtenSql(place: Written): SQL {
  if ('hex' in place) return sql`${sql.param(Buffer.from(place.hex, 'hex'))}`
  return place.isInfinite === '+' ? sql`9e999` : sql`-9e999`
}
