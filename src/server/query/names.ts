// The one resolver of names: filters, sorts, fields, expansions and what is shown all look here for what somebody may name.
// What may not be seen is told of in the same words as what does not exist.

import { ValueFault, type Awaitable } from '../../wire/index.ts'
import { shorten } from '../writes/invalid-content.ts'
import type { DataArray, LocalReference, Model, Reference, Step } from '../models/model.ts'
import { oncePer } from '../once-per.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import type { Relation } from './condition.ts'
import type { Columns } from './field-rules.ts'
import type { View } from './view.ts'

/** What somebody may name of one model. */
export interface Names {
  readonly model: Model
  readonly columns: Columns
  readonly properties: ReadonlySet<string>
  readonly references: ReadonlyMap<string, Reference>
  /** Local references and data arrays: what leads to other rows of this service. */
  readonly links: ReadonlyMap<string, ModelLink>
}

/** A way from one model to another by its name. */
export interface ModelLink {
  readonly name: string
  readonly relation: Relation
  /** Each under the read rule of its target. */
  readonly steps: readonly [Step, ...Step[]]
  readonly target: Model
  /** Undefined for a data array, which leads to many rows. */
  readonly reference: LocalReference | undefined
}

/** Of models that no field rule touches: what everybody may name of them. */
const namesForAll = new WeakMap<Model, Awaitable<Names>>()
const namesOfView = oncePer<View, WeakMap<Model, Awaitable<Names>>>(() => new WeakMap())

/** Found once per model and view; where no field rule can tell callers apart, once for all of them. */
export function namesOf(model: Model, view: View): Awaitable<Names> {
  const known = view.seesHidden !== true && isSameForAll(model) ? namesForAll : namesOfView(view)
  const before = known.get(model)
  if (before !== undefined) return before
  const names = findNames(model, view)
  known.set(model, names)
  names.then(
    (found) => known.set(model, found),
    () => undefined, // whoever has asked is told
  )
  return names
}

/** No field rule, neither of the model nor of those that hold its data arrays. */
function isSameForAll(model: Model): boolean {
  if (model.options.fields !== undefined) return false
  for (const { along } of model.dataArrays.values()) {
    for (const { holder } of along) if (holder.options.fields !== undefined) return false
  }
  return true
}

async function findNames(model: Model, view: View): Promise<Names> {
  const [references, dataArrays] = [await view.references(model), await view.dataArrays(model)]
  const [columns, properties] = [await view.columns(model, 'read'), await view.properties(model)]
  return { model, columns, properties, references, links: linksOf(references, dataArrays) }
}

/** All names there are, for what the program itself says: its rules. */
export function allNamesOf(model: Model): Names {
  const { everyReference: references, everyDataArray: dataArrays } = model
  const properties = new Set(model.properties.keys())
  return { model, columns: model.table.columns, properties, references, links: linksOf(references, dataArrays) }
}

function linksOf(
  references: ReadonlyMap<string, Reference>,
  dataArrays: ReadonlyMap<string, DataArray>,
): ReadonlyMap<string, ModelLink> {
  const links = new Map<string, ModelLink>()
  for (const reference of references.values()) {
    if (reference.kind !== 'local') continue
    const { name, target } = reference
    links.set(name, { name, relation: { kind: 'reference', reference }, steps: [reference], target, reference })
  }
  for (const dataArray of dataArrays.values()) {
    const { name, steps, source: target } = dataArray
    links.set(name, { name, relation: { kind: 'data array', dataArray }, steps, target, reference: undefined })
  }
  return links
}

/** The column of this name, or of the key's name `pk`. Throws ValueFault. */
export function columnNamed(names: Names, name: string): ColumnInfo {
  const column = names.columns.get(columnNameOf(names, name))
  if (column === undefined) throw unknownName(names, name)
  return column
}

export function isColumnName(names: Names, name: string): boolean {
  return names.columns.has(columnNameOf(names, name))
}

/** `pk` is the key of any model that has a key of one column. */
function columnNameOf({ model: { table } }: Names, name: string): string {
  return name === 'pk' && table.key.length === 1 ? (table.key[0] ?? name) : name
}

/** What leads to other rows under this name. Throws ValueFault. */
export function linkNamed(names: Names, name: string): ModelLink {
  const link = names.links.get(name)
  if (link !== undefined) return link
  throw isColumnName(names, name) ? noRelation(name) : unknownName(names, name)
}

/** Of a column in the middle of a path. */
export function noRelation(name: string, hint = ''): ValueFault {
  return new ValueFault(`leads through "${name}", which is no relation but a field${hint}`)
}

/** What leads to other rows under this name of a filter that is an object, where nothing has a `.` or an operator in its name. */
export function linkOfMember(names: Names, name: string): ModelLink {
  try {
    return linkNamed(names, name)
  } catch (error) {
    const parts = name.split(/\.|__/)
    if (!(error instanceof ValueFault) || parts.length === 1) throw error
    const nested = parts.reduceRight((inner, part) => `{${JSON.stringify(part)}:${inner}}`, '…')
    throw new ValueFault(`${error.message}; one inside the other, it is ${shorten(nested, 100)}`)
  }
}

/** What there is instead. */
export function unknownName({ model, columns, links }: Names, name: string): ValueFault {
  const link = links.get(name)
  if (link !== undefined) {
    const held = (link.reference?.columns ?? []).map((column) => `"${column}" or `)
    return new ValueFault(`is a relation: name ${held.join('')}a field behind it, such as "${name}.pk"`)
  }
  const behind = [...links.keys()].map((each) => `${each}.…`)
  const there = [...columns.keys(), ...behind].join(', ')
  const word = shorten(name, 100)
  return new ValueFault(`is not known: ${model.fullName} has no "${word}" to filter or sort by; there are: ${there}`)
}
