// HTTP dates: one format out, exactly three in.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatHttpDate, parseHttpDate } from '../../src/wire/index.ts'

const example = new Date(Date.UTC(1994, 10, 6, 8, 49, 37))

test('H152 all three formats are read, only IMF-fixdate is written', () => {
  expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toEqual(example)
  expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT')).toEqual(example)
  expect(parseHttpDate('Sun Nov  6 08:49:37 1994')).toEqual(example)
  expect(formatHttpDate(example)).toBe('Sun, 06 Nov 1994 08:49:37 GMT')
})

describe('nothing else is a date', () => {
  test.each([
    '',
    '0',
    '784111777',
    '1994-11-06T08:49:37Z',
    '1994-11-06',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 94 08:49:37 GMT',
    'Sun 06 Nov 1994 08:49:37 GMT',
    '06 Nov 1994 08:49:37 GMT',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT\n',
    'sun, 06 nov 1994 08:49:37 gmt',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-1994 08:49:37 GMT',
    'Sun, 06-Nov-94 08:49:37 GMT',
    'Sun Nov 6 08:49:37 1994',
    'Sun Nov  6 08:49:37 1994 GMT',
    'Sun, ٠٦ Nov 1994 08:49:37 GMT',
  ])('%j', (text) => {
    expect(parseHttpDate(text)).toBeUndefined()
  })

  test.each([
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Wed, 31 Nov 1994 08:49:37 GMT',
    'Sat, 29 Feb 2025 08:49:37 GMT',
    'Thu, 29 Feb 1900 08:49:37 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:60 GMT',
    'Sun, 06 Nov 1994 23:59:61 GMT',
    'Saturday, 29-Feb-25 08:49:37 GMT',
    'Sun Feb 30 08:49:37 1994',
  ])('not on the calendar or the clock: %j', (text) => {
    expect(parseHttpDate(text)).toBeUndefined()
  })
})

test('leap days, leap seconds and early years are dates', () => {
  expect(parseHttpDate('Thu, 29 Feb 2024 00:00:00 GMT')).toEqual(new Date(Date.UTC(2024, 1, 29)))
  expect(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT')).toEqual(new Date(Date.UTC(2017, 0, 1)))
  expect(parseHttpDate('Mon, 01 Jan 0001 00:00:00 GMT')?.getUTCFullYear()).toBe(1)
})

test('the name of the day is not compared with the date', () => {
  expect(parseHttpDate('Mon, 06 Nov 1994 08:49:37 GMT')).toEqual(example)
})

describe('the century of an RFC 850 date (RFC 9110 §5.6.7)', () => {
  const yearOf = (date: string, now: string) => parseHttpDate(date, new Date(now))?.getUTCFullYear()

  test.each([
    ['Sunday, 06-Nov-94 08:49:37 GMT', '2026-11-22T00:00:00Z', 1994],
    ['Sunday, 06-Nov-76 08:49:37 GMT', '2026-11-22T00:00:00Z', 2076],
    ['Sunday, 06-Nov-77 08:49:37 GMT', '2026-11-22T00:00:00Z', 1977],
    ['Sunday, 06-Nov-26 08:49:37 GMT', '2026-01-01T00:00:00Z', 2026],
    ['Sunday, 06-Nov-05 08:49:37 GMT', '2099-01-01T00:00:00Z', 2105],
    ['Sunday, 06-Nov-99 08:49:37 GMT', '2100-01-01T00:00:00Z', 2099],
  ])('%s seen at %s', (date, now, year) => {
    expect(yearOf(date, now)).toBe(year)
  })

  test('exactly 50 years ahead is the future, a second more the past', () => {
    expect(yearOf('Sunday, 06-Nov-76 08:49:37 GMT', '2026-11-06T08:49:37Z')).toBe(2076)
    expect(yearOf('Sunday, 06-Nov-76 08:49:38 GMT', '2026-11-06T08:49:37Z')).toBe(1976)
  })
})

test.each([new Date(Number.NaN), new Date(Date.UTC(10_000, 0)), new Date(-1e14)])('%s cannot be written', (date) => {
  expect(() => formatHttpDate(date)).toThrow(RangeError)
})

describe('properties', () => {
  const min = new Date('0000-01-01T00:00:00Z')
  const max = new Date('9999-12-31T23:59:59.999Z')
  const dates = fc.date({ min, max, noInvalidDate: true })

  test('what was written is read, to the second', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000)
        expect(parseHttpDate(formatHttpDate(date))).toEqual(seconds)
      }),
    )
  })

  test('the two old formats of a date are read as that date', () => {
    const now = new Date('2026-11-22T00:00:00Z')
    const recent = fc.date({ min: new Date('1977-01-01'), max: new Date('2076-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(recent, (date) => {
        const [, day = '', month, year = '', time] = formatHttpDate(date).split(' ')
        const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000)
        expect(parseHttpDate(`Monday, ${day}-${month}-${year.slice(2)} ${time} GMT`, now)).toEqual(seconds)
        expect(parseHttpDate(`Mon ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`, now)).toEqual(seconds)
      }),
    )
  })

  test('whatever the text, it is a valid date or none', () => {
    const text = fc.string({
      unit: fc.constantFrom('Sun', 'day', ', ', '06', '-', 'Nov', ' ', '1994', '08:49:37', 'GMT', '9'),
    })
    fc.assert(
      fc.property(fc.oneof(fc.string(), text), (value) => {
        expect(parseHttpDate(value)?.getTime()).not.toBeNaN()
      }),
    )
  })
})
