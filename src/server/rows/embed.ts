// What is expanded: the rows behind each relation for all rows of a page together, never one by one, under the read rules on the way.

import { Page, Problem, type Embedded, type Entity, type HalLink, type Hypermedia } from '../../http/index.ts'
import type { Audience } from './audience.ts'
import type { Model, Row, Step } from '../models/model.ts'
import { all, never, type Condition } from '../query/condition.ts'
import { bindingOf } from '../query/list-query.ts'
import type { Expansion, Selection } from '../query/selection.ts'
import { searchOf } from '../search-of.ts'
import { shortPlace } from '../store/long-place.ts'
import type { GroupedRow } from '../store/store.ts'

/** So many values in one statement; keys of several columns make a comparison each, which databases take fewer of. */
const valuesAtOnce = { single: 1_000, composite: 200 } as const

/** Makes entities of the rows inside, which may have rows inside again. */
type Show = (model: Model, rows: readonly Row[], selection: Selection) => Promise<readonly Entity[]>

/** What stands inside each row, in the order of the rows. */
export async function embed(
  model: Model,
  rows: readonly Row[],
  expansions: readonly Expansion[],
  audience: Audience,
  show: Show,
): Promise<readonly Embedded[]> {
  const found: (readonly [name: string, of: (row: Row) => Hypermedia | Problem | undefined])[] = []
  for (const expansion of expansions) {
    const { name, reference } = expansion.link
    const load = reference === undefined ? loadPages : loadReferred
    found.push([name, await load(model, rows, expansion, audience, show)])
  }
  return rows.map((row) => {
    const entities: Record<string, Hypermedia> = {}
    const problems: Record<string, unknown> = {}
    for (const [name, of] of found) {
      const content = of(row)
      if (content instanceof Problem) problems[name] = content.toDocument()
      else if (content !== undefined) entities[name] = content
    }
    return { entities, problems }
  })
}

/** The row that each refers to; a problem where there is none that the caller may read. */
async function loadReferred(
  _model: Model,
  rows: readonly Row[],
  { link, selection }: Expansion,
  audience: Audience,
  show: Show,
): Promise<(row: Row) => Entity | Problem | undefined> {
  const { target, steps } = link
  const [step] = steps
  const readable = await audience.view.readable(target)
  const found: Row[] = []
  for (const these of membership(step, rows)) {
    const query = { where: all([readable, these.condition]), sort: [], limit: these.count }
    found.push(...(await audience.store.list(target, query)))
  }
  const entities = await show(target, found, selection)
  const { columns, targetColumns } = step
  const byKey = new Map(found.map((row, index) => [textOf(step, valuesOf(row, targetColumns)), entities[index]]))
  const missing = new Problem(404, 'There is no such row, or none that you may read.', { code: 'not-found' })
  return (row) => {
    const values = valuesOf(row, columns)
    return values.includes(null) ? undefined : (byKey.get(textOf(step, values)) ?? missing)
  }
}

/** A page of the rows that belong to each. */
async function loadPages(
  model: Model,
  rows: readonly Row[],
  expansion: Expansion,
  audience: Audience,
  show: Show,
): Promise<(row: Row) => Page> {
  const { link, where, limit, sort, selection } = expansion
  const [first, second] = link.steps
  const readable = all([await audience.view.readable(link.target), where])
  const ofFirst = second === undefined ? readable : await audience.view.readable(first.target)
  const members = new Map<string, GroupedRow[]>()
  const taken = new Set<Row>()
  for (const these of membership(first, rows)) {
    const inFirst = all([ofFirst, these.condition])
    const found = await audience.store.listGrouped(link.target, {
      where: second === undefined ? inFirst : readable,
      sort,
      limit: limit + 1, // one more tells whether there is a next page
      by: first.targetColumns,
      ...(second === undefined ? {} : { join: { model: first.target, step: second, where: inFirst } }),
    })
    for (const member of found) {
      const text = textOf(first, member.group)
      const before = members.get(text) ?? []
      members.set(text, before)
      before.push(member)
      if (before.length <= limit) taken.add(member.row)
    }
  }
  const shown = [...taken]
  const entities = await show(link.target, shown, selection)
  const entityOf = new Map(shown.map((row, index) => [row, entities[index]] as const))
  const pages = new Map<Row, Page>()
  for (const row of rows) {
    const own = members.get(textOf(first, valuesOf(row, first.columns))) ?? []
    const items = own.slice(0, limit).flatMap((each) => entityOf.get(each.row) ?? [])
    const end = own.length > limit ? own[limit - 1]?.place : undefined
    pages.set(row, new Page(items, await linksOf(`${model.instanceUrl(row)}/${link.name}`, expansion, end, audience)))
  }
  return (row) => pages.get(row) ?? new Page([], {})
}

/**
 * The page inside a row is the beginning of the list at its own URL.
 *
 * @param end where it ends, if there are more rows.
 */
async function linksOf(
  listUrl: string,
  { link, sort, filters, json, parameters }: Expansion,
  end: readonly unknown[] | undefined,
  { cursors, caller }: Audience,
): Promise<Record<string, HalLink>> {
  const search = new URLSearchParams(parameters.map(([name, value]) => [name, value]))
  const links: Record<string, HalLink> = { self: { href: listUrl + searchOf(search) } }
  if (end === undefined) return links
  const place = shortPlace(link.target, sort, end)
  search.set('after', cursors.write(place, bindingOf({ listUrl, caller }, filters, sort, [json ?? null, undefined])))
  links['next'] = { href: listUrl + searchOf(search) }
  return links
}

/** The condition that a row is at the other end of the step from one of these, part by part. */
export function membership(step: Step, rows: readonly Row[]): readonly { condition: Condition; count: number }[] {
  const { columns, target, targetColumns } = step
  const keys = new Map<string, readonly unknown[]>()
  for (const row of rows) {
    const values = valuesOf(row, columns)
    if (!values.includes(null)) keys.set(textOf(step, values), values)
  }
  const infos = targetColumns.flatMap((name) => target.table.columns.get(name) ?? [])
  const [column, ...others] = infos
  if (column === undefined) return []
  const isSingle = others.length === 0
  return chunks([...keys.values()], isSingle ? valuesAtOnce.single : valuesAtOnce.composite).map((part) => {
    const count = part.length
    if (isSingle) {
      const values = part.map(([value]) => value)
      return { count, condition: { kind: 'compare', column, operator: 'in', values } }
    }
    const conditions = part.map((values) =>
      all(
        infos.map((info, index): Condition => ({
          kind: 'compare',
          column: info,
          operator: 'eq',
          values: [values[index]],
        })),
      ),
    )
    return { count, condition: conditions.length === 0 ? never : { kind: 'any', conditions } }
  })
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const parts: T[][] = []
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size))
  return parts
}

export function valuesOf(row: Row, columns: readonly string[]): readonly unknown[] {
  return columns.map((name) => row[name] ?? null)
}

/** Equal for equal values, whatever the driver gives on either side of the relation: 1, '1' and 1n. */
export function textOf({ target, targetColumns }: Step, values: readonly unknown[]): string {
  return JSON.stringify(
    targetColumns.map((name, index) => {
      const column = target.table.columns.get(name)
      return column === undefined ? null : String(target.encode(column, values[index]))
    }),
  )
}
