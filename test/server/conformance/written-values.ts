// Tables with every kind of column whose values the database writes as JSON, and values for them as SQL: what it is sure of, and what
// it might write otherwise than the program.
import * as fc from 'fast-check'
import { sql, type SQL, type Table } from 'drizzle-orm'
import * as mysql from 'drizzle-orm/mysql-core'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import type { Dialect } from '../dialects.ts'

/** SQL of a value, as it stands in an INSERT. */
export type Literal = string

interface Shape {
  readonly table: Table
  /** Values that the database writes, by column. */
  readonly sure: Readonly<Record<string, fc.Arbitrary<Literal>>>
  /** Of which it may leave some to the program … */
  readonly any: Readonly<Record<string, readonly Literal[]>>
  /** … and these it does: it would write them otherwise. */
  readonly unsure: readonly (readonly [column: string, value: Literal])[]
}

const octets = (text: string): string => Buffer.from(text).toString('hex')
const sqliteText = (text: string): Literal => `CAST(x'${octets(text)}' AS TEXT)`
const pgText = (text: string): Literal => `convert_from(decode('${octets(text)}', 'hex'), 'UTF8')`
const mysqlText = (text: string): Literal => `CONVERT(x'${octets(text)}' USING utf8mb4)`

const integers = (min: number, max: number): fc.Arbitrary<Literal> =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0, -1)).map(String)
const safe = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const
const bigints = fc
  .oneof(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), fc.constantFrom(2n ** 53n + 1n, -(2n ** 53n)))
  .map(String)

/** What JSON escapes, what it need not, and what is longer than it looks. */
const pieces = [
  '"',
  '\\',
  '/',
  '\b\f\n\r\t',
  '\u0001',
  '\u001f',
  '\u007f',
  '\u2028\u2029',
  '😀',
  'é',
  '[1]',
  '{"a":1}',
  'null',
  "'",
  '',
]
const words = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 5 })
  .map((parts) => parts.join(''))
const wordsWithoutNul = words.map((word) => word.replaceAll('\0', ''))

/** Of so many digits behind the point, as many as a double has room for. */
const shortNumbers = fc
  .tuple(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, behind]) => Math.trunc(digits / 10 ** (4 - behind)) / 10 ** behind)
  .map(String)
const numbers = fc.oneof(
  shortNumbers,
  fc.constantFrom('0.1', '-0.0', '9.0', '8710358860.9988', '99999999999.9999', '-1e11'),
)
/** Drizzle 1.0 has SQLite write them, which by itself keeps so many digits and no more. */
const decimals = integers(-(10 ** 12), 10 ** 12).map((digits) => String(Number(digits) / 1e4))
const strange = [
  '1e-7',
  '-1e-4',
  '1e21',
  '1e300',
  '-1.7976931348623157e308',
  '5e-324',
  '0.30000000000000004',
  '123456789.123456789',
  '1e14',
  '1e15',
  '1e11',
  '-0.00001',
]

const milliseconds = (first: string, last: string): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: Date.parse(first), max: Date.parse(last) }),
    fc.constantFrom(Date.parse(first), Date.parse(last), 0, -1, 999, -999, -1000),
  )
/** As PostgreSQL reads it, in microseconds. */
const moments = fc
  .tuple(milliseconds('1000-01-01T00:00:00Z', '9999-12-30T23:59:59.000Z'), fc.integer({ min: 0, max: 999 }))
  .map(([time, micro]) => `'${new Date(time).toISOString().slice(0, -1)}${String(micro).padStart(3, '0')}Z'`)
const strangeMoments = [
  "'infinity'",
  "'-infinity'",
  "'0100-01-01 00:00:00'",
  "'0999-12-31 23:59:59.999999'",
  "'9999-12-31 23:59:59.999999'",
  "'12026-01-31 00:00:00'",
  "'0044-03-15 00:00:00 BC'",
]

const sizes = ['s', 'so \'so"', 'ü'] as const
const mood = pg.pgEnum('mood', sizes)
const booleans = (yes: string, no: string): fc.Arbitrary<Literal> => fc.constantFrom(yes, no)

