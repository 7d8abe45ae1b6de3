// Whether the parameters of a path can mean one row: they are columns, and no two rows have the same values in them.

import type { Model } from '../models/model.ts'
import type { ServiceState } from '../service-state.ts'
import type { DeclaredClass } from './binding.ts'
import { ModelResource } from './model-resource.ts'
import { columnOfParameter } from './path-values.ts'

/** As much of a path as is looked at. */
interface Path {
  readonly path: string
  readonly names: readonly string[]
  readonly requiredNames: readonly string[]
}

/**
 * @throws TypeError for a parameter that is no column, which finds nothing by itself, or may be left out, and for columns that several
 * rows may have the same values in.
 */
export function checkPathColumns(given: DeclaredClass, model: Model, { rule }: ServiceState, at: Path): void {
  const { get, queryset } = given.prototype as Partial<ModelResource> // of any class of models
  if (get !== ModelResource.prototype.get) return // a collection has none
  const optional = at.names.find((name) => !at.requiredNames.includes(name))
  if (optional !== undefined) {
    throw new TypeError(`${given.name}: "${optional}" may be left out of ${at.path}; override get() to say what then.`)
  }
  const names = at.names.map((name) => columnOfParameter(model.table.key, name))
  const unknown = names.find((name) => !model.table.columns.has(name))
  if (unknown !== undefined) {
    const there = [...model.columns.keys()].join(', ')
    throw new TypeError(
      `${given.name}: the path ${at.path} has "${unknown}", which is no column of ${model.fullName}; ` +
        `override get(), or name one: ${there}.`,
    )
  }
  const sources = [
    ...(model.options.serviceRule === false ? [] : [rule]),
    model.options.access?.read,
    model.options.rulesFrom,
    ...(queryset === ModelResource.prototype.queryset ? [] : [queryset]),
  ]
  const sets = [model.table.key, ...model.table.unique]
  if (sets.some((set) => isOfOne(set, names, sources))) return
  const there = sets.map((set) => set.join(' and ')).join('; ')
  throw new TypeError(
    `${given.name}: several rows of ${model.fullName} may be at one address ${at.path}; override get(), or name all of: ${there}.`,
  )
}

/** Whether a unique set is in the path, with what a rule may ask to be equal: a function may ask for anything. */
function isOfOne(set: readonly string[], names: readonly string[], sources: readonly unknown[]): boolean {
  const missing = set.filter((name) => !names.includes(name))
  if (missing.length === 0) return true
  if (missing.length === set.length) return false
  return sources.some((source) => {
    if (typeof source === 'function') return true
    return typeof source === 'object' && source !== null && missing.every((name) => Object.hasOwn(source, name))
  })
}
