// Refuses keys that would harm others: a number that leaves the database no room to count on from, a text too long for the row's URL.

import { pointerTo, type Fault } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import { oncePer } from '../once-per.ts'
import type { ColumnInfo } from '../schema/table-info.ts'
import { limits } from '../query/limits.ts'
import { invalidContent } from './invalid-content.ts'

/**
 * @param stored the row that is changed: what it has already is not asked about.
 * @throws Problem 422 with what may be chosen.
 */
export function refuseLargeKeys(model: Model, values: Row, stored: Row = {}): void {
  const faults: Fault[] = []
  for (const { name, largestChosen } of countedColumns(model)) {
    const value = values[name]
    if (largestChosen === undefined || value === stored[name]) continue
    if ((typeof value !== 'number' && typeof value !== 'bigint') || value <= largestChosen) continue
    faults.push({ pointer: pointerTo([name]), detail: `must be at most ${largestChosen} where it is chosen` })
  }
  const names = longTexts(model, values, stored)
  if (names.length > 0 && model.keySegment({ ...stored, ...values }).length > limits.key) {
    const detail = `is too long: the key may have ${limits.key} characters in a URL`
    faults.push(...names.map((name) => ({ pointer: pointerTo([name]), detail })))
  }
  if (faults.length > 0) throw invalidContent(faults)
}

/** A character of two octets of UTF-16 has at most nine in a URL. */
function longTexts({ table }: Model, values: Row, stored: Row): readonly string[] {
  return table.key.filter((name) => {
    const value = values[name]
    return typeof value === 'string' && value !== stored[name] && value.length * 9 * table.key.length > limits.key
  })
}

/** Most models have one, and it is asked about for every row. */
const countedColumns = oncePer(({ table }: Model): readonly ColumnInfo[] =>
  [...table.columns.values()].filter(({ largestChosen }) => largestChosen !== undefined),
)
