// What is shown of rows: `fields`, and which rows with them: `expand=crust,lines.product`, of which `with.` says more:
// `with.lines.qty__gt=2&with.lines.limit=5`.

import { ValueFault } from '../../wire/index.ts'
import { shorten } from '../writes/invalid-content.ts'
import type { Sort } from '../store/store.ts'
import { all, always, type Condition } from './condition.ts'
import { badParameter } from './faults.ts'
import { conditionOfParameters } from './filter.ts'
import { conditionOfJson } from './filter-tree.ts'
import { readFields } from './fields.ts'
import { limits } from './limits.ts'
import { linkNamed, namesOf, type ModelLink, type Names } from './names.ts'
import { readNumber } from './read-number.ts'
import { readSort } from './sort.ts'
import type { View } from './view.ts'

export interface Selection {
  /** Columns and properties; undefined is all of them. */
  readonly fields: ReadonlySet<string> | undefined
  readonly expansions: readonly Expansion[]
}

/** Everything of a row, and nothing with it. */
export const wholeRow: Selection = { fields: undefined, expansions: [] }

/** Rows that are shown inside others: the one that is referred to, or a page of a data array. */
export interface Expansion {
  readonly link: ModelLink
  readonly selection: Selection
  readonly where: Condition
  readonly sort: readonly Sort[]
  readonly limit: number
  /** The filters as they were given: cursors are bound to them. */
  readonly filters: Parameters
  /** The filter as JSON, as it was given. */
  readonly json: string | undefined
  /** All that was asked for, as the list at its own URL takes it. */
  readonly parameters: Parameters
}

type Parameters = readonly (readonly [name: string, value: string])[]

/** One relation of `expand`, with what `with.` says of it. */
interface Wish {
  readonly link: ModelLink
  readonly names: Names
  /** `with.lines.` */
  readonly prefix: string
  readonly behind: ReadonlyMap<string, Wish>
  readonly words: (readonly [name: string, value: string])[]
}

/**
 * @param rows how many rows there may be for which everything is expanded.
 * @throws Problem 400
 */
export async function readSelection(
  names: Names,
  parameters: URLSearchParams,
  view: View,
  rows: number,
): Promise<Selection> {
  const fields = readFields(names, parameters.get('fields'))
  const wishes = await readWishes(names, readPaths(parameters.get('expand')), view, '')
  for (const [name, value] of parameters) {
    if (isAboutExpanded(name)) hand([name, value], wishes)
  }
  if (wishes.size === 0) return fields === undefined ? wholeRow : { fields, expansions: [] }
  const expansions = await Promise.all([...wishes.values()].map((wish) => readExpansion(wish, view)))
  refuseCost(rows, expansions)
  return { fields, expansions }
}

export function isAboutExpanded(parameter: string): boolean {
  return parameter.startsWith('with.')
}

function readPaths(text: string | null): readonly (readonly string[])[] {
  if (text === null) return []
  const paths = text.split(',').map((path) => path.split('.'))
  if (paths.length > limits.expandPaths) throw badParameter('expand', `takes at most ${limits.expandPaths} relations`)
  if (paths.some(({ length }) => length > limits.expandDepth)) {
    throw badParameter('expand', `goes through more than ${limits.expandDepth} relations`)
  }
  return paths
}

/** @param trail what leads to this model, each step with a dot behind it. */
async function readWishes(
  names: Names,
  paths: readonly (readonly string[])[],
  view: View,
  trail: string,
): Promise<ReadonlyMap<string, Wish>> {
  const wishes = new Map<string, Wish>()
  for (const [name = ''] of paths) {
    if (wishes.has(name)) continue
    const link = expandable(names, name, trail)
    const further = paths.filter((path) => path[0] === name && path.length > 1).map((path) => path.slice(1))
    const target = await namesOf(link.target, view)
    const behind = await readWishes(target, further, view, `${trail}${name}.`)
    wishes.set(name, { link, names: target, prefix: `with.${trail}${name}.`, behind, words: [] })
  }
  return wishes
}

