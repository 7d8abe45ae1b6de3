// The program's values on their way out: instances become keys or URLs, dates and bigints their JSON form, filters become parameters.

import { codecOf, codecs, listParameters, parseKey, type ModelDocument, type ReferenceDocument } from '../wire/index.ts'
import { SlumberError } from './errors.ts'
import type { Network } from './network.ts'
import type { Linked } from './shape.ts'

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

/** A filter in the object form as URL parameters; every pair must hold. */
export async function encodeFilter(
  model: ModelDocument,
  filter: object,
  network: Network,
  prefix = '',
): Promise<Parameters | typeof nothing> {
  const parameters: (readonly [string, string])[] = []
  for (const [name, value] of Object.entries(filter)) {
    const encoded = value === undefined ? [] : await encodeMember(model, name, value, network, prefix)
    if (encoded === nothing) return nothing
    parameters.push(...encoded)
  }
  return parameters
}

/** A URL with further parameters in its query. */
export function withParameters(url: string, parameters: Parameters): string {
  if (parameters.length === 0) return url
  const query = new URLSearchParams(parameters.map(([name, value]) => [name, value]))
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

async function encodeMember(
  model: ModelDocument,
  name: string,
  value: unknown,
  network: Network,
  prefix: string,
): Promise<Parameters | typeof nothing> {
  if (!Object.hasOwn(model.fields, name)) {
    const reference = memberOf(model.references, name)
    if (reference !== undefined && (isLinked(value) || value === null)) {
      const key = value === null ? null : await encodeLink(model, reference, value, network)
      return encodeComparison(model, reference.field, key, prefix)
    }
    const related = reference ?? memberOf(model.dataArrays, name)
    if (related !== undefined && isPlainObject(value)) {
      return await encodeFilter(await network.modelOf(related.model), value, network, `${prefix}${name}.`)
    }
  }
  return encodeComparison(model, name, value, prefix)
}

/** A value that a field must have, or an object of operators. */
function encodeComparison(
  model: ModelDocument,
  name: string,
  value: unknown,
  prefix: string,
): Parameters | typeof nothing {
  // A field called like a parameter of lists (`limit`) is written with its operator.
  const isTaken = (listParameters as readonly string[]).includes(name)
  if (value === null) return [[`${prefix}${name}__isnull`, 'true']]
  if (!isPlainObject(value)) return [[`${prefix}${name}${isTaken ? '__eq' : ''}`, textOf(model, name, 'eq', value)]]
  const parameters: (readonly [string, string])[] = []
  for (const [operator, operand] of Object.entries(value)) {
    const operands: readonly unknown[] = Array.isArray(operand) ? operand : operand === undefined ? [] : [operand]
    if (operator === 'in' && operand !== undefined && operands.length === 0) return nothing
    for (const item of operands) {
      if (item === null) parameters.push(encodeNull(`${prefix}${name}`, operator))
      else parameters.push([`${prefix}${name}__${operator}`, textOf(model, name, operator, item)])
    }
  }
  return parameters
}

function encodeNull(name: string, operator: string): readonly [string, string] {
  if (operator === 'eq' || operator === 'ne') return [`${name}__isnull`, String(operator === 'eq')]
  throw new TypeError(`A filter compares null with eq, ne and isnull only, not with ${operator} (${name}).`)
}

function textOf(model: ModelDocument, field: string, operator: string, value: unknown): string {
  const json = encodeOperand(model, field, operator, value)
  return typeof json === 'string' ? json : JSON.stringify(json)
}

/** What a comparison is with, as JSON: `has` asks for an item of a list. */
export function encodeOperand(model: ModelDocument, field: string, operator: string, value: unknown): unknown {
  if (isLinked(value)) return value.url
  const items = operator === 'has' ? memberOf(model.fields, field)?.items : undefined
  return items === undefined ? encodeValue(model, field, value) : (codecOf(items)?.encode(value) ?? value)
}

function encodeValue(model: ModelDocument, field: string, value: unknown): unknown {
  const document = memberOf(model.fields, field)
  if (document === undefined || value === null) return value
  if (document.kind === 'remote' && isLinked(value)) return value.url
  // A type of a later version is passed on as it is.
  return codecOf(document)?.encode(value) ?? value
}

/** A remote reference is a URL; a local one is the key, read from the URL. */
export async function encodeLink(
  model: ModelDocument,
  reference: ReferenceDocument,
  { url }: Linked,
  network: Network,
): Promise<unknown> {
  if (model.fields[reference.field]?.kind === 'remote') return url
  const { key, fields, url: target } = await network.modelOf(reference.model)
  const [name = '', ...others] = key
  if (others.length > 0) throw new SlumberError(`${target} has a key of several parts; give the columns instead.`)
  const absolute = await network.absolute(url)
  const part = absolute.startsWith(`${target}/`) ? parseKey(absolute.slice(target.length + 1), 1)?.[0] : undefined
  if (part === undefined) throw new SlumberError(`${url} is no instance of ${target}.`)
  const codec = codecs[fields[name]?.type ?? 'string']
  return codec.encode(codec.decode(codec.fromText(part)))
}

export function isLinked(value: unknown): value is Linked {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string'
}

/** Dates, bytes and instances are values, not objects of operators or fields. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export function memberOf<Member>(members: Readonly<Record<string, Member>>, name: string): Member | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
