// One page of the rows of a model, and whether there are others on its sides.

import type { Model, Row } from '../models/model.ts'
import type { ListQuery, Store } from '../store/store.ts'

interface Sides {
  readonly hasNext: boolean
  readonly hasPrevious: boolean
}

/** A page of anything that stands for rows. */
interface PageOf<Item> extends Sides {
  readonly items: readonly Item[]
}

export interface LoadedPage extends Sides {
  readonly rows: readonly Row[]
}

export async function loadPage(store: Store, model: Model, query: ListQuery): Promise<LoadedPage> {
  const { items: rows, ...sides } = pageOf(await store.list(model, oneMore(query)), query)
  return { rows, ...sides }
}

/** One more row tells whether there is another page. */
export function oneMore(query: ListQuery): ListQuery {
  return { ...query, limit: query.limit + 1 }
}

/** @param found what there is for `oneMore`. */
export function pageOf<Item>(found: readonly Item[], { limit, after, before, offset = 0 }: ListQuery): PageOf<Item> {
  const hasMore = found.length > limit
  // Whoever goes in one direction came from the other.
  if (before !== undefined) return { items: found.slice(-limit), hasNext: true, hasPrevious: hasMore }
  return { items: found.slice(0, limit), hasNext: hasMore, hasPrevious: after !== undefined || offset > 0 }
}
