// Whether a kept answer shows what its caller may, by now, not see any more.

import type { Answer } from '../../http/index.ts'
import type { Model } from '../models/model.ts'
import type { Rules } from '../query/rules.ts'

/** True where it has a member that field rules hide from the caller today: of the object it is, of its items, or of their rows. */
export async function showsHidden({ content }: Answer, model: Model, rules: Rules): Promise<boolean> {
  if (model.options.fields === undefined || !(content instanceof Response)) return false
  const [columns, properties] = [await rules.columns(model, 'read'), await rules.properties(model)]
  const hidden = [...model.columns.keys(), ...model.properties.keys()].filter(
    (name) => !columns.has(name) && !properties.has(name),
  )
  if (hidden.length === 0) return false
  const text = await content.clone().text()
  return hidden.some((name) => text.includes(name)) // in any representation; at worst a caller has to GET the row
}
