// What is asked for with a row: which of its fields, and what is behind its relations, to any depth the service allows.

import type { ModelDocument } from '../wire/index.ts'
import { encodeFilter, nothing, parametersOf, relationOf, type Parameters } from './encode.ts'
import { UnknownName } from './errors.ts'
import type { Network } from './network.ts'

/** How one relation is expanded; `filter`, `sort` and `limit` are for data arrays. */
export interface Expansion {
  readonly filter?: object
  readonly sort?: readonly string[]
  readonly limit?: number
  readonly fields?: readonly string[]
  readonly expand?: Expansions
}

/** By relation: `{ shop: true, lines: { limit: 5, expand: { pizza: true } } }`. */
export type Expansions = Readonly<Record<string, true | Expansion>>

export interface Selection {
  readonly fields?: readonly string[]
  readonly expand?: Expansions
}

/** Names as the object they stand for: `expand('shop', { lines: { limit: 5 } })`. */
export function expansionsOf(what: readonly (string | object)[]): Expansions {
  return Object.assign({}, ...what.map((each) => (typeof each === 'string' ? { [each]: true } : each))) as Expansions
}

/** As parameters of a URL: `fields`, `expand` and `with.…`. */
export async function selectionParameters(
  model: ModelDocument,
  { fields = [], expand = {} }: Selection,
  network: Network,
): Promise<Parameters> {
  const paths: string[] = []
  const parameters = await expansionParameters(model, expand, network, '', paths)
  return [
    ...(fields.length === 0 ? [] : [['fields', fields.join(',')] as const]),
    ...(paths.length === 0 ? [] : [['expand', paths.join(',')] as const]),
    ...parameters,
  ]
}

async function expansionParameters(
  model: ModelDocument,
  expansions: Expansions,
  network: Network,
  prefix: string,
  paths: string[],
): Promise<Parameters> {
  const parameters: (readonly [string, string])[] = []
  for (const [name, expansion] of Object.entries(expansions)) {
    const url = targetOf(model, name)
    paths.push(`${prefix}${name}`)
    if (expansion === true) continue
    const { filter, sort = [], limit, fields = [], expand = {} } = expansion
    const at = `with.${prefix}${name}.`
    const target = await network.modelOf(url)
    if (filter !== undefined) {
      const narrowed = await parametersOf(target, await encodeFilter(target, filter, network), network, at)
      if (narrowed === nothing) {
        throw new TypeError(`The filter of ${prefix}${name} lets nothing through: leave it out.`)
      }
      parameters.push(...narrowed)
    }
    if (sort.length > 0) parameters.push([`${at}sort`, sort.join(',')])
    if (limit !== undefined) parameters.push([`${at}limit`, String(limit)])
    if (fields.length > 0) parameters.push([`${at}fields`, fields.join(',')])
    parameters.push(...(await expansionParameters(target, expand, network, `${prefix}${name}.`, paths)))
  }
  return parameters
}

/** The URL of the model behind a relation. */
function targetOf(model: ModelDocument, name: string): string {
  const relation = relationOf(model, name)
  if (relation !== undefined) return relation.model
  const there = [...Object.keys(model.references), ...Object.keys(model.dataArrays)].join(', ') || 'none'
  throw new UnknownName(`${model.app}.${model.name} has no relation "${name}"; there are: ${there}.`)
}
