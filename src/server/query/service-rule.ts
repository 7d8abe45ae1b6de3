// The one rule of a service for all its models: each member of the filter holds for the models that have its columns.

import type { Filter } from '../definition/define.ts'
import type { Model } from '../models/model.ts'

/** The members of the filter that are about a model; empty where none of them is. */
export function partFor(model: Model, rule: Filter): Filter {
  const members = Object.entries(rule).filter(([name, value]) => {
    const names = [...namesIn({ [name]: value })]
    const known = names.filter((each) => hasName(model, each))
    if (known.length === names.length) return true
    if (known.length === 0) return false
    // Half of it would open what the whole one closes.
    const missing = names.filter((each) => !known.includes(each))
    throw model.fault(`the service's rule joins ${known.join(', ')} with ${missing.join(', ')}, which is not there`)
  })
  return Object.fromEntries(members)
}

function namesIn(filter: Filter): Set<string> {
  const names = new Set<string>()
  for (const [name, value] of Object.entries(filter)) {
    if (name !== 'and' && name !== 'or' && name !== 'not') names.add(name)
    else for (const each of [value].flat()) for (const inner of namesIn(each as Filter)) names.add(inner) // else refused later
  }
  return names
}

function hasName({ table, references, dataArrays }: Model, name: string): boolean {
  return name === 'pk' || table.columns.has(name) || references.has(name) || dataArrays.has(name)
}
