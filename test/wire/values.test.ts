// The JSON form of each kind of value: there and back, and what is refused.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecOf, codecs, ValueFault, type ValueType } from '../../src/wire/index.ts'

const types = Object.keys(codecs) as ValueType[] // the table's keys are its type

/** What goes over the wire and comes back. */
const overTheWire = (type: ValueType, value: unknown): unknown => {
  const text = JSON.stringify(codecs[type].encode(value))
  return codecs[type].decode(JSON.parse(text))
}

const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,30})(?:\.\d{1,20})?$/)

const valuesOf: Readonly<Record<ValueType, fc.Arbitrary<unknown>>> = {
  integer: fc.maxSafeInteger().map((value) => value + 0),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  bigint: fc.bigInt(),
  decimal: fc.tuple(fc.constantFrom('', '-'), digits).map((parts) => parts.join('')),
  boolean: fc.boolean(),
  string: fc.string({ unit: 'binary' }),
  'date-time': fc.date({
    noInvalidDate: true,
    min: new Date('0000-01-01T00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
  }),
  bytes: fc.uint8Array(),
  'local-date-time': fc.constantFrom('2026-01-31T12:00:00', '2026-01-31T12:00:00.5'),
  date: fc.constantFrom('2026-01-31', '0001-01-01'),
  time: fc.constantFrom('12:00:00', '12:00:00.5Z'),
  duration: fc.constantFrom('P1DT2H', 'PT0S'),
  uuid: fc.uuid(),
  json: fc.jsonValue(),
  array: fc.array(fc.jsonValue()),
  reference: fc.webUrl(),
}

describe('there and back', () => {
  test.each(types)('%s', (type) => {
    fc.assert(
      fc.property(valuesOf[type], (value) => {
        const json = JSON.parse(JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? 0 : item)))
        expect(overTheWire(type, value)).toEqual(type === 'json' || type === 'array' ? json : value)
      }),
    )
  })
})

describe('a value in a URL is the one that JSON would hold', () => {
  test.each(types.filter((type) => type !== 'json' && type !== 'array'))('%s', (type) => {
    fc.assert(
      fc.property(valuesOf[type], (value) => {
        const { encode, decode, fromText } = codecs[type]
        expect(decode(fromText(String(encode(value))))).toEqual(value)
      }),
    )
  })
})

test('the forms', () => {
  const instant = new Date(Date.UTC(2026, 0, 31, 12))
  expect([
    codecs.integer.encode(7),
    codecs.bigint.encode(2n ** 64n),
    codecs.decimal.encode('9.50'),
    codecs['date-time'].encode(instant),
    codecs.bytes.encode(Uint8Array.of(0xfb, 0xff)),
    codecs.json.encode({ a: [1] }),
  ]).toEqual([7, '18446744073709551616', '9.50', '2026-01-31T12:00:00.000Z', '+/8=', { a: [1] }])
})

test('what a driver gives as text already stays as it is', () => {
  expect(codecs['date-time'].encode('2026-01-31T12:00:00')).toBe('2026-01-31T12:00:00')
  expect(codecs.bytes.encode('AA==')).toBe('AA==')
})

test.each<[ValueType, unknown, unknown]>([
  ['bigint', 42, 42n],
  ['bigint', '-0', 0n],
  ['decimal', 9.5, '9.5'],
  ['decimal', '007.50', '007.50'],
  ['date-time', '2026-01-31T12:00Z', new Date('2026-01-31T12:00:00Z')],
  ['date-time', '2026-01-31T12:00:00.123456789+02:00', new Date('2026-01-31T10:00:00.123Z')],
  ['date-time', '2024-02-29T00:00:00Z', new Date('2024-02-29T00:00:00Z')],
  ['date-time', '0000-02-29T00:00:00Z', new Date('0000-02-29T00:00:00Z')],
  ['integer', -0, -0],
  ['string', '', ''],
  ['number', 'NaN', Number.NaN],
  ['number', '-Infinity', -Infinity],
])('%s takes %j', (type, json, value) => {
  expect(codecs[type].decode(json)).toEqual(value)
})

