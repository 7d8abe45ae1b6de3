// What SQLite's columns keep: integers of 64 bits, doubles, texts and octets. What would lose a digit there is refused.

import type { Column } from 'drizzle-orm'
import { ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import type { KindsOfDialect } from './column-kinds.ts'
import { canonicalDecimal, plainDecimal, withoutFinalZeros } from './decimals.ts'
import { jsonTextKind } from './json-values.ts'
import { bigintKind, bigintOf, doubleKind } from './numbers.ts'
import { propertyOf } from './property-of.ts'
import { textKind } from './texts.ts'
import { dateTimeKind } from './times.ts'

/** As many decimal digits go through a double unchanged (sqlite.org/floatingpoint.html). */
const maxDigits = 15

const numericKind = kind('decimal', { encode: (value) => shortest(String(value)), decode: decodeNumeric })

/** Drizzle 1.0 has SQLite write the number, with other digits than a program: `1.0e-07`, or more of them than lead back to it. */
function shortest(text: string): string {
  const isOther = text.includes('.') && (text.length > maxDigits || text.includes('e'))
  const number = isOther ? Number(text) : Number.NaN
  return plainDecimal(Number.isNaN(number) ? text : String(number))
}

/** Most are positive and have no zeros before them. */
const isShort = /^(?:0|[1-9]\d*)(?:\.\d+)?$/

function withoutZeros(decimal: string): string {
  if (!decimal.includes('.')) return decimal
  const short = withoutFinalZeros(decimal)
  return short.endsWith('.') ? short.slice(0, -1) : short
}

/** The decimal without the zeros that SQLite would not keep: `"9.50"` is `"9.5"`. Throws ValueFault. */
function decodeNumeric(json: unknown): string {
  if (typeof json === 'string' && json.length <= maxDigits && isShort.test(json)) return withoutZeros(json)
  const [whole = '', fraction = ''] = canonicalDecimal(json).split('.')
  const rest = withoutFinalZeros(fraction)
  if (whole.replace(/^-?0*/, '').length + rest.length > maxDigits) {
    throw new ValueFault(`must have at most ${maxDigits} digits, which is what the database keeps`)
  }
  return rest === '' ? whole : `${whole}.${rest}`
}

/** NUMERIC keeps a whole number as an integer of 64 bits where it can, and not each of those comes back as a number. */
const numericNumberKind: ColumnKind = {
  ...doubleKind,
  exact: false, // Drizzle makes a number of whatever is there: of a text, NaN
  check: (value) => {
    if (
      typeof value === 'number' &&
      Number.isInteger(value) &&
      !Number.isSafeInteger(value) &&
      Math.abs(value) < 2 ** 63
    ) {
      throw new ValueFault('must not be an integer between 2^53 and 2^63, which would not come back as a number')
    }
  },
}

/** Drizzle keeps a bigint's digits in a blob: '10' comes before '9'. */
const digitsKind = kind('bigint', { decode: bigintOf, ordered: false })

const bytesKind = kind('bytes', { comparable: false })

/** Drizzle's column type → kind. */
export const sqliteKinds: KindsOfDialect = {
  ofColumnType: {
    SQLiteInteger: () => kind('integer'),
    SQLiteBoolean: () => kind('boolean', { exact: false }), // whatever is not 1 is false
    SQLiteTimestamp: (column) => dateTimeKind({ digits: propertyOf(column, 'mode') === 'timestamp' ? 0 : 3 }),
    SQLiteReal: () => doubleKind,
    SQLiteNumeric: () => numericKind,
    SQLiteNumericNumber: () => numericNumberKind,
    SQLiteNumericBigInt: () => bigintKind(),
    SQLiteText: textOf,
    SQLiteTextJson: () => jsonTextKind,
    SQLiteBlobBuffer: () => bytesKind,
    SQLiteBlobJson: () => jsonTextKind,
    SQLiteBigInt: () => digitsKind,
  },
  ofDataType: {
    integer: () => kind('integer'),
    int: () => kind('integer'),
    real: () => doubleKind,
    text: () => textKind(),
    varchar: () => textKind(),
    blob: () => bytesKind,
  },
}

function textOf(column: Column): ColumnKind {
  const maxLength = propertyOf(column, 'length')
  return textKind({ choices: column.enumValues, maxLength: typeof maxLength === 'number' ? maxLength : undefined })
}
