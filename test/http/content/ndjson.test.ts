// Newline-delimited JSON: lines, blank ones, and the number of a line that is at fault.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNdjson } from '../../../src/http/content/ndjson.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test.each<readonly [string, readonly unknown[]]>([
  ['', []],
  ['1', [1]],
  ['{"a":1}\n[2]\n', [{ a: 1 }, [2]]],
  ['1\r\n2\r\n', [1, 2]],
  ['\n\r\n \t\n1\n\n\n2\n  ', [1, 2]],
  [' 1 \n\t"a\\nb"', [1, 'a\nb']],
  ['null\nfalse\n0\n""', [null, false, 0, '']],
  ['"\u2028"\n"é"', ['\u2028', 'é']],
])('%j is %j', (text, values) => {
  expect(parseNdjson(bytes(text))).toEqual(values)
})

test.each([
  ['1\n2\n{', 3, /^Line 3: The content is not valid JSON/],
  ['\n\n{"a":1,"a":2}\n', 3, /^Line 3: The member "a" is given twice/],
  ['1\n{"__proto__":1}\nx', 2, /^Line 2: .*not allowed/],
  ['1 2', 1, /^Line 1: /],
  ['[1,\n2]', 1, /^Line 1: /],
  ['"a\nb"', 1, /^Line 1: /],
  ['\ufeff1', 1, /^Line 1: /],
])('%j is at fault in line %i', (text, line, message) => {
  expect(() => parseNdjson(bytes(text))).toThrow(
    expect.objectContaining({
      status: 400,
      code: 'malformed-content',
      members: { line },
      message: expect.stringMatching(message),
    }),
  )
})

test('octets that are not UTF-8 are at fault in their line', () => {
  expect(() => parseNdjson(Uint8Array.from([...bytes('1\n"'), 0xff, ...bytes('"\n2')]))).toThrow(/^Line 2: .*UTF-8/)
})

test('the depth is limited in each line', () => {
  const limits = { size: 1000, depth: 2 }
  expect(parseNdjson(bytes('[[1]]\n[[2]]'), limits)).toEqual([[[1]], [[2]]])
  expect(() => parseNdjson(bytes('[[1]]\n[[[2]]]'), limits)).toThrow(/^Line 2: .*nested deeper than 2 levels/)
})

test('what JSON.stringify writes line by line is read', () => {
  const value = fc.jsonValue().filter((json) => !/__proto__|constructor|prototype/.test(JSON.stringify(json)))
  fc.assert(
    fc.property(fc.array(value), fc.constantFrom('\n', '\r\n', '\n \n'), (values, end) => {
      const lines = values.map((json) => JSON.stringify(json))
      expect(parseNdjson(bytes(lines.join(end)))).toEqual(lines.map((line) => JSON.parse(line)))
    }),
  )
})
