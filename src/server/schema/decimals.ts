// Columns of decimals: digits that the column has no room for are refused, never rounded away.

import { codecs, ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import { bigintOf, finite } from './numbers.ts'

export interface DecimalSize {
  /** Digits altogether, and behind the point; undefined where the database takes as many as come. */
  readonly precision: number | undefined
  readonly scale: number | undefined
  readonly unsigned?: boolean
}

/** Decimals as texts. With a scale they are shown as the database does, with as many digits behind the point. */
export function decimalKind(size: DecimalSize): ColumnKind {
  return kind('decimal', {
    decode: (json) => padded(canonicalDecimal(json), size.scale ?? 0),
    check: (value) => refuseDigits(String(value), size),
  })
}

/** Decimals as JavaScript numbers, which might be shorter than what others have stored. */
export function decimalNumberKind(size: DecimalSize): ColumnKind {
  const check = (value: unknown): void => refuseDigits(plainDecimal(String(value)), size)
  return kind('number', { decode: finite, check, exact: false })
}

/** Decimals without a fraction, as bigints. */
export function decimalBigintKind(size: DecimalSize): ColumnKind {
  if ((size.scale ?? 0) > 0) {
    throw new TypeError('is in the mode "bigint", but has digits behind the point; give it the scale 0 or another mode')
  }
  return kind('bigint', { decode: bigintOf, check: (value) => refuseDigits(String(value), size) })
}

/** Throws ValueFault. */
function refuseDigits(decimal: string, { precision, scale = 0, unsigned = false }: DecimalSize): void {
  if (unsigned && decimal.startsWith('-')) throw new ValueFault('must not be negative')
  if (precision === undefined) return
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.')
  const isLong = whole.replace(/^0+/, '').length > precision - scale
  if (isLong || withoutFinalZeros(fraction).length > scale) {
    const behind = scale === 0 ? 'none' : `at most ${scale}`
    throw new ValueFault(`must have at most ${precision - scale} digits before the point and ${behind} behind it`)
  }
}

/** The decimal without zeros before it, and without a sign of zero. Throws ValueFault. */
export function canonicalDecimal(json: unknown): string {
  // The JSON number 1e-7 has no exponent in the codec's language.
  const isNumber = typeof json === 'number' && Number.isFinite(json)
  const text = String(codecs.decimal.decode(isNumber ? plainDecimal(String(json)) : json))
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const integer = whole.replace(/^0+(?=\d)/, '')
  const isZero = /^0*$/.test(integer + fraction)
  return `${text.startsWith('-') && !isZero ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}`
}

/** `9.5` with a scale of 2 is `9.50`, and so is `9.5000`: what has more digits than that stays, for the check to refuse. */
function padded(decimal: string, scale: number): string {
  const [whole = '', fraction = ''] = decimal.split('.')
  if (scale === 0 || withoutFinalZeros(fraction).length > scale) return decimal
  return `${whole}.${fraction.slice(0, scale).padEnd(scale, '0')}`
}

/** `1e-7`, as JavaScript writes it, is `0.0000001`. */
export function plainDecimal(text: string): string {
  const at = text.toLowerCase().indexOf('e')
  if (at === -1) return text
  const [whole = '', fraction = ''] = text.slice(0, at).replace('-', '').split('.')
  const digits = whole + fraction
  const point = whole.length + Number(text.slice(at + 1))
  const sign = text.startsWith('-') ? '-' : ''
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return sign + digits.padEnd(point, '0')
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

export function withoutFinalZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}
