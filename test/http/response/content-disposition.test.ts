// Content-Disposition: both forms of a name, and names that want out of their quotes.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentDisposition } from '../../../src/http/response/content-disposition.ts'

test.each([
  ['x.txt', 'attachment; filename="x.txt"'],
  ['a b, c; d=e.txt', 'attachment; filename="a b, c; d=e.txt"'],
  ['Menü.pdf', `attachment; filename="Men_.pdf"; filename*=UTF-8''Men%C3%BC.pdf`],
  ['€ rates.csv', `attachment; filename="_ rates.csv"; filename*=UTF-8''%E2%82%AC%20rates.csv`],
  ['🍕.png', `attachment; filename="_.png"; filename*=UTF-8''%F0%9F%8D%95.png`],
  ["ü'()*!.txt", `attachment; filename="_'()*!.txt"; filename*=UTF-8''%C3%BC%27%28%29%2A!.txt`],
])('H211 %j becomes %s', (filename, expected) => {
  expect(contentDisposition(filename)).toBe(expected)
})

test('H211 shown inline, with a name for whoever saves it', () => {
  expect(contentDisposition('x.txt', 'inline')).toBe('inline; filename="x.txt"')
  expect(contentDisposition('', 'inline')).toBe('inline')
})

test.each([
  [
    'quotes',
    '"; filename="evil.exe',
    `attachment; filename="_; filename=_evil.exe"; filename*=UTF-8''%22%3B%20filename%3D%22evil.exe`,
  ],
  ['line breaks', 'a\r\nset-cookie: b=c', 'attachment; filename="a__set-cookie: b=c"'],
  ['NUL', 'a.png\0.exe', 'attachment; filename="a.png_.exe"'],
  ['C1 controls', 'a\u0085b', 'attachment; filename="a_b"'],
  [
    'a percent sign that some decode',
    'a%2f%41.txt',
    `attachment; filename="a_2f_41.txt"; filename*=UTF-8''a%252f%2541.txt`,
  ],
  ['folders', '../../etc/passwd', 'attachment; filename=".._.._etc_passwd"'],
  ['folders of Windows', String.raw`..\..\boot.ini`, 'attachment; filename=".._.._boot.ini"'],
  ['this folder', '.', 'attachment; filename="_"'],
  ['the folder above', ' .. ', 'attachment; filename="_"'],
  ['blanks alone', '  ', 'attachment'],
  ['letters written the other way', 'ann\u202etxt.exe', 'attachment; filename="ann_txt.exe"'],
  ['a lone surrogate', 'a\ud800b.txt', `attachment; filename="a_b.txt"; filename*=UTF-8''a%EF%BF%BDb.txt`],
])('a hostile name stays a name: %s', (_, filename, expected) => {
  expect(contentDisposition(filename)).toBe(expected)
})

test('whatever the name, a field value of two quotes that Headers takes, and a name without folders', () => {
  const unit = fc.constantFrom(
    'a',
    '"',
    '\\',
    '/',
    '\r',
    '\n',
    '\0',
    '%',
    '4',
    '.',
    ' ',
    ';',
    '*',
    "'",
    'é',
    '\ud800',
    '\udc00',
    '\u202e',
  )
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit })), (filename) => {
      const value = contentDisposition(filename)
      expect(value).toMatch(/^attachment(; filename="[^"\\%/]+"(; filename\*=UTF-8''[\w!#$&+.^`|~%-]+)?)?$/)
      expect(new Headers({ 'content-disposition': value }).get('content-disposition')).toBe(value)
      const extended = /filename\*=UTF-8''(.*)$/.exec(value)?.[1]
      if (extended !== undefined) expect(decodeURIComponent(extended)).not.toMatch(/[\p{Cc}/\\]/u)
    }),
  )
})
