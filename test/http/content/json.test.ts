// Content that is JSON (RFC 8259): what the parser never gets to see, and what it does.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from 'slumberjs/http'
import { Articles, ask, outcomeOf, problemOf } from '../fixture.ts'

const post = async (body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
  await ask(Articles, 'POST', { body, headers: { 'content-type': 'application/json' } })

test('H124 invalid UTF-8 is 400, and so is a byte order mark', async () => {
  for (const octets of [
    [0xff, 0xfe],
    [0x22, 0xc3, 0x28, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0xef, 0xbb, 0xbf, 0x31],
  ]) {
    expect(await outcomeOf(await post(Uint8Array.from(octets)))).toBe('400 malformed-content')
  }
})

test('H130 empty content where one is needed is 400', async () => {
  expect(await outcomeOf(await post(''))).toBe('400 malformed-content')
})

test.each([
  '{"a":1,"a":2}',
  String.raw`{"a":1,"\u0061":2}`,
  '{"b":{"a":1,"c":[{}],"a":2}}',
  '[{"a":1},{"a":1,"a":1}]',
  '{"a":"}","a":1}',
  String.raw`{"a":"\"","a":1}`,
  '{"":1,"":2}',
])('H131 a member name given twice is 400: %s', async (body) => {
  expect((await problemOf(await post(body)))['detail']).toMatch(/given twice/)
})

test('H132 deeper than the limit is 400', async () => {
  for (const body of ['['.repeat(200), '['.repeat(200) + ']'.repeat(200), '{"a":'.repeat(200), '['.repeat(500_000)]) {
    expect((await problemOf(await post(body)))['detail']).toMatch(/nested deeper than 64 levels/)
  }
  expect((await post('['.repeat(64) + ']'.repeat(64))).status).toBe(201)
})

test.each([
  '{"__proto__":{"admin":true}}',
  String.raw`[{"\u005f_proto__":1}]`,
  '{"a":{"constructor":{"prototype":1}}}',
])('a name that reaches a prototype is 400: %s', async (body) => {
  expect((await problemOf(await post(body)))['detail']).toMatch(/not allowed/)
})

test.each([
  '{',
  '}',
  '{"a":1',
  '{"a" 1}',
  '[1,]',
  '{"a":1,}',
  "{'a':1}",
  '"a',
  String.raw`"\x"`,
  '1 2',
  'NaN',
  '{"\n":1}',
  '][',
])('a syntax error is 400: %j', async (body) => {
  expect(await outcomeOf(await post(body))).toBe('400 malformed-content')
})

test('names alike in different objects, and brackets in texts, are no fault', async () => {
  const value = [{ a: { a: 1 } }, { a: '[[[[{"a":1,"a":2}' }, '\\', { '\\': ',"', ',': 1 }]
  expect(await (await post(JSON.stringify(value))).json()).toEqual(value)
})

test('every JSON that JSON.stringify writes comes through', () => {
  const value = fc
    .jsonValue({ maxDepth: 5 })
    .filter((json) => !/__proto__|constructor|prototype/.test(JSON.stringify(json)))
  fc.assert(
    fc.property(value, (json) => {
      const text = JSON.stringify(json)
      expect(parseJson(new TextEncoder().encode(text))).toEqual(JSON.parse(text))
    }),
  )
})

test('any octets give a value or a 400', () => {
  const unit = fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '1', ' ', '\\u0061')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit }).map((text) => new TextEncoder().encode(text)),
      ),
      (octets) => {
        try {
          expect(parseJson(octets)).toEqual(JSON.parse(new TextDecoder().decode(octets)))
        } catch (error) {
          expect(error).toMatchObject({ status: 400, code: 'malformed-content' })
        }
      },
    ),
  )
})
