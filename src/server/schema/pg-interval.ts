// PostgreSQL's intervals: ISO 8601 durations on the wire, in the one form in which months, days and seconds stand by themselves.

import { ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import { withoutFinalZeros } from './decimals.ts'

/** An interval as PostgreSQL keeps it: a month has no number of days, and a day none of hours. */
interface Interval {
  readonly months: number
  readonly days: number
  readonly microseconds: bigint
}

/** Which parts a column that is declared with fields keeps (`interval year to month`): the finer ones are cut off. */
const units = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

/** @param fields `day to minute`, say; all parts unless given. */
export function intervalKind(fields: string | undefined, digits: number): ColumnKind {
  const last = fields?.split(' to ').at(-1)
  const finest = units.indexOf(units.find((unit) => unit === last) ?? 'second')
  const step = [0n, 0n, 0n, 3_600_000_000n, 60_000_000n, 10n ** BigInt(6 - digits)][finest] ?? 0n
  const decode = (json: unknown): string => {
    const interval = typeof json === 'string' ? readIso(json) : undefined
    if (interval === undefined) throw new ValueFault('must be a duration of ISO 8601, such as "P1DT2H30M"')
    const { months, days, microseconds } = interval
    const isFine =
      (finest === 0 && months % 12 !== 0) ||
      (finest < 2 && days !== 0) ||
      (step === 0n ? microseconds !== 0n : microseconds % step !== 0n)
    if (isFine) {
      throw new ValueFault(`must be in whole ${finest === 5 ? 'steps of the last digit' : `${String(last)}s`}`)
    }
    return writeIso(interval)
  }
  return kind('duration', { encode: (value) => encodeInterval(String(value)), decode })
}

/** What the session's IntervalStyle writes beyond its standard and ISO 8601 is shown as it is. */
function encodeInterval(text: string): string {
  const interval = text.startsWith('P') ? readIso(text) : readPostgres(text)
  return interval === undefined ? text : writeIso(interval)
}

const iso =
  /^P(?=[-\dT])(?:(-?\d{1,9})Y)?(?:(-?\d{1,9})M)?(?:(-?\d{1,9})W)?(?:(-?\d{1,9})D)?(?:T(?=[-\d])(?:(-?\d{1,9})H)?(?:(-?\d{1,9})M)?(?:(-?)(\d{1,9})(?:\.(\d{1,6}))?S)?)?$/

function readIso(text: string): Interval | undefined {
  const match = iso.exec(text)
  if (match === null) return undefined
  const [years, months, weeks, days, hours, minutes] = match.slice(1, 7).map((amount) => Number(amount ?? 0))
  return bounded({
    months: (years ?? 0) * 12 + (months ?? 0),
    days: (weeks ?? 0) * 7 + (days ?? 0),
    microseconds: clock(BigInt(hours ?? 0), BigInt(minutes ?? 0), match[7], match[8], match[9]),
  })
}

/** `1 year 2 mons -3 days +04:05:06.789`, the style `postgres`. */
const postgres =
  /^(?:([-+]?\d+) years? ?)?(?:([-+]?\d+) mons? ?)?(?:([-+]?\d+) days? ?)?(?:([-+]?)(\d+):(\d\d):(\d\d)(?:\.(\d+))?)?$/

function readPostgres(text: string): Interval | undefined {
  const match = postgres.exec(text)
  if (match === null || text === '') return undefined
  const [, years = '0', months = '0', days = '0', sign = '', hours = '0', minutes = '0', seconds = '0', fraction] =
    match
  const time = clock(BigInt(hours), BigInt(minutes), '', seconds, fraction)
  return bounded({
    months: Number(years) * 12 + Number(months),
    days: Number(days),
    microseconds: sign === '-' ? -time : time,
  })
}

function clock(hours: bigint, minutes: bigint, sign = '', seconds = '0', fraction = ''): bigint {
  const rest = BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  return (hours * 60n + minutes) * 60_000_000n + (sign === '-' ? -rest : rest)
}

/** Months and days are integers of 32 bits there, microseconds of 64. */
function bounded(interval: Interval): Interval | undefined {
  const { months, days, microseconds } = interval
  const fits =
    Math.abs(months) < 2 ** 31 && Math.abs(days) < 2 ** 31 && BigInt.asIntN(63, microseconds) === microseconds
  return fits ? interval : undefined
}

/** Zero parts are left out, each other part has its own sign: `P-1Y-2M3DT-4H-5M-6.5S`. */
function writeIso({ months, days, microseconds }: Interval): string {
  const date = [part(Math.trunc(months / 12), 'Y'), part(months % 12, 'M'), part(days, 'D')].join('')
  const [sign, time] = microseconds < 0n ? ['-', -microseconds] : ['', microseconds]
  const fraction = withoutFinalZeros(String(time % 1_000_000n).padStart(6, '0'))
  const seconds = `${(time / 1_000_000n) % 60n}${fraction === '' ? '' : `.${fraction}`}`
  const parts = [
    [`${time / 3_600_000_000n}`, 'H'],
    [`${(time / 60_000_000n) % 60n}`, 'M'],
    [seconds, 'S'],
  ]
  const ofDay = parts.map(([amount, unit]) => (amount === '0' ? '' : `${sign}${amount}${unit}`)).join('')
  if (date === '' && ofDay === '') return 'PT0S'
  return `P${date}${ofDay === '' ? '' : `T${ofDay}`}`
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`
}
