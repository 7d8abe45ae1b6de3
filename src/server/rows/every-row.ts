// Every row of a list, page after page as its reader takes them: what `limit=all` gives. There is no one moment that it shows.

import type { Entity } from '../../http/index.ts'
import type { Audience } from './audience.ts'
import type { Model } from '../models/model.ts'
import { limits } from '../query/limits.ts'
import type { Selection } from '../query/selection.ts'
import { showRows } from './show-rows.ts'
import type { ListQuery } from '../store/store.ts'

/**
 * @param query without a place: it begins at the beginning.
 * @param read gives what a page is read with; in a transaction, if reads need one.
 */
export async function* everyRow(
  model: Model,
  query: Pick<ListQuery, 'where' | 'sort'>,
  selection: Selection,
  read: <T>(run: (audience: Audience) => Promise<T>) => Promise<T>,
): AsyncGenerator<Entity> {
  const limit = limits.pageSize.largest
  const readPage = (after: Place): Promise<{ entities: readonly Entity[]; place: Place }> =>
    read(async (audience) => {
      const rows = await audience.store.list(model, { ...query, limit, ...(after === undefined ? {} : { after }) })
      const { entities } = await showRows(model, rows, selection, audience)
      const last = rows.length < limit ? undefined : rows.at(-1)
      return { entities, place: last && (await audience.store.placeOf(model, query.sort, last)) }
    })
  let place: Place
  do {
    const page = await readPage(place)
    yield* page.entities
    place = page.place
  } while (place !== undefined)
}

type Place = readonly unknown[] | undefined
