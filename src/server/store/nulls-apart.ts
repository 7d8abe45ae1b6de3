// The order of a nullable column in dialects where an index cannot serve NULLS FIRST or NULLS LAST, or that do not know them.

import { asc, desc, isNull, type Column, type SQL } from 'drizzle-orm'

/** @param operand the column as it is compared. */
export function nullsApart(column: Column, operand: SQL, descending: boolean, nulls: 'first' | 'last'): SQL[] {
  const direction = descending ? desc(operand) : asc(operand)
  if (column.notNull) return [direction]
  return [nulls === 'first' ? desc(isNull(column)) : asc(isNull(column)), direction]
}
