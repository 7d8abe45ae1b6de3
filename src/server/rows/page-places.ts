// The links from a page of rows to the pages around it.

import type { HalLink } from '../../http/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { Cursors } from '../query/cursor.ts'
import type { AskedPlace } from '../query/asked-place.ts'
import { shortPlace } from '../store/long-place.ts'
import type { Sort, Store } from '../store/store.ts'
import type { LoadedPage } from './load-page.ts'

/** A list, as its cursors know it. */
export interface PagedList {
  readonly model: Model
  readonly store: Store
  readonly sort: readonly Sort[]
  readonly cursors: Cursors
  /** What the cursors are bound to. */
  readonly binding: string
}

/** Where a page is, read or not: undefined is the beginning. */
type Asked = Readonly<Partial<Record<keyof AskedPlace, unknown>>>

/**
 * @param asked where this page is.
 * @param urlAt the list at a place, or from its beginning.
 */
export async function linksAround(
  { rows, hasNext, hasPrevious }: LoadedPage,
  { after, before, offset }: Asked,
  { model, store, sort, cursors, binding }: PagedList,
  urlAt: (place: AskedPlace) => string,
): Promise<Readonly<Record<string, HalLink>>> {
  const cursorOf = async (row: Row, from: unknown): Promise<string> => {
    const place = shortPlace(model, sort, await store.placeOf(model, sort, row))
    const cursor = cursors.write(place, binding)
    if (from === cursor || (Array.isArray(from) && JSON.stringify(from) === JSON.stringify(place))) {
      throw goesInCircles(model)
    }
    return cursor
  }
  const [first, last] = [rows[0], rows.at(-1)]
  const isAsked = after !== undefined || before !== undefined || offset !== undefined
  const links: Record<string, HalLink> = {}
  if (isAsked) links['first'] = { href: urlAt({}) }
  if (hasPrevious && first !== undefined) links['prev'] = { href: urlAt({ before: await cursorOf(first, before) }) }
  if (hasNext && last !== undefined) links['next'] = { href: urlAt({ after: await cursorOf(last, after) }) }
  return links
}

/** What the database compares is not what is read of it: whoever followed the links would be given the same rows for ever. */
export function goesInCircles(model: Model): Error {
  return new Error(
    `${model.fullName}: a page ends where it began, because a value of its order is not read as it is stored.`,
  )
}

/**
 * The parameters of a list at another place.
 *
 * @param names those that say where it is now.
 */
export function movedTo(parameters: URLSearchParams, place: AskedPlace, names: readonly string[]): URLSearchParams {
  const moved = new URLSearchParams(parameters)
  for (const name of names) moved.delete(name)
  for (const [name, cursor] of Object.entries(place)) moved.set(name, String(cursor))
  return moved
}
