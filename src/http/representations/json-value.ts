// Content as JSON knows it, so that markup shows the same: `toJSON` is called, what JSON has no word for is left out.

import { jsonText } from '../../wire/index.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** Levels of arrays and objects that are written as markup, the same number that is read by default. */
const maxDepth = 64

/**
 * @throws TypeError for what `JSON.stringify` refuses (circles), and for more than 64 levels
 * @example
 * toJsonValue({ at: new Date(0), of: undefined })  // { at: '1970-01-01T00:00:00.000Z' }
 */
export function toJsonValue(content: unknown): JsonValue {
  // `stringify` gives undefined for functions, symbols and undefined, though its type does not say so.
  const text = jsonText(content) as string | undefined
  const value = JSON.parse(text ?? 'null') as JsonValue // what JSON.parse gives is JSON
  checkDepth(value, maxDepth)
  return value
}

/** Arrays are no JsonObject, and `Array.isArray` does not say so of readonly ones. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

export function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

function checkDepth(value: JsonValue, left: number): void {
  if (typeof value !== 'object' || value === null) return
  if (left === 0) throw new TypeError(`Content nested deeper than ${maxDepth} levels is not written as markup.`)
  for (const inner of Object.values(value)) checkDepth(inner, left - 1)
}
