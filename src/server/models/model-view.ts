// What one caller may know of a model: its columns, properties and relations under the field rules. Documents are made of this.

import type { DataArray, Model, Reference } from './model.ts'
import type { Columns } from '../query/field-rules.ts'
import type { Rules } from '../query/rules.ts'

export interface ModelView {
  readonly model: Model
  /** The columns that the caller reads, and those that they write. */
  readonly readable: Columns
  readonly writable: Columns
  /** The names of those that they must give of a new row: not what the service's rule gives it. */
  readonly required: ReadonlySet<string>
  /** The names of those without which there is no row, and that nobody gives: then there is none that they could make. */
  readonly unfilled: ReadonlySet<string>
  readonly properties: ReadonlySet<string>
  readonly references: ReadonlyMap<string, Reference>
  readonly dataArrays: ReadonlyMap<string, DataArray>
  /** By data array: the views of the models whose rows are written with a row. */
  readonly owned: ReadonlyMap<string, ModelView>
  /** Equal for all callers who see the same of the model; empty where rules take nothing from it. */
  readonly signature: string
}

/** What the rules leave of the model. */
export function viewOf(model: Model, rules: Rules): Promise<ModelView> {
  return viewBelow(model, rules, [])
}

/** @param owners the models on the way; where they come round, the rows are not told of again. */
async function viewBelow(model: Model, rules: Rules, owners: readonly Model[]): Promise<ModelView> {
  const readable = await rules.columns(model, 'read')
  const writable = await rules.columns(model, 'write')
  const required = await rules.required(model)
  const unfilled = new Set(await rules.unfilled(model))
  const properties = await rules.properties(model)
  const references = await rules.references(model)
  const dataArrays = await rules.dataArrays(model)
  const owned = new Map<string, ModelView>()
  for (const name of model.options.owns ?? []) {
    const source = dataArrays.get(name)?.source
    const isNew = source !== undefined && source !== model && !owners.includes(source)
    if (isNew) owned.set(name, await viewBelow(source, rules, [...owners, model]))
  }
  const isWhole =
    readable.size === model.columns.size &&
    writable.size === model.columns.size &&
    required.size === [...model.columns.values()].filter((column) => model.isRequired(column)).length &&
    unfilled.size === 0 &&
    properties.size === model.properties.size &&
    dataArrays.size === model.dataArrays.size
  const names = [readable, writable, required, unfilled, properties, dataArrays].map((members) =>
    [...members.keys()].join(','),
  )
  const signatures = [isWhole ? '' : names.join(';'), ...Array.from(owned.values(), ({ signature }) => signature)]
  const signature = signatures.every((each) => each === '') ? '' : signatures.join('/')
  return { model, readable, writable, required, unfilled, properties, references, dataArrays, owned, signature }
}

/** Whether some callers may not read a field: then it may be missing. */
export function hasReadRule({ options }: Model, name: string): boolean {
  const rule = Object.hasOwn(options.fields ?? {}, name) ? options.fields?.[name]?.read : undefined
  return rule !== undefined && rule !== true
}
