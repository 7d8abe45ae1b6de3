// Keys as path segments: every key has one spelling, and it survives what is done to paths.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatKey, parseKey } from '../../src/wire/index.ts'

test.each([
  [['1'], '1'],
  [['margherita'], 'margherita'],
  [['3', 'm'], '3,m'],
  [['a b', 'ü,'], 'a%20b,%C3%BC%2C'],
  [['ada@example.com'], 'ada%40example.com'],
  [['100%'], '100%25'],
  [['%2e%2e'], '%252e%252e'],
  [['a~'], 'a~'],
  [['...'], '...'],
  [['a/b'], '~YS9i'],
  [[''], '~'],
  [['-'], '~LQ'],
  [['.'], '~Lg'],
  [['..'], '~Li4'],
  [['~'], '~fg'],
  [['~YS9i'], '~fllTOWk'],
  [['\\'], '~XA'],
  [['\n'], '~Cg'],
  [['\u0000', '\u007f'], '~AA,~fw'],
  [['-', ''], '~LQ,~'],
])('%j is %s', (parts, segment) => {
  expect(formatKey(parts)).toBe(segment)
  expect(parseKey(segment, parts.length)).toEqual(parts)
})

test.each([
  ['another number of parts', '1,2', 1],
  ['too few parts', '1', 2],
  ['an empty part', '', 1],
  ['an empty second part', '1,', 2],
  ['a part that has a meaning of its own', '-', 1],
  ['a dot segment', '..', 1],
  ['an encoded dot segment', '%2e%2E', 1],
  ['an encoded slash', 'a%2Fb', 1],
  ['an encoded line break', 'a%0ab', 1],
  ['broken percent-encoding', '%', 1],
  ['broken percent-encoding, of two', '1,%zz', 2],
  ['percent-encoding that is not UTF-8', '%ff', 1],
  ['an encoded lone surrogate', '%ED%A0%80', 1],
  ['needless percent-encoding', '%61', 1],
  ['small letters in percent-encoding', '%c3%bc', 1],
  ['what should be percent-encoded', 'ada@example.com', 1],
  ['a plus for a blank', 'a+b', 1],
  ['base64url of what can stand by itself', '~YQ', 1],
  ['base64url with padding', '~LQ==', 1],
  ['base64url with bits that count for nothing', '~LR', 1],
  ['base64 of the other alphabet', '~/+8', 1],
  ['base64url of no UTF-8', '~_w', 1],
  ['one character of base64url', '~L', 1],
])('no key is written with %s: %s', (_name, segment, count) => {
  expect(parseKey(segment, count)).toBeUndefined()
})

describe('properties', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('~', '-', '.', '/', '\\', ',', '%', '2', 'e', '\n', 'ü', '💥', ' ', '+') }),
  )
  const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.map((text) => text.toWellFormed()))

  test('what is written is read again', () => {
    fc.assert(
      fc.property(key, (parts) => {
        expect(parseKey(formatKey(parts), parts.length)).toEqual(parts)
      }),
    )
  })

  test('what is read is written the same: one key, one spelling', () => {
    const segment = fc.string({
      unit: fc.constantFrom('~', '-', '.', '%', '2', 'e', 'F', 'a', 'Y', 'Q', '=', ',', '+', '/', 'ü'),
    })
    fc.assert(
      fc.property(segment, fc.integer({ min: 1, max: 3 }), (text, count) => {
        const parts = parseKey(text, count)
        if (parts !== undefined) expect(formatKey(parts)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test('two keys never have one spelling', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(formatKey(a) === formatKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })

  test('a URL keeps it as it is, as one segment', () => {
    fc.assert(
      fc.property(key, (parts) => {
        expect(new URL(`http://h/a/${formatKey(parts)}`).pathname).toBe(`/a/${formatKey(parts)}`)
        expect(formatKey(parts)).not.toContain('/')
      }),
    )
  })

  test('any text is read or refused, never a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([undefined, text]).toContain(
          parseKey(text, 1) === undefined ? undefined : formatKey(parseKey(text, 1) ?? []),
        )
      }),
    )
  })
})
