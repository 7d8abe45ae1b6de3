// Weights, lists of names with weights, and the memory of what was read.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elementsOf, parseQuality, parseWeights, remembered } from '../../../src/http/negotiation/negotiate-weights.ts'

const read = (field: string) => parseWeights(field).map(({ name, quality }) => [name, quality])

describe('a quality', () => {
  test.each<[string, number]>([
    ['0', 0],
    ['0.', 0],
    ['0.000', 0],
    ['0.001', 0.001],
    ['0.5', 0.5],
    ['0.999', 0.999],
    ['1', 1],
    ['1.', 1],
    ['1.000', 1],
  ])('%s', (text, quality) => {
    expect(parseQuality(text)).toBe(quality)
  })

  test.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '.5',
    '-0',
    '+1',
    '00',
    '01',
    '2',
    '1.001',
    '1.0000',
    '0.0000',
    '0.1234',
    '0,5',
    '1e-1',
  ])('%j is none', (text) => {
    expect(parseQuality(text)).toBeUndefined()
  })
})

describe('a list', () => {
  test('has names in lower case, in its order, each with its weight or 1', () => {
    expect(read('gzip;q=0.5, BR,*;q=0')).toEqual([
      ['gzip', 0.5],
      ['br', 1],
      ['*', 0],
    ])
  })

  test.each([' a\t;\t q=0.1\t', 'a;Q=0.1', 'a ; q=0.1', 'A;q=0.1'])('%j is a with 0.1', (field) => {
    expect(read(field)).toEqual([['a', 0.1]])
  })

  test('any character of a token may stand in a name', () => {
    expect(read("!#$%&'*+-.^_`|~09az")).toEqual([["!#$%&'*+-.^_`|~09az", 1]])
  })

  test.each([
    'b c',
    'b;',
    'b;q',
    'b;q=',
    'b;q=2',
    'b;q=0.1.',
    'b;q= 0.1',
    'b;q =0.1',
    'b;q=0.1;',
    'b;q=0.1;q=0.2',
    'b;q=0.1 c',
    'b;q="0.1"',
    'b;v=1',
    'b;xq=1',
    ';q=1',
    'q=1',
    'b/c',
    'b"x"',
    'bé',
    '"b, c"',
    ' ',
    '',
  ])('a malformed element is left out, its neighbours are not: %j', (malformed) => {
    expect(read(`a;q=0.1,${malformed},z`)).toEqual([
      ['a', 0.1],
      ['z', 1],
    ])
  })

  test('is split at commas that are not quoted', () => {
    expect(elementsOf('a, b;p="x,y" ,,c')).toEqual(['a', ' b;p="x,y" ', '', 'c'])
    expect(elementsOf('a,')).toEqual(['a'])
    expect(elementsOf('a, b"c, d')).toEqual(['a', ' b"c, d'])
    expect(elementsOf('')).toEqual([])
  })
})

describe('a memory', () => {
  /** A parser that shows what it was asked. */
  const watched = () => {
    const asked: string[] = []
    const parse = remembered((text) => asked.push(text))
    return { asked, parse }
  }

  test('a text is parsed once', () => {
    const { asked, parse } = watched()
    expect([parse('a'), parse('b'), parse('a'), parse('b')]).toEqual([1, 2, 1, 2])
    expect(asked).toEqual(['a', 'b'])
  })

  test('holds 256 texts; the next drops the oldest, and only that', () => {
    const { asked, parse } = watched()
    for (let index = 0; index < 256; index++) parse(`${index}`)
    parse('0')
    expect(asked).toHaveLength(256)
    parse('256')
    parse('1')
    expect(asked).toHaveLength(257)
    parse('0')
    expect(asked).toHaveLength(258)
    parse('2')
    expect(asked).toHaveLength(258)
    parse('1')
    expect(asked.slice(256)).toEqual(['256', '0', '1'])
  })

  test('holds 199 characters, not 200', () => {
    const { asked, parse } = watched()
    const [short, long] = ['a'.repeat(199), 'a'.repeat(200)]
    for (let round = 0; round < 2; round++) for (const text of [short, long]) parse(text)
    expect(asked).toEqual([short, long, long])
  })

  test('is one for each parser', () => {
    const [upper, lower] = [remembered((text) => text.toUpperCase()), remembered((text) => text.toLowerCase())]
    expect([upper('aB'), lower('aB'), upper('aB'), lower('aB')]).toEqual(['AB', 'ab', 'AB', 'ab'])
  })
})

describe('properties', () => {
  const name = fc.stringMatching(/^[a-z0-9*-]{1,9}$/)
  const weighted = fc.record({ name, quality: fc.integer({ min: 0, max: 1000 }).map((number) => number / 1000) })

  test('what was written is read', () => {
    fc.assert(
      fc.property(fc.array(weighted), (list) => {
        expect(parseWeights(list.map((one) => `${one.name};q=${one.quality}`).join(', '))).toEqual(list)
      }),
    )
  })

  test('whatever the text, it is lower-cased tokens with weights from 0 to 1', () => {
    const unit = fc.constantFrom('a', 'B', '*', ';', 'q=', '0', '1', '.', ',', '"', '\\', ' ', '=', 'é')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit })), (field) => {
        for (const { name: found, quality } of parseWeights(field)) {
          expect(found).toMatch(/^[!#$%&'*+.^_`|~0-9a-z-]+$/)
          expect(quality >= 0 && quality <= 1).toBe(true)
        }
      }),
    )
  })

  test.each([
    'a'.repeat(100_000),
    ' '.repeat(100_000),
    `a${' '.repeat(100_000)}b`,
    `a;${' '.repeat(100_000)}q`,
    'a,'.repeat(50_000),
  ])('a hundred thousand characters are read at once (%#)', (field) => {
    const start = performance.now()
    parseWeights(field)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
