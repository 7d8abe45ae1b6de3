// Filters with `and`, `or` or `not`, which parameters have no words for: the JSON of the parameter `where`.

import type { ModelDocument } from '../wire/index.ts'
import { encodeFilter, encodeLink, encodeOperand, isLinked, isPlainObject, memberOf, nothing } from './encode.ts'
import type { Parameters } from './encode.ts'
import type { Network } from './network.ts'

/** Filters that must all hold. Those without groups stay parameters, which people can read. */
export async function encodeFilters(
  model: ModelDocument,
  filters: readonly object[],
  network: Network,
): Promise<Parameters | typeof nothing> {
  const parameters: (readonly [string, string])[] = []
  const trees: object[] = []
  for (const filter of filters) {
    if (await hasGroups(model, filter, network)) {
      trees.push(await encodeTree(model, filter, network))
      continue
    }
    const encoded = await encodeFilter(model, filter, network)
    if (encoded === nothing) return nothing
    parameters.push(...encoded)
  }
  if (trees.length > 0) parameters.push(['where', JSON.stringify(trees.length === 1 ? trees[0] : { and: trees })])
  return parameters
}

function isGroup(model: ModelDocument, name: string): boolean {
  return (name === 'and' || name === 'or' || name === 'not') && !Object.hasOwn(model.fields, name)
}

/** The model whose rows a member is about, where it is a filter of related rows. */
async function relatedTo(
  model: ModelDocument,
  name: string,
  value: unknown,
  network: Network,
): Promise<ModelDocument | undefined> {
  if (Object.hasOwn(model.fields, name) || !isPlainObject(value) || isLinked(value)) return undefined
  const related = memberOf(model.references, name) ?? memberOf(model.dataArrays, name)
  return related && (await network.modelOf(related.model))
}

async function hasGroups(model: ModelDocument, filter: object, network: Network): Promise<boolean> {
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined) continue
    if (isGroup(model, name)) return true
    const target = await relatedTo(model, name, value, network)
    if (target !== undefined && (await hasGroups(target, value as object, network))) return true // it is an object
  }
  return false
}

async function encodeTree(model: ModelDocument, filter: unknown, network: Network): Promise<object> {
  if (!isPlainObject(filter)) throw new TypeError('and, or and not take filters: { or: [{ name: value }, …] }.')
  const members: (readonly [string, unknown])[] = []
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) members.push(...(await encodeMember(model, name, value, network)))
  }
  return Object.fromEntries(members)
}

async function encodeMember(
  model: ModelDocument,
  name: string,
  value: unknown,
  network: Network,
): Promise<readonly (readonly [string, unknown])[]> {
  if (isGroup(model, name)) {
    if (!Array.isArray(value)) return [[name, await encodeTree(model, value, network)]]
    return [[name, await Promise.all(value.map((each) => encodeTree(model, each, network)))]]
  }
  const target = await relatedTo(model, name, value, network)
  if (target !== undefined) return [[name, await encodeTree(target, value, network)]]
  const reference = Object.hasOwn(model.fields, name) ? undefined : memberOf(model.references, name)
  if (reference !== undefined && isLinked(value)) {
    return [[reference.field, await encodeLink(model, reference, value, network)]]
  }
  if (reference !== undefined && value === null) return [[reference.field, null]]
  if (!isPlainObject(value) || isLinked(value)) return [[name, encodeOperand(model, name, 'eq', value)]]
  const compared = Object.entries(value).flatMap(([operator, operand]) => comparison(model, name, operator, operand))
  return compared.length === 0 ? [] : [[name, Object.fromEntries(compared)]]
}

function comparison(
  model: ModelDocument,
  name: string,
  operator: string,
  operand: unknown,
): readonly (readonly [operator: string, operand: unknown])[] {
  if (operand === undefined) return []
  if (operand === null && (operator === 'eq' || operator === 'ne')) return [['isnull', operator === 'eq']]
  const encode = (value: unknown): unknown => encodeOperand(model, name, operator, value)
  return [[operator, Array.isArray(operand) ? operand.map(encode) : encode(operand)]]
}
