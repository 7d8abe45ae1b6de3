// Rows that are marked as deleted do not exist, for callers and for rules alike: the condition that says so.

import { ValueFault } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import { always, type Condition } from './condition.ts'

const conditions = new WeakMap<Model, Condition>()

/** That a row is not marked as deleted; true of every row where the model has no such mark. */
export function existing(model: Model): Condition {
  const column = markOf(model)
  if (column === undefined) return always
  const known = conditions.get(model)
  if (known !== undefined) return known
  const isNull: Condition = { kind: 'compare', column, operator: 'isnull', values: [true] }
  const isFalse: Condition = { kind: 'compare', column, operator: 'eq', values: [false] }
  const condition: Condition = column.type === 'boolean' ? { kind: 'any', conditions: [isNull, isFalse] } : isNull
  conditions.set(model, condition)
  return condition
}

/** What a delete writes instead, at this moment; undefined where it really deletes. */
export function mark(model: Model): Row | undefined {
  const column = markOf(model)
  if (column === undefined) return undefined
  // In whole seconds, which every column for a time can hold.
  const now = new Date().toISOString().slice(0, 19)
  const json = column.type === 'boolean' ? true : column.type === 'date-time' ? `${now}Z` : now
  return { [column.name]: model.accept(column, json) }
}

/** @throws TypeError where the column cannot be a mark. */
export function checkMark(model: Model): void {
  const column = markOf(model)
  if (column === undefined) return
  const isTime = column.type !== 'boolean'
  if ((isTime && !column.nullable) || !takesMark(model)) {
    throw model.fault(`softDelete needs a boolean, or a time that may be null; "${column.name}" is neither`)
  }
}

function takesMark(model: Model): boolean {
  try {
    mark(model)
    return true
  } catch (error) {
    if (error instanceof ValueFault) return false
    throw error
  }
}

function markOf({ options, table }: Model): ColumnInfo | undefined {
  const { softDelete } = options
  return softDelete === undefined ? undefined : table.columns.get(softDelete)
}
