// What must hold for a row, resolved against the models: the one form in which filters and rules reach SQL.

import type { Awaitable, Operator } from '../../wire/index.ts'
import type { DataArray, LocalReference, Row, Step } from '../models/model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'

/** `range` is two of them. */
export type StoredOperator = Exclude<Operator, 'range'>

export type Condition =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | {
      readonly kind: 'compare'
      readonly column: ColumnInfo
      readonly operator: StoredOperator
      readonly values: readonly unknown[]
    }
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  /** Some row at the other end of the step exists for which `condition` holds. */
  | { readonly kind: 'related'; readonly step: Step; readonly condition: Condition }

/** What a caller names: one step, or the several of a data array over a join table. */
export type Relation =
  | { readonly kind: 'reference'; readonly reference: LocalReference }
  | { readonly kind: 'data array'; readonly dataArray: DataArray }

function stepsOf(relation: Relation): readonly Step[] {
  return relation.kind === 'reference' ? [relation.reference] : relation.dataArray.steps
}

export const always: Condition = { kind: 'constant', holds: true }
export const never: Condition = { kind: 'constant', holds: false }

/** All of them; constants are folded so that an unrestricted query stays the plain one. */
export function all(conditions: readonly Condition[]): Condition {
  const rest = conditions.filter((condition) => condition !== always)
  if (rest.includes(never)) return never
  if (rest.length === 0) return always
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind: 'all', conditions: rest }
}

/** Some of them. What holds for every row is no condition, however it is written. */
export function any(conditions: readonly Condition[]): Condition {
  if (conditions.includes(always)) return always
  const rest = conditions.filter((condition) => condition !== never)
  if (rest.length === 0) return never
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind: 'any', conditions: rest }
}

export function not(condition: Condition): Condition {
  if (condition === always) return never
  return condition === never ? always : { kind: 'not', condition }
}

/** Whether `condition` holds for some row at the end of a relation. A join table on the way is read under its own rule. */
export async function related(
  relation: Relation,
  condition: Condition,
  readable: (target: Step['target']) => Awaitable<Condition>,
): Promise<Condition> {
  let behind = condition
  const steps = stepsOf(relation)
  for (const [index, step] of [...steps.entries()].toReversed()) {
    const isLast = index === steps.length - 1
    behind = { kind: 'related', step, condition: isLast ? behind : all([await readable(step.target), behind]) }
  }
  return behind
}

/** Which rows of the source a data array holds for one row. What `readable` says of the source itself is the caller's to add. */
export async function membersOf(
  { steps }: DataArray,
  row: Row,
  readable: (target: Step['target']) => Awaitable<Condition>,
): Promise<Condition> {
  const [first, ...rest] = steps
  let members = sameValues(first, row)
  let here = first.target
  for (const { columns, target, targetColumns } of rest) {
    const back: Step = { columns: targetColumns, target: here, targetColumns: columns }
    members = { kind: 'related', step: back, condition: all([await readable(here), members]) }
    here = target
  }
  return members
}

/** The rows at the other end of a step from this row. NULL leads nowhere. */
function sameValues({ columns, target, targetColumns }: Step, row: Row): Condition {
  const conditions: Condition[] = []
  for (const [index, name] of targetColumns.entries()) {
    const column = target.table.columns.get(name)
    const value = row[columns[index] ?? '']
    if (column === undefined || value === null || value === undefined) return never
    conditions.push({ kind: 'compare', column, operator: 'eq', values: [value] })
  }
  return all(conditions)
}