export const shapes: Readonly<Record<Dialect['kind'], Shape>> = {
  sqlite: {
    table: sqlite.sqliteTable('written', {
      id: sqlite.integer().primaryKey(),
      whole: sqlite.integer(),
      flag: sqlite.integer({ mode: 'boolean' }),
      real: sqlite.real(),
      decimal: sqlite.numeric(),
      numeric: sqlite.numeric({ mode: 'number' }),
      text: sqlite.text(),
      size: sqlite.text({ enum: sizes }),
      at: sqlite.integer({ mode: 'timestamp_ms' }),
      second: sqlite.integer({ mode: 'timestamp' }),
    }),
    sure: {
      whole: integers(...safe),
      flag: booleans('1', '0'),
      real: numbers,
      decimal: decimals,
      numeric: numbers,
      text: words.map(sqliteText),
      size: fc.constantFrom(...sizes.map(sqliteText)),
      at: milliseconds('0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z').map(String),
      second: milliseconds('0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z').map((time) =>
        String(Math.floor(time / 1000)),
      ),
    },
    any: {
      whole: ['1.5', '1e300', '-1e-7', "'word'", "x'ff'"],
      flag: ['2', '-1', '0.5', "'true'", "x'31'"],
      real: [...strange, '9e999', '-9e999', "'word'"],
      decimal: [...strange, '9007199254740991', "'word'"],
      numeric: [...strange, '9007199254740991'],
      text: ["x'22'", "x''", "''"],
      size: [sqliteText('another'), "x'22'"],
      at: ['253402300800000', '-62167219200001', '0.5', '-1.5', "'2026-01-31'", '9007199254740991'],
      second: ['253402300800', '-62167219201', '0.5', '9007199254740991'],
    },
    unsure: [
      ['whole', '1.5'],
      ['flag', "'true'"],
      ['real', '1e-7'],
      ['real', '0.30000000000000004'],
      ['decimal', "'word'"],
      ['numeric', '9007199254740991'],
      ['text', "x'22'"],
      ['at', '253402300800000'],
      ['second', '0.5'],
    ],
  },
  pg: {
    table: pg.pgTable('written', {
      id: pg.integer().primaryKey(),
      small: pg.smallint(),
      whole: pg.integer(),
      safe: pg.bigint({ mode: 'number' }),
      big: pg.bigint({ mode: 'bigint' }),
      smallSerial: pg.smallserial('small_serial'),
      serial: pg.serial(),
      safeSerial: pg.bigserial('safe_serial', { mode: 'number' }),
      bigSerial: pg.bigserial('big_serial', { mode: 'bigint' }),
      decimal: pg.numeric(),
      scaled: pg.numeric({ precision: 12, scale: 4 }),
      flag: pg.boolean(),
      text: pg.text(),
      chars: pg.varchar({ length: 200 }),
      size: mood(),
      uuid: pg.uuid(),
      single: pg.real(),
      double: pg.doublePrecision(),
      at: pg.timestamp({ withTimezone: true }),
      local: pg.timestamp(),
      milli: pg.timestamp({ precision: 3, withTimezone: true }),
    }),
    sure: {
      small: integers(-32_768, 32_767),
      whole: integers(-(2 ** 31), 2 ** 31 - 1),
      safe: integers(...safe),
      big: bigints,
      smallSerial: integers(-32_768, 32_767),
      serial: integers(-(2 ** 31), 2 ** 31 - 1),
      safeSerial: integers(...safe),
      bigSerial: bigints,
      decimal: fc.oneof(numbers, fc.constantFrom('1e-30', '1.000', '123456789012345678901234567890.123456789')),
      scaled: integers(-(10 ** 7), 10 ** 7).map((digits) => String(Number(digits) / 1e4)),
      flag: booleans('true', 'false'),
      text: wordsWithoutNul.map(pgText),
      chars: wordsWithoutNul.map(pgText),
      size: fc.constantFrom(...sizes).map((word) => `'${word.replaceAll("'", "''")}'`),
      uuid: fc.uuid().map((uuid) => `'${uuid.toUpperCase()}'`),
      single: fc.oneof(
        integers(-(10 ** 6), 10 ** 6).map((digits) => String(Number(digits) / 1e4 + 200)),
        fc.constantFrom('0.1', '-0.0', '999999', '3.1415927'),
      ),
      double: fc.oneof(
        numbers,
        fc
          .double({ min: -1e14, max: 1e14, noNaN: true })
          .filter((value) => Math.abs(value) >= 1e-6)
          .map(String),
        fc.constantFrom('0.30000000000000004', '-1e14', '1e-4', "'-0'"),
      ),
      at: moments,
      local: moments,
      milli: moments,
    },
    any: {
      safe: ['9007199254740993', '-9223372036854775808', '9223372036854775807'],
      safeSerial: ['9007199254740993', '-9007199254740992'],
      decimal: ["'NaN'", "'Infinity'", "'-Infinity'", '1e300', '1e-300'],
      scaled: ["'NaN'", '12345678.1234', '-0.0001'],
      single: ["'NaN'", "'Infinity'", '1e-7', '3.4e38', '1e-45', '1e6', '16777217', '0.0001', '1234567'],
      double: ["'NaN'", "'-Infinity'", ...strange],
      at: strangeMoments,
      local: strangeMoments,
      milli: strangeMoments,
    },
    unsure: [
      ['safe', '9007199254740993'],
      ['decimal', "'NaN'"],
      ['decimal', '1e-300'],
      ['single', "'NaN'"],
      ['double', '1e21'],
      ['double', '1e-7'],
      ['at', "'infinity'"],
      ['local', "'0100-01-01 00:00:00'"],
    ],
  },
  mysql: {
    table: mysql.mysqlTable('written', {
      id: mysql.int().primaryKey(),
      whole: mysql.int(),
      big: mysql.bigint({ mode: 'bigint' }),
      flag: mysql.boolean(),
      decimal: mysql.decimal({ precision: 30, scale: 6 }),
      double: mysql.double(),
      text: mysql.text(),
      at: mysql.datetime({ fsp: 3 }),
    }),
    sure: {
      whole: integers(-(2 ** 31), 2 ** 31 - 1),
      big: bigints,
      flag: booleans('true', 'false'),
      decimal: numbers,
      double: numbers,
      text: wordsWithoutNul.map(mysqlText),
      at: milliseconds('1000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z').map(
        (time) => `'${new Date(time).toISOString().slice(0, -1)}'`,
      ),
    },
    any: { double: strange.filter((each) => each !== '5e-324'), text: [mysqlText('a\0b')] },
    unsure: [],
  },
}

