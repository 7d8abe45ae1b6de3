// Rows as entities: their data in wire form, their links, and the tag of the stored row.

import { Entity, type HalLink, type HalLinks } from '../http/index.ts'
import { hashText } from '../wire/index.ts'
import type { LocalReference, Model, Reference, Row } from './model.ts'
import { all, type Condition } from './query/condition.ts'
import type { Rules } from './query/rules.ts'
import type { Store } from './store/store.ts'

/**
 * The tag of a row: a hash of what is stored in the columns that are on the wire. Hidden columns are not in it: whoever
 * knows the rest of a row could find a short secret by trying.
 */
export function rowTag(model: Model, row: Row): string {
  const stored: unknown[] = []
  for (const column of model.columns.values()) {
    const value = row[column.name]
    // A column that describes itself is taken as it is stored: what it looks like may depend on more, a directory say.
    stored.push(column.description === undefined ? model.encode(column, value) : value)
  }
  return hashText(JSON.stringify(stored))
}

/** The data of a row: its columns and computed properties under their names. */
function rowData(model: Model, row: Row, fields?: ReadonlySet<string>): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const column of model.columns.values()) {
    if (fields === undefined || fields.has(column.name)) data[column.name] = model.encode(column, row[column.name])
  }
  for (const [name, compute] of Object.entries(model.options.properties ?? {})) {
    if (fields === undefined || fields.has(name)) data[name] = (compute as (row: Row) => unknown)(row) // rows of this table
  }
  return data
}

/**
 * What the row tag does not cover of what an entity shows: computed members, columns that describe themselves, and the name
 * that HAL shows as its title.
 */
export function computedOf(model: Model, { data, links }: Entity): readonly unknown[] {
  const { display, properties = {} } = model.options
  const described = [...model.columns.values()].filter((column) => column.description !== undefined)
  const values = [...Object.keys(properties), ...described.map(({ name }) => name)].map((name) => data[name])
  const isStored = display === undefined || (typeof display === 'string' && model.columns.has(display))
  return isStored ? values : [...values, links['self']?.title]
}

/** The display of the rows that some rows refer to, by reference and key: what HAL shows as `title`. */
export type Titles = ReadonlyMap<Reference, ReadonlyMap<string, string>>

/** One statement per local reference for all rows together, under the read rule of the target. */
export async function loadTitles(model: Model, rows: readonly Row[], store: Store, rules: Rules): Promise<Titles> {
  const titles = new Map<Reference, ReadonlyMap<string, string>>()
  for (const reference of model.references.values()) {
    if (reference.kind !== 'local' || reference.columns.length !== 1) continue
    titles.set(reference, await loadTitlesOf(reference, rows, store, rules))
  }
  return titles
}

async function loadTitlesOf(
  reference: LocalReference,
  rows: readonly Row[],
  store: Store,
  rules: Rules,
): Promise<ReadonlyMap<string, string>> {
  const { target } = reference
  const [from = '', to = ''] = [reference.columns[0], reference.targetColumns[0]]
  const column = target.table.columns.get(to)
  const values = [...new Set(rows.map((row) => row[from]))].filter((value) => value !== null && value !== undefined)
  if (values.length === 0 || column === undefined) return new Map()
  const these: Condition = { kind: 'compare', column, operator: 'in', values }
  const where = all([await rules.readable(target), these])
  const found = await store.list(target, { where, sort: [], limit: values.length })
  return new Map(found.map((row) => [target.keySegment(row), target.display(row)]))
}

/** One row as an entity. */
export function entityOf(model: Model, row: Row, titles: Titles, fields?: ReadonlySet<string>): Entity {
  return new Entity(rowData(model, row, fields), instanceLinks(model, row, titles, fields), `"${rowTag(model, row)}"`)
}

function instanceLinks(model: Model, row: Row, titles: Titles, fields?: ReadonlySet<string>): HalLinks {
  const url = model.instanceUrl(row)
  const links: Record<string, HalLink> = {
    self: { href: url, title: model.display(row) },
    type: { href: `${model.url}/-/model` },
    collection: { href: model.url },
  }
  for (const reference of model.references.values()) {
    // A reference is shown with the columns that hold it.
    if (fields !== undefined && !reference.columns.every((name) => fields.has(name))) continue
    const link = referenceLink(model, row, reference, titles)
    if (link !== undefined) links[reference.name] = link
  }
  for (const name of model.dataArrays.keys()) links[name] = { href: `${url}/${name}` }
  for (const [name, { of }] of Object.entries(model.options.operations ?? {})) {
    if (of === 'instance') links[name] = { href: `${url}/${name}` }
  }
  return links
}

/** The link to what a row refers to; none where it refers to nothing. */
function referenceLink(model: Model, row: Row, reference: Reference, titles: Titles): HalLink | undefined {
  if (reference.columns.some((name) => row[name] === null || row[name] === undefined)) return undefined
  if (reference.kind === 'remote') {
    const column = model.table.columns.get(reference.name)
    return column && { href: String(model.encode(column, row[column.name])) }
  }
  const { target, columns, targetColumns } = reference
  const key = Object.fromEntries(targetColumns.map((name, index) => [name, row[columns[index] ?? '']] as const))
  if (!target.table.key.every((name) => name in key)) return undefined
  const title = titles.get(reference)?.get(target.keySegment(key))
  return title === undefined ? { href: target.instanceUrl(key) } : { href: target.instanceUrl(key), title }
}
