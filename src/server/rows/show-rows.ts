// Rows as they are shown to one caller: as entities, with the titles of what they refer to, and with what is expanded inside them.

import type { Entity } from '../../http/index.ts'
import type { Audience } from './audience.ts'
import { embed } from './embed.ts'
import type { Model, Row } from '../models/model.ts'
import type { Columns } from '../query/field-rules.ts'
import { namesOf } from '../query/names.ts'
import type { Selection } from '../query/selection.ts'
import type { View } from '../query/view.ts'
import { computedOf, entityOf, loadTitles, type Look } from './represent.ts'

export interface ShownRows {
  readonly entities: readonly Entity[]
  /** Those that the caller may see. */
  readonly columns: Columns
  /** What is shown besides the stored state of the rows; undefined where that is nothing. */
  readonly besides: unknown
}

export async function showRows(
  model: Model,
  rows: readonly Row[],
  { fields, expansions }: Selection,
  audience: Audience,
): Promise<ShownRows> {
  const { store, view, hasTitles } = audience
  const names = await namesOf(model, view)
  const titles: Look['titles'] = hasTitles ? await loadTitles(names, rows, store, view) : new Map()
  const inside = async (...shown: readonly [Model, readonly Row[], Selection]): Promise<readonly Entity[]> =>
    (await showRows(...shown, audience)).entities
  const embedded = expansions.length === 0 ? undefined : await embed(model, rows, expansions, audience, inside)
  const entities = rows.map((row, index) => entityOf({ names, fields, titles }, row, embedded?.[index]))
  const computing = computedOf(names)
  const computed = computing.length === 0 ? [] : entities.map((entity) => computing.map((value) => value(entity)))
  const isWhole = fields === undefined && names.columns === model.columns
  const isPlain = isWhole && titles.size === 0 && computed.length === 0 && embedded === undefined
  if (isPlain) return { entities, columns: names.columns, besides: undefined }
  const named = [...titles].map(([{ name }, byKey]) => [name, ...byKey])
  const shown = isWhole ? [] : [...(fields ?? names.columns.keys())]
  return { entities, columns: names.columns, besides: [shown, named, computed, embedded ?? []] }
}

/** Entities of whole rows that were made already, as those of `showRows`. */
export async function shownWhole(model: Model, entities: readonly Entity[], view: View): Promise<ShownRows> {
  const columns = await view.columns(model, 'read')
  return { entities, columns, besides: columns === model.columns ? undefined : [[...columns.keys()], [], [], []] }
}
