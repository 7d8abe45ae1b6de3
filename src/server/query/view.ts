// Whose eyes a question is asked with: which rows, fields and relations of each model it may look at.

import type { Awaitable } from '../../wire/index.ts'
import type { DataArray, Model, Reference } from '../models/model.ts'
import type { Condition } from './condition.ts'
import type { Columns } from './field-rules.ts'
import { existing } from './soft-delete.ts'

/** `Rules` is the view of a caller. */
export interface View {
  /** The program's own view: what it names is never kept as what callers may name. */
  readonly seesHidden?: true
  /** Which rows may be looked at. */
  readonly readable: (model: Model) => Awaitable<Condition>
  columns(model: Model, action: 'read'): Awaitable<Columns>
  /** The computed properties, by name. */
  properties(model: Model): Promise<ReadonlySet<string>>
  references(model: Model): Promise<ReadonlyMap<string, Reference>>
  dataArrays(model: Model): Promise<ReadonlyMap<string, DataArray>>
}

/**
 * The service's own, hidden columns, relations and rows included, but none that are marked as deleted: the view of its rules, which
 * are not a caller's question.
 */
export const everything: View = {
  seesHidden: true,
  readable: existing,
  columns: (model) => model.table.columns,
  properties: (model) => Promise.resolve(new Set(model.properties.keys())),
  references: (model) => Promise.resolve(model.everyReference),
  dataArrays: (model) => Promise.resolve(model.everyDataArray),
}
