// Refuses a value that leaves the database no room to count on from: one caller could end all creates of a model with it.

import { pointerTo, type Fault } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import { oncePer } from '../once-per.ts'
import type { ColumnInfo } from '../schema/table-info.ts'
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
  if (faults.length > 0) throw invalidContent(faults)
}

/** Most models have one, and it is asked about for every row. */
const countedColumns = oncePer(({ table }: Model): readonly ColumnInfo[] =>
  [...table.columns.values()].filter(({ largestChosen }) => largestChosen !== undefined),
)
