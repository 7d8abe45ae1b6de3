// What is asked for with a row: which of its fields, and what is behind its relations, to any depth the service allows.

import type { ModelDocument } from '../wire/index.ts'
import { memberOf, nameOf, relationOf } from './contract.ts'
import { encodeFilter, parametersOf, type Parameters } from './encode.ts'
import { unknownName } from './errors.ts'
import type { Network } from './network.ts'

/** What of the rows is asked for; `sort` and `limit` are for lists of them. */
export interface Selection {
  readonly sort?: readonly string[]
  readonly limit?: number
  readonly fields?: readonly string[]
  readonly expand?: Expansions
}

/** How one relation is expanded; `filter` is for data arrays. */
export interface Expansion extends Selection {
  readonly filter?: object
}

/** By relation: `{ shop: true, lines: { limit: 5, expand: { pizza: true } } }`. */
export type Expansions = Readonly<Record<string, boolean | Expansion | undefined>>

/** Names as the object they stand for: `expand('shop', { lines: { limit: 5 } })`. */
export function expansionsOf(what: readonly (string | object)[]): Expansions {
  return Object.assign({}, ...what.map((each) => (typeof each === 'string' ? { [each]: true } : each))) as Expansions
}

/** As parameters of a URL: `sort`, `limit`, `fields`, `expand`, and the same of what is expanded as `with.…`. */
export function selectionParameters(model: ModelDocument, selection: Selection, network: Network): Parameters {
  const paths: string[] = []
  const parameters = parametersAt('', model, selection, network, paths)
  return [...parameters, ...parameter('expand', paths)]
}

/** @param paths is added to: the relations that are expanded. */
function parametersAt(
  path: string,
  model: ModelDocument,
  { sort, limit, fields = [], expand = {} }: Selection,
  network: Network,
  paths: string[],
): Parameters {
  const at = path === '' ? '' : `with.${path}`
  // Without its column nobody could tell a reference that is null from one that was left out.
  const expanded = Object.entries(expand).filter((entry): entry is [string, true | Expansion] => Boolean(entry[1]))
  const columns = expanded.flatMap(([name]) => memberOf(model.references, name)?.field ?? [])
  const asked = fields.length === 0 ? fields : [...new Set([...fields, ...columns])]
  const behind = expanded.flatMap(([name, expansion]): Parameters => {
    const relation = relationOf(model, name)
    if (relation === undefined) {
      throw unknownName('relation', name, nameOf(model), Object.keys({ ...model.references, ...model.dataArrays }))
    }
    paths.push(path + name)
    if (expansion === true) return []
    const below = `${path}${name}.`
    const target = network.modelOf(relation.model)
    const filter = encodeFilter(target, [expansion.filter ?? {}], network)
    const narrowed = parametersOf(target, filter, network, `with.${below}`)
    return [...narrowed, ...parametersAt(below, target, expansion, network, paths)]
  })
  return [
    ...parameter(`${at}sort`, sort),
    ...parameter(`${at}limit`, limit),
    ...parameter(`${at}fields`, asked),
    ...behind,
  ]
}

/** Several values as one, separated by commas; no parameter where there is none. */
function parameter(name: string, value: readonly string[] | number | undefined): Parameters {
  const text = String(value ?? '')
  return text === '' ? [] : [[name, text]]
}
