// The access rules of a model for one caller, as conditions: asked once per request, then part of every statement.

import type { Principal } from '../../http/index.ts'
import { ValueFault } from '../../wire/index.ts'
import type { Access, Filter } from '../define.ts'
import type { Model } from '../model.ts'
import { always, never, type Condition } from './condition.ts'
import { conditionOfFilter } from './filter.ts'

/** What one caller may reach. Make one per request. */
export class Rules {
  readonly #caller: Principal
  readonly #known = new Map<Model, Map<keyof Access, Promise<Condition>>>()

  constructor(caller: Principal) {
    this.#caller = caller
  }

  /** Bound, because filters along relations ask it for each model on the way. */
  readonly readable = (model: Model): Promise<Condition> => this.of(model, 'read')

  of(model: Model, action: keyof Access): Promise<Condition> {
    const ofModel = this.#known.get(model) ?? new Map<keyof Access, Promise<Condition>>()
    this.#known.set(model, ofModel)
    const known = ofModel.get(action)
    if (known !== undefined) return known
    const condition = this.#ask(model, action)
    ofModel.set(action, condition)
    return condition
  }

  async #ask(model: Model, action: keyof Access): Promise<Condition> {
    const source = model.options.access?.[action] ?? true
    const rule = typeof source === 'function' ? await source(this.#caller) : source
    if (rule === true) return always
    // Built from something that was not there, most likely: it must not open everything.
    if (rule !== false && Object.keys(rule).length === 0) {
      throw model.fault(`the ${action} rule is an empty filter; say true where every row is meant`)
    }
    return rule === false ? never : await conditionOfRule(model, action, rule)
  }
}

/** A rule looks at the whole table, hidden columns and rows included: it is the service's own, not the caller's question. */
async function conditionOfRule(model: Model, action: string, rule: Filter): Promise<Condition> {
  try {
    return await conditionOfFilter(model, rule, () => Promise.resolve(always))
  } catch (error) {
    // A wrong rule is the program's fault, never the caller's: they must not be told of it as a bad parameter.
    throw error instanceof ValueFault ? model.fault(`the ${action} rule ${error.message}`) : error
  }
}
