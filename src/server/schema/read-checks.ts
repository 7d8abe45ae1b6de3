// The checks that a table declares, with the columns that each of them mentions: rather one too many than one too few, for a check
// is not told to callers who may not see all of them.

import { Column, is, Name, Param, SQL, StringChunk } from 'drizzle-orm'
import type { Declarations } from './dialects.ts'

/**
 * By the name of the check: the columns, by their properties.
 *
 * @param nameOf by the name in the database, which databases find in any case of its letters.
 */
export function readChecks(
  { checks }: Declarations,
  nameOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    checks.map(({ name, value }) => [
      name,
      [...nameOf].filter(([column]) => isMentioned(column.toLowerCase(), value)).map(([, property]) => property),
    ]),
  )
}

function isMentioned(column: string, chunk: unknown): boolean {
  if (is(chunk, SQL)) return chunk.queryChunks.some((each) => isMentioned(column, each))
  if (is(chunk, Column)) return chunk.name.toLowerCase() === column
  if (is(chunk, Name)) return chunk.value.toLowerCase() === column
  if (is(chunk, StringChunk)) return isInText(column, [chunk.value].flat().join('')) // a list in Drizzle 0.45, a text in 1.0
  const isValue = is(chunk, Param) || typeof chunk !== 'object' || chunk === null
  return !isValue // whatever else Drizzle knows may hold any column
}

/** As a word of the text outside quoted values; a name that is no word is looked for in all of it. */
function isInText(column: string, text: string): boolean {
  const lower = text.toLowerCase()
  if (!/^[\p{L}\p{N}_$]+$/u.test(column)) return lower.includes(column)
  const words = lower.replaceAll(/'[^']*'/g, '').match(/[\p{L}\p{N}_$]+/gu)
  return words?.includes(column) ?? false
}
