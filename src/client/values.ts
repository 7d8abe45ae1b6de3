// Values of the program as JSON, and back, for the types where they differ. The server has the whole check of each (wire/values.ts);
// here it is only seen that a value is of its kind, which keeps half of what a browser loads for that.

import type { ItemsDescription } from '../wire/index.ts'

/** Values by their names, in their JSON form: content, a key, a filter. */
export type Tree = Readonly<Record<string, unknown>>

/** The JSON of a value; what is no value of the program's type goes out as it is, and the server says what is wrong. */
export function toJson({ type, items }: ItemsDescription, value: unknown): unknown {
  if (type === 'array' && items !== undefined && Array.isArray(value)) {
    return value.map((each) => (each === null ? null : toJson(items, each)))
  }
  if (type === 'json') return value
  if (
    typeof value === 'bigint' ||
    (typeof value === 'number' && (type === 'decimal' || type === 'bigint' || !Number.isFinite(value)))
  ) {
    return String(value)
  }
  if (value instanceof Uint8Array) return btoa(Array.from(value, (octet) => String.fromCharCode(octet)).join(''))
  return value instanceof Date && type === 'date-time' ? value.toISOString() : value
}

/** What JSON has for a type; all others have texts. */
const kinds: Readonly<Record<string, string>> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  array: 'object',
}

/**
 * The value of a JSON. A type of a later version is passed on as it is.
 *
 * @throws TypeError, SyntaxError or DOMException where it is of another kind.
 */
export function fromJson({ type, items }: ItemsDescription, json: unknown): unknown {
  if (json === null || type === 'json') return json
  if (type === 'number' && /^(?:NaN|-?Infinity)$/.test(json as string)) return Number(json) // JSON has no numbers for these
  if (typeof json !== (kinds[type] ?? 'string')) throw new TypeError(typeof json)
  if (type === 'bigint') return BigInt(json as string)
  if (type === 'bytes') return fromBase64(json as string)
  if (type === 'array') return (json as unknown[]).map((each) => (items === undefined ? each : fromJson(items, each)))
  if (type !== 'date-time') return json
  const date = new Date(json as string)
  if (Number.isNaN(date.getTime())) throw new TypeError('no date')
  return date
}

/** One segment of a path, which is no step in it. */
const isSegment = /^(?!(?:\.|%2e){1,2}$)[^/?#\\\s]+$/i

/** The JSON of each part of a key, from the path segment that `wire/key.ts` writes; undefined where that writes none like it. */
export function keyParts(segment: string, types: readonly string[]): readonly unknown[] | undefined {
  const pieces = segment.split(',')
  if (pieces.length !== types.length || !isSegment.test(segment)) return undefined
  try {
    return pieces.map((piece, index) => keyPart(piece, types[index] ?? ''))
  } catch {
    return undefined
  }
}

function keyPart(piece: string, type: string): unknown {
  const base64 = piece.slice(1).replaceAll('-', '+').replaceAll('_', '/')
  const text = piece.startsWith('~') ? new TextDecoder().decode(fromBase64(base64)) : decodeURIComponent(piece)
  return kinds[type] === undefined ? text : (JSON.parse(text) as unknown)
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
