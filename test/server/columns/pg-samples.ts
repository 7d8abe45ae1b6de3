// Every kind of column that Drizzle has for PostgreSQL.
import * as fc from 'fast-check'
import * as pg from 'drizzle-orm/pg-core'
import { matrix } from './matrix.ts'
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
  singles,
  textDateTimes,
  words,
  words5,
  type Samples,
} from './sample.ts'

const mood = pg.pgEnum('mood', ['sad', "so 'so", 'happy'])
const size = pg.pgEnum('size', { Small: 's', Large: 'l' })
const bytea = pg.customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
const safe = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const
const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n]
const numbers = (count: number): fc.Arbitrary<number[]> => fc.array(doubles, { minLength: count, maxLength: count })
const isText = (value: unknown): boolean => typeof value === 'string'
/** A text that is JSON itself is refused; everything else comes back as it was. */
const pgJsons = jsons.filter((value) => !isText(value))
const small = { maxLength: 4 } as const

export const pgSamples: Samples<pg.PgColumnBuilderBase> = {
  smallint: {
    column: pg.smallint(),
    type: 'integer',
    values: integers(-32768, 32767),
    refused: [32768, -32769, 1.5, '1'],
  },
  integer: { column: pg.integer(), type: 'integer', values: integers(-(2 ** 31), 2 ** 31 - 1), refused: [2 ** 31] },
  bigintNumber: {
    column: pg.bigint({ mode: 'number' }),
    type: 'integer',
    values: integers(...safe),
    refused: [2 ** 53],
  },
  bigint: {
    column: pg.bigint({ mode: 'bigint' }),
    type: 'bigint',
    values: bigints(least, most),
    spellings: [[5, '5']],
    refused: [String(2n ** 63n), '1.0', 'x'],
  },
  // Of what the database counts up, half may be chosen.
  smallserial: {
    column: pg.smallserial(),
    type: 'integer',
    values: integers(-32768, 2 ** 14),
    refused: [32768, 2 ** 14 + 1, null],
  },
  serial: {
    column: pg.serial(),
    type: 'integer',
    values: integers(-(2 ** 31), 2 ** 30),
    refused: [2 ** 31, 2 ** 30 + 1],
  },
  bigserialNumber: {
    column: pg.bigserial({ mode: 'number' }),
    type: 'integer',
    values: integers(Number.MIN_SAFE_INTEGER, 2 ** 52),
  },
  bigserial: {
    column: pg.bigserial({ mode: 'bigint' }),
    type: 'bigint',
    values: bigints(least, 2n ** 62n),
    refused: [null],
  },
  numeric: {
    column: pg.numeric(),
    type: 'decimal',
    values: decimals(40, 20),
    spellings: [
      ['007.50', '7.50'],
      ['-0', '0'],
    ],
    refused: ['NaN', 'Infinity', '1e5', '.5'],
  },
  numeric10: {
    column: pg.numeric({ precision: 10, scale: 2 }),
    type: 'decimal',
    values: decimals(8, 2),
    spellings: [
      ['9.5', '9.50'],
      ['9.5000', '9.50'],
      [9.5, '9.50'],
    ],
    refused: ['1.005', '123456789', '-123456789.00'],
  },
  numericNumber: {
    column: pg.numeric({ mode: 'number', precision: 10, scale: 2 }),
    type: 'number',
    values: decimals(8, 2).map(Number),
    refused: [1.005, 123456789, 'NaN'],
  },
  numericBigint: {
    column: pg.numeric({ mode: 'bigint', precision: 30 }),
    type: 'bigint',
    values: decimals(30, 0),
    refused: [`1${'0'.repeat(30)}`],
  },
  real: { column: pg.real(), type: 'number', values: singles, refused: [0.123456789123, 1e39, 1e-60] },
  double: {
    column: pg.doublePrecision(),
    type: 'number',
    values: fc.oneof(doubles, fc.constantFrom('NaN', 'Infinity', '-Infinity')),
    refused: ['1', true],
  },
  boolean: { column: pg.boolean(), type: 'boolean', values: fc.boolean(), refused: [1, 'true'] },
  text: { column: pg.text(), type: 'string', values: words, refused: notText },
  textEnum: {
    column: pg.text({ enum: ['s', 'm'] }),
    type: 'string',
    values: fc.constantFrom('s', 'm'),
    refused: ['l'],
  },
  varchar: { column: pg.varchar({ length: 5 }), type: 'string', values: words5, refused: ['123456'] },
  varcharAny: { column: pg.varchar(), type: 'string', values: words },
  char: { column: pg.char({ length: 5 }), type: 'string', values: padded5, refused: ['123456', 'ab '] },
  enum: { column: mood(), type: 'string', values: fc.constantFrom('sad', "so 'so", 'happy'), refused: ['angry', 5] },
  enumObject: { column: size(), type: 'string', values: fc.constantFrom('s', 'l'), refused: ['Small'] },
  uuid: {
    column: pg.uuid(),
    type: 'uuid',
    values: fc.uuid(),
    spellings: [['123E4567-E89B-12D3-A456-426614174000', '123e4567-e89b-12d3-a456-426614174000']],
    refused: ['123e4567e89b12d3a456426614174000', '{123e4567-e89b-12d3-a456-426614174000}', 5],
  },
  date: {
    column: pg.date({ mode: 'date' }),
    type: 'date',
    values: days('0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'),
    refused: notDates,
  },
  dateString: {
    column: pg.date(),
    type: 'date',
    values: days('0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'),
    refused: notDates,
  },
  time: {
    column: pg.time({ precision: 3 }),
    type: 'time',
    values: clocks(3),
    spellings: [
      ['12:30', '12:30:00'],
      ['24:00:00', '24:00:00'],
    ],
    refused: ['12:00:00.1234', '25:00:00', '12:60:00', '23:59:60', '12:00:00Z', '24:00:01'],
  },
  timeZoned: {
    column: pg.time({ withTimezone: true }),
    type: 'time',
    values: fc.tuple(clocks(6), fc.constantFrom('Z', '+02:00', '-05:30', '+15:59')).map((parts) => parts.join('')),
    spellings: [['12:00:00+00:00', '12:00:00Z']],
    refused: ['12:00:00', '12:00:00+16:00', '12:00:00+2'],
  },
  timestamp: {
    column: pg.timestamp(),
    type: 'date-time',
    values: dateTimes('0100-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    refused: ['2026-01-31T12:00:00.0001Z', '0099-01-01T00:00:00Z', '2026-01-31T12:00:00', 'infinity'],
  },
  timestampSeconds: {
    column: pg.timestamp({ precision: 0, withTimezone: true }),
    type: 'date-time',
    values: dateTimes('0100-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 0),
    refused: ['2026-01-31T12:00:00.5Z'],
  },
  timestampString: {
    column: pg.timestamp({ mode: 'string' }),
    type: 'local-date-time',
    values: textDateTimes('0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 6, ''),
    spellings: [
      ['2026-01-31T12:00:00.500', '2026-01-31T12:00:00.5'],
      ['2026-01-31 12:00', '2026-01-31T12:00:00'],
    ],
    refused: ['2026-01-31T12:00:00Z', '2026-02-30T12:00:00', '2026-01-31T12:00:00.1234567', '2026-01-31'],
  },
  timestampZonedString: {
    column: pg.timestamp({ mode: 'string', withTimezone: true }),
    type: 'date-time',
    values: textDateTimes('0001-01-02T00:00:00Z', '9999-12-30T23:59:59Z', 6, 'Z'),
    spellings: [['2026-01-31T14:00:00.5+02:00', '2026-01-31T12:00:00.5Z']],
    refused: ['2026-01-31T12:00:00', '2026-01-31T12:00:00.1234567Z'],
  },
  interval: {
    column: pg.interval(),
    type: 'duration',
    values: fc.constantFrom(
      'P1Y2M3DT4H5M6.5S',
      'PT0S',
      'P-1Y-2M',
      'P1DT-1H',
      'PT36H',
      'P-3D',
      'PT-0.000001S',
      'P1M-1D',
      'PT-1H-1M-1.5S',
    ),
    spellings: [
      ['P14M', 'P1Y2M'],
      ['P2W', 'P14D'],
      ['PT90S', 'PT1M30S'],
      ['PT1H-30M', 'PT30M'],
    ],
    refused: ['1 day', 'P', 'PT', 'P1.5D', 'PT0.0000001S', 'P999999999Y'],
  },
  intervalMinutes: {
    column: pg.interval({ fields: 'day to minute' }),
    type: 'duration',
    values: fc.constantFrom('P1DT2H3M', 'P3M', 'PT-1M'),
    refused: ['PT1S', 'PT0.5S'],
  },
  json: {
    column: pg.json(),
    type: 'json',
    values: pgJsons,
    refused: ['5', 'true', '{"a":1}', { a: 'b\0' }, ['\ud800']],
  },
  jsonb: {
    column: pg.jsonb(),
    type: 'json',
    values: fc.oneof(pgJsons, fc.constant('word')),
    refused: ['"x"', { '\0': 1 }],
  },
  inet: {
    column: pg.inet(),
    type: 'string',
    values: fc.oneof(
      fc.ipV4(),
      fc.constantFrom(
        '10.0.0.1/8',
        '2001:db8::1',
        '::1',
        '::',
        '::ffff:1.2.3.4',
        '::1.2.3.4',
        '2001:db8::/32',
        'fe80::1:0:0:1',
      ),
    ),
    spellings: [
      ['192.0.2.1/32', '192.0.2.1'],
      ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ],
    refused: ['256.0.0.1', '10.0.0.1/33', '::1/129', 'localhost', '1.2.3', '::g'],
  },
  cidr: {
    column: pg.cidr(),
    type: 'string',
    values: fc.constantFrom('10.0.0.0/8', '192.0.2.1/32', '2001:db8::/32', '::/0'),
    spellings: [['192.0.2.0', '192.0.2.0/32']],
    refused: ['10.0.0.1/8', '2001:db8::1/32'],
  },
  macaddr: {
    column: pg.macaddr(),
    type: 'string',
    values: fc.constantFrom('08:00:2b:01:02:03', 'ff:ff:ff:ff:ff:ff'),
    spellings: [['08:00:2B:01:02:03', '08:00:2b:01:02:03']],
    refused: ['08-00-2b-01-02', '08:00:2b:01:02:0g'],
  },
  macaddr8: {
    column: pg.macaddr8(),
    type: 'string',
    values: fc.constant('08:00:2b:01:02:03:04:05'),
    refused: ['08:00:2b:01:02:03'],
  },
  point: {
    column: pg.point(),
    type: 'array',
    values: numbers(2),
    refused: [[1], [1, 2, 3], [1, 'x'], '(1,2)', [1, null]],
  },
  pointObject: {
    column: pg.point({ mode: 'xy' }),
    type: 'json',
    values: numbers(2).map(([x, y]) => ({ x, y })),
    refused: [{ x: null }, { x: 1, y: 2, z: 3 }, [1, 2], { x: 1, y: '2' }],
  },
  line: {
    column: pg.line(),
    type: 'array',
    values: fc.constantFrom([1, 2, 3], [0, 1, -0.5], [1e10, 0, 0]),
    refused: [
      [0, 0, 1],
      [1, 2],
    ],
  },
  lineObject: {
    column: pg.line({ mode: 'abc' }),
    type: 'json',
    values: fc.constant({ a: 1, b: 0, c: -2.5 }),
    refused: [{ a: 0, b: 0, c: 1 }, { c: null }],
  },
  bits: {
    column: pg.bit({ dimensions: 3 }),
    type: 'string',
    values: fc.stringMatching(/^[01]{3}$/),
    refused: ['01', '012'],
  },
  integers: {
    column: pg.integer().array(),
    type: 'array',
    values: fc.array(integers(-(2 ** 31), 2 ** 31 - 1), small),
    refused: [[2 ** 31], ['1'], [null], 5, {}],
  },
  texts: {
    column: pg.text().array(),
    type: 'array',
    values: fc.array(fc.oneof(words, fc.constantFrom('', 'NULL', 'a"b', 'a\\b', '{}', 'a,b')), small),
    refused: [['a\0'], [5]],
  },
  bigints: {
    column: pg.bigint({ mode: 'bigint' }).array(),
    type: 'array',
    values: fc.array(bigints(least, most), small),
    refused: [['x']],
  },
  numerics: {
    column: pg.numeric({ precision: 10, scale: 2 }).array(),
    type: 'array',
    values: fc.array(decimals(8, 2), small),
    refused: [['1.005']],
  },
  booleans: { column: pg.boolean().array(), type: 'array', values: fc.array(fc.boolean(), small), refused: [[0]] },
  doubles: { column: pg.doublePrecision().array(), type: 'array', values: fc.array(doubles, small) },
  enums: {
    column: mood().array(),
    type: 'array',
    values: fc.array(fc.constantFrom('sad', "so 'so"), small),
    refused: [['angry']],
  },
  uuids: { column: pg.uuid().array(), type: 'array', values: fc.array(fc.uuid(), small) },
  timestamps: {
    column: pg.timestamp().array(),
    type: 'array',
    values: fc.array(dateTimes('0100-01-01T00:00:00Z', '9999-12-31T00:00:00Z'), small),
  },
  dates: {
    column: pg.date().array(),
    type: 'array',
    values: fc.array(days('0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'), small),
  },
  jsons: {
    column: pg.jsonb().array(),
    type: 'array',
    values: fc.array(
      pgJsons.filter((value) => typeof value === 'object'),
      small,
    ),
  },
  matrix: {
    column: matrix(),
    type: 'array',
    values: fc.constantFrom(
      [],
      [
        [1, 2],
        [3, 4],
      ],
      [[5]],
    ),
    refused: [[[1], [2, 3]], [[]], [1], [[1], []]],
  },
  custom: { column: bytea(), type: 'bytes', values: octets, refused: ['!'] },
  identity: {
    column: pg.integer().generatedByDefaultAsIdentity(),
    type: 'integer',
    values: integers(-(2 ** 31), 2 ** 30),
    refused: [null],
  },
  geometry: { column: pg.geometry({ type: 'point' }), type: 'array' },
  geometryObject: { column: pg.geometry({ type: 'point', mode: 'xy' }), type: 'json' },
  vector: { column: pg.vector({ dimensions: 3 }), type: 'array' },
  halfvec: { column: pg.halfvec({ dimensions: 3 }), type: 'array' },
  sparsevec: { column: pg.sparsevec({ dimensions: 3 }), type: 'string' },
}
