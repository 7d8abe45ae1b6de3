// Every kind of column that Drizzle has for MySQL and MariaDB.
import * as fc from 'fast-check'
import * as mysql from 'drizzle-orm/mysql-core'
import {
  bigints,
  clocks,
  dateTimes,
  days,
  decimals,
  doubles,
  integers,
  jsons,
  notDates,
  notText,
  octets,
  padded5,
  textDateTimes,
  words,
  words5,
  type Samples,
} from './sample.ts'

const bytes = mysql.customType<{ data: Uint8Array }>({ dataType: () => 'blob' })
const unsigned = { unsigned: true } as const
const year = ['1000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'] as const

export const mysqlSamples: Samples<mysql.MySqlColumnBuilderBase> = {
  tinyint: { column: mysql.tinyint(), type: 'integer', values: integers(-128, 127), refused: [128, -129] },
  tinyintUnsigned: { column: mysql.tinyint(unsigned), type: 'integer', values: integers(0, 255), refused: [-1, 256] },
  smallint: { column: mysql.smallint(), type: 'integer', values: integers(-32768, 32767), refused: [32768] },
  mediumint: {
    column: mysql.mediumint(),
    type: 'integer',
    values: integers(-(2 ** 23), 2 ** 23 - 1),
    refused: [2 ** 23],
  },
  int: {
    column: mysql.int(),
    type: 'integer',
    values: integers(-(2 ** 31), 2 ** 31 - 1),
    refused: [2 ** 31, 1.5, '1'],
  },
  intUnsigned: {
    column: mysql.int(unsigned),
    type: 'integer',
    values: integers(0, 2 ** 32 - 1),
    refused: [-1, 2 ** 32],
  },
  bigintNumber: {
    column: mysql.bigint({ mode: 'number' }),
    type: 'integer',
    values: integers(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    refused: [2 ** 53],
  },
  bigint: {
    column: mysql.bigint({ mode: 'bigint' }),
    type: 'bigint',
    values: bigints(-(2n ** 63n), 2n ** 63n - 1n),
    refused: [String(2n ** 63n)],
  },
  bigintUnsigned: {
    column: mysql.bigint({ mode: 'bigint', unsigned: true }),
    type: 'bigint',
    values: bigints(0n, 2n ** 64n - 1n),
    refused: ['-1', String(2n ** 64n)],
  },
  decimal: { column: mysql.decimal(), type: 'decimal', values: decimals(10, 0), refused: ['1.5', '12345678901'] },
  decimal10: {
    column: mysql.decimal({ precision: 10, scale: 2 }),
    type: 'decimal',
    values: decimals(8, 2).filter((value) => value !== '-0.00'),
    spellings: [
      ['9.5', '9.50'],
      ['-0', '0.00'],
    ],
    refused: ['1.005', '123456789'],
  },
  decimalUnsigned: {
    column: mysql.decimal({ precision: 5, unsigned: true }),
    type: 'decimal',
    values: decimals(5, 0).map((value) => value.replace('-', '')),
    refused: ['-1'],
  },
  decimalNumber: {
    column: mysql.decimal({ mode: 'number', precision: 10, scale: 2 }),
    type: 'number',
    values: decimals(8, 2).map((value) => Number(value) + 0),
    refused: [1.005],
  },
  decimalBigint: {
    column: mysql.decimal({ mode: 'bigint', precision: 30 }),
    type: 'bigint',
    values: decimals(30, 0),
    refused: [`1${'0'.repeat(30)}`],
  },
  float: {
    column: mysql.float(),
    type: 'number',
    values: fc.constantFrom(0, 0.1, -1.5, 123456, 1.23456e30, 1e-30),
    refused: [1234567, 0.1234567, 1e39, 'NaN'],
  },
  double: { column: mysql.double(), type: 'number', values: doubles, refused: ['NaN', 'Infinity'] },
  doubleScaled: {
    column: mysql.double({ precision: 10, scale: 2 }),
    type: 'number',
    values: decimals(6, 2).map((value) => Number(value) + 0),
    refused: [1.005],
  },
  real: { column: mysql.real(), type: 'number', values: doubles },
  boolean: { column: mysql.boolean(), type: 'boolean', values: fc.boolean(), refused: [1] },
  char: { column: mysql.char({ length: 5 }), type: 'string', values: padded5, refused: ['123456', 'ab '] },
  varchar: { column: mysql.varchar({ length: 5 }), type: 'string', values: words5, refused: ['123456'] },
  varcharEnum: {
    column: mysql.varchar({ length: 5, enum: ['s', 'm'] }),
    type: 'string',
    values: fc.constantFrom('s', 'm'),
    refused: ['S'],
  },
  text: { column: mysql.text(), type: 'string', values: words, refused: [...notText, 'ü'.repeat(32768)] },
  tinytext: { column: mysql.tinytext(), type: 'string', values: words, refused: ['ü'.repeat(128)] },
  mediumtext: { column: mysql.mediumtext(), type: 'string', values: words },
  longtext: { column: mysql.longtext(), type: 'string', values: words },
  enum: {
    column: mysql.mysqlEnum(['s', 'm']),
    type: 'string',
    values: fc.constantFrom('s', 'm'),
    refused: ['S', '', 1],
  },
  enumObject: {
    column: mysql.mysqlEnum({ Small: 's', Large: 'l' }),
    type: 'string',
    values: fc.constantFrom('s', 'l'),
    refused: ['Small'],
  },
  binary: {
    column: mysql.binary({ length: 3 }),
    type: 'string',
    values: fc.constantFrom('abc', 'ü1', 'a\0b', '\0\0\0'),
    refused: ['ab', 'abcd', 'üü'],
  },
  varbinary: {
    column: mysql.varbinary({ length: 5 }),
    type: 'string',
    values: fc.constantFrom('', 'abc', 'a\0', 'üü '),
    refused: ['abcdef', 'üüü'],
  },
  date: { column: mysql.date(), type: 'date', values: days(...year), refused: notDates },
  dateString: { column: mysql.date({ mode: 'string' }), type: 'date', values: days(...year), refused: notDates },
  datetime: {
    column: mysql.datetime(),
    type: 'date-time',
    values: dateTimes(...year, 0),
    refused: ['2026-01-31T12:00:00.5Z'],
  },
  datetimeMs: {
    column: mysql.datetime({ fsp: 3 }),
    type: 'date-time',
    values: dateTimes(...year),
    refused: ['2026-01-31T12:00:00.0001Z'],
  },
  datetimeString: {
    column: mysql.datetime({ mode: 'string', fsp: 6 }),
    type: 'local-date-time',
    values: textDateTimes(...year, 6, ''),
    refused: ['2026-01-31T12:00:00Z', '2026-02-30T12:00:00'],
  },
  timestamp: {
    column: mysql.timestamp(),
    type: 'date-time',
    values: dateTimes('1970-01-01T00:00:01Z', '2038-01-19T03:14:07Z', 0),
    refused: ['1970-01-01T00:00:00Z', '2038-01-19T03:14:08Z', '2026-01-31T12:00:00.5Z'],
  },
  timestampString: {
    column: mysql.timestamp({ mode: 'string', fsp: 3 }),
    type: 'local-date-time',
    values: textDateTimes('1971-01-01T00:00:00Z', '2037-12-31T00:00:00Z', 3, ''),
    refused: ['2026-01-31T12:00:00Z'],
  },
  time: {
    column: mysql.time({ fsp: 3 }),
    type: 'time',
    values: fc.oneof(clocks(3), fc.constantFrom('838:59:59', '-838:59:59', '100:00:00', '-00:00:01')),
    spellings: [
      ['012:00:00', '12:00:00'],
      ['-00:00:00', '00:00:00'],
    ],
    refused: ['839:00:00', '12:60:00', '12', '12:00:00.1234'],
  },
  year: {
    column: mysql.year(),
    type: 'integer',
    values: fc.oneof(fc.integer({ min: 1901, max: 2155 }), fc.constant(0)),
    refused: [1900, 99, 2156],
  },
  json: { column: mysql.json(), type: 'json', values: jsons, refused: [['\ud800']] },
  custom: { column: bytes(), type: 'bytes', values: octets, refused: ['!'] },
}

/** A table has one of these at most, and it is a key. */
export const mysqlSerial = mysql.serial()
