// The program's values on their way out: instances become keys or URLs, dates and bigints their JSON form, filters become parameters.

import {
  listParameters,
  type FieldKind,
  type ItemsDescription,
  type ModelDocument,
  type ReferenceDocument,
} from '../wire/index.ts'
import { memberOf, nameOf, relationOf } from './contract.ts'
import { SlumberError } from './errors.ts'
import { keyAt } from './identity.ts'
import type { Network } from './network.ts'
import type { Linked } from './shape.ts'
import { toJson, type Tree } from './values.ts'

/** Names and values of a query. */
export type Parameters = readonly (readonly [name: string, value: string])[]

/** What the values of a field, or of the items of one, are. */
type Values = ItemsDescription & { readonly kind?: FieldKind }

/**
 * Programs without types forget what a member takes: the letters of a text would be sent as fields.
 *
 * @throws TypeError that says what is taken.
 */
export function assertFields(member: string, value: unknown): asserts value is object {
  const given = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  if (given !== 'object') throw new TypeError(`${member}() takes an object of fields, { name: value }, not ${given}.`)
}

/** The JSON of a create or update. Names the server does not know go out as they are: it is the server that says what is allowed. */
export function encodeContent(model: ModelDocument, content: object, network: Network): Tree {
  const given = Object.entries(content).filter(([, value]) => value !== undefined)
  const members = encoded(model, given, network, (name, value: unknown, field) => {
    const rows = field === undefined ? memberOf(model.dataArrays, name) : undefined
    if (rows?.owned === undefined || !Array.isArray(value)) return encodeValue(field, value)
    return value.map((row: unknown) =>
      isPlainObject(row) ? encodeContent(network.modelOf(rows.model), row, network) : row,
    )
  })
  for (const [index, [column]] of members.entries()) {
    const first = members.findIndex(([name]) => name === column)
    if (first === index) continue
    throw new TypeError(`"${given[first]?.[0]}" and "${given[index]?.[0]}" are one column: give one of them.`)
  }
  return Object.fromEntries(members)
}

/**
 * Filters as the JSON that `where`, QUERY and rules take; all of them must hold.
 *
 * @throws TypeError where something is undefined or `{}`: without that condition there would be more rows than were asked for.
 */
export function encodeFilter(model: ModelDocument, filters: readonly object[], network: Network): Tree {
  const given = filters.flatMap((filter) => Object.entries(filter))
  const conditions = encoded(model, given, network, (name, value, field) => {
    refuseNothing(name, value)
    const relation = field === undefined ? relationOf(model, name) : undefined
    if (relation !== undefined && isPlainObject(value)) {
      return encodeFilter(network.modelOf(relation.model), [value], network)
    }
    if (field !== undefined || !/^(?:and|or|not)$/.test(name)) return encodeOperand(field, value)
    return each(value, (part) => (isPlainObject(part) ? encodeFilter(model, [part], network) : part))
  })
  const tree = Object.fromEntries(conditions)
  // Two conditions of one name, `shop: one, shopId: 2`, must both hold.
  const isLess = Object.keys(tree).length < conditions.length
  return isLess ? { and: conditions.map((condition) => Object.fromEntries([condition])) } : tree
}

/** With the columns of references that are given as instances; what else there is, `encode` knows. */
function encoded(
  model: ModelDocument,
  given: readonly (readonly [string, unknown])[],
  network: Network,
  encode: (name: string, value: unknown, field: Values | undefined) => unknown,
): readonly (readonly [string, unknown])[] {
  return given.map(([name, value]) => {
    const field = memberOf(model.fields, name)
    const reference = field === undefined ? memberOf(model.references, name) : undefined
    if (reference === undefined || !(value === null || isLinked(value))) return [name, encode(name, value, field)]
    const column = reference.field
    const isRemote = model.fields[column]?.kind === 'remote'
    return [column, value === null ? null : isRemote ? value.url : columnOf(reference, value, network)]
  })
}

