// Rows as entities: their data in wire form, their links, and the tag of the stored row; as much of it as somebody may name.

import { Entity, type Embedded, type HalLink, type HalLinks } from '../../http/index.ts'
import { hashText } from '../../wire/index.ts'
import type { LocalReference, Model, Reference, Row } from '../models/model.ts'
import { operationLink } from '../models/operation-places.ts'
import { oncePer } from '../once-per.ts'
import { all, type Condition } from '../query/condition.ts'
import type { Columns } from '../query/field-rules.ts'
import { namesOf, type Names } from '../query/names.ts'
import type { View } from '../query/view.ts'
import type { Store } from '../store/store.ts'

/**
 * The tag of a row: a hash of what is stored in the columns that its reader may see. Others are not in it: whoever
 * knows the rest of a row could find a short secret by trying. Where the model has a version column, it is the version.
 */
export function rowTag(model: Model, row: Row, columns: Columns): string {
  const { version } = model.options
  if (version !== undefined) return String(row[version])
  const stored: Record<string, unknown> = {}
  for (const column of columns.values()) {
    const value = row[column.name]
    // A column that describes itself is taken as it is stored: what it looks like may depend on more, a directory say.
    stored[column.name] = column.description === undefined ? model.encode(column, value) : value
  }
  return hashText(JSON.stringify(stored))
}

/** Whether the text that is shown is the text that `rowTag` hashes, which then needs no other. */
const showsStored = oncePer(({ model: { options }, columns, properties }: Names): boolean => {
  if (options.version !== undefined || properties.size > 0) return false
  for (const { description } of columns.values()) if (description !== undefined) return false
  return true
})

function tagMaker({ names, fields }: Look, row: Row): (entity: Entity) => string {
  if (fields === undefined && showsStored(names)) return ofText
  return () => `"${rowTag(names.model, row, names.columns)}"`
}

function ofText({ text }: Entity): string {
  return `"${hashText(text)}"`
}

/** What is shown of the rows of one model. */
export interface Look {
  readonly names: Names
  /** Columns and properties; undefined is all of them. */
  readonly fields: ReadonlySet<string> | undefined
  readonly titles: Titles
}

/** The data of a row: its columns and computed properties under their names. */
function rowData({ names: { model, columns, properties }, fields }: Look, row: Row): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const column of columns.values()) {
    if (fields === undefined || fields.has(column.name)) data[column.name] = model.encode(column, row[column.name])
  }
  for (const name of properties) {
    if (fields === undefined || fields.has(name)) data[name] = model.properties.get(name)?.compute(row)
  }
  return data
}

/**
 * What the row tag does not cover of what an entity shows: computed members, columns that describe themselves, and the name
 * that HAL shows as its title.
 */
export const computedOf: (names: Names) => readonly ((entity: Entity) => unknown)[] = oncePer(
  ({ model, columns, properties }) => {
    const { display } = model.options
    const described = [...columns.values()].filter((column) => column.description !== undefined)
    const members = [...properties, ...described.map(({ name }) => name)].map(
      (name) =>
        ({ data }: Entity): unknown =>
          data[name],
    )
    const isStored = display === undefined || (typeof display === 'string' && model.columns.has(display))
    return isStored ? members : [...members, ({ links }) => links['self']?.title]
  },
)

/** The display of the rows that some rows refer to, by reference and key: what HAL shows as `title`. */
export type Titles = ReadonlyMap<Reference, ReadonlyMap<string, string>>

/** One statement per local reference for all rows together, under the read rule of the target. */
export async function loadTitles(names: Names, rows: readonly Row[], store: Store, view: View): Promise<Titles> {
  const titles = new Map<Reference, ReadonlyMap<string, string>>()
  for (const reference of names.references.values()) {
    if (reference.kind !== 'local' || reference.columns.length !== 1) continue
    titles.set(reference, await loadTitlesOf(reference, rows, store, view))
  }
  return titles
}

async function loadTitlesOf(
  reference: LocalReference,
  rows: readonly Row[],
  store: Store,
  view: View,
): Promise<ReadonlyMap<string, string>> {
  const { target } = reference
  const [from = '', to = ''] = [reference.columns[0], reference.targetColumns[0]]
  const column = target.table.columns.get(to)
  const values = [...new Set(rows.map((row) => row[from]))].filter((value) => value !== null && value !== undefined)
  if (values.length === 0 || column === undefined) return new Map()
  const these: Condition = { kind: 'compare', column, operator: 'in', values }
  const where = all([await view.readable(target), these])
  const found = await store.list(target, { where, sort: [], limit: values.length })
  const names = await namesOf(target, view)
  return new Map(found.map((row) => [target.keySegment(row), titleOf(names, row)]))
}

/** As much of a title as is shown: it stands in header fields, and with every row that refers to its own. */
const maxTitle = 200

/** The display of a row, as far as it may be seen: else its key. */
export function titleOf({ model, columns }: Names, row: Row): string {
  const { display } = model.options
  const isHidden = typeof display === 'string' && model.columns.has(display) && !columns.has(display)
  const title = isHidden ? model.keyText(row) : model.display(row)
  return title.length > maxTitle ? shortened(title) : title
}

/** A character is never cut in two. */
function shortened(title: string): string {
  const characters = Array.from(title.slice(0, 2 * maxTitle + 2))
  return characters.length > maxTitle ? `${characters.slice(0, maxTitle).join('')}…` : title
}

/** One row as an entity. */
export function entityOf(look: Look, row: Row, embedded?: Embedded): Entity {
  return new Entity(rowData(look, row), () => instanceLinks(look, row), tagMaker(look, row), embedded)
}

/** The same of every row. */
const linksOfType = oncePer(({ url }: Model) => ({ type: { href: `${url}/-/model` }, collection: { href: url } }))

function instanceLinks({ names, fields, titles }: Look, row: Row): HalLinks {
  const { model, references, links: known } = names
  const url = model.instanceUrl(row)
  const self = { href: url, title: titleOf(names, row) }
  const links: Record<string, HalLink> = { self, ...linksOfType(model) }
  for (const reference of references.values()) {
    // A reference is shown with the columns that hold it.
    if (fields !== undefined && !reference.columns.every((name) => fields.has(name))) continue
    const link = referenceLink(model, row, reference, titles)
    if (link !== undefined) links[reference.name] = link
  }
  for (const { name, reference } of known.values()) {
    if (reference === undefined) links[name] = { href: `${url}/${name}` }
  }
  for (const [name, definition] of model.operations.own) {
    if (definition.of === 'instance') links[name] = operationLink(model, name, definition, model.keySegment(row))
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
