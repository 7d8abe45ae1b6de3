// The rows of a model that a program asks for in the name of a caller: the filter is the program's, the rules are the caller's.

import { ValueFault } from '../../wire/index.ts'
import type { Filter } from '../definition/define.ts'
import type { Model, Row } from '../models/model.ts'
import { columnOfParameter, equalsText } from '../model-resource/path-values.ts'
import { all, never, type Condition } from '../query/condition.ts'
import { conditionOfFilter } from '../query/filter-tree.ts'
import type { Rules } from '../query/rules.ts'
import { everything } from '../query/view.ts'
import type { Store } from '../store/store.ts'

type Fault = (message: string) => TypeError

/**
 * Hidden columns may be named, relations lead to what the caller may read. A value that no row can have, which may come from the
 * caller, finds none.
 *
 * @throws TypeError for a wrong name or operator, which is the program's fault.
 */
export async function conditionOfProgram(model: Model, filter: Filter, rules: Rules, fault: Fault): Promise<Condition> {
  const view = { ...everything, readable: rules.readable }
  const conditions = Object.entries(filter).map(async ([name, value]): Promise<Condition> => {
    try {
      return await conditionOfFilter(model, { [name]: value }, view)
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      const column = model.table.columns.get(columnOfParameter(model.table.key, name))
      if (column === undefined || typeof value === 'object') throw fault(`the filter ${error.message}`)
      return typeof value === 'string' ? equalsText(model, column, value) : never
    }
  })
  return all(await Promise.all(conditions))
}

/**
 * The one row that holds; undefined where there is none.
 *
 * @param lock whether nobody else may change it before the transaction ends.
 * @throws TypeError where there are several: which one is meant, nobody said.
 */
export async function findOne(
  model: Model,
  where: Condition,
  store: Store,
  lock: boolean,
  fault: Fault,
): Promise<Row | undefined> {
  if (where === never) return undefined
  const [row, another] = await store.list(model, { where, sort: [], limit: 2 })
  if (another !== undefined) throw fault(`more than one row of ${model.fullName} is found where one is meant`)
  return row !== undefined && lock ? await store.find(model, row, where, true) : row
}
