// Numbers that a database gives out by itself, and may give out twice where some were chosen without its knowing.

import type { Model, Row } from '../models/model.ts'

/** Whether the columns that are not unique are a key that none of the rows has chosen. */
export function isGeneratedKey(
  { table: { key, columns } }: Model,
  taken: readonly string[],
  inserted: readonly Row[],
): boolean {
  const isKey =
    key.length === taken.length && key.every((name) => taken.includes(columns.get(name)?.column.name ?? name))
  return isKey && inserted.length > 0 && inserted.every((row) => key.some((name) => row[name] === undefined))
}
