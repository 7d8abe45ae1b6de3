// The program's values on their way out: instances become keys or URLs, dates and bigints their JSON form, filters become parameters.

import { listParameters, type ModelDocument, type ReferenceDocument } from '../wire/index.ts'
import { SlumberError } from './errors.ts'
import type { Network } from './network.ts'
import type { Linked } from './shape.ts'
import { keyParts, toJson } from './values.ts'

/** Names and values of a query. */
export type Parameters = readonly (readonly [name: string, value: string])[]

/** What a filter becomes that no row can pass: `{ id: { in: [] } }`. A URL has no words for it, and need not be asked. */
export const nothing: unique symbol = Symbol('nothing')

/**
 * Programs without types forget what a member takes: the letters of a text would be sent as fields.
 *
 * @throws TypeError that says what is taken.
 */
export function assertFields(member: string, value: unknown): asserts value is object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  const given = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  throw new TypeError(`${member}() takes an object of fields, { name: value }, not ${given}.`)
}

/** The JSON of a create or update. Names the server does not know go out as they are: it is the server that says what is allowed. */
export async function encodeContent(
  model: ModelDocument,
  content: object,
  network: Network,
): Promise<Record<string, unknown>> {
  const encoded: (readonly [string, unknown])[] = []
  for (const [name, value] of Object.entries(content)) {
    const reference = memberOf(model.references, name)
    if (value === undefined) continue
    if (reference !== undefined && isLinked(value)) {
      encoded.push([reference.field, await encodeLink(model, reference, value, network)])
    } else if (reference !== undefined && value === null) encoded.push([reference.field, null])
    else if (Array.isArray(value) && isOwned(model, name)) {
      const source = await network.modelOf(model.dataArrays[name]?.model ?? '')
      encoded.push([name, await Promise.all(value.map((row) => encodeRow(source, row, network)))])
    } else encoded.push([name, encodeValue(model, name, value)])
  }
  return Object.fromEntries(encoded)
}

/** Whether its rows are written with the row. */
function isOwned(model: ModelDocument, name: string): boolean {
  return !Object.hasOwn(model.fields, name) && memberOf(model.dataArrays, name)?.owned !== undefined
}

async function encodeRow(model: ModelDocument, row: unknown, network: Network): Promise<unknown> {
  return isPlainObject(row) ? await encodeContent(model, row, network) : row
}

/** A filter as JSON: what `where`, QUERY and rules take. Instances become keys or URLs, values their JSON form. */
export async function encodeFilter(model: ModelDocument, filter: object, network: Network): Promise<Tree> {
  const tree: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(filter as Tree)) {
    const related = relationOf(model, name)
    if (value === undefined) continue
    else if (Object.hasOwn(model.fields, name)) tree[name] = encodeOperand(model, name, value)
    else if (related !== undefined && 'field' in related && (isLinked(value) || value === null)) {
      tree[related.field] = value === null ? null : await encodeLink(model, related, value, network)
    } else if (related !== undefined && isPlainObject(value)) {
      tree[name] = await encodeFilter(await network.modelOf(related.model), value, network)
    } else if (name === 'and' || name === 'or' || name === 'not') {
      const part = async (each: unknown): Promise<Tree> => {
        if (isPlainObject(each)) return await encodeFilter(model, each, network)
        throw new TypeError('and, or and not take filters: { or: [{ name: value }, …] }.')
      }
      tree[name] = Array.isArray(value) ? await Promise.all(value.map(part)) : await part(value)
    } else tree[name] = encodeOperand(model, name, value)
  }
  return tree
}

/** A filter in its JSON form. */
export type Tree = Readonly<Record<string, unknown>>

/** A value that a field must have, or an object of operators; `has` asks for an item of a list. */
function encodeOperand(model: ModelDocument, name: string, value: unknown): unknown {
  if (!isPlainObject(value)) return encodeValue(model, name, value)
  const items = memberOf(model.fields, name)?.items
  const operators = Object.entries(value).flatMap(([operator, operand]): (readonly [string, unknown])[] => {
    if (operand === undefined) return []
    if (operand === null && (operator === 'eq' || operator === 'ne')) return [['isnull', operator === 'eq']]
    const encode = (item: unknown): unknown =>
      operator === 'has' && items !== undefined ? toJson(items, item) : encodeValue(model, name, item)
    return [[operator, Array.isArray(operand) ? operand.map(encode) : encode(operand)]]
  })
  return Object.fromEntries(operators)
}

