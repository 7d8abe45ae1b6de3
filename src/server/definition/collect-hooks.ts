// The hooks of each model: those of the service for all models, those of the service for this one, its own.

import { checkHooks, type Hooks } from './hooks.ts'
import type { Model } from '../models/model.ts'

/** By full name of a model; `*` is for all of them. */
export type ServiceHooks = Readonly<Record<string, Hooks>>

/** @throws TypeError for hooks of a model that is not there, and for hooks that do not exist. */
export function collectHooks(
  models: ReadonlyMap<string, Model>,
  on: ServiceHooks,
): ReadonlyMap<Model, readonly Hooks[]> {
  for (const [name, hooks] of Object.entries(on)) {
    checkHooks(`on["${name}"]`, hooks)
    if (name === '*' || models.has(name)) continue
    throw new TypeError(`on["${name}"]: there is no such model; there are: ${[...models.keys()].join(', ')}.`)
  }
  const byModel = new Map<Model, readonly Hooks[]>()
  for (const [name, model] of models) {
    const own = [model.options.on ?? []].flat()
    for (const hooks of own) checkHooks(`Model ${name}`, hooks)
    const hooks = [on['*'], on[name], ...own].filter((each) => each !== undefined)
    if (hooks.length > 0) byModel.set(model, hooks)
  }
  return byModel
}
