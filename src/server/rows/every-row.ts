// Every row of a list, page after page as its reader takes them: what `limit=all` gives. There is no one moment that it shows.

import type { Entity } from '../../http/index.ts'
import type { Audience } from './audience.ts'
import type { Model, Row } from '../models/model.ts'
import { limits } from '../query/limits.ts'
import type { Selection } from '../query/selection.ts'
import { goesInCircles } from './page-places.ts'
import { showRows } from './show-rows.ts'
import { loadWritten } from './written-rows.ts'
import type { ListQuery } from '../store/store.ts'

/**
 * @param query without a place: it begins at the beginning.
 * @param read gives what a page is read with; in a transaction, if reads need one.
 * @param isWritten whether rows are sent as they are stored, where they are: then the database may write them.
 */
export async function* everyRow(
  model: Model,
  query: Pick<ListQuery, 'where' | 'sort'>,
  selection: Selection,
  read: <T>(run: (audience: Audience) => Promise<T>) => Promise<T>,
  isWritten: boolean,
): AsyncGenerator<Entity> {
  const limit = limits.pageSize.largest
  const readPage = (after: Place): Promise<{ entities: readonly Entity[]; place: Place }> =>
    read(async (audience) => {
      const asked = { ...query, limit, ...(after === undefined ? {} : { after }) }
      const written = isWritten ? await loadWritten(model, asked, selection, audience) : undefined
      const { entities, last } =
        written === undefined
          ? await showPage(model, asked, selection, audience)
          : { entities: written.entities, last: written.rowAt(-1) }
      const isEnd = entities.length < limit || last === undefined
      return { entities, place: isEnd ? undefined : await audience.store.placeOf(model, query.sort, last) }
    })
  let place: Place
  let seen = ''
  let pages = 0
  do {
    const page = await readPage(place)
    yield* page.entities
    place = page.place
    // One place is remembered for as many pages again as there were: no circle is too wide to be noticed.
    const text = JSON.stringify(place)
    if (text === seen) throw goesInCircles(model)
    pages += 1
    if (Number.isInteger(Math.log2(pages))) seen = text
  } while (place !== undefined)
}

type Place = readonly unknown[] | undefined

async function showPage(
  model: Model,
  query: ListQuery,
  selection: Selection,
  audience: Audience,
): Promise<{ entities: readonly Entity[]; last: Row | undefined }> {
  const rows = await audience.store.list(model, query)
  const { entities } = await showRows(model, rows, selection, audience)
  return { entities, last: rows.at(-1) }
}
