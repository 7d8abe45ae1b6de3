// What of a model one caller may read and write: the part of a row that a write of theirs is about.

import { Problem } from '../../http/index.ts'
import { jsonText } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { Columns } from '../query/field-rules.ts'
import type { Rules } from '../query/rules.ts'
import type { ColumnInfo } from '../schema/read-table.ts'

export interface Projection {
  readonly read: Columns
  readonly write: Columns
  /** The computed properties that may be read. */
  readonly properties: ReadonlySet<string>
}

export async function projectionOf(model: Model, rules: Rules): Promise<Projection> {
  return {
    read: await rules.columns(model, 'read'),
    write: await rules.columns(model, 'write'),
    properties: await rules.properties(model),
  }
}

/** A column of a row as GET shows it; undefined where the caller may not read it. */
export function shownColumn(model: Model, row: Row, { read }: Projection, name: string): unknown {
  const column = read.get(name)
  return column && model.encode(column, row[name])
}

/** The members of a row that the caller may read, as GET shows them: what a JSON Patch is applied to. */
export function documentOf(model: Model, row: Row, { read, properties }: Projection): Record<string, unknown> {
  const members: [string, unknown][] = []
  for (const column of read.values()) members.push([column.name, shownOrStored(model, column, row[column.name])])
  for (const name of properties) members.push([name, model.properties.get(name)?.compute(row)])
  return Object.fromEntries(members)
}

/**
 * A value as GET shows it. A reference to a service that is not known any more cannot be shown, and stands as it is stored: what is
 * written of the rest of the row does not depend on it.
 */
export function shownOrStored(model: Model, column: ColumnInfo, value: unknown): unknown {
  try {
    return model.encode(column, value)
  } catch (error) {
    if (isUnshowable(error)) return value
    throw error
  }
}

/** A stored reference leads to no known service: nothing is wrong with what was asked. */
export function isUnshowable(error: unknown): boolean {
  return error instanceof Problem && error.code === 'unknown-service'
}

export function isSameJson(a: unknown, b: unknown): boolean {
  return jsonText(a) === jsonText(b)
}
