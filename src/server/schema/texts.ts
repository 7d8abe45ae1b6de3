// Columns of texts: lengths in characters or octets, choices, and what a database or its driver would drop from a text.

import { codecs, ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'

export interface TextLimits {
  readonly choices?: readonly string[] | undefined
  /** In characters, each a code point. */
  readonly maxLength?: number | undefined
  /** In octets of UTF-8. */
  readonly maxOctets?: number | undefined
  /** Whether spaces at the end are lost, or added up to the length. */
  readonly isPadded?: boolean
  /** Whether U+0000 cannot even be asked for. */
  readonly refusesNul?: boolean
}

export function textKind(limits: TextLimits = {}): ColumnKind {
  const { maxLength, maxOctets, isPadded = false, refusesNul = false } = limits
  const choices = limits.choices?.length === 0 ? undefined : limits.choices
  return kind('string', {
    ...(isPadded ? { encode: withoutPadding } : {}),
    decode: (json) => {
      const text = String(codecs.string.decode(json))
      if (refusesNul) refuseNul(text)
      return text
    },
    check: (value) => {
      const text = String(value)
      if (choices?.includes(text) === false) throw new ValueFault(`must be one of: ${choices.join(', ')}`)
      refuseLength(text, maxLength)
      if (maxOctets !== undefined && octetsOf(text, maxOctets) > maxOctets) {
        throw new ValueFault(`must have at most ${maxOctets} octets in UTF-8`)
      }
      if (isPadded && text.endsWith(' ')) {
        throw new ValueFault('must not end in a space, which the database does not keep')
      }
      // Drivers cut text at the first and replace the second: what is read would not be what was written.
      refuseNul(text)
      refuseLoneSurrogates(text)
    },
    searchable: true,
    ...(choices === undefined ? {} : { choices }),
    ...(maxLength === undefined ? {} : { maxLength }),
  })
}

/** Texts of one syntax. `read` gives the spelling that the database gives back, and undefined for what is none. */
export function patternKind(
  expected: string,
  read: (text: string) => string | undefined,
  more: Partial<ColumnKind> = {},
): ColumnKind {
  const decode = (json: unknown): string => {
    const text = typeof json === 'string' ? read(json) : undefined
    if (text === undefined) throw new ValueFault(`must be ${expected}`)
    return text
  }
  return kind('string', { decode, ...more })
}

/** MySQL's BINARY and VARBINARY, which Drizzle gives as text: their length is in octets, and BINARY(n) has exactly n. */
export function octetTextKind(octets: number, isFixed: boolean): ColumnKind {
  return kind('string', {
    exact: false, // octets that are no UTF-8 are lost in a text
    check: (value) => {
      const text = String(value)
      refuseLoneSurrogates(text)
      const length = octetsOf(text, octets)
      if (length > octets || (isFixed && length < octets)) {
        throw new ValueFault(`must have ${isFixed ? 'exactly' : 'at most'} ${octets} octets in UTF-8`)
      }
    },
  })
}

const encoder = new TextEncoder()

/** A character has one to three octets a UTF-16 unit: most texts need not be encoded to be counted. */
function octetsOf(text: string, limit: number): number {
  return text.length > limit ? text.length : encoder.encode(text).length
}

function refuseLength(text: string, maxLength: number | undefined): void {
  if (maxLength !== undefined && text.length > maxLength && Array.from(text).length > maxLength) {
    throw new ValueFault(`must have at most ${maxLength} characters`)
  }
}

export function refuseNul(text: string): void {
  if (text.includes('\0')) throw new ValueFault('must not contain U+0000')
}

export function refuseLoneSurrogates(text: string): void {
  if (!text.isWellFormed()) throw new ValueFault('must be well-formed Unicode, without lone surrogates')
}

function withoutPadding(value: unknown): unknown {
  if (typeof value !== 'string') return value
  let end = value.length
  while (value[end - 1] === ' ') end -= 1
  return value.slice(0, end)
}
