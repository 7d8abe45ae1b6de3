// The program's values on their way out: instances become keys or URLs, dates and bigints their JSON form, filters become parameters.

import { listParameters, type FieldDocument, type ModelDocument, type ReferenceDocument } from '../wire/index.ts'
import { memberOf } from './contract.ts'
import { SlumberError } from './errors.ts'
import type { Network } from './network.ts'
import type { Linked } from './shape.ts'
import { keyParts, toJson } from './values.ts'

/** Names and values of a query. */
export type Parameters = readonly (readonly [name: string, value: string])[]

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
export async function encodeContent(model: ModelDocument, content: object, network: Network): Promise<Tree> {
  const encoded: (readonly [string, unknown])[] = []
  for (const [name, value] of Object.entries(content)) {
    const field = memberOf(model.fields, name)
    const reference = memberOf(model.references, name)
    const rows = field === undefined ? memberOf(model.dataArrays, name) : undefined
    if (value === undefined) continue
    if (reference !== undefined && isLinkOrNull(value)) {
      encoded.push([reference.field, await encodeLink(model, reference, value, network)])
    } else if (rows?.owned !== undefined && Array.isArray(value)) {
      const source = await network.modelOf(rows.model)
      const encode = (row: unknown): unknown => (isPlainObject(row) ? encodeContent(source, row, network) : row)
      encoded.push([name, await Promise.all(value.map(encode))])
    } else encoded.push([name, encodeValue(field, value)])
  }
  return Object.fromEntries(encoded)
}

/**
 * A filter as JSON: what `where`, QUERY and rules take. Instances become keys or URLs, values their JSON form.
 *
 * @throws TypeError where something is undefined: without that condition there would be more rows than were asked for.
 */
export async function encodeFilter(
  model: ModelDocument,
  filter: object,
  network: Network,
  path: readonly string[] = [],
): Promise<Tree> {
  const encoded: (readonly [string, unknown])[] = []
  for (const [name, value] of Object.entries(filter)) {
    const at = [...path, name]
    refuseUndefined(at, value)
    const field = memberOf(model.fields, name)
    const reference = field === undefined ? memberOf(model.references, name) : undefined
    const relation = field === undefined ? relationOf(model, name) : undefined
    if (reference !== undefined && isLinkOrNull(value)) {
      encoded.push([reference.field, await encodeLink(model, reference, value, network)])
    } else if (relation !== undefined && isPlainObject(value)) {
      encoded.push([name, await encodeFilter(await network.modelOf(relation.model), value, network, at)])
    } else if (field === undefined && /^(?:and|or|not)$/.test(name)) {
      const encode = (part: unknown): unknown => (isPlainObject(part) ? encodeFilter(model, part, network, at) : part)
      encoded.push([name, await (Array.isArray(value) ? Promise.all(value.map(encode)) : encode(value))])
    } else encoded.push([name, encodeOperand(field, value, at)])
  }
  return together(encoded)
}

/** Two conditions of one name, `shop: one, shopId: 2`, must both hold. */
function together(conditions: readonly (readonly [string, unknown])[]): Tree {
  const names = new Set(conditions.map(([name]) => name))
  return names.size === conditions.length
    ? Object.fromEntries(conditions)
    : { and: conditions.map((condition) => Object.fromEntries([condition])) }
}

function refuseUndefined(path: readonly string[], value: unknown): void {
  if (value !== undefined && !(Array.isArray(value) && value.includes(undefined))) return
  const condition = path.reduceRight((inner, name) => `{ ${name}: ${inner} }`, 'undefined')
  throw new TypeError(`A filter cannot ask for ${condition}: leave it out, or ask for null.`)
}

/** A filter in its JSON form. */
export type Tree = Readonly<Record<string, unknown>>

/** A value that a field must have, or an object of operators; `has` asks for an item of a list. */
function encodeOperand(field: FieldDocument | undefined, value: unknown, path: readonly string[]): unknown {
  if (!isPlainObject(value)) return encodeValue(field, value)
  const operators = Object.entries(value).map(([operator, operand]): readonly [string, unknown] => {
    refuseUndefined([...path, operator], operand)
    if (operand === null && /^(?:eq|ne)$/.test(operator)) return ['isnull', operator === 'eq']
    const items = operator === 'has' ? field?.items : undefined
    const encode = (item: unknown): unknown => (items === undefined ? encodeValue(field, item) : toJson(items, item))
    return [operator, Array.isArray(operand) ? operand.map(encode) : encode(operand)]
  })
  return Object.fromEntries(operators)
}

