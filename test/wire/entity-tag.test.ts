// Entity tags: syntax, both comparisons, and how much work a long list is.
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import {
  formatEntityTag,
  isOpaqueTag,
  parseEntityTag,
  parseEntityTagList,
  strongMatch,
  weakMatch,
  type EntityTag,
} from '../../src/wire/index.ts'

const strong = (opaque: string): EntityTag => ({ opaque, weak: false })
const weak = (opaque: string): EntityTag => ({ opaque, weak: true })

const etagc = fc.integer({ min: 0x21, max: 0xff }).filter((unit) => unit !== 0x22 && unit !== 0x7f)
const anyTag: fc.Arbitrary<EntityTag> = fc.record({
  opaque: fc.array(etagc).map((units) => String.fromCharCode(...units)),
  weak: fc.boolean(),
})
/** Text made of what the grammar is made of, so that near misses are likely. */
const tagLike = fc.string({
  unit: fc.constantFrom('W', 'w', '/', '"', ',', ' ', '\t', '*', 'a', '\\', '\u00e9', '\u0001'),
})

test('H138 an entity tag is quoted, with an optional W/ that is case-sensitive', () => {
  expect(formatEntityTag(strong('v1'))).toBe('"v1"')
  expect(formatEntityTag(weak('v1'))).toBe('W/"v1"')
  expect(parseEntityTag('"v1"')).toEqual(strong('v1'))
  expect(parseEntityTag('W/"v1"')).toEqual(weak('v1'))
  expect(parseEntityTag('""')).toEqual(strong(''))
  expect(parseEntityTag('w/"v1"')).toBeUndefined()
})

test.each([
  '',
  'v1',
  "'v1'",
  '"v1',
  'v1"',
  '"',
  'W/',
  'W/v1',
  'W"v1"',
  'Wx"v1"',
  'x/"v1"',
  'W /"v1"',
  '"v1" ',
  ' "v1"',
  '"a b"',
  '"a\\"b"',
  '"a","b"',
  '*',
])('a syntax error: %j', (text) => {
  expect(parseEntityTag(text)).toBeUndefined()
})

test('a backslash escapes nothing, and octets above ASCII are allowed', () => {
  expect(parseEntityTag('"a\\b"')).toEqual(strong('a\\b'))
  expect(parseEntityTag('"\u00e9"')).toEqual(strong('\u00e9'))
})

test.each(['a"b', 'a b', 'a\r\nb', 'a\0b', '\u007f', '\u0100', '\u{1f355}'])('no tag can hold %j', (opaque) => {
  expect(() => formatEntityTag(strong(opaque))).toThrow(
    new TypeError(`An entity tag cannot hold ${JSON.stringify(opaque)}.`),
  )
  expect(isOpaqueTag(opaque)).toBe(false)
})

test('weak and strong comparison: the table of RFC 9110 §8.8.3.2', () => {
  const table: readonly (readonly [EntityTag, EntityTag, boolean, boolean])[] = [
    [weak('1'), weak('1'), false, true],
    [weak('1'), weak('2'), false, false],
    [weak('1'), strong('1'), false, true],
    [strong('1'), strong('1'), true, true],
    [strong('1'), strong('2'), false, false],
  ]
  for (const [a, b, strongly, weakly] of table) {
    expect([strongMatch(a, b), strongMatch(b, a)]).toEqual([strongly, strongly])
    expect([weakMatch(a, b), weakMatch(b, a)]).toEqual([weakly, weakly])
  }
})

describe('lists', () => {
  test.each<[string, '*' | readonly EntityTag[]]>([
    ['*', '*'],
    [' *\t', '*'],
    ['"a"', [strong('a')]],
    ['"a", W/"b"', [strong('a'), weak('b')]],
    ['"a","b"', [strong('a'), strong('b')]],
    ['"a,b", "c"', [strong('a,b'), strong('c')]],
    ['"*"', [strong('*')]],
    [', "a" ,\t, "b",,', [strong('a'), strong('b')]],
    ['', []],
    [' , ', []],
  ])('%j', (text, expected) => {
    expect(parseEntityTagList(text)).toEqual(expected)
  })

  test.each(['v1', '"a" "b"', '"a"; "b"', '"a', '"a", b', '*, "a"', '"a", *', '**', 'w/"a"', '"a""b"', '"a\u0001"'])(
    'a syntax error: %j',
    (text) => {
      expect(parseEntityTagList(text)).toBeUndefined()
    },
  )
})

describe('properties', () => {
  test('what was written is read', () => {
    fc.assert(
      fc.property(anyTag, (tag) => {
        expect(isOpaqueTag(tag.opaque)).toBe(true)
        expect(parseEntityTag(formatEntityTag(tag))).toEqual(tag)
      }),
    )
  })

  test('what was written as a list is read, whatever commas and blanks stand between', () => {
    const separator = fc.constantFrom(',', ', ', ' ,', ' ,, ', '\t,\t')
    fc.assert(
      fc.property(fc.array(anyTag), separator, (tags, between) => {
        expect(parseEntityTagList(tags.map(formatEntityTag).join(between))).toEqual(tags)
      }),
    )
  })

  test('what is read as one tag is written back as it was, and is a list of one', () => {
    fc.assert(
      fc.property(fc.oneof(tagLike, fc.string()), (text) => {
        const tag = parseEntityTag(text)
        if (tag === undefined) return
        expect(formatEntityTag(tag)).toBe(text)
        expect(parseEntityTagList(text)).toEqual([tag])
      }),
    )
  })
})

/** How many characters are looked at while a list is read. */
const countLooks = (text: string): number => {
  const looks = vi.spyOn(String.prototype, 'charCodeAt')
  try {
    parseEntityTagList(text)
    return looks.mock.calls.length
  } finally {
    looks.mockRestore()
  }
}

describe('A065 the work for a list of tags grows with its length', () => {
  test('1000 tags are read, with at most three looks at each character', () => {
    const text = Array.from({ length: 1000 }, (_, index) => `"tag-${index}"`).join(', ')
    const looks = countLooks(text)
    expect(looks).toBeGreaterThanOrEqual(text.length) // the count sees the scanner
    expect(looks).toBeLessThan(3 * text.length)
    const read = parseEntityTagList(text)
    expect(read).toHaveLength(1000)
    expect(read?.[999]).toEqual(strong('tag-999'))
  })

  test.each([
    ['an open quote', `"${'a'.repeat(20_000)}`],
    ['quotes alone', '"'.repeat(20_001)],
    ['blanks', ' '.repeat(20_000)],
    ['blanks behind a tag', `"a"${' '.repeat(20_000)}x`],
    ['commas', ','.repeat(20_000)],
    ['W/ again and again', 'W/'.repeat(10_000)],
    ['empty tags', '"",'.repeat(10_000)],
  ])('%s', (_, text) => {
    expect(countLooks(text)).toBeLessThan(5 * text.length)
  })
})
