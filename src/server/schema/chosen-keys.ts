// How large a value may be chosen for a column whose next value the database counts up: one near the end would leave none for others.

import type { Column } from 'drizzle-orm'
import { propertyOf } from './property-of.ts'

/**
 * Half of what there is: the database goes on from the largest value that was chosen. Undefined where it counts nothing.
 *
 * @param maximum what the column holds at the most.
 */
export function largestChosen(
  column: Column,
  maximum: number | bigint | undefined,
  isRowId: boolean,
): number | bigint | undefined {
  const identity = column.generatedIdentity
  const isCounted =
    isRowId ||
    column.columnType.includes('Serial') ||
    identity !== undefined ||
    propertyOf(column, 'autoIncrement') === true
  if (!isCounted) return undefined
  const largest = smaller(maximum ?? Number.MAX_SAFE_INTEGER, identity?.sequenceOptions?.maxValue)
  return typeof largest === 'bigint' ? largest / 2n + 1n : Math.floor(largest / 2) + 1
}

/** A sequence may end before its column does. */
function smaller(maximum: number | bigint, given: unknown): number | bigint {
  const end = Number(given)
  if (given === undefined || !(end < Number(maximum))) return maximum
  return typeof maximum === 'bigint' ? BigInt(Math.trunc(end)) : end
}