/** A URL with further parameters in its query. */
export function withParameters(url: string, parameters: Parameters): string {
  if (parameters.length === 0) return url
  const query = new URLSearchParams(parameters as [string, string][]) // which it only reads
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

/**
 * Filters in their JSON form as URL parameters, every one of which must hold; what those have no words for goes into `where`.
 * Undefined where no row can pass, as with `{ id: { in: [] } }`: a URL has no words for it, and need not be asked.
 */
export async function parametersOf(
  model: ModelDocument,
  trees: readonly Tree[],
  network: Network,
  prefix = '',
): Promise<Parameters | undefined> {
  const parameters: (readonly [string, string])[] = []
  const where: Tree[] = []
  const names = new Set<string>()
  for (const [name, value] of trees.flatMap((tree) => Object.entries(tree))) {
    // Of one name a URL says all that must hold of one row, and all that may be of several values.
    const isNamed = names.has(name)
    names.add(name)
    if (isNamed || (prefix === '' && hasBranches({ [name]: value }))) {
      where.push({ [name]: value })
      continue
    }
    const relation = Object.hasOwn(model.fields, name) ? undefined : relationOf(model, name)
    const found =
      relation !== undefined && isPlainObject(value)
        ? await parametersOf(await network.modelOf(relation.model), [value], network, `${prefix}${name}.`)
        : comparisons(name, value, prefix)
    if (found === undefined) return undefined
    parameters.push(...found)
  }
  // A list takes one `where`.
  if (where.length > 0) parameters.push(['where', JSON.stringify(where.length > 1 ? { and: where } : where[0])])
  return parameters
}

/** Whether there is an `or`, an `and` or a `not` in it; a field of that name at worst makes the URL less readable. */
function hasBranches(tree: Tree): boolean {
  return /"(?:and|or|not)":/.test(JSON.stringify(tree))
}

function comparisons(name: string, value: unknown, prefix: string): Parameters | undefined {
  const field = prefix + name
  if (value === null) return [[`${field}__isnull`, 'true']]
  if (!isPlainObject(value)) {
    // A field called like a parameter of lists (`limit`) is written with its operator.
    const isTaken = (listParameters as readonly string[]).includes(name)
    return [[isTaken ? `${field}__eq` : field, textOf(value)]]
  }
  const parameters: (readonly [string, string])[] = []
  for (const [operator, operand] of Object.entries(value)) {
    const operands: readonly unknown[] = Array.isArray(operand) ? operand : [operand]
    if (operator === 'in' && operands.length === 0) return undefined
    for (const item of operands) {
      if (item === null) {
        throw new TypeError(`A filter compares null with eq, ne and isnull only, not with ${operator} (${field}).`)
      }
      parameters.push([`${field}__${operator}`, textOf(item)])
    }
  }
  return parameters
}

/** A value of a parameter: JSON, where it is no text. */
export function textOf(json: unknown): string {
  return typeof json === 'string' ? json : JSON.stringify(json)
}

function encodeValue(field: FieldDocument | undefined, value: unknown): unknown {
  if (isLinked(value) && (field === undefined || field.kind === 'remote')) return value.url
  return field === undefined ? value : toJson(field, value)
}

/** A remote reference is a URL; a local one is the key, read from the URL. */
async function encodeLink(
  model: ModelDocument,
  reference: ReferenceDocument,
  link: Linked | null,
  network: Network,
): Promise<unknown> {
  if (link === null) return null
  if (model.fields[reference.field]?.kind === 'remote') return link.url
  const target = await network.modelOf(reference.model)
  const [name = '', ...others] = target.key
  if (others.length > 0) throw new SlumberError(`${target.url} has a key of several parts; give the columns instead.`)
  const key = keyAt(target, await network.absolute(link.url))
  if (key === undefined) throw new SlumberError(`${link.url} is no instance of ${target.url}.`)
  return key[name]
}

/** The key of an instance in its JSON form, from its URL; undefined where it is the URL of something else. */
export function keyAt({ key, fields, url: base }: ModelDocument, url: string): Tree | undefined {
  const types = key.map((name) => fields[name]?.type ?? 'string')
  const parts = url.startsWith(`${base}/`) ? keyParts(url.slice(base.length + 1), types) : undefined
  return parts && Object.fromEntries(key.map((name, index) => [name, parts[index]] as const))
}

function isLinkOrNull(value: unknown): value is Linked | null {
  return value === null || isLinked(value)
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

/** What leads from a model under a name. */
export function relationOf(
  { references, dataArrays }: ModelDocument,
  name: string,
): ReferenceDocument | ModelDocument['dataArrays'][string] | undefined {
  return memberOf(references, name) ?? memberOf(dataArrays, name)
}
