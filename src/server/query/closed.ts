// What is answered where a rule from elsewhere cannot be a rule of the model: nobody may take for open what nobody could close.

import { Problem } from '../../http/index.ts'
import type { Logger } from '../../wire/index.ts'
import type { Access } from '../definition/define.ts'
import type { Model } from '../models/model.ts'

/** Of which faults the log tells already, by model. */
const told = new WeakMap<Model, Set<string>>()

/** @returns the answer, a 403; the log says why, once for each fault. */
export function closed(model: Model, action: keyof Access, fault: unknown, logger: Logger): unknown {
  if (!(fault instanceof TypeError)) return fault
  const known = told.get(model) ?? new Set()
  told.set(model, known)
  if (!known.has(fault.message)) logger.error({ error: fault }, 'a model is closed')
  if (known.size < mostTold) known.add(fault.message)
  // Not what the rule names: that may be hidden.
  const detail = `${model.fullName} is closed: the ${action} rule for you does not fit it.`
  return new Problem(403, detail, { code: 'forbidden', cause: fault })
}

/** Values of callers may stand in them. */
const mostTold = 100
