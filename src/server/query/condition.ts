// What must hold for a row, resolved against the models: the one form in which filters and rules reach SQL.

import type { Operator } from '../../wire/index.ts'
import type { DataArray, LocalReference } from '../model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'

export type Condition =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | {
      readonly kind: 'compare'
      readonly column: ColumnInfo
      readonly operator: Operator
      readonly values: readonly unknown[]
    }
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  /** Some row at the other end of a relation exists for which `condition` holds. */
  | { readonly kind: 'related'; readonly relation: Relation; readonly condition: Condition }

export type Relation =
  | { readonly kind: 'reference'; readonly reference: LocalReference }
  | { readonly kind: 'data array'; readonly dataArray: DataArray }

export const always: Condition = { kind: 'constant', holds: true }
export const never: Condition = { kind: 'constant', holds: false }

/** All of them; constants are folded so that an unrestricted query stays the plain one. */
export function all(conditions: readonly Condition[]): Condition {
  const rest = conditions.filter((condition) => condition !== always)
  if (rest.includes(never)) return never
  if (rest.length === 0) return always
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : { kind: 'all', conditions: rest }
}
