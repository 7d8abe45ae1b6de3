// Reads what is asked of a list: filters, sort, selection, and which page. Whatever is unknown is refused with what is allowed.

import { listParameters } from '../../wire/index.ts'
import { Problem, type Exchange } from '../../http/index.ts'
import type { Model } from '../models/model.ts'
import type { Sort } from '../store/store.ts'
import { all, always, type Condition } from './condition.ts'
import type { Cursors } from './cursor.ts'
import { badParameter } from './faults.ts'
import { conditionOfContent, conditionOfJson } from './filter-tree.ts'
import { conditionOfParameters } from './filter.ts'
import { limits } from './limits.ts'
import { namesOf } from './names.ts'
import { placeNames, readAskedPlace, type AskedPlace, type Place } from './asked-place.ts'
import { readNumber } from './read-number.ts'
import { isAboutExpanded, readSelection, wholeRow, type Selection } from './selection.ts'
import { readSort, textOfSort } from './sort.ts'
import type { View } from './view.ts'

export interface PageQuery {
  /** The read rule of the model included. */
  readonly where: Condition
  readonly sort: readonly Sort[]
  /** `all` is every row: a model has to allow it. */
  readonly limit: number | 'all'
  readonly place: Place
  readonly selection: Selection
  /** What cursors of this query are bound to. */
  readonly binding: string
}

/** Where a list is, and who asks. */
export interface ListContext {
  readonly view: View
  readonly cursors: Cursors
  /** The absolute URL of the list. */
  readonly listUrl: string
  /** The caller's name. */
  readonly caller: string
  /** The filter that is the content of a QUERY. */
  readonly content?: unknown
}

/** @throws Problem 400 for the parameters, 422 for the content. */
export async function readListQuery(
  model: Model,
  parameters: URLSearchParams,
  context: ListContext,
): Promise<PageQuery> {
  refuseRepeated(parameters)
  const { view } = context
  const filters = filtersAmong(parameters)
  const json = parameters.get('where')
  const where = all([
    await view.readable(model),
    filters.length === 0 ? always : await conditionOfParameters(model, filters, view, '', listParameters),
    json === null ? always : await conditionOfJson(model, 'where', json, view),
    context.content === undefined ? always : await conditionOfContent(model, context.content, view),
  ])
  const sort = await readSort(model, parameters.get('sort'), view)
  const binding = bindingOf(context, filters, sort, [json, context.content])
  const limit = readLimit(model, parameters)
  const selection = await readSelection(await namesOf(model, view), parameters, view, limit === 'all' ? 1 : limit)
  const place = readAskedPlace(placeAmong(parameters), context.cursors, binding)
  return { where, sort, limit, place, selection, binding }
}

const instanceParameters: readonly string[] = ['format', 'fields', 'expand']

/**
 * What is asked of one row: what of it is shown, and with what.
 *
 * @throws Problem 400
 */
export async function readInstanceQuery(model: Model, exchange: Exchange, view: View): Promise<Selection> {
  if (exchange.search === '') return wholeRow
  const parameters = exchange.parameters
  for (const name of parameters.keys()) {
    if (!instanceParameters.includes(name) && !isAboutExpanded(name)) {
      throw badParameter(name, `is not known; there are: ${instanceParameters.join(', ')}, with.…`)
    }
  }
  refuseRepeated(parameters)
  return await readSelection(await namesOf(model, view), parameters, view, 1)
}

/** What one row is asked for by: the fields that say which it is, and what of it is shown. */
export interface FindQuery {
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly selection: Selection
  /** The parameters that the row itself would be asked with. */
  readonly others: URLSearchParams
}

/** @throws Problem 400 for what is asked of the row; which fields identify one is not asked here. */
export async function readFindQuery(model: Model, { parameters }: Exchange, view: View): Promise<FindQuery> {
  refuseRepeated(parameters)
  const isOther = (name: string): boolean => instanceParameters.includes(name) || isAboutExpanded(name)
  const fields = [...parameters].filter(([name]) => !isOther(name))
  const others = new URLSearchParams([...parameters].filter(([name]) => isOther(name)))
  return { fields, others, selection: await readSelection(await namesOf(model, view), parameters, view, 1) }
}

/** @param more what else narrows the list besides its filters. */
export function bindingOf(
  { listUrl, caller }: Pick<ListContext, 'listUrl' | 'caller'>,
  filters: readonly (readonly [string, string])[],
  sort: readonly Sort[],
  more: readonly unknown[] = [null, undefined],
): string {
  return JSON.stringify([listUrl, caller, filters.toSorted(byText), textOfSort(sort), more])
}

function refuseRepeated(parameters: URLSearchParams): void {
  if (parameters.size < 2) return
  for (const name of listParameters) {
    if (parameters.getAll(name).length > 1) throw badParameter(name, 'is given more than once')
  }
  if (parameters.size > limits.parameters && new Set(parameters.keys()).size > limits.parameters) {
    throw new Problem(400, `At most ${limits.parameters} different parameters are allowed.`, {
      code: 'too-many-filters',
    })
  }
}

/** Everything at once has neither pages nor other rows inside its own. */
function readLimit(model: Model, parameters: URLSearchParams): number | 'all' {
  const text = parameters.get('limit')
  const { standard, largest } = limits.pageSize
  if (text === 'all' && model.options.export !== true) {
    throw badParameter(
      'limit',
      `must be a number from 1 to ${largest}: ${model.fullName} does not give all rows at once`,
    )
  }
  if (text !== 'all') {
    return readNumber('limit', text, { standard, from: 1, to: largest })
  }
  const other = [...placeNames, 'expand'].find((name) => parameters.has(name))
  if (other !== undefined) throw badParameter(other, 'cannot be given together with limit=all')
  return 'all'
}

/** All parameters that are no words of the list itself. */
function filtersAmong(parameters: Iterable<readonly [string, string]>): readonly (readonly [string, string])[] {
  return [...parameters].filter(
    ([name]) => !(listParameters as readonly string[]).includes(name) && !isAboutExpanded(name),
  )
}

function placeAmong(parameters: URLSearchParams): AskedPlace {
  return {
    after: parameters.get('after') ?? undefined,
    before: parameters.get('before') ?? undefined,
    offset: parameters.get('offset') ?? undefined,
  }
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join('='), b.join('=')]
  return left < right ? -1 : left > right ? 1 : 0
}