function expandable(names: Names, name: string, trail: string): ModelLink {
  const word = shorten(trail + name, 100)
  if (names.references.get(name)?.kind === 'remote') {
    throw badParameter(
      'expand',
      `names "${word}", a row of another service, which cannot be expanded here: follow its URL`,
    )
  }
  try {
    return linkNamed(names, name)
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error
    const there = [...names.links.keys()].join(', ') || 'none'
    throw badParameter(
      'expand',
      `names "${word}", which is no relation of ${names.model.fullName}; there are: ${there}`,
    )
  }
}

/** Gives a word to the expansion that it is about. */
function hand([name, value]: readonly [string, string], wishes: ReadonlyMap<string, Wish>): void {
  const found = ownerOf(wishes, name.split('.').slice(1))
  if (found === undefined) {
    const [, first = ''] = name.split('.')
    if (wishes.has(first)) {
      const detail = `narrows what is one row: of a reference only the fields can be said, as in with.${shorten(first, 100)}.fields`
      throw badParameter(name, detail)
    }
    const expanded = [...wishes.keys()].join(', ') || 'nothing'
    const detail = `is about nothing that is expanded: it narrows a data array of expand, or takes fields of any; expanded: ${expanded}`
    throw badParameter(name, detail)
  }
  found.wish.words.push([found.word, value])
}

/** The last data array on the way: a row that is referred to can only be asked for its `fields`. */
function ownerOf(
  wishes: ReadonlyMap<string, Wish>,
  [name = '', ...rest]: readonly string[],
): { wish: Wish; word: string } | undefined {
  const wish = wishes.get(name)
  if (wish === undefined || rest.length === 0) return undefined
  const word = rest.join('.')
  const isOwn = wish.link.reference === undefined || word === 'fields'
  return ownerOf(wish.behind, rest) ?? (isOwn ? { wish, word } : undefined)
}

/** Words about an expanded list that are no comparisons. */
const listWords: readonly string[] = ['fields', 'sort', 'limit', 'where']

async function readExpansion(wish: Wish, view: View): Promise<Expansion> {
  const { link, names, prefix, words, behind } = wish
  const { model } = names
  for (const word of listWords) {
    if (words.filter(([name]) => name === word).length > 1) throw badParameter(prefix + word, 'is given more than once')
  }
  const given = new Map(words)
  const filters = words.filter(([name]) => !listWords.includes(name))
  const json = given.get('where')
  const { standard, largest } = limits.embeddedPageSize
  return {
    link,
    selection: {
      fields: readFields(names, given.get('fields') ?? null, `${prefix}fields`),
      expansions: await Promise.all([...behind.values()].map((inner) => readExpansion(inner, view))),
    },
    where: all([
      await conditionOfParameters(model, filters, view, prefix),
      json === undefined ? always : await conditionOfJson(model, `${prefix}where`, json, view),
    ]),
    sort: await readSort(model, given.get('sort') ?? null, view, `${prefix}sort`),
    limit: readNumber(`${prefix}limit`, given.get('limit'), { standard, from: 1, to: largest }),
    filters,
    json,
    parameters: parametersOf(wish),
  }
}

function parametersOf({ words, behind, prefix }: Wish): Parameters {
  const inner = [...behind.values()].flatMap(everyWish)
  const paths = inner.map((wish) => wish.prefix.slice(prefix.length, -1))
  const about = inner.flatMap((wish) =>
    wish.words.map(([name, value]) => [`with.${wish.prefix.slice(prefix.length)}${name}`, value] as const),
  )
  return [...words, ...(paths.length === 0 ? [] : [['expand', paths.join(',')] as const]), ...about]
}

function everyWish(wish: Wish): readonly Wish[] {
  return [wish, ...[...wish.behind.values()].flatMap(everyWish)]
}

/** What an answer may hold if every page in it is full. */
function refuseCost(rows: number, expansions: readonly Expansion[]): void {
  if (rows + costOf(rows, expansions) <= limits.shownRows) return
  const detail = `would show more than ${limits.shownRows} rows: lower limit, and with.….limit of the data arrays`
  throw badParameter('expand', detail)
}

function costOf(rows: number, expansions: readonly Expansion[]): number {
  let cost = 0
  for (const { link, limit, selection } of expansions) {
    const inner = link.reference === undefined ? rows * limit : rows
    cost += inner + costOf(inner, selection.expansions)
  }
  return cost
}
