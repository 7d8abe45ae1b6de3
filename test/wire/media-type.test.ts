// Media types: tokens, parameters, quoted strings.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOfElement, essence, parseMediaType } from '../../src/wire/index.ts'

/** A media type as `[essence, parameters]`, which reads better than a Map. */
const read = (text: string) => {
  const mediaType = parseMediaType(text)
  return mediaType && [essence(mediaType), Object.fromEntries(mediaType.parameters)]
}

test.each<[string, string, Record<string, string>]>([
  ['application/json', 'application/json', {}],
  ['Text/HTML;Charset="utf-8"', 'text/html', { charset: 'utf-8' }],
  ['text/html; charset=UTF-8', 'text/html', { charset: 'UTF-8' }],
  [' text/html \t;\tcharset=utf-8 ', 'text/html', { charset: 'utf-8' }],
  ['text/html;', 'text/html', {}],
  ['text/html;; ;a=1;', 'text/html', { a: '1' }],
  ['application/vnd.api+json;profile="http://x/a,b;c"', 'application/vnd.api+json', { profile: 'http://x/a,b;c' }],
  ['a/b;p="say \\"hi\\" \\\\"', 'a/b', { p: 'say "hi" \\' }],
  ['a/b;p=""', 'a/b', { p: '' }],
  ['a/b;p="\t ~\u0080\u00ff"', 'a/b', { p: '\t ~\u0080\u00ff' }],
  ['AZ09/az;p=Az09Z', 'az09/az', { p: 'Az09Z' }],
  ['a/b;__proto__=1', 'a/b', JSON.parse('{"__proto__":"1"}') as Record<string, string>], // an own member, unlike a literal's
  ['*/*;q=0.1', '*/*', { q: '0.1' }],
])('%j', (text, type, parameters) => {
  expect(read(text)).toEqual([type, parameters])
})

test.each([
  '',
  'json',
  '/',
  'a/',
  '/b',
  'a /b',
  'a/ b',
  'a/b/c',
  'a/b c',
  'a/b;p',
  'a/b;p=',
  'a/b;=1',
  'a/b;p =1',
  'a/b;p= 1',
  'a/b;p=1 2',
  'a/b;p="1',
  'a/b;p="1\\',
  'a/b;p="1"2',
  'a/b;p"1"',
  'a/b;p"1',
  'a/b;p="\u0001"',
  'a/b;p="\u001f"',
  'a/b;p="\u007f"',
  'a/b;p="\u0100"',
  'a/b;p="\\\u0001"',
  'a/b;p=1;P=2',
  'a/b, c/d',
  'ä/b',
])('a syntax error: %j', (text) => {
  expect(parseMediaType(text)).toBeUndefined()
})

test('commas inside quotes do not end an element', () => {
  expect(endOfElement('a/b;p=",\\",", c/d', 0)).toBe(12)
  expect(endOfElement('a/b;p=",\\",", c/d', 13)).toBe(17)
  expect(endOfElement('a/b;p="open, c/d', 0)).toBe(16)
})

describe('properties', () => {
  const token = fc.stringMatching(/^[a-z0-9!#$%&'*+.^_`|~-]+$/)
  const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((unit) => String.fromCharCode(unit)) })
  const parameters = fc.uniqueArray(fc.tuple(token, value), { selector: ([name]) => name })

  test('types, names and values of any characters come back', () => {
    fc.assert(
      fc.property(token, token, parameters, (type, subtype, pairs) => {
        const written = pairs.map(([name, text]) => `; ${name}="${text.replaceAll(/["\\]/g, '\\$&')}"`).join('')
        const expected = { type, subtype, parameters: new Map(pairs) }
        expect(parseMediaType(`${type}/${subtype}${written}`)).toEqual(expected)
      }),
    )
  })

  test('whatever the text, it is a lower-cased type or none', () => {
    const unit = fc.constantFrom('a', '/', ';', '=', '"', '\\', ' ', ',', '\u0001', 'é')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit })), (text) => {
        const mediaType = parseMediaType(text)
        const start = mediaType === undefined ? '' : essence(mediaType)
        expect(text.trim().toLowerCase().slice(0, start.length)).toBe(start)
      }),
    )
  })
})
