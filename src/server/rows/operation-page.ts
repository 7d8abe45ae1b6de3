// What an operation answers that gives rows of a model: a page of any query, with links as every list has them.

import { Page, query, type QueryParameter } from '../../http/index.ts'
import { ValueFault } from '../../wire/index.ts'
import type { Audience } from './audience.ts'
import type { Filter } from '../definition/define.ts'
import { loadPage } from './load-page.ts'
import type { Model } from '../models/model.ts'
import { all, always, type Condition } from '../query/condition.ts'
import { conditionOfFilter } from '../query/filter-tree.ts'
import { limits } from '../query/limits.ts'
import { bindingOf } from '../query/list-query.ts'
import { cursorNames, readAskedPlace, type AskedPlace } from '../query/asked-place.ts'
import { wholeRow } from '../query/selection.ts'
import { readSortOfProgram } from '../query/sort.ts'
import { everything } from '../query/view.ts'
import { linksAround, movedTo } from './page-places.ts'
import { showRows } from './show-rows.ts'

/** What a page is asked for with. */
export interface PageRequest {
  /** `menu.Price`; the operation's own model unless given. */
  readonly model?: string
  /** Which of the rows that the caller may read. It may name hidden columns: it is the program's, not the caller's. */
  readonly filter?: Filter
  /** `-price,name`; the order of the model unless given. Where the caller chooses it, let them: `query.choice(['name', '-name'])`. */
  readonly sort?: string | undefined
  readonly limit?: number
  readonly after?: string | undefined
  readonly before?: string | undefined
}

/** Query parameters for an operation that gives pages, to be handed on: `page({ filter, ...query })`. */
export const pageParameters: Readonly<{
  limit: QueryParameter<number>
  after: QueryParameter<string | undefined>
  before: QueryParameter<string | undefined>
}> = {
  limit: query.integer({
    default: limits.pageSize.standard,
    minimum: 1,
    maximum: limits.pageSize.largest,
    description: 'How many rows a page has.',
  }),
  after: query.text({ description: 'Where the page before ended: follow the link `next`.' }),
  before: query.text({ description: 'Where the page behind begins: follow the link `prev`.' }),
}

/**
 * @param url of the operation, with the query of the request.
 * @throws Problem 400 for a cursor of another list, and for an order that the caller may not ask for; TypeError for a filter or an order
 * that the model does not have.
 */
export async function operationPage(
  model: Model,
  { filter, sort: order, limit = limits.pageSize.standard, after, before }: PageRequest,
  audience: Audience,
  url: URL,
): Promise<Page> {
  const { store, view, caller, cursors } = audience
  const where = all([await view.readable(model), await conditionOf(model, filter)])
  const sort = await readSortOfProgram(model, order, view)
  const listUrl = url.origin + url.pathname
  const binding = bindingOf({ listUrl, caller }, [], sort, [model.fullName, textOf(filter)])
  const list = { model, store, sort, cursors, binding }
  const asked = { after, before }
  const page = await loadPage(store, model, { where, sort, limit, ...readAskedPlace(asked, cursors, binding) })
  const urlAt = (place: AskedPlace): string => {
    const other = new URL(url)
    other.search = String(movedTo(url.searchParams, place, cursorNames))
    return other.href
  }
  const links = { self: { href: url.href }, ...(await linksAround(page, asked, list, urlAt)) }
  const { entities } = await showRows(model, page.rows, wholeRow, audience)
  return new Page(entities, links)
}

async function conditionOf(model: Model, filter: Filter | undefined): Promise<Condition> {
  if (filter === undefined) return always
  try {
    return await conditionOfFilter(model, filter, everything)
  } catch (error) {
    throw error instanceof ValueFault ? model.fault(`the filter of a page: ${error.message}`) : error
  }
}

/** The same for the same filter; a program's has bigints in it, too. */
function textOf(filter: Filter | undefined): string {
  return JSON.stringify(filter ?? null, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}
