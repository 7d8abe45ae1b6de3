// base64url: the test vectors of RFC 4648 §10, and one spelling for everything.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64UrlToText, decodeBase64Url, encodeBase64Url, textToBase64Url } from '../../src/wire/index.ts'
import { decodeBase64, encodeBase64 } from '../../src/wire/base64url.ts'

test.each([
  ['', '', ''],
  ['f', 'Zg==', 'Zg'],
  ['fo', 'Zm8=', 'Zm8'],
  ['foo', 'Zm9v', 'Zm9v'],
  ['foob', 'Zm9vYg==', 'Zm9vYg'],
  ['fooba', 'Zm9vYmE=', 'Zm9vYmE'],
  ['foobar', 'Zm9vYmFy', 'Zm9vYmFy'],
  ['>>>???', 'Pj4+Pz8/', 'Pj4-Pz8_'],
  ['Zürich 💥', 'WsO8cmljaCDwn5Kl', 'WsO8cmljaCDwn5Kl'],
])('%j', (text, base64, base64Url) => {
  const bytes = new TextEncoder().encode(text)
  expect(encodeBase64(bytes)).toBe(base64)
  expect(encodeBase64Url(bytes)).toBe(base64Url)
  expect(textToBase64Url(text)).toBe(base64Url)
  expect(decodeBase64(base64)).toEqual(bytes)
  expect(decodeBase64Url(base64Url)).toEqual(bytes)
  expect(base64UrlToText(base64Url)).toBe(text)
})

test.each(['Zg==', 'Z', 'Zh', 'Zm9', 'Zm 8', 'Zm8\n', 'Pj4+', 'Pz8/', 'Zm9vY', 'ä', '=', '\u0000'])(
  '%j is not base64url',
  (text) => {
    expect(decodeBase64Url(text)).toBeUndefined()
    expect(base64UrlToText(text)).toBeUndefined()
  },
)

test.each(['Zg', 'Zg=', 'Z===', '====', 'Zm9v=', ' Zg==', 'Zg==\n', 'Z g=', 'Pj4-', 'Pz8_', 'Zg==Zg==', 'ääää'])(
  '%j is not base64',
  (text) => {
    expect(decodeBase64(text)).toBeUndefined()
  },
)

test('what is no UTF-8 is no text, and a byte order mark is one character of it', () => {
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
    expect(base64UrlToText(encodeBase64Url(Uint8Array.from(bytes)))).toBeUndefined()
  }
  expect(base64UrlToText(textToBase64Url('\ufeffa'))).toBe('\ufeffa')
})

describe('properties', () => {
  test('bytes come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(bytes)
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
        expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      }),
    )
  })

  test('whatever is read is written the same', () => {
    const unit = fc.constantFrom('A', 'Q', 'Z', 'g', 'w', '-', '_', '8')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const bytes = decodeBase64Url(text)
        if (bytes !== undefined) expect(encodeBase64Url(bytes)).toBe(text)
      }),
    )
  })
})
