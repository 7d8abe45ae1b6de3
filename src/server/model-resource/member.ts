// One member of a representation: what it shows of a row, and under which name.

import type { Model, Row, Step } from '../models/model.ts'
import type { Sort } from '../store/store.ts'

interface MemberName {
  readonly name: string
  /** In the representation. */
  readonly as: string
}

export type Member =
  | (MemberName & { readonly kind: 'column' })
  | (MemberName & { readonly kind: 'property' | 'computed'; readonly compute: (row: Row) => unknown })
  | RelatedMember

export interface RelatedMember extends MemberName {
  readonly kind: 'reference' | 'data array'
  /** The way to the rows: one step, or two over a join table. */
  readonly steps: readonly [Step, ...Step[]]
  readonly target: Model
  readonly selected: SelectedRows
}

/** Which of the rows of a relation are shown, and how. */
export interface SelectedRows {
  /** Of a data array: how many for each row; undefined is all of them. */
  readonly limit: number | undefined
  readonly sort: readonly Sort[]
  /** What is shown of them; undefined leaves it to the default resource of their model. */
  readonly members: readonly Member[] | undefined
}

export function isRelated(member: Member | undefined): member is RelatedMember {
  return member?.kind === 'reference' || member?.kind === 'data array'
}