/** Their names, as JSON and SQL have to write them. */
export const oddNames: readonly string[] = ["it's", 'say"hi"', 'back\\slash', 'ünï😀', '$1', '?', ':a']
export const oddTables: Readonly<Record<Dialect['kind'], Table>> = {
  sqlite: sqlite.sqliteTable('odd', {
    id: sqlite.integer().primaryKey(),
    ...Object.fromEntries(oddNames.map((name, index) => [name, sqlite.text(`c${index}`)])),
  }),
  pg: pg.pgTable('odd', {
    id: pg.integer().primaryKey(),
    ...Object.fromEntries(oddNames.map((name, index) => [name, pg.text(`c${index}`)])),
  }),
  mysql: mysql.mysqlTable('odd', {
    id: mysql.int().primaryKey(),
    ...Object.fromEntries(oddNames.map((name, index) => [name, mysql.text(`c${index}`)])),
  }),
}

/** Of values that the database makes, and so many that one expression would be too deep. */
export const made = sqlite.sqliteTable('made', {
  id: sqlite.integer().primaryKey(),
  list: sqlite.text().generatedAlwaysAs((): SQL => sql`json_array(id, 'x')`, { mode: 'virtual' }),
  kept: sqlite.text().generatedAlwaysAs((): SQL => sql`json_array(id, 'x')`, { mode: 'stored' }),
  mean: sqlite.real().generatedAlwaysAs((): SQL => sql`id * 1.0`, { mode: 'virtual' }),
})
export const wide = sqlite.sqliteTable('wide', {
  id: sqlite.integer().primaryKey(),
  ...Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`c${index}`, sqlite.integer()])),
})