/** What a column holds: the key, read from the URL of the row that it refers to, or another of its columns, which only the instance has. */
function columnOf({ field, model, targetField }: ReferenceDocument, value: Linked, network: Network): unknown {
  const target = network.modelOf(model)
  const key = Object.values(keyAt(target, network.at(value.url).url) ?? {})
  if (key.length > 0 && targetField !== undefined) {
    const held = (value as { readonly data?: Tree }).data?.[targetField ?? '']
    if (held !== undefined) return encodeValue(target.fields[targetField ?? ''], held)
    const name = targetField === null ? 'no key' : `"${targetField}"`
    throw new TypeError(
      `"${field}" holds ${name} of ${nameOf(target)}, which ${value.url} does not tell: give "${field}".`,
    )
  }
  if (key.length === 1) return key[0]
  throw new SlumberError(
    `${value.url} is no instance of ${target.url}, or its key has several parts: give the columns.`,
  )
}

function refuseNothing(name: string, value: unknown): void {
  const isEmpty = isPlainObject(value) && Object.keys(value).length === 0
  if (value !== undefined && !isEmpty && !(Array.isArray(value) && value.includes(undefined))) return
  const nothing = isEmpty ? '{}' : 'undefined'
  throw new TypeError(`A filter cannot ask for { ${name}: ${nothing} }: leave it out, or ask for null.`)
}

/** A value that a field must have, or an object of operators; `has` asks for an item of a list. */
function encodeOperand(field: Values | undefined, value: unknown): unknown {
  if (!isPlainObject(value)) return encodeValue(field, value)
  const operators = Object.entries(value).map(([operator, operand]): readonly [string, unknown] => {
    refuseNothing(operator, operand)
    if (operand === null && /^(?:eq|ne)$/.test(operator)) return ['isnull', operator === 'eq']
    const values = operator === 'has' ? field?.items : field
    return [operator, each(operand, (item) => encodeValue(values, item))]
  })
  return Object.fromEntries(operators)
}

function encodeValue(values: Values | undefined, value: unknown): unknown {
  if (isLinked(value) && (values === undefined || values.kind === 'remote')) return value.url
  return values === undefined ? value : toJson(values, value)
}

/** Of a list every item, of anything else itself. */
function each(value: unknown, encode: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(encode) : encode(value)
}

/** A URL with further parameters in its query. */
export function withParameters(url: string, parameters: Parameters): string {
  if (parameters.length === 0) return url
  const query = new URLSearchParams(parameters as [string, string][]) // which it only reads
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

/** What a URL has no words for, in the JSON of a filter: groups, `in` of nothing, operators of null. */
const wordless = /"(?:and|or|not)":|"in":\[\]|[:,[]null\b/

/** A filter in its JSON form as URL parameters; what those have no words for goes into `where`. */
export function parametersOf(model: ModelDocument, filter: Tree, network: Network, prefix = ''): Parameters {
  const parameters: (readonly [string, string])[] = []
  const where: (readonly [string, unknown])[] = []
  for (const [name, value] of Object.entries(filter)) {
    const isGroup = typeof value === 'object' && value !== null && wordless.test(JSON.stringify({ [name]: value }))
    if (isGroup) where.push([name, value])
    else parameters.push(...comparisons(model, name, value, network, prefix))
  }
  if (where.length > 0) parameters.push([`${prefix}where`, JSON.stringify(Object.fromEntries(where))])
  return parameters
}

function comparisons(model: ModelDocument, name: string, value: unknown, network: Network, prefix: string): Parameters {
  const path = prefix + name
  if (value === null) return [[`${path}__isnull`, 'true']]
  if (!isPlainObject(value)) {
    // A field called like a parameter of lists (`limit`) is written with its operator.
    const isTaken = (listParameters as readonly string[]).includes(name)
    return [[isTaken ? `${path}__eq` : path, textOf(value)]]
  }
  const relation = Object.hasOwn(model.fields, name) ? undefined : relationOf(model, name)
  const target = relation && network.modelOf(relation.model)
  return Object.entries(value).flatMap(([inner, operand]): Parameters => {
    if (target !== undefined) return comparisons(target, inner, operand, network, `${path}.`)
    return [operand].flat().map((item) => [`${path}__${inner}`, textOf(item)])
  })
}

/** A value of a parameter: JSON, where it is no text. */
export function textOf(json: unknown): string {
  return typeof json === 'string' ? json : JSON.stringify(json)
}

function isLinked(value: unknown): value is Linked {
  return typeof (value as Partial<Linked> | null | undefined)?.url === 'string'
}

/** Dates, bytes and instances are values, not objects of operators or fields. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
