// Rows that the database writes as JSON, for lists in which each is only what is stored of it: no row is made of them but
// those that say where a page begins and ends.

import { Entity } from '../../http/index.ts'
import { ValueFault } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import { oncePer } from '../once-per.ts'
import { namesOf, type Names } from '../query/names.ts'
import type { Selection } from '../query/selection.ts'
import type { ColumnInfo } from '../schema/table-info.ts'
import type { ListQuery } from '../store/store.ts'
import type { Audience } from './audience.ts'

export interface WrittenRows {
  readonly entities: readonly Entity[]
  /** The row at a place of the list, as far as its key and the list's order need it. */
  readonly rowAt: (index: number) => Row | undefined
}

/** Undefined where something about the rows is known to the program alone. */
export async function loadWritten(
  model: Model,
  query: ListQuery,
  selection: Selection,
  { store, view }: Audience,
): Promise<WrittenRows | undefined> {
  const names = await namesOf(model, view)
  const columns = writtenColumns(names, selection)
  if (
    columns === undefined ||
    !query.sort.every(({ column, path }) => path !== undefined || names.columns.has(column))
  ) {
    return undefined
  }
  const texts = await store.listTexts(model, query, columns)
  if (texts === undefined) return undefined
  const named = [...model.table.key, ...query.sort.map(({ column, path }) => (path === undefined ? column : ''))]
  const rowAt = (index: number): Row | undefined => rowOf(model, named, texts.at(index))
  return { entities: texts.map((text) => Entity.written(text)), rowAt }
}

/** The same array for the same names: statements are kept by it. */
const columnsOf = oncePer(({ columns }: Names): readonly ColumnInfo[] => [...columns.values()])

function writtenColumns(names: Names, { fields, expansions }: Selection): readonly ColumnInfo[] | undefined {
  if (fields !== undefined || expansions.length > 0 || names.properties.size > 0) return undefined
  return columnsOf(names)
}

function rowOf(model: Model, named: readonly string[], text: string | undefined): Row | undefined {
  if (text === undefined) return undefined
  const data = JSON.parse(text) as Readonly<Record<string, unknown>> // an object of the columns
  const row: Record<string, unknown> = {}
  for (const name of named) {
    const column = model.columns.get(name)
    const json = data[name] ?? null
    if (column !== undefined) row[name] = json === null ? null : valueOf(model, column, json)
  }
  return row
}

/** Undefined for what no caller could say. */
function valueOf(model: Model, column: ColumnInfo, json: unknown): unknown {
  try {
    return model.decode(column, json)
  } catch (error) {
    if (error instanceof ValueFault) return undefined
    throw error
  }
}
