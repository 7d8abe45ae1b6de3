// One page of the rows of a model, and whether there are others on its sides.

import type { Model, Row } from '../models/model.ts'
import type { ListQuery, Store } from '../store/store.ts'

export interface LoadedPage {
  readonly rows: readonly Row[]
  readonly hasNext: boolean
  readonly hasPrevious: boolean
}

export async function loadPage(store: Store, model: Model, query: ListQuery): Promise<LoadedPage> {
  const { limit, after, before, offset = 0 } = query
  const found = await store.list(model, { ...query, limit: limit + 1 }) // one more tells whether there is another page
  const hasMore = found.length > limit
  // Whoever goes in one direction came from the other.
  if (before !== undefined) return { rows: found.slice(-limit), hasNext: true, hasPrevious: hasMore }
  return { rows: found.slice(0, limit), hasNext: hasMore, hasPrevious: after !== undefined || offset > 0 }
}
