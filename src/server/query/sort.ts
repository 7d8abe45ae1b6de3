// The order of a list: `sort=-price,crust.name`, always ending in the key so that it is total.

import { ValueFault } from '../../wire/index.ts'
import type { Model } from '../models/model.ts'
import type { Sort, SortStep } from '../store/store.ts'
import { Problem } from '../../http/index.ts'
import { badParameter } from './faults.ts'
import { limits } from './limits.ts'
import { columnNamed, isColumnName, linkNamed, namesOf, unknownName, type Names } from './names.ts'
import { everything, type View } from './view.ts'

/**
 * @param parameter what it is called in the request.
 * @throws Problem 400
 */
export async function readSort(
  model: Model,
  text: string | null,
  view: View,
  parameter = 'sort',
): Promise<readonly Sort[]> {
  const parts = text === null || text === '' ? [] : text.split(',')
  if (parts.length > limits.sortFields) throw badParameter(parameter, `takes at most ${limits.sortFields} fields`)
  const sort: Sort[] = []
  for (const part of parts) {
    const name = part.replace(/^-/, '')
    const field = await sortField(model, name, view).catch((error: unknown) => {
      throw error instanceof ValueFault ? badParameter(parameter, `names "${name}", which ${error.message}`) : error
    })
    sort.push({ ...field, descending: part.startsWith('-') })
  }
  const named = new Set(sort.map(nameOfSort))
  if (named.size < sort.length) throw badParameter(parameter, 'names a field twice')
  const rest = model.table.key.filter((column) => !named.has(column))
  return [...sort, ...rest.map((column) => ({ column, descending: model.options.newestFirst === true }))]
}

/**
 * As `readSort`, of a program: an order that the model does not have is not its caller's fault.
 *
 * @throws Problem 400 for one that the model has, and this caller may not ask for; TypeError for any other.
 */
export async function readSortOfProgram(model: Model, text: string | undefined, view: View): Promise<readonly Sort[]> {
  try {
    return await readSort(model, text ?? null, view)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await readSort(model, text ?? null, { ...everything, readable: view.readable }).catch((fault: unknown) => {
      throw fault instanceof Problem
        ? model.fault(`the order of a program: ${fault.message.replace(/\.$/, '')}`)
        : fault
    })
    throw error
  }
}

/** A column of the row, or of what it refers to: of each row that is one value. Throws ValueFault. */
async function sortField(model: Model, name: string, view: View): Promise<Omit<Sort, 'descending'>> {
  const steps = name.split('.')
  const field = steps.pop() ?? ''
  if (steps.length > limits.relationDepth) {
    throw new ValueFault(`goes through more than ${limits.relationDepth} relations`)
  }
  const path: SortStep[] = []
  let names = await namesOf(model, view)
  for (const step of steps) {
    if (!names.links.has(step) && !isColumnName(names, step)) throw unknownName(sortable(names), step)
    const { reference, target } = linkNamed(names, step)
    if (reference === undefined) throw new ValueFault(`leads to many rows, of which a row has no one value`)
    path.push({ reference, where: await view.readable(target) })
    names = await namesOf(target, view)
  }
  if (!names.links.has(field) && !isColumnName(names, field)) throw unknownName(sortable(names), field)
  const column = columnNamed(names, field)
  if (!column.ordered) throw new ValueFault('has values without an order')
  return path.length === 0 ? { column: column.name } : { column: column.name, path }
}

/** Of the names those that a list is sorted by: values with an order, of which each row has one. */
function sortable(names: Names): Names {
  const columns = new Map([...names.columns].filter(([, { ordered }]) => ordered))
  const links = new Map([...names.links].filter(([, { reference }]) => reference !== undefined))
  return { ...names, columns, links }
}

/** A sort field as it is written, without its direction. */
function nameOfSort({ column, path = [] }: Sort): string {
  return [...path.map(({ reference }) => reference.name), column].join('.')
}

/** A whole sort as it is written. */
export function textOfSort(sort: readonly Sort[]): string {
  return sort.map((part) => (part.descending ? `-${nameOfSort(part)}` : nameOfSort(part))).join(',')
}
