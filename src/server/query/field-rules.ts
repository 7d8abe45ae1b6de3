// Which columns of a model one caller may read or write: the field rules, asked together, and each set of columns made once.

import type { Principal } from '../../http/index.ts'
import type { FieldAccess } from '../definition/define.ts'
import type { Model } from '../models/model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'

export type Columns = ReadonlyMap<string, ColumnInfo>

/** The sets that some caller has had: equal ones are the same object, so that what is made of one can be kept with it. */
const sets = new WeakMap<Model, Map<string, Columns>>()

/** Names under a rule for this caller that does not hold: columns and computed properties. */
export async function hiddenFields(
  model: Model,
  caller: Principal,
  action: keyof FieldAccess,
): Promise<ReadonlySet<string>> {
  const asked = Object.entries(model.options.fields ?? {}).map(async ([name, access = {}]) => {
    return (await holds(model, name, access, caller, action)) ? [] : [name]
  })
  return new Set((await Promise.all(asked)).flat())
}

/** What may not be read may not be written either, unless a write rule says so. */
async function holds(
  model: Model,
  name: string,
  access: FieldAccess,
  caller: Principal,
  action: keyof FieldAccess,
): Promise<boolean> {
  const rule = access[action] ?? (action === 'write' ? access.read : undefined) ?? true
  const verdict: unknown = typeof rule === 'function' ? await rule(caller) : rule
  if (typeof verdict === 'boolean') return verdict
  // A filter, most likely: fields are of the caller, rows have `access`.
  throw model.fault(`the ${action} rule of the field "${name}" must give true or false`)
}

export function columnsWithout(model: Model, hidden: ReadonlySet<string>): Columns {
  if (hidden.size === 0) return model.columns
  const ofModel = sets.get(model) ?? new Map<string, Columns>()
  sets.set(model, ofModel)
  const shown = [...model.columns].filter(([name]) => !hidden.has(name))
  const names = shown.map(([name]) => name).join(',') // no column has a comma in its name
  const known = ofModel.get(names)
  if (known !== undefined) return known
  const columns: Columns = new Map(shown)
  ofModel.set(names, columns)
  return columns
}
