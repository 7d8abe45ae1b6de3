// The JSON form of each kind of value, and back: one codec a type, the same on both ends.

import { decodeBase64, encodeBase64 } from './base64url.ts'

/** The types a field can have on the wire. The JSON of each is in the table below. */
export type ValueType =
  'integer' | 'number' | 'bigint' | 'decimal' | 'boolean' | 'string' | 'date-time' | 'bytes' | 'json' | 'reference'

/** A value that is not of its field's type; the message says what would be. */
export class ValueFault extends Error {
  override readonly name = 'ValueFault'
}

export interface Codec {
  /** The program's value to its JSON form. */
  readonly encode: (value: unknown) => unknown
  /** The JSON form to the program's value. Throws ValueFault. */
  readonly decode: (json: unknown) => unknown
  /** The text of a URL parameter to the JSON form, for `decode`. */
  readonly fromText: (text: string) => unknown
  /** The program's type, as written in generated declarations. */
  readonly program: string
}

const same = (value: unknown): unknown => value

function checked<T>(expected: string, accept: (json: unknown) => json is T): (json: unknown) => T {
  return (json) => {
    if (!accept(json)) throw new ValueFault(`must be ${expected}`)
    return json
  }
}

const isString = (json: unknown): json is string => typeof json === 'string'
const isFinite = (json: unknown): json is number => typeof json === 'number' && Number.isFinite(json)
const isInteger = (json: unknown): json is number => Number.isSafeInteger(json)
const isBoolean = (json: unknown): json is boolean => typeof json === 'boolean'

/** Numbers in URLs are written as JSON writes them: `''`, `0x10` and `Infinity` are none. */
function numberFromText(text: string): unknown {
  return /^-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,4})?$/.test(text) ? Number(text) : text
}

function decodeDecimal(json: unknown): string {
  const text = isFinite(json) ? String(json) : json
  if (isString(text) && /^-?\d{1,100}(?:\.\d{1,100})?$/.test(text)) return text
  throw new ValueFault('must be a decimal number, as a string such as "9.50"')
}

function decodeBigint(json: unknown): bigint {
  if (isInteger(json)) return BigInt(json)
  if (isString(json) && /^-?\d{1,100}$/.test(json)) return BigInt(json)
  throw new ValueFault('must be an integer, as a string of digits')
}

function decodeInstant(json: unknown): Date {
  if (isString(json) && instant.test(json) && isDayOfMonth(json)) {
    const date = new Date(json)
    if (isShortYear(date.getUTCFullYear())) return date
  }
  throw new ValueFault('must be a date and time with a zone, such as "2026-01-31T12:00:00Z"')
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** An offset may lead out of the years that have four digits (RFC 3339 §1), which this form could not show; NaN is no year. */
function isShortYear(year: number): boolean {
  return year >= 0 && year <= 9999
}

/** `new Date('2026-02-31T00:00:00Z')` is 3 March; a day that does not exist is a fault. */
function isDayOfMonth(text: string): boolean {
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(text.slice(8, 10))
}

function decodeBytes(json: unknown): Uint8Array {
  const bytes = isString(json) ? decodeBase64(json) : undefined
  if (bytes === undefined) throw new ValueFault('must be bytes, as base64')
  return bytes
}

/** Type → codec. Numbers stay numbers; what a JSON number cannot hold exactly is a string. */
export const codecs: Readonly<Record<ValueType, Codec>> = {
  integer: { encode: same, decode: checked('an integer', isInteger), fromText: numberFromText, program: 'number' },
  number: { encode: same, decode: checked('a number', isFinite), fromText: numberFromText, program: 'number' },
  bigint: { encode: String, decode: decodeBigint, fromText: same, program: 'bigint' },
  decimal: { encode: String, decode: decodeDecimal, fromText: same, program: 'string' },
  boolean: {
    encode: same,
    decode: checked('true or false', isBoolean),
    fromText: (text) => (text === 'true' ? true : text === 'false' ? false : text),
    program: 'boolean',
  },
  string: { encode: same, decode: checked('a string', isString), fromText: same, program: 'string' },
  'date-time': {
    encode: (value) => (value instanceof Date ? value.toISOString() : value),
    decode: decodeInstant,
    fromText: same,
    program: 'Date',
  },
  bytes: {
    encode: (value) => (value instanceof Uint8Array ? encodeBase64(value) : value),
    decode: decodeBytes,
    fromText: same,
    program: 'Uint8Array',
  },
  json: { encode: same, decode: same, fromText: same, program: 'unknown' },
  reference: { encode: same, decode: checked('a URL', isString), fromText: same, program: 'string' },
}
