// The rows of a model that a program asks for in the name of a caller: the filter is the program's, the rules are the caller's.

import { codecs, ValueFault } from '../../wire/index.ts'
import type { Filter } from '../definition/define.ts'
import type { Model, Row } from '../models/model.ts'
import { columnOfParameter, equalsText } from '../model-resource/path-values.ts'
import { all, never, type Condition } from '../query/condition.ts'
import { conditionOfFilter } from '../query/filter-tree.ts'
import type { Rules } from '../query/rules.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import { everything } from '../query/view.ts'
import type { Store } from '../store/store.ts'

type Fault = (message: string) => Error

/**
 * Hidden columns may be named, relations lead to what the caller may read. A value that no row can have, which may come from the
 * caller, finds none.
 *
 * @param check asked about such a value; unless given, the text of a path will do for any column.
 * @throws TypeError for a wrong name or operator, which is the program's fault.
 */
export async function conditionOfProgram(
  model: Model,
  filter: Filter,
  rules: Rules,
  fault: Fault,
  check?: (column: ColumnInfo, value: unknown) => string | undefined,
): Promise<Condition> {
  const view = { ...everything, readable: rules.readable }
  const conditions = Object.entries(filter).map(async ([name, value]): Promise<Condition> => {
    try {
      return await conditionOfFilter(model, { [name]: value }, view)
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      const column = model.table.columns.get(columnOfParameter(model.table.key, name))
      if (column === undefined || typeof value === 'object') throw fault(`the filter ${error.message}`)
      const slip = check?.(column, value)
      if (slip !== undefined) throw fault(`the filter #/${name} ${slip}`)
      return typeof value === 'string' ? equalsText(model, column, value) : never
    }
  })
  return all(await Promise.all(conditions))
}

/**
 * What is wrong with a value that can be no slip of a caller's: one of another type than the column's, and a choice that there is not.
 * A number that is out of range, or a text that is too long, may be the caller's.
 */
export function refuseSlip({ type, choices }: ColumnInfo, value: unknown): string | undefined {
  if (value === undefined) return undefined // what is not there finds none
  if (typeof value === 'string' && choices !== undefined) return `must be one of: ${choices.join(', ')}`
  const { program } = codecs[type]
  const isText = typeof value === 'string' && program !== 'number' && program !== 'boolean' // a Date has a text, too
  const isNumber = typeof value === 'number' && (program === 'number' || program === 'bigint' || type === 'decimal')
  return isText || isNumber || typeof value === program
    ? undefined
    : `must be of the type ${type}, not a ${typeof value}`
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
