// The checks that a table declares, with the columns that each of them mentions.

import { Column, is, SQL, StringChunk } from 'drizzle-orm'
import type { Declarations } from './dialects.ts'

/** By the name of the check: the columns, by their properties. Of what is written as text, whatever has the name of a column. */
export function readChecks(
  { checks }: Declarations,
  nameOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(checks.map(({ name, value }) => [name, mentioned(value, nameOf)] as const))
}

function mentioned(expression: SQL, nameOf: ReadonlyMap<string, string>): readonly string[] {
  const names = [...namesIn(expression)].map((name) => nameOf.get(name))
  return [...new Set(names.filter((name) => name !== undefined))]
}

/** The names of columns, and the words of texts outside quoted values. */
function namesIn(chunk: unknown): Set<string> {
  if (is(chunk, Column)) return new Set([chunk.name])
  if (is(chunk, SQL)) return new Set(chunk.queryChunks.flatMap((each) => [...namesIn(each)]))
  if (!is(chunk, StringChunk)) return new Set()
  return new Set(
    [chunk.value] // a list in Drizzle 0.45, a text in 1.0
      .flat()
      .join('')
      .replaceAll(/'[^']*'/g, '')
      .match(/[\p{L}\p{N}_$]+/gu),
  )
}
