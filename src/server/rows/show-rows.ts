// Rows as they are shown to one caller: as entities, with the titles of what they refer to, and with what is expanded inside them.

import type { Embedded, Entity } from '../../http/index.ts'
import { after, type Awaitable } from '../../wire/index.ts'
import type { Audience } from './audience.ts'
import { embed } from './embed.ts'
import type { Model, Row } from '../models/model.ts'
import type { Columns } from '../query/field-rules.ts'
import { namesOf, type Names } from '../query/names.ts'
import type { Selection } from '../query/selection.ts'
import type { View } from '../query/view.ts'
import { computedOf, entityOf, loadTitles, type Look } from './represent.ts'

const noTitles: Look['titles'] = new Map()

export interface ShownRows {
  readonly entities: readonly Entity[]
  /** Those that the caller may see. */
  readonly columns: Columns
  /** What is shown besides the stored state of the rows; undefined where that is nothing. */
  readonly besides: unknown
}

export function showRows(
  model: Model,
  rows: readonly Row[],
  selection: Selection,
  audience: Audience,
): Awaitable<ShownRows> {
  const isAlone = !audience.hasTitles && selection.expansions.length === 0
  return after(namesOf(model, audience.view), (names) =>
    isAlone
      ? shownAs({ names, fields: selection.fields, titles: noTitles }, rows)
      : showWith(names, rows, selection, audience),
  )
}

/** With what rows of others give to it. */
async function showWith(
  names: Names,
  rows: readonly Row[],
  { fields, expansions }: Selection,
  audience: Audience,
): Promise<ShownRows> {
  const { store, view, hasTitles } = audience
  const titles = hasTitles ? await loadTitles(names, rows, store, view) : noTitles
  const inside = async (...shown: readonly [Model, readonly Row[], Selection]): Promise<readonly Entity[]> =>
    (await showRows(...shown, audience)).entities
  const embedded = expansions.length === 0 ? undefined : await embed(names.model, rows, expansions, audience, inside)
  return shownAs({ names, fields, titles }, rows, embedded)
}

function shownAs(look: Look, rows: readonly Row[], embedded?: readonly Embedded[]): ShownRows {
  const { names, fields, titles } = look
  const entities = rows.map((row, index) => entityOf(look, row, embedded?.[index]))
  const computing = computedOf(names)
  const computed = computing.length === 0 ? [] : entities.map((entity) => computing.map((value) => value(entity)))
  const isWhole = fields === undefined && names.columns === names.model.columns
  const isPlain = isWhole && titles.size === 0 && computed.length === 0 && embedded === undefined
  if (isPlain) return { entities, columns: names.columns, besides: undefined }
  const named = [...titles].map(([{ name }, byKey]) => [name, ...byKey])
  const shown = isWhole ? [] : [...(fields ?? names.columns.keys())]
  return { entities, columns: names.columns, besides: [shown, named, computed, embedded ?? []] }
}

/** Entities of whole rows that were made already, as those of `showRows`. */
export function shownWhole(model: Model, entities: readonly Entity[], view: View): Awaitable<ShownRows> {
  return after(view.columns(model, 'read'), (columns) => {
    const besides = columns === model.columns ? undefined : [[...columns.keys()], [], [], []]
    return { entities, columns, besides }
  })
}
