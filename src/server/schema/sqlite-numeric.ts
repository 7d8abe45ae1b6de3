// SQLite's NUMERIC columns keep integers of 64 bits and doubles, nothing else: what would lose a digit there is refused.

import { codecs, ValueFault } from '../../wire/index.ts'
import type { FieldDescription } from './field-description.ts'

type NumericCodec = Pick<FieldDescription, 'encode' | 'decode'>

/** Drizzle's column type → how its values go over the wire. */
export const numericCodecs: Readonly<Record<string, NumericCodec>> = {
  SQLiteNumeric: { encode: encodeDecimal, decode: decodeDecimal },
  SQLiteNumericBigInt: { encode: codecs.bigint.encode, decode: decodeBigint },
}

/** As many decimal digits go through a double unchanged (sqlite.org/floatingpoint.html). */
const maxDigits = 15

/** `String(1e-7)` is `1e-7`; on the wire it is `0.0000001`. */
function encodeDecimal(value: unknown): string {
  const text = String(value)
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

/** The decimal without the zeros that SQLite would not keep: `"9.50"` is `"9.5"`. Throws ValueFault. */
function decodeDecimal(json: unknown): string {
  // The JSON number 1e-7 has no exponent in the codec's language.
  const isNumber = typeof json === 'number' && Number.isFinite(json)
  const text = String(codecs.decimal.decode(isNumber ? encodeDecimal(json) : json))
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const [integer, rest] = [whole.replace(/^0+/, ''), withoutFinalZeros(fraction)]
  if (integer.length + rest.length > maxDigits) {
    throw new ValueFault(`must have at most ${maxDigits} digits, which is what the database keeps`)
  }
  const decimal = `${integer === '' ? '0' : integer}${rest === '' ? '' : `.${rest}`}`
  return text.startsWith('-') && decimal !== '0' ? `-${decimal}` : decimal
}

function withoutFinalZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}

function decodeBigint(json: unknown): unknown {
  const value = codecs.bigint.decode(json)
  if (typeof value !== 'bigint' || BigInt.asIntN(64, value) === value) return value
  throw new ValueFault('must be an integer of at most 64 bits, which is what the database keeps')
}
