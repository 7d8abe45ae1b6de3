// The JSON form of each kind of value, and back: one codec a type, the same on both ends.

import { decodeBase64, encodeBase64 } from './base64url.ts'

/** The types a field can have on the wire. The JSON of each is in the table below. */
export type ValueType =
  | 'integer'
  | 'number'
  | 'bigint'
  | 'decimal'
  | 'boolean'
  | 'string'
  | 'date-time'
  | 'local-date-time'
  | 'date'
  | 'time'
  | 'duration'
  | 'uuid'
  | 'bytes'
  | 'json'
  | 'array'
  | 'reference'

/** What a program has of each type; a text, unless another is named. */
export type ProgramValue<Type extends ValueType> = Type extends 'integer' | 'number'
  ? number
  : Type extends 'bigint'
    ? bigint
    : Type extends 'boolean'
      ? boolean
      : Type extends 'date-time'
        ? Date
        : Type extends 'bytes'
          ? Uint8Array
          : Type extends 'json'
            ? unknown
            : Type extends 'array'
              ? readonly unknown[]
              : string

/** What the items of an array are; arrays of arrays have items of their own. */
export interface ItemsDescription {
  readonly type: ValueType
  readonly items?: ItemsDescription
}

/** A value that is not of its field's type; the message says what would be. */
export class ValueFault extends Error {
  override readonly name = 'ValueFault'
  /** Where it is in a value that has parts: the index in a list, the name of a member. */
  readonly path: readonly (string | number)[]

  constructor(message: string, path: readonly (string | number)[] = []) {
    super(message)
    this.path = path
  }
}

/** What is read of a part of a value; a fault says which part it is of. */
export function readPart<T>(part: string | number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ValueFault ? new ValueFault(error.message, [part, ...error.path]) : error
  }
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

function decodeInteger(json: unknown): number {
  if (isInteger(json)) return json
  const range = `an integer from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`
  throw new ValueFault(`must be ${Number.isInteger(json) ? range : 'an integer'}`) // others are not held exactly
}

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

/** RFC 3339 §5.6: there is no hour 24, which a Date would take for the next day. */
const instant = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

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

/** The words that JSON has no numbers for, as JavaScript and the databases write them. */
function encodeNumber(value: unknown): unknown {
  return typeof value === 'number' && !isFinite(value) ? String(value) : value
}

function decodeNumber(json: unknown): number {
  if (isFinite(json)) return json
  if (isString(json) && /^(?:NaN|-?Infinity)$/.test(json)) return Number(json)
  throw new ValueFault('must be a number')
}

function arrayOf(items: Codec): Codec {
  return {
    encode: (value) =>
      Array.isArray(value) ? value.map((item) => (item === null ? null : items.encode(item))) : value,
    decode: (json) => {
      if (!Array.isArray(json)) throw new ValueFault('must be an array')
      return json.map((item: unknown, index) => (item === null ? null : readPart(index, () => items.decode(item))))
    },
    fromText: jsonFromText,
    program: `readonly (${items.program})[]`,
  }
}

function jsonFromText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Dates and times without a zone, durations and identifiers: which texts are some, the database's side says. */
const text: Codec = { encode: same, decode: checked('a string', isString), fromText: same, program: 'string' }
const json: Codec = { encode: same, decode: same, fromText: same, program: 'unknown' }

/** Type → codec. Numbers stay numbers; what a JSON number cannot hold exactly is a string. */
export const codecs: Readonly<Record<ValueType, Codec>> = {
  integer: { encode: same, decode: decodeInteger, fromText: numberFromText, program: 'number' },
  number: { encode: encodeNumber, decode: decodeNumber, fromText: numberFromText, program: 'number' },
  bigint: { encode: String, decode: decodeBigint, fromText: same, program: 'bigint' },
  decimal: { encode: String, decode: decodeDecimal, fromText: same, program: 'string' },
  boolean: {
    encode: same,
    decode: checked('true or false', isBoolean),
    fromText: (word) => (word === 'true' ? true : word === 'false' ? false : word),
    program: 'boolean',
  },
  string: text,
  'date-time': {
    encode: (value) => (value instanceof Date ? value.toISOString() : value),
    decode: decodeInstant,
    fromText: same,
    program: 'Date',
  },
  'local-date-time': text,
  date: text,
  time: text,
  duration: text,
  uuid: text,
  bytes: {
    encode: (value) => (value instanceof Uint8Array ? encodeBase64(value) : value),
    decode: decodeBytes,
    fromText: same,
    program: 'Uint8Array',
  },
  json,
  array: arrayOf(json),
  reference: { encode: same, decode: checked('a URL', isString), fromText: same, program: 'string' },
}

/** The codec of a type; that of arrays reads their items. Undefined for a type of a later version. */
export function codecOf({ type, items }: ItemsDescription): Codec | undefined {
  if (!Object.hasOwn(codecs, type)) return undefined
  const ofItems = type === 'array' && items !== undefined ? codecOf(items) : undefined
  return ofItems === undefined ? codecs[type] : arrayOf(ofItems)
}
