// Columns of dates and times: instants with a zone, and what stands on a calendar or a clock without one.

import { codecs, ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import { withoutFinalZeros } from './decimals.ts'

interface Instants {
  /** Fraction digits of a second that the column keeps. */
  readonly digits: number
  /** The years that go there and back. */
  readonly firstYear?: number
  readonly lastYear?: number
  /** The instants that the column has room for, in milliseconds. */
  readonly earliest?: number
  readonly latest?: number
}

/** A JavaScript Date: milliseconds, whatever the column keeps. A program's own Date may be finer than the column. */
export function dateTimeKind({ digits, firstYear = 0, lastYear = 9999, earliest, latest }: Instants): ColumnKind {
  const kept = Math.min(digits, 3)
  return kind('date-time', {
    // A Date that Drizzle could not read (PostgreSQL's `infinity`) has no ISO form: it is shown as what it is, not as NULL.
    encode: (value) =>
      value instanceof Date && Number.isNaN(value.getTime()) ? String(value) : dateTime.encode(value),
    decode: (json) => {
      if (json instanceof Date) return json
      const date = instantOf(json)
      refuseFraction(String(json), kept)
      refuseYear(date.getUTCFullYear(), firstYear, lastYear)
      return date
    },
    check: (value) => {
      const time = value instanceof Date ? value.getTime() : Number.NaN
      if (Number.isNaN(time)) throw new ValueFault('must be a valid date and time')
      if (time < (earliest ?? time) || time > (latest ?? time)) {
        const [from, to] = [earliest ?? time, latest ?? time].map((each) => new Date(each).toISOString())
        throw new ValueFault(`must be from ${from} to ${to}, which is what the database keeps`)
      }
    },
    exact: false,
  })
}

const dateTime = codecs['date-time']

function instantOf(json: unknown): Date {
  const date = dateTime.decode(json)
  if (date instanceof Date) return date
  throw new ValueFault('must be a date and time with a zone')
}

/** Zeros are no loss: `12:00:00.000Z` is whole seconds. */
function refuseFraction(text: string, digits: number): void {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? []
  if (/^0*$/.test(fraction.slice(digits))) return
  const expected = digits === 0 ? 'be whole seconds' : `have at most ${digits} fraction digits`
  throw new ValueFault(`must ${expected}, which is what the database keeps`)
}

function refuseYear(year: number, first: number, last: number): void {
  if (year >= first && year <= last) return
  throw new ValueFault(
    `must be in the years ${String(first).padStart(4, '0')} to ${last}, which is what the database keeps`,
  )
}

/** A timestamp with a zone, as PostgreSQL's text in whatever zone its session has; on the wire in UTC, with all its digits. */
export function zonedTextKind(digits: number): ColumnKind {
  return kind('date-time', {
    encode: (value) => (value instanceof Date ? dateTime.encode(value) : utcOf(String(value))),
    decode: (json) => {
      const text = json instanceof Date ? dateTime.encode(json) : json
      const date = instantOf(text)
      refuseFraction(String(text), digits)
      refuseYear(date.getUTCFullYear(), 1, 9999)
      return `${date.toISOString().slice(0, 19).replace('T', ' ')}${fractionOf(String(text))}+00`
    },
  })
}

const zonedText = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(?:Z|([+-]\d\d)(?::?(\d\d))?(?::?\d\d)?)$/

/** What the database says beyond that form (`infinity`, a year BC) is shown as it is. */
function utcOf(text: string): string {
  const [, day, time, , hours, minutes = '00'] = zonedText.exec(text) ?? []
  if (day === undefined || time === undefined) return text
  const date = new Date(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`)
  return Number.isNaN(date.getTime()) ? text : `${date.toISOString().slice(0, 19)}${fractionOf(text)}Z`
}

/** With its point, without zeros at the end; empty where there is none. */
function fractionOf(text: string): string {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? []
  const digits = withoutFinalZeros(fraction)
  return digits === '' ? '' : `.${digits}`
}

/** A date and time without a zone, as the database's text: `2026-01-31 12:00:00.5` there, `2026-01-31T12:00:00.5` on the wire. */
export function localDateTimeKind(digits: number): ColumnKind {
  return kind('local-date-time', {
    encode: (value) => {
      const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?$/.exec(String(value)) ?? []
      return day === undefined || time === undefined ? value : `${day}T${time}${fractionOf(String(value))}`
    },
    decode: (json) => {
      const [, day = '', time = '', seconds = ':00'] = localDateTime.exec(textOf(json)) ?? []
      if (typeof json !== 'string' || !isDay(day) || !isClock(time + seconds)) {
        throw new ValueFault('must be a date and time without a zone, such as "2026-01-31T12:00:00"')
      }
      refuseFraction(json, digits)
      return `${day} ${time}${seconds}${fractionOf(json)}`
    },
  })
}

const localDateTime = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?$/

/** Nothing of what is no text: an object may have a member `toString` that is no function. */
function textOf(json: unknown): string {
  return typeof json === 'string' ? json : ''
}

/** A day of the years 1 to 9999 that exists. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && text >= '0001' && date.getUTCDate() === Number(text.slice(8))
}

function isClock(text: string): boolean {
  return /^(?:[01]\d|2[0-3])(?::[0-5]\d){2}$/.test(text)
}

/** A day, as a text or as a Date at the beginning of that day in UTC. */
export function dayKind(program: 'text' | 'Date'): ColumnKind {
  return kind('date', {
    encode: (value) => {
      if (!(value instanceof Date)) return value
      return Number.isNaN(value.getTime()) ? String(value) : value.toISOString().split('T')[0]
    },
    decode: (json) => {
      const text = json instanceof Date && !Number.isNaN(json.getTime()) ? json.toISOString().split('T')[0] : json
      if (typeof text !== 'string' || !isDay(text)) throw new ValueFault('must be a date, such as "2026-01-31"')
      return program === 'text' ? text : new Date(`${text}T00:00:00Z`)
    },
    exact: program === 'text',
  })
}

/** A time of day without a zone. */
export function timeKind(digits: number): ColumnKind {
  return kind('time', {
    encode: withoutZeros,
    decode: (json) => {
      const [, time = '', seconds = ':00'] = clockTime.exec(textOf(json)) ?? []
      const isTime = isClock(time + seconds) || `${time}${seconds}${fractionOf(textOf(json))}` === '24:00:00'
      if (typeof json !== 'string' || !isTime) throw new ValueFault('must be a time, such as "12:00:00"')
      refuseFraction(json, digits)
      return `${time}${seconds}${fractionOf(json)}`
    },
  })
}

const clockTime = /^(\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?$/

function withoutZeros(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\.\d+/, fractionOf) : value
}

/** PostgreSQL's `time with time zone`: `12:00:00+02` there, `12:00:00+02:00` on the wire. */
export function zonedTimeKind(digits: number): ColumnKind {
  const time = timeKind(digits)
  return kind('time', {
    encode: (value) => {
      const [, clock, offset] = zonedTime.exec(String(value)) ?? []
      if (clock === undefined || offset === undefined) return value
      const zone = /^[+-]00(?::00)?$/.test(offset) ? 'Z' : offset.padEnd(6, ':00')
      return `${String(withoutZeros(clock))}${zone}`
    },
    decode: (json) => {
      const [, clock, offset = ''] = zonedTime.exec(textOf(json)) ?? []
      const isZone = offset === 'Z' || /^[+-](?:0\d|1[0-5])(?::[0-5]\d)?$/.test(offset)
      if (typeof json !== 'string' || clock === undefined || !isZone) {
        throw new ValueFault('must be a time with a zone, such as "12:00:00+02:00"')
      }
      return `${String(time.decode(clock))}${offset === 'Z' ? '+00' : offset.replace(/:00$/, '')}`
    },
  })
}

const zonedTime = /^([\d:.]+)(Z|[+-]\d\d(?::\d\d)?)$/

/** MySQL's TIME is a span of up to 838 hours, forwards and backwards. */
export function timeSpanKind(digits: number): ColumnKind {
  return kind('time', {
    encode: withoutZeros,
    decode: (json) => {
      const [, sign = '', hours = '', rest = '', seconds = ':00'] = span.exec(textOf(json)) ?? []
      const clock = `${rest}${seconds}${fractionOf(textOf(json))}`
      const isLong = Number(hours) > 838 || (Number(hours) === 838 && clock > ':59:59')
      if (typeof json !== 'string' || rest === '' || isLong) {
        throw new ValueFault('must be a time from "-838:59:59" to "838:59:59", such as "12:00:00"')
      }
      refuseFraction(json, digits)
      const isZero = !/[1-9]/.test(hours + clock)
      return `${isZero ? '' : sign}${hours.replace(/^0(?=\d\d)/, '')}${clock}`
    },
  })
}

const span = /^(-?)(\d{2,3})(:[0-5]\d)(:[0-5]\d)?(?:\.\d{1,9})?$/

/** MySQL's YEAR: 0 is a year of its own, and below 100 it would be one of this or the last century. */
export const yearKind: ColumnKind = kind('integer', {
  decode: (json) => {
    const year = Number(codecs.integer.decode(json))
    if (year === 0 || (year >= 1901 && year <= 2155)) return year
    throw new ValueFault('must be a year from 1901 to 2155, or 0')
  },
})