const notText = [null, undefined, true, {}, [], ['1']]
const refused: Readonly<Record<Exclude<ValueType, 'json'>, readonly unknown[]>> = {
  integer: [1.5, 2 ** 53, Number.NaN, Infinity, '1', '', null, true, [], {}, 1n],
  number: [Number.NaN, Infinity, -Infinity, 'nan', '+Infinity', '1', '', null, false, [1], {}],
  bigint: [...notText, 1.5, 2 ** 53, '', ' 1', '1n', '1.0', '0x10', '1e3', '+1', '--1', '9'.repeat(101), '1\n'],
  decimal: [
    ...notText,
    '',
    '.',
    '.5',
    '1.',
    '1,5',
    '1e3',
    ' 1',
    '1 ',
    '+1',
    'NaN',
    'Infinity',
    Number.NaN,
    1e21,
    '1\n',
    '٣',
  ],
  boolean: [0, 1, '', 'true', null, [], {}],
  string: [null, undefined, 0, false, {}, []],
  'local-date-time': notText,
  date: notText,
  time: notText,
  duration: notText,
  uuid: notText,
  array: [null, undefined, 'a', 1, {}],
  'date-time': [
    ...notText,
    0,
    1738324800000,
    '',
    '0',
    '2026',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31 12:00:00Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-32T00:00:00Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T12:60:00Z',
    '2026-01-31T12:00:61Z',
    '2026-01-31T12:00:00+99:99',
    '9999-12-31T23:59:59-12:00',
    '0000-01-01T00:00:00+12:00',
    '2026-01-31T12:00:00z',
    '2026-01-31T12:00:00Z\n',
    '+002026-01-31T12:00:00Z',
    'Sat, 31 Jan 2026 12:00:00 GMT',
  ],
  bytes: [...notText, 1, 'A', 'AA', 'AAA', 'AA=', 'AA==\n', 'A A=', '-_8=', 'ä==='],
  reference: [null, 1, {}, []],
}

describe('refused, with a word on what would do', () => {
  test.each(
    Object.entries(refused).flatMap(([type, values]) => values.map((value) => [type as ValueType, value] as const)),
  )('%s: %s', (type, value) => {
    expect(() => codecs[type].decode(value)).toThrow(ValueFault)
    expect(() => codecs[type].decode(value)).toThrow(/^must be /)
  })
})

test.each(['', ' ', '0x10', '1_000', 'infinity', 'nan', '1e', '.5', '5.', '+5', '1 ', '1\n', '--1', '1e99999', 'null'])(
  'the text %j is no number',
  (text) => {
    for (const type of ['integer', 'number'] as const) {
      expect(() => codecs[type].decode(codecs[type].fromText(text))).toThrow(ValueFault)
    }
  },
)

test.each(['1', '0', 'TRUE', 'yes', '', ' true'])('the text %j is no boolean', (text) => {
  expect(() => codecs.boolean.decode(codecs.boolean.fromText(text))).toThrow(ValueFault)
})

test('any JSON is decoded or a ValueFault, and quickly', () => {
  const long = ['9'.repeat(1e6), `${'0'.repeat(1e6)}x`, `1.${'0'.repeat(1e6)}`, `${'A'.repeat(1e6)}!`, '-'.repeat(1e6)]
  const hostile = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom(...long))
  fc.assert(
    fc.property(fc.constantFrom(...types), hostile, (type, json) => {
      try {
        codecs[type].decode(json)
        if (typeof json === 'string') codecs[type].decode(codecs[type].fromText(json))
      } catch (error) {
        expect(error).toBeInstanceOf(ValueFault)
      }
    }),
    { numRuns: 500 },
  )
})

describe('arrays', () => {
  const dates = { type: 'array', items: { type: 'date-time' } } as const
  const matrix = { type: 'array', items: { type: 'array', items: { type: 'bigint' } } } as const

  test('their items go by the codec of their type, to any depth; null stays', () => {
    const values = [[1n, 2n ** 64n], [null], []]
    expect(codecOf(matrix)?.encode(values)).toEqual([['1', '18446744073709551616'], [null], []])
    expect(codecOf(matrix)?.decode([['1', '18446744073709551616'], [null], []])).toEqual(values)
    expect(codecOf(dates)?.decode(['2026-01-31T12:00:00Z'])).toEqual([new Date('2026-01-31T12:00:00Z')])
    expect(codecOf(dates)?.program).toBe('readonly (Date)[]')
  })

  test('one wrong item is a fault', () => {
    expect(() => codecOf(matrix)?.decode([['x']])).toThrow(ValueFault)
    expect(() => codecOf(matrix)?.decode(['1'])).toThrow('must be an array')
  })

  test('in a URL they are JSON', () => {
    expect(codecOf(matrix)?.fromText('[["1"]]')).toEqual([['1']])
    expect(codecOf(matrix)?.fromText('x')).toBe('x')
  })

  test('a type of a later version has no codec', () => {
    expect(codecOf({ type: 'later' as ValueType })).toBeUndefined()
    expect(codecOf({ type: 'array', items: { type: 'later' as ValueType } })?.decode([1])).toEqual([1])
  })
})

test('numbers that JSON has none for are words', () => {
  expect([Number.NaN, -Infinity, 1.5].map((value) => codecs.number.encode(value))).toEqual(['NaN', '-Infinity', 1.5])
})
