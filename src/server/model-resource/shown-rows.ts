// Rows as a resource shows them: its members as far as the caller may read them, with what is related to them.

import type { Awaitable, HalLink } from '../../http/index.ts'
import type { Model, Row } from '../models/model.ts'
import type { Condition } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'
import type { Store } from '../store/store.ts'
import { maxDepth } from './field-plan.ts'
import type { Member, RelatedMember } from './member.ts'
import { loadRelated } from './related-rows.ts'

export interface ShownRow {
  readonly data: Readonly<Record<string, unknown>>
  /** What is shown of what is stored in the row itself, by name: its state. */
  readonly stored: readonly (readonly [name: string, value: unknown])[]
  /** To what it refers to, where that has a URL. */
  readonly links: Readonly<Record<string, HalLink>>
}

/** What rows are shown with. */
export interface Surroundings {
  readonly store: Store
  readonly rules: Rules
  /** How many selections it is inside, its own included. */
  readonly depth: number
  /** Which rows of a model are there for the caller. */
  readonly readable: (model: Model) => Awaitable<Condition>
  /** As the default resource of the model shows them; undefined where there is none, or it is itself being shown: loops end there. */
  showByDefault(model: Model, rows: readonly Row[], depth: number): Promise<readonly object[]> | undefined
  /** Where the default resource of a model is for each of its rows. */
  linksTo(model: Model): Promise<(row: Row) => HalLink | undefined>
}

interface Part {
  readonly as: string
  readonly valueOf: (row: Row) => unknown
  /** Of a column: what is stored. */
  readonly storedOf?: (row: Row) => unknown
  readonly linkOf?: (row: Row) => HalLink | undefined
}

/** Field rules are asked here, once for all rows. What the caller may not read is left out. */
export async function showRows(
  model: Model,
  members: readonly Member[],
  rows: readonly Row[],
  surroundings: Surroundings,
): Promise<readonly ShownRow[]> {
  const parts: Part[] = []
  for (const member of members) {
    const part = await partOf(model, member, rows, surroundings)
    if (part !== undefined) parts.push(part)
  }
  return rows.map((row) => {
    const data: Record<string, unknown> = {}
    const stored: [string, unknown][] = []
    const links: Record<string, HalLink> = {}
    for (const { as, valueOf, storedOf, linkOf } of parts) {
      const value = valueOf(row)
      Object.defineProperty(data, as, { value, enumerable: true, configurable: true, writable: true }) // `__proto__`, too
      if (storedOf !== undefined) stored.push([as, storedOf(row)])
      const link = linkOf?.(row)
      if (link !== undefined) links[as] = link
    }
    return { data, stored, links }
  })
}

async function partOf(
  model: Model,
  member: Member,
  rows: readonly Row[],
  surroundings: Surroundings,
): Promise<Part | undefined> {
  const { name, as, kind } = member
  const { rules } = surroundings
  switch (kind) {
    case 'column': {
      const column = (await rules.columns(model, 'read')).get(name)
      if (column === undefined) return undefined
      const valueOf = (row: Row): unknown => model.encode(column, row[name])
      // What a column that describes itself looks like may depend on more than the row, a directory say.
      return { as, valueOf, storedOf: column.description === undefined ? valueOf : (row) => row[name] }
    }
    case 'property':
      if (!(await rules.properties(model)).has(name)) return undefined
      return { as, valueOf: member.compute }
    case 'computed':
      return { as, valueOf: member.compute }
    case 'reference':
      return (await rules.references(model)).has(name) ? await relatedPart(member, rows, surroundings) : undefined
    case 'data array':
      return (await rules.dataArrays(model)).has(name) ? await relatedPart(member, rows, surroundings) : undefined
  }
}

/** A reference is a row or null, a data array a list. */
async function relatedPart(member: RelatedMember, rows: readonly Row[], surroundings: Surroundings): Promise<Part> {
  const { as, kind, target } = member
  const relatedTo = await loadRelated(member, rows, surroundings.store, surroundings.readable)
  const keyOf = (row: Row): string => target.keySegment(row)
  const distinct = [...new Map(rows.flatMap(relatedTo).map((row) => [keyOf(row), row])).values()]
  const shown = await showRelated(member, distinct, surroundings)
  const shownByKey = new Map(distinct.map((row, index) => [keyOf(row), shown[index]]))
  if (kind === 'data array') {
    return { as, valueOf: (row) => relatedTo(row).map((related) => shownByKey.get(keyOf(related))) }
  }
  const linkTo = await surroundings.linksTo(target)
  return {
    as,
    valueOf(row) {
      const [related] = relatedTo(row)
      return related === undefined ? null : shownByKey.get(keyOf(related))
    },
    linkOf(row) {
      const [related] = relatedTo(row)
      return related && linkTo(related)
    },
  }
}

/** Chosen fields, the default resource, the key: in this order, as far as the depth allows. */
async function showRelated(
  { target, selected: { members } }: RelatedMember,
  rows: readonly Row[],
  surroundings: Surroundings,
): Promise<readonly unknown[]> {
  const depth = surroundings.depth + 1
  if (depth <= maxDepth && members !== undefined) {
    return (await showRows(target, members, rows, { ...surroundings, depth })).map(({ data }) => data)
  }
  const byDefault = depth > maxDepth ? undefined : surroundings.showByDefault(target, rows, depth)
  return (await byDefault) ?? rows.map((row) => shownKey(target, row))
}

/** The value of a key of one column, an object of the columns of a longer one. */
function shownKey(model: Model, row: Row): unknown {
  const values = model.table.key.map((name) => {
    const column = model.table.columns.get(name)
    return [name, column && model.encode(column, row[name])] as const
  })
  return values.length === 1 ? values[0]?.[1] : Object.fromEntries(values)
}
