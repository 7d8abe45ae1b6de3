// Where a page of rows is in its list: the cursors that say so in a request, and the links from it to the pages around.

import type { HalLink } from '../../http/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { Cursors } from '../query/cursor.ts'
import { badParameter } from '../query/faults.ts'
import type { ListQuery, Sort, Store } from '../store/store.ts'
import type { LoadedPage } from './load-page.ts'

/** What a request says of it: the cursor of the page before, or of the one behind. */
export interface AskedPlace {
  readonly after?: string | undefined
  readonly before?: string | undefined
}

/** A list, as its cursors know it. */
export interface PagedList {
  readonly model: Model
  readonly store: Store
  readonly sort: readonly Sort[]
  readonly cursors: Cursors
  /** What the cursors are bound to. */
  readonly binding: string
}

/** @throws Problem 400 for both, and for a cursor of another list. */
export async function readAskedPlace(
  { after, before }: AskedPlace,
  { cursors, binding }: Pick<PagedList, 'cursors' | 'binding'>,
): Promise<Pick<ListQuery, 'after' | 'before'>> {
  if (after !== undefined && before !== undefined) throw badParameter('before', 'cannot be given together with after')
  const name = after === undefined ? 'before' : 'after'
  const cursor = after ?? before
  if (cursor === undefined) return {}
  const values = cursors.read(cursor, binding)
  if (values !== undefined) return { [name]: values }
  throw badParameter(name, 'is no cursor of this list; follow the links instead of making one')
}

/**
 * @param asked where this page is.
 * @param urlAt the list at a place, or from its beginning.
 */
export async function linksAround(
  { rows, hasNext, hasPrevious }: LoadedPage,
  asked: AskedPlace,
  { model, store, sort, cursors, binding }: PagedList,
  urlAt: (place: AskedPlace) => string,
): Promise<Readonly<Record<string, HalLink>>> {
  const cursorOf = async (row: Row): Promise<string> => cursors.write(await store.placeOf(model, sort, row), binding)
  const [first, last] = [rows[0], rows.at(-1)]
  const links: Record<string, HalLink> = {}
  if (asked.after !== undefined || asked.before !== undefined) links['first'] = { href: urlAt({}) }
  if (hasPrevious && first !== undefined) links['prev'] = { href: urlAt({ before: await cursorOf(first) }) }
  if (hasNext && last !== undefined) links['next'] = { href: urlAt({ after: await cursorOf(last) }) }
  return links
}

/** The parameters of a list at another place. */
export function movedTo(parameters: URLSearchParams, place: AskedPlace): URLSearchParams {
  const moved = new URLSearchParams(parameters)
  for (const name of ['after', 'before']) moved.delete(name)
  for (const [name, cursor] of Object.entries(place)) moved.set(name, String(cursor))
  return moved
}
