// Refuses a write that would refer to a row which is not there for the caller; the database alone knows no rules.

import { Problem } from '../../http/index.ts'
import { pointerTo, type Fault } from '../../wire/index.ts'
import type { LocalReference, Model, Row } from '../models/model.ts'
import { all, type Condition } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'
import type { Store } from '../store/store.ts'

/** A row as it is to be written. */
export interface Written {
  readonly values: Row
  /** The row that they change; what it refers to already is not asked about. */
  readonly stored: Row | undefined
}

/**
 * A row that the caller may not read is as good as none, so that nobody finds hidden rows by referring to them.
 *
 * @param settled a reference to a row that is written with this one.
 * @throws Problem 409 with a pointer for each column of each reference that leads nowhere, as far as the caller may write it.
 */
export async function refuseDangling(
  model: Model,
  written: Written,
  store: Store,
  rules: Rules,
  settled?: LocalReference,
): Promise<void> {
  const row = { ...written.stored, ...written.values }
  const faults: Fault[] = []
  for (const reference of localReferences(model)) {
    if (reference === settled || !isChanged(reference, written) || isToItself(model, reference, row)) continue
    if (await leadsSomewhere(reference, row, store, rules)) continue
    faults.push(...faultsOf(reference, await namedColumns(model, reference, rules)))
  }
  if (faults.length === 0) return
  const words = faults.map(({ pointer = 'It', detail }) => `${pointer} ${detail}`)
  const errors = faults.filter(({ pointer }) => pointer !== undefined)
  throw new Problem(409, `${words.join('; ')}.`, { code: 'foreign-key', errors })
}

/** The columns of a reference that the caller can change; one column alone is at fault whoever writes it, if it is on the wire. */
async function namedColumns(model: Model, { columns }: LocalReference, rules: Rules): Promise<readonly string[]> {
  const shown = columns.filter((name) => model.columns.has(name))
  if (columns.length === 1) return shown
  const writable = await rules.columns(model, 'write')
  return shown.filter((name) => {
    const column = writable.get(name)
    return column !== undefined && !model.isReadOnly(column)
  })
}

/** One for each column that is named, which says the others; one without a pointer where none is. */
function faultsOf({ target }: LocalReference, named: readonly string[]): readonly Fault[] {
  if (named.length === 0) return [{ detail: 'refers to a row that does not exist' }]
  return named.map((name) => {
    const others = named.filter((other) => other !== name)
    const together = others.length === 0 ? '' : `, with ${others.join(' and ')},`
    return { pointer: pointerTo([name]), detail: `refers${together} to no ${target.fullName}` }
  })
}

/** Targets that are looked up in one statement. */
const chunk = 500

/**
 * Whether every reference of new rows leads somewhere, in few statements; false also where that cannot be told so, and each row has to
 * be asked about by itself.
 */
export async function leadAllSomewhere(
  model: Model,
  rows: readonly Row[],
  store: Store,
  rules: Rules,
): Promise<boolean> {
  for (const { target, columns, targetColumns } of localReferences(model)) {
    const [from = '', to = ''] = [columns[0], targetColumns[0]]
    const column = target.table.columns.get(to)
    const values = [...new Set(rows.map((row) => row[from]))].filter((value) => value !== null && value !== undefined)
    if (values.length === 0) continue
    if (columns.length > 1 || target === model || column === undefined) return false
    const readable = await rules.readable(target)
    for (let start = 0; start < values.length; start += chunk) {
      const asked = values.slice(start, start + chunk)
      const these: Condition = { kind: 'compare', column, operator: 'in', values: asked }
      // Less where the database takes two of them for equal, or a target is not unique: then nothing is told.
      if ((await store.count(target, all([readable, these]))) !== asked.length) return false
    }
  }
  return true
}

/** Those that a caller can write some of: what is not on the wire at all is the program's own. */
function localReferences(model: Model): readonly LocalReference[] {
  const shown = [...model.references.values()].filter((reference) => reference.kind === 'local')
  const hidden = [...model.hiddenReferences.values()].filter(({ columns }) =>
    columns.some((name) => model.columns.has(name)),
  )
  return [...shown, ...hidden]
}

function isChanged({ columns }: LocalReference, { values, stored }: Written): boolean {
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
