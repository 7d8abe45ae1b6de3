// Columns of numbers: what a column of this size or precision would cut, round or refuse is no value of it.

import { codecs, ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'

/** Signed and unsigned integers of so many bits, as JavaScript numbers: never beyond the safe ones. */
export function integerKind(bits: number, unsigned = false): ColumnKind {
  const [least, most] = rangeOf(bits, unsigned)
  const minimum = Math.max(Number(least), Number.MIN_SAFE_INTEGER)
  const maximum = Math.min(Number(most), Number.MAX_SAFE_INTEGER)
  const decode = (json: unknown): number => {
    const isWhole = typeof json === 'number' && Number.isInteger(json) // also one that no number holds exactly
    const value = isWhole ? json : Number(codecs.integer.decode(json))
    if (value >= minimum && value <= maximum) return value
    throw new ValueFault(`must be an integer from ${minimum} to ${maximum}`)
  }
  return kind('integer', { decode, minimum, maximum })
}

/** The same in 64 bits, as a bigint. */
export function bigintKind(unsigned = false): ColumnKind {
  const [minimum, maximum] = rangeOf(64, unsigned)
  const decode = (json: unknown): bigint => {
    const value = bigintOf(json)
    if (value >= minimum && value <= maximum) return value
    throw new ValueFault(
      unsigned
        ? `must be an integer from 0 to ${maximum}, which is what the database keeps`
        : 'must be an integer of at most 64 bits, which is what the database keeps',
    )
  }
  return kind('bigint', { decode, minimum, maximum })
}

function rangeOf(bits: number, unsigned: boolean): readonly [bigint, bigint] {
  const size = 1n << BigInt(bits)
  return unsigned ? [0n, size - 1n] : [-size / 2n, size / 2n - 1n]
}

/** A bigint is already what a rule or a program says; JSON says it as text. */
export function bigintOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  const decoded = codecs.bigint.decode(value)
  if (typeof decoded === 'bigint') return decoded
  throw new ValueFault('must be an integer, as a string of digits')
}

export function finite(json: unknown): number {
  const value = codecs.number.decode(json)
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new ValueFault('must be a number')
}

/** Doubles of a database that knows no NaN and no infinity, or would make NULL of them. */
export const doubleKind: ColumnKind = kind('number', { decode: finite })

/** Doubles of a database that knows all of them. */
export const anyDoubleKind: ColumnKind = kind('number')

/**
 * Whether the shortest spelling of the value in a smaller format, which is what is read, is the value itself. What lies exactly
 * between two values of the format is no spelling of either, as PostgreSQL writes them.
 */
function survives(value: number, round: (value: number) => number, digits: number): boolean {
  const rounded = round(value)
  if (Object.is(rounded, value) && Number.isInteger(value) && Math.abs(value) < 2 ** 11) return true
  if (Number.isNaN(value) || !Number.isFinite(value)) return true
  if (!Number.isFinite(rounded) || rounded === 0) return rounded === value
  for (let precision = 1; precision <= digits; precision++) {
    const shortest = nearestEven(rounded, precision)
    const isBetween = [1 - 2 ** -45, 1 + 2 ** -45].some((nudge) => round(shortest * nudge) !== rounded)
    if (!isBetween) return shortest === value
  }
  return rounded === value
}

/** `toPrecision` rounds a half away from zero; PostgreSQL, to the even digit. */
function nearestEven(value: number, precision: number): number {
  const nearest = Number(value.toPrecision(precision))
  const other = 2 * value - nearest
  const isTie = other !== nearest && Number(other.toPrecision(precision)) === other
  const lastDigit = nearest
    .toExponential(precision - 1)
    .split('e')[0]
    ?.at(-1)
  return isTie && Number(lastDigit) % 2 !== 0 ? other : nearest
}

export function isSingle(value: number): boolean {
  return survives(value, Math.fround, 9)
}

/** Half precision (IEEE 754 binary16), which pgvector writes in the digits of single precision: 0.1 comes back as 0.099975586. */
export function isHalf(value: number): boolean {
  return isSingle(value) && roundToHalf(Math.fround(value)) === Math.fround(value)
}

/** Ten bits behind the point, exponents from -14 to 15. */
function roundToHalf(value: number): number {
  if (value === 0) return value
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), -14)
  const step = 2 ** (exponent - 10)
  const steps = value / step
  const below = Math.floor(steps)
  const isUp = steps - below > 0.5 || (steps - below === 0.5 && below % 2 !== 0)
  const rounded = (isUp ? below + 1 : below) * step
  return Math.abs(rounded) > 65_504 ? Infinity : rounded
}

/** PostgreSQL's `real`. */
export const singleKind: ColumnKind = kind('number', {
  check: (value) => {
    if (typeof value === 'number' && isSingle(value)) return
    throw new ValueFault('must be a number of single precision, which is what the database keeps')
  },
})
