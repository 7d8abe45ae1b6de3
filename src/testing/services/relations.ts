// How models are tied together, told from their documents: which columns hold keys, what both ends are called, what lies between.

import type { FieldDocument, ModelDocument } from '../../wire/index.ts'
import type { HeldKey } from '../database/tables.ts'

/** A reference by the columns that hold it. */
interface NamedKey extends HeldKey {
  readonly name: string
  /** The data array at the other end, where the documents tell it. */
  readonly inverse: string | undefined
}

/** Rows that a join table ties to those of a model. */
interface Joined {
  readonly name: string
  readonly source: ModelDocument
  /** The model that the join table is; undefined where no document tells of it. */
  readonly through: ModelDocument | undefined
}

export interface Relations {
  readonly keys: readonly NamedKey[]
  readonly joined: readonly Joined[]
}

/** By the URL of the model. */
export function relationsOf(models: readonly ModelDocument[]): ReadonlyMap<string, Relations> {
  const byUrl = new Map(models.map((model) => [model.url, model]))
  const keys = new Map<string, NamedKey[]>(models.map(({ url }) => [url, []]))
  const joined = new Map<string, Joined[]>(models.map(({ url }) => [url, []]))
  for (const source of models) {
    for (const [name, { field, targetField, model }] of Object.entries(source.references)) {
      const target = byUrl.get(model)
      const targetColumns = target === undefined ? undefined : referredBy(source.fields[field], target, targetField)
      if (target === undefined || targetColumns === undefined) continue
      keys.get(source.url)?.push({ name, columns: [field], target, targetColumns, inverse: undefined, isOwned: false })
    }
    keys.get(source.url)?.push(...compositeKeys(source, byUrl))
  }
  for (const target of models) {
    for (const source of models) {
      const own = keys.get(source.url) ?? []
      const arrays = Object.entries(target.dataArrays).flatMap(([name, array]) =>
        array.model === source.url ? [name] : [],
      )
      const inverses = inversesOf(
        arrays,
        own.filter((key) => key.target === target),
        source,
      )
      const others = arrays.filter((name) => ![...inverses.values()].includes(name))
      keys.set(
        source.url,
        own.map((key) => (inverses.has(key) ? withInverse(key, inverses.get(key)) : key)),
      )
      const tables = models.filter((model) => isJoin(model, target, source))
      joined.get(target.url)?.push(...others.map((name, index) => ({ name, source, through: tables[index] })))
    }
  }
  return new Map(models.map(({ url }) => [url, { keys: keys.get(url) ?? [], joined: joined.get(url) ?? [] }]))
}

/** What is told, else the key, or where that is of another type, what else is unique. Undefined for what is no reference within the service. */
function referredBy(
  field: FieldDocument | undefined,
  target: ModelDocument,
  told: string | null | undefined,
): readonly string[] | undefined {
  const unique = target.unique.filter((set) => set.length === 1)
  const sets = typeof told === 'string' ? unique.filter(([name]) => name === told) : [target.key, ...unique]
  return field?.kind === 'object'
    ? sets.find((set) => set.length === 1 && target.fields[set[0] ?? '']?.type === field.type)
    : undefined
}

function withInverse(key: NamedKey, inverse: string | undefined): NamedKey {
  return { ...key, inverse, isOwned: inverse !== undefined && key.target.dataArrays[inverse]?.owned !== undefined }
}

/** A service lists the data arrays of a model's references in their order, and what lies behind join tables after them. */
function inversesOf(
  arrays: readonly string[],
  keys: readonly NamedKey[],
  source: ModelDocument,
): ReadonlyMap<NamedKey, string> {
  if (arrays.length >= keys.length) return new Map(keys.map((key, index) => [key, arrays[index] ?? '']))
  // Some are hidden: those are known that are called as a service calls them by itself.
  const found = keys.flatMap((key): (readonly [NamedKey, string])[] => {
    const ending = `by${key.name}`.toLowerCase()
    const name = arrays.find(
      (array) => array.toLowerCase().endsWith(ending) && array.startsWith(lowerFirst(source.name)),
    )
    return name === undefined ? [] : [[key, name]]
  })
  return new Map(found)
}

/** References of several columns. One whose columns at the other end are not told, or are nothing unique there, no database could hold. */
function compositeKeys(source: ModelDocument, models: ReadonlyMap<string, ModelDocument>): readonly NamedKey[] {
  return Object.entries(source.compositeReferences ?? {}).flatMap(([name, { fields, targetFields, model }]) => {
    const target = models.get(model)
    if (target === undefined || targetFields === undefined) return []
    const isUnique = [target.key, ...target.unique].some((set) => sameNames(set, targetFields))
    const key = { name, columns: fields, target, targetColumns: targetFields, inverse: undefined, isOwned: false }
    return isUnique ? [key] : []
  })
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join()
}

function isJoin(model: ModelDocument, ...ends: readonly [ModelDocument, ModelDocument]): boolean {
  const fields = Object.values(model.references)
  const [near, far] = ends.map(({ url }) => fields.filter((reference) => reference.model === url))
  return [model.key, ...model.unique].some(
    (set) =>
      set.length === 2 &&
      near?.some((one) => far?.some((other) => set.includes(one.field) && set.includes(other.field) && one !== other)),
  )
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}