/** A URL with further parameters in its query. */
export function withParameters(url: string, parameters: Parameters): string {
  if (parameters.length === 0) return url
  const query = new URLSearchParams(parameters.map(([name, value]) => [name, value]))
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

/** A filter as URL parameters, every one of which must hold; what they have no words for goes into `where`. */
export async function parametersOf(
  model: ModelDocument,
  tree: Tree,
  network: Network,
  prefix = '',
): Promise<Parameters | typeof nothing> {
  const parameters: (readonly [string, string])[] = []
  const where: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(tree)) {
    if (prefix === '' && hasBranches(name, value)) {
      where[name] = value
      continue
    }
    const related = relationOf(model, name)
    const isBehind = related !== undefined && !Object.hasOwn(model.fields, name) && isPlainObject(value)
    const found = isBehind
      ? await parametersOf(await network.modelOf(related.model), value, network, `${prefix}${name}.`)
      : comparisons(name, value, prefix)
    if (found === nothing) return nothing
    parameters.push(...found)
  }
  return Object.keys(where).length === 0 ? parameters : [...parameters, ['where', JSON.stringify(where)]]
}

/** Whether there is an `or`, an `and` or a `not` in it; a field of that name at worst makes the URL less readable. */
function hasBranches(name: string, value: unknown): boolean {
  return /"(?:and|or|not)":/.test(JSON.stringify({ [name]: value }))
}

function comparisons(name: string, value: unknown, prefix: string): Parameters | typeof nothing {
  // A field called like a parameter of lists (`limit`) is written with its operator.
  const isTaken = (listParameters as readonly string[]).includes(name)
  if (value === null) return [[`${prefix}${name}__isnull`, 'true']]
  if (!isPlainObject(value)) return [[`${prefix}${name}${isTaken ? '__eq' : ''}`, textOf(value)]]
  const parameters: (readonly [string, string])[] = []
  for (const [operator, operand] of Object.entries(value)) {
    const operands: readonly unknown[] = Array.isArray(operand) ? operand : [operand]
    if (operator === 'in' && operands.length === 0) return nothing
    for (const item of operands) {
      if (item === null) {
        throw new TypeError(
          `A filter compares null with eq, ne and isnull only, not with ${operator} (${prefix}${name}).`,
        )
      }
      parameters.push([`${prefix}${name}__${operator}`, textOf(item)])
    }
  }
  return parameters
}

function textOf(json: unknown): string {
  return typeof json === 'string' ? json : JSON.stringify(json)
}

function encodeValue(model: ModelDocument, field: string, value: unknown): unknown {
  const document = memberOf(model.fields, field)
  if (value === null || value === undefined) return value
  if (isLinked(value) && (document === undefined || document.kind === 'remote')) return value.url
  if (document === undefined) return value
  return toJson(document, value)
}

/** A remote reference is a URL; a local one is the key, read from the URL. */
async function encodeLink(
  model: ModelDocument,
  reference: ReferenceDocument,
  { url }: Linked,
  network: Network,
): Promise<unknown> {
  if (model.fields[reference.field]?.kind === 'remote') return url
  const target = await network.modelOf(reference.model)
  const [name = '', ...others] = target.key
  if (others.length > 0) throw new SlumberError(`${target.url} has a key of several parts; give the columns instead.`)
  return keyOf(target, await network.absolute(url))[name]
}

/**
 * The key of an instance in its JSON form, from its URL.
 *
 * @throws SlumberError where it is the URL of something else.
 */
export function keyOf({ key, fields, url: base }: ModelDocument, url: string): Tree {
  const types = key.map((name) => fields[name]?.type ?? 'string')
  const parts = url.startsWith(`${base}/`) ? keyParts(url.slice(base.length + 1), types) : undefined
  if (parts === undefined) throw new SlumberError(`${url} is no instance of ${base}.`)
  return Object.fromEntries(key.map((name, index) => [name, parts[index]] as const))
}

function isLinked(value: unknown): value is Linked {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string'
}

/** Dates, bytes and instances are values, not objects of operators or fields. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** What leads from a model under a name. */
export function relationOf(
  { references, dataArrays }: ModelDocument,
  name: string,
): ReferenceDocument | ModelDocument['dataArrays'][string] | undefined {
  return memberOf(references, name) ?? memberOf(dataArrays, name)
}

function memberOf<Member>(members: Readonly<Record<string, Member>>, name: string): Member | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
