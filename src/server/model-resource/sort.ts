// The order of rows, as the user of a hand-written resource gives it: names of columns, settled when the resource is mounted.

import type { Model } from '../models/model.ts'
import type { Sort } from '../store/store.ts'
import { columnOfParameter } from './path-values.ts'

/**
 * The order that is wanted, ending in the key, so that it is total.
 *
 * @throws TypeError for what is no column, or has no order, with those that have one.
 */
export function readSort(model: Model, sort: string | readonly string[], where: string): readonly Sort[] {
  const own = (typeof sort === 'string' ? [sort] : sort).map((text) => {
    const name = text.replace(/^-/, '')
    const column = model.table.columns.get(columnOfParameter(model.table.key, name))
    if (column?.ordered === true) return { column: column.name, descending: text.startsWith('-') }
    const there = [...model.columns.values()].filter((each) => each.ordered).map((each) => each.name)
    throw new TypeError(`${where}: cannot sort by "${name}"; there are: ${there.join(', ')}.`)
  })
  const rest = model.table.key.filter((name) => !own.some(({ column }) => column === name))
  return [...own, ...rest.map((column) => ({ column, descending: model.options.newestFirst === true }))]
}
