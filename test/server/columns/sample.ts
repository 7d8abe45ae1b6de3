// What a sample of a column is: how it is declared, what it is on the wire, values that go there and back, and values that are refused.
import * as fc from 'fast-check'
import type { ValueType } from '../../../src/wire/index.ts'

export interface Sample<Builder = unknown> {
  readonly column: Builder
  readonly type: ValueType
  /** In the form in which they are read: what is written is read as the same JSON. Left out where no database here has the type. */
  readonly values?: fc.Arbitrary<unknown>
  /** Written in another spelling, and read in this one. */
  readonly spellings?: readonly (readonly [written: unknown, read: unknown])[]
  /** Refused with 422 before the database is asked. */
  readonly refused?: readonly unknown[]
}

export type Samples<Builder = unknown> = Readonly<Record<string, Sample<Builder>>>

export const integers = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0)).map((value) => value + 0)

export const bigints = (min: bigint, max: bigint): fc.Arbitrary<string> =>
  fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max)).map(String)

/** Decimals of so many digits before the point and behind it, all of those written. */
export const decimals = (whole: number, fraction: number): fc.Arbitrary<string> =>
  fc
    .bigInt({ min: -(10n ** BigInt(whole + fraction)) + 1n, max: 10n ** BigInt(whole + fraction) - 1n })
    .map((value) => {
      const digits = String(value < 0n ? -value : value).padStart(fraction + 1, '0')
      const point = digits.length - fraction
      return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${fraction === 0 ? '' : `.${digits.slice(point)}`}`
    })

export const doubles = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(Number.MAX_VALUE, 0.1, 1e21, 123456789.125),
  )
  .map((value) => (Object.is(value, -0) ? 0 : value))

/** Numbers of single precision, in few enough digits that each has one spelling. */
export const singles = fc.oneof(
  fc.integer({ min: -999_999, max: 999_999 }).map((value) => value / 100),
  fc.constantFrom(1e30, -1e-30, 3.4028235e38, 16_777_216, 0.1),
)

export const words = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed())
export const words5 = words.filter((text) => Array.from(text).length <= 5)
export const padded5 = words5.filter((text) => !text.endsWith(' '))

/** Without what is refused wherever it stands, and without the numbers that a JSON of another program has no digits for. */
export const jsons = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  .map((value): unknown => JSON.parse(JSON.stringify(value).replaceAll('-0,', '0,')))
  .filter(
    (value) => value !== null && !/"(?:__proto__|constructor|prototype)":|\\u0000|:-0|\[-0/.test(JSON.stringify(value)),
  )

const instants = (first: string, last: string, digits: number): fc.Arbitrary<Date> =>
  fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .map(
      (date) =>
        new Date(date.getTime() - (((date.getTime() % 10 ** (3 - digits)) + 10 ** (3 - digits)) % 10 ** (3 - digits))),
    )

/** As a Date is shown, with so many of its three digits. */
export const dateTimes = (first: string, last: string, digits = 3): fc.Arbitrary<string> =>
  instants(first, last, digits).map((date) => date.toISOString())

/** Digits behind the point, without zeros at the end. */
const fractions = (digits: number): fc.Arbitrary<string> =>
  fc.nat(10 ** digits - 1).map((value) => {
    const text = String(value).padStart(digits, '0').replace(/0+$/, '')
    return digits === 0 || text === '' ? '' : `.${text}`
  })

/** As a text of the database is shown: with its own digits, without zeros at the end of them. */
export const textDateTimes = (first: string, last: string, digits: number, zone: '' | 'Z'): fc.Arbitrary<string> =>
  fc
    .tuple(instants(first, last, 0), fractions(digits))
    .map(([date, fraction]) => `${date.toISOString().slice(0, 19)}${fraction}${zone}`)

export const days = (first: string, last: string): fc.Arbitrary<string> =>
  instants(first, last, 0).map((date) => date.toISOString().slice(0, 10))

export const clocks = (digits: number): fc.Arbitrary<string> =>
  fc
    .tuple(instants('2000-01-01T00:00:00Z', '2000-01-01T23:59:59Z', 0), fractions(digits))
    .map(([date, fraction]) => date.toISOString().slice(11, 19) + fraction)

export const octets = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'))

export const notDates = [
  '2026-02-30',
  '2026-1-1',
  '0000-01-01',
  '20260131',
  'today',
  'infinity',
  5,
  '2026-01-31T00:00:00Z',
]
export const notText = [5, true, ['a'], { a: 1 }, 'a\0b', 'a\ud800']
