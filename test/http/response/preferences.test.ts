// Prefer and Preference-Applied (RFC 7240).
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatPreferenceApplied,
  parsePreferences,
  type KnownPreferences,
} from '../../../src/http/response/preferences.ts'

/** The preferences that are known, and the others as an object. */
const read = (header: string | null): object => {
  const { others, ...known } = parsePreferences(header)
  return others.size === 0 ? known : { ...known, others: Object.fromEntries(others) }
}

test.each<readonly [string | null, object]>([
  [null, {}],
  ['', {}],
  ['return=minimal', { return: 'minimal' }],
  ['Return=Representation', { return: 'representation' }],
  ['return = "minimal"', { return: 'minimal' }],
  ['respond-async, wait=10', { respondAsync: true, wait: 10 }],
  ['RESPOND-ASYNC;wait=1', { respondAsync: true }],
  ['respond-async=""', { respondAsync: true }],
  ['handling=lenient, wait=100, respond-async', { respondAsync: true, wait: 100, handling: 'lenient' }],
  ['handling=strict', { handling: 'strict' }],
  ['count=exact', { count: 'exact' }],
  ['wait=0', { wait: 0 }],
  ['wait=99999999999999999999', { wait: 2 ** 31 }],
  ['foo; bar', { others: { foo: '' } }],
  ['foo; bar=""', { others: { foo: '' } }],
  ['foo=""; bar', { others: { foo: '' } }],
  ['Time-Zone="America/Los_Angeles"', { others: { 'time-zone': 'America/Los_Angeles' } }],
  [String.raw`a="x\"y\\z, return=minimal"`, { others: { a: String.raw`x"y\z, return=minimal` } }],
  ['return=minimal; foo="a, wait=5", wait=6', { return: 'minimal', wait: 6 }],
  [' , return=minimal ,,\t', { return: 'minimal' }],
])('%j asks for %j', (header, expected) => {
  expect(read(header)).toEqual(expected)
})

test('the first of several counts, also when it is of no use', () => {
  expect(read('return=minimal, Return=representation, a=1, A=2')).toEqual({ return: 'minimal', others: { a: '1' } })
  expect(read('return=everything, return=minimal')).toEqual({})
  expect(read('wait=soon, wait=5')).toEqual({})
})

test('several lines are one', () => {
  const headers = new Headers()
  headers.append('prefer', 'respond-async')
  headers.append('prefer', 'wait=5; a="b"')
  expect(read(headers.get('prefer'))).toEqual({ respondAsync: true, wait: 5 })
})

test.each([
  'return',
  'return=',
  'return=min imal',
  'return=="minimal"',
  'return:minimal',
  '=minimal',
  '"return"=minimal',
  'respond-async=1',
  'respond async',
  'wait=-1',
  'wait=1.5',
  'wait=0x10',
  'wait=٣',
  'handling=maybe',
  'count=estimated',
  'wait=5 s',
])('what is malformed or unknown is ignored, and what follows is not: %j', (element) => {
  expect(read(element)).toEqual({})
  expect(read(`${element}, foo=1`)).toEqual({ others: { foo: '1' } })
})

test('a quote that stays open takes what follows with it', () => {
  expect(read('a=1, return="minimal, foo=1')).toEqual({ others: { a: '1' } })
})

test('names that every object has are names like any other', () => {
  const { others } = parsePreferences('__proto__=1, constructor=2, toString')
  expect([...others]).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
    ['tostring', ''],
  ])
})

test('what was honoured is written as it was asked for', () => {
  expect(formatPreferenceApplied({ return: 'minimal' })).toBe('return=minimal')
  expect(formatPreferenceApplied({ respondAsync: true, wait: 5 })).toBe('respond-async, wait=5')
  expect(formatPreferenceApplied({ handling: 'lenient', count: 'exact' })).toBe('handling=lenient, count=exact')
  expect(formatPreferenceApplied({ respondAsync: false })).toBe('')
  expect(formatPreferenceApplied({})).toBe('')
})

const known: fc.Arbitrary<KnownPreferences> = fc.record(
  {
    return: fc.constantFrom('minimal', 'representation'),
    respondAsync: fc.constant(true),
    wait: fc.nat(),
    handling: fc.constantFrom('strict', 'lenient'),
    count: fc.constant('exact'),
  },
  { requiredKeys: [] },
)

test('what was written is read', () => {
  fc.assert(
    fc.property(known, (preferences) => {
      expect(read(formatPreferenceApplied(preferences))).toEqual(preferences)
    }),
  )
})

test('other preferences are read whatever their values hold', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/).map((word) => `x-${word}`)
  const value = fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', ';', '=', ' ', 'é') })
  fc.assert(
    fc.property(fc.dictionary(name, value), (others) => {
      const quoted = Object.entries(others).map(([key, text]) => `${key}="${text.replaceAll(/["\\]/g, '\\$&')}";p`)
      expect(Object.fromEntries(parsePreferences(quoted.join(',')).others)).toEqual({ ...others })
    }),
  )
})

test('any text is read, in a time that grows with its length', () => {
  const unit = fc.constantFrom('return', 'wait', '=', '"', '\\', ',', ';', ' ', 'minimal', '5', '\u00e9')
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit })), (header) => {
      const { others, wait = 0, ...preferences } = parsePreferences(header)
      expect(Number.isSafeInteger(wait)).toBe(true)
      expect(read(formatPreferenceApplied(preferences))).toEqual(preferences)
      expect([...others.keys()].every((name) => name === name.toLowerCase() && name !== '')).toBe(true)
    }),
  )
  const start = performance.now()
  for (const piece of [' ', 'a', 'a ', 'a=', '"', 'a="', '\\', 'a="\\', ',', ';', 'a,', '= ']) {
    parsePreferences(piece.repeat(50_000))
    parsePreferences(`a${piece.repeat(50_000)}\u0001`)
  }
  expect(performance.now() - start).toBeLessThan(2000) // under 0.1 s
})
