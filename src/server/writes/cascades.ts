// Deleting a row lets the database delete or change the rows that refer to it: the caller's rules for those hold as well.

import { Problem } from '../../http/index.ts'
import type { LocalReference, Model, Row } from '../models/model.ts'
import { all, always, never, type Condition } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'
import { existing } from '../query/soft-delete.ts'
import type { Store } from '../store/store.ts'

/** Cascades are followed so far; a row behind that is refused instead of being let through unseen. */
const maxDepth = 5

/** What a foreign key does to the rows that hold it when their target goes. */
const actions: Readonly<Record<string, 'delete' | 'update'>> = {
  cascade: 'delete',
  'set null': 'update',
  'set default': 'update',
}

/** @throws Problem 409 where deleting the row would delete or change one that the caller may not delete or change. */
export async function refuseForbiddenCascade(model: Model, row: Row, store: Store, rules: Rules): Promise<void> {
  if (model.options.softDelete !== undefined || !(await isUnderRules(model, rules, new Set()))) return
  const key = model.table.key.map((name): Condition => {
    const column = model.table.columns.get(name)
    if (column === undefined) throw model.fault(`there is no column "${name}"`)
    return { kind: 'compare', column, operator: 'eq', values: [row[name]] }
  })
  await follow(model, all(key), 1)

  async function follow(deleted: Model, these: Condition, depth: number): Promise<void> {
    for (const { source, action, reference } of cascadesOf(deleted)) {
      const affected: Condition = { kind: 'related', step: reference, condition: these }
      const allowed = depth > maxDepth ? never : await allowedRows(source, action, rules)
      if (allowed !== always) {
        const where = all([affected, existing(source), { kind: 'not', condition: allowed }])
        const [forbidden] = await store.list(source, { where, sort: [], limit: 1 })
        if (forbidden !== undefined) {
          throw new Problem(409, `A row that you may not ${action} refers to this one.`, { code: 'foreign-key' })
        }
      }
      if (action === 'delete' && depth <= maxDepth) await follow(source, affected, depth + 1)
    }
  }
}

interface Cascade {
  readonly source: Model
  readonly reference: LocalReference
  readonly action: 'delete' | 'update'
}

/** The references whose rows the database deletes or changes with a row of this model. */
function cascadesOf(model: Model): readonly Cascade[] {
  const arrays = [...model.dataArrays.values(), ...model.hiddenDataArrays.values()]
  return arrays.flatMap(({ source, reference }) => {
    const action = actions[reference?.onDelete ?? '']
    return reference === undefined || action === undefined ? [] : [{ source, reference, action }]
  })
}

async function allowedRows(model: Model, action: 'delete' | 'update', rules: Rules): Promise<Condition> {
  return all([await rules.readable(model), await rules.of(model, action)])
}

/** Whether any model that a cascade can reach has a rule for this caller; most have none, and then nothing has to be looked at. */
async function isUnderRules(model: Model, rules: Rules, seen: Set<Model>): Promise<boolean> {
  seen.add(model)
  for (const { source, action } of cascadesOf(model)) {
    if ((await allowedRows(source, action, rules)) !== always) return true
    if (action === 'delete' && !seen.has(source) && (await isUnderRules(source, rules, seen))) return true
  }
  return false
}
