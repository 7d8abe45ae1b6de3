// The version column of a model: each write counts it up, and it is the entity tag of the row.

import type { Model, Row } from '../models/model.ts'

/** What a new row begins with; the table's own default goes first. */
export function firstVersion(model: Model): Row {
  const column = columnOf(model)
  if (column === undefined || column.column.default !== undefined || column.column.defaultFn !== undefined) return {}
  return { [column.name]: column.type === 'bigint' ? 1n : 1 }
}

/** What a write makes of it. */
export function nextVersion(model: Model, stored: Row): Row {
  const column = columnOf(model)
  if (column === undefined) return {}
  const version = stored[column.name]
  return { [column.name]: typeof version === 'bigint' ? version + 1n : Number(version) + 1 }
}

function columnOf({ options: { version }, table }: Model): ReturnType<typeof table.columns.get> {
  return version === undefined ? undefined : table.columns.get(version)
}
