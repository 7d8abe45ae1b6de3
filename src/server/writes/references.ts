// Refuses a write that would refer to a row which is not there for the caller; the database alone knows no rules.

import { Problem } from '../http/index.ts'
import { pointerTo, type Fault } from '../wire/index.ts'
import type { LocalReference, Model, Row } from './model.ts'
import { all, type Condition } from './query/condition.ts'
import type { Rules } from './query/rules.ts'
import type { Store } from './store/store.ts'

/**
 * A row that the caller may not read is as good as none, so that nobody finds hidden rows by referring to them.
 *
 * @param stored the row that `values` change; what it refers to already is not asked about.
 * @throws Problem 409 with a pointer for each reference that leads nowhere.
 */
export async function refuseDangling(
  model: Model,
  values: Row,
  stored: Row | undefined,
  store: Store,
  rules: Rules,
): Promise<void> {
  const row = { ...stored, ...values }
  const faults: Fault[] = []
  for (const reference of model.references.values()) {
    if (reference.kind !== 'local' || !isChanged(reference, values, stored) || isToItself(model, reference, row)) {
      continue
    }
    if (await leadsSomewhere(reference, row, store, rules)) continue
    const pointer = pointerTo([reference.columns[0] ?? ''])
    faults.push({ pointer, detail: `refers to no ${reference.target.fullName}` })
  }
  if (faults.length === 0) return
  const detail = `${faults.map((fault) => `${fault.pointer} ${fault.detail}`).join('; ')}.`
  throw new Problem(409, detail, { code: 'foreign-key', errors: faults })
}

function isChanged({ columns }: LocalReference, values: Row, stored: Row | undefined): boolean {
  return columns.some((name) => values[name] !== undefined && values[name] !== stored?.[name])
}

/** A row may refer to itself in the very statement that makes it. */
function isToItself(model: Model, { target, columns, targetColumns }: LocalReference, row: Row): boolean {
  return target === model && targetColumns.every((name, index) => row[name] === row[columns[index] ?? ''])
}

async function leadsSomewhere(reference: LocalReference, row: Row, store: Store, rules: Rules): Promise<boolean> {
  const { target, columns, targetColumns } = reference
  const conditions: Condition[] = [await rules.readable(target)]
  for (const [index, name] of targetColumns.entries()) {
    const value = row[columns[index] ?? '']
    const column = target.table.columns.get(name)
    if (value === null || value === undefined || column === undefined) return true // it refers to nothing, and may
    conditions.push({ kind: 'compare', column, operator: 'eq', values: [value] })
  }
  return (await store.list(target, { where: all(conditions), sort: [], limit: 1 })).length > 0
}
