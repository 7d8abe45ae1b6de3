// Every kind of column that Drizzle has for SQLite.
import * as fc from 'fast-check'
import { blob, customType, integer, numeric, real, text, type SQLiteColumnBuilderBase } from 'drizzle-orm/sqlite-core'
import {
  bigints,
  dateTimes,
  decimals,
  doubles,
  integers,
  jsons,
  notText,
  octets,
  words,
  words5,
  type Samples,
} from './sample.ts'

const plainText = customType<{ data: string }>({ dataType: () => 'text' })

export const sqliteSamples: Samples<SQLiteColumnBuilderBase> = {
  integer: {
    column: integer(),
    type: 'integer',
    values: integers(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    refused: [1.5, '1', 2 ** 53, true],
  },
  boolean: { column: integer({ mode: 'boolean' }), type: 'boolean', values: fc.boolean(), refused: [1, 'true'] },
  timestamp: {
    column: integer({ mode: 'timestamp' }),
    type: 'date-time',
    values: dateTimes('0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 0),
    spellings: [['2026-01-31T14:00:00+02:00', '2026-01-31T12:00:00.000Z']],
    refused: ['2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00', '2026-02-30T00:00:00Z', 0],
  },
  timestampMs: {
    column: integer({ mode: 'timestamp_ms' }),
    type: 'date-time',
    values: dateTimes('0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    refused: ['2026-01-31T12:00:00.0001Z'],
  },
  real: { column: real(), type: 'number', values: doubles, refused: ['1', 'NaN', 'Infinity', true] },
  numeric: {
    column: numeric(),
    type: 'decimal',
    values: decimals(8, 7)
      .map((value) => (value.includes('.') ? value.replace(/\.?0+$/, '') : value))
      .map((value) => (value === '-0' ? '0' : value)),
    spellings: [
      ['9.50', '9.5'],
      [1e-7, '0.0000001'],
    ],
    refused: ['1234567890.1234567', '1e5', 'NaN', true],
  },
  numericNumber: {
    column: numeric({ mode: 'number' }),
    type: 'number',
    values: fc.double({ min: -1e15, max: 1e15, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    refused: [1e18, 'NaN'],
  },
  numericBigint: {
    column: numeric({ mode: 'bigint' }),
    type: 'bigint',
    values: bigints(-(2n ** 63n), 2n ** 63n - 1n),
    refused: [String(2n ** 63n), '1.5'],
  },
  text: { column: text(), type: 'string', values: words, refused: notText },
  textOf5: { column: text({ length: 5 }), type: 'string', values: words5, refused: ['123456'] },
  textEnum: {
    column: text({ enum: ['s', 'm'] }),
    type: 'string',
    values: fc.constantFrom('s', 'm'),
    refused: ['l', 'S'],
  },
  textJson: { column: text({ mode: 'json' }), type: 'json', values: jsons },
  blob: { column: blob({ mode: 'buffer' }), type: 'bytes', values: octets, refused: ['!', 5] },
  blobJson: { column: blob({ mode: 'json' }), type: 'json', values: jsons },
  blobBigint: {
    column: blob({ mode: 'bigint' }),
    type: 'bigint',
    values: bigints(-(10n ** 60n), 10n ** 60n),
    refused: ['x'],
  },
  custom: { column: plainText(), type: 'string', values: words, refused: notText },
}
