// Negotiation of the content coding: RFC 9110 §12.5.3, and what it leaves open.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codingName, negotiateCoding } from '../../../src/http/negotiation/negotiate-coding.ts'

const choose = (acceptEncoding: string | null, offers: readonly string[] = ['gzip', 'deflate']) =>
  negotiateCoding(acceptEncoding, offers)

test('H083 without Accept-Encoding the content is sent as it is', () => {
  expect(choose(null)).toBe('identity')
})

test('H084 an empty Accept-Encoding is identity', () => {
  expect(choose('')).toBe('identity')
})

test('H085 the highest weight decides, of what is offered', () => {
  expect(choose('br;q=0.5, gzip')).toBe('gzip')
  expect(choose('br, gzip;q=0.5')).toBe('gzip')
  expect(choose('br;q=0.5, gzip', ['br', 'gzip'])).toBe('gzip')
  expect(choose('gzip;q=0.001, deflate;q=0.002')).toBe('deflate')
  expect(choose('gzip;q=1, deflate;q=0.999')).toBe('gzip')
  expect(choose('br')).toBe('identity')
})

test('H086 x-gzip is gzip, on either side', () => {
  expect(choose('x-gzip')).toBe('gzip')
  expect(choose('X-GZIP;q=0.5')).toBe('gzip')
  expect(choose('x-gzip;q=0, *')).toBe('deflate')
  expect(choose('gzip', ['x-gzip'])).toBe('x-gzip')
  expect(choose('x-compress', ['compress'])).toBe('compress')
  expect(choose('x-deflate')).toBe('identity')
})

test('equal weights: the order of the server, not of the client', () => {
  expect(choose('deflate, gzip')).toBe('gzip')
  expect(choose('gzip, deflate', ['deflate', 'gzip'])).toBe('deflate')
  expect(choose('deflate;q=0.5, gzip;q=0.5')).toBe('gzip')
})

test.each<[string, string | undefined]>([
  // Listed: it has the weight it is given, and yields to a coding of the same.
  ['identity, gzip', 'gzip'],
  ['identity;q=0.5, gzip;q=0.5', 'gzip'],
  ['identity;q=0.501, gzip;q=0.5', 'identity'],
  ['identity, gzip;q=0.999', 'identity'],
  ['identity', 'identity'],
  // Not listed: acceptable, after all that is listed.
  ['gzip;q=0.001', 'gzip'],
  ['gzip;q=0', 'identity'],
  ['gzip;q=0, deflate;q=0.1', 'deflate'],
  // Under an asterisk: of its weight.
  ['*', 'gzip'],
  ['*;q=0.001', 'gzip'],
  ['gzip;q=0.5, *', 'deflate'],
  ['gzip;q=0.5, deflate;q=0, *', 'identity'],
  ['gzip;q=0.5, deflate;q=0, *;q=0.5', 'gzip'],
  ['gzip;q=0, *', 'deflate'],
  // Excluded.
  ['identity;q=0', undefined],
  ['*;q=0', undefined],
  ['br, *;q=0', undefined],
  ['br, identity;q=0', undefined],
  ['gzip;q=0, deflate;q=0, identity;q=0', undefined],
  ['*;q=0, identity', 'identity'],
  ['*;q=0, identity;q=0.001', 'identity'],
  ['*;q=0, gzip;q=0.001', 'gzip'],
  ['identity;q=0, *;q=0.001', 'gzip'],
  ['identity;q=0, gzip;q=0.001', 'gzip'],
])('identity: %j is %j', (acceptEncoding, expected) => {
  expect(choose(acceptEncoding)).toBe(expected)
})

test('without offers it is identity or nothing', () => {
  expect(choose(null, [])).toBe('identity')
  expect(choose('gzip, *', [])).toBe('identity')
  expect(choose('identity;q=0', [])).toBeUndefined()
})

test('a coding given twice has its highest weight', () => {
  expect(choose('gzip;q=0, gzip;q=0.5, deflate;q=0.4')).toBe('gzip')
  expect(choose('gzip;q=0.5, gzip;q=0, deflate;q=0.4')).toBe('gzip')
  expect(choose('x-gzip;q=0.3, gzip;q=0.2, deflate;q=0.25')).toBe('gzip')
})

test.each(['gzip;q=2', 'gzip;q=0.1234', 'gzip;q=', 'gzip;', 'gzip;v=1', 'gzip deflate', ';;', 'gzip/1'])(
  'a malformed element counts as absent: %j',
  (acceptEncoding) => {
    expect(choose(acceptEncoding)).toBe('identity')
    expect(choose(`${acceptEncoding}, deflate;q=0.001`)).toBe('deflate')
  },
)

test('names of codings are without case', () => {
  expect(choose('GZip')).toBe('gzip')
  expect(choose('gzip', ['GZIP'])).toBe('GZIP')
  expect(choose('IDENTITY;Q=0')).toBeUndefined()
  expect(['GZIP', 'X-GZip', 'x-compress', 'Br', 'x-br'].map(codingName)).toEqual([
    'gzip',
    'gzip',
    'compress',
    'br',
    'x-br',
  ])
})

describe('properties', () => {
  const unit = fc.constantFrom('gzip', 'x-gzip', 'deflate', 'identity', '*', ';q=', '0', '1', '.', '5', ',', ' ', '"')
  const field = fc.oneof(fc.string(), fc.string({ unit }))

  test('never throws, and chooses an offer, identity or nothing', () => {
    fc.assert(
      fc.property(field, fc.array(fc.string()), (acceptEncoding, offers) => {
        expect([...offers, 'identity', undefined]).toContain(negotiateCoding(acceptEncoding, offers))
      }),
    )
  })

  test('nothing is acceptable only where the field excludes something', () => {
    fc.assert(
      fc.property(field, (acceptEncoding) => {
        const chosen = choose(acceptEncoding)
        if (!acceptEncoding.includes('0')) expect(chosen).toBeDefined()
        if (!/[gd*]/i.test(acceptEncoding)) expect(['identity', undefined]).toContain(chosen)
      }),
    )
  })
})
