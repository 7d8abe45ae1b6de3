// What must not stand in a URI or a header field is percent-encoded; the rest is left alone.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFieldValue, encodeUriReference } from '../../src/wire/index.ts'

test.each([
  ['/é?a=b c', '/%C3%A9?a=b%20c'],
  ['http://h/a%20b?c=%zz#d', 'http://h/a%20b?c=%zz#d'],
  ["http://[::1]:80/a;b,c=(d)!*'~", "http://[::1]:80/a;b,c=(d)!*'~"],
  ['a\r\nb\u0000\t', 'a%0D%0Ab%00%09'],
  ['"<>\\^`{|}', '%22%3C%3E%5C%5E%60%7B%7C%7D'],
  ['💥\ud800', '%F0%9F%92%A5%EF%BF%BD'],
  ['', ''],
])('the URI reference %j is %s', (text, expected) => {
  expect(encodeUriReference(text)).toBe(expected)
})

test.each([
  ['Basic realm="a b", charset="UTF-8"', 'Basic realm="a b", charset="UTF-8"'],
  ['a\tb é ÿ \u0080', 'a\tb é ÿ \u0080'],
  ['a\r\nset-cookie: b', 'a%0D%0Aset-cookie: b'],
  ['\u0000\u0007\u001b[2J\u007f', '%00%07%1B[2J%7F'],
  ['€ 💥 \udc00', '%E2%82%AC %F0%9F%92%A5 %EF%BF%BD'],
])('the field value %j is %j', (text, expected) => {
  expect(encodeFieldValue(text)).toBe(expected)
})

describe('properties', () => {
  const text = fc.string({ unit: 'binary' })

  test('Headers takes every encoded value', () => {
    fc.assert(
      fc.property(text, (value) => {
        const headers = new Headers({ a: encodeFieldValue(value), b: encodeUriReference(value) })
        expect(headers.get('b')).toMatch(/^[!-~]*$/)
      }),
    )
  })

  test('to encode twice changes nothing more', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(encodeFieldValue(encodeFieldValue(value))).toBe(encodeFieldValue(value))
        expect(encodeUriReference(encodeUriReference(value))).toBe(encodeUriReference(value))
      }),
    )
  })
})
