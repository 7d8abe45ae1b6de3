// Values of header fields as somebody might send them: right, wrong and hostile, for every field that the layer reads.
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'

export type Headers = Readonly<Record<string, string>>

export const some = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items)

const tags = [
  '*',
  '"v1"',
  '"v2"',
  'W/"v1"',
  '"v1.html"',
  '"s9"',
  '"b1"',
  '"c1"',
  'v1',
  '"',
  '',
  '"a", "v1"',
  '"\u00ff"',
  ',',
]
const dates = [
  'Sun, 06 Nov 1994 08:49:37 GMT',
  'Sunday, 06-Nov-94 08:49:36 GMT',
  'Sun Nov  6 08:49:38 1994',
  'Mon, 07 Nov 2094 08:49:37 GMT',
  '1994-11-06T08:49:37Z',
  '0',
  'Sun, 32 Nov 1994 08:49:37 GMT',
]

export const digestOf = (content: string | Uint8Array): string =>
  `sha-256=:${createHash('sha256').update(content).digest('base64')}:`

const right: Readonly<Record<string, readonly string[]>> = {
  accept: [
    '*/*',
    'application/json',
    'text/html',
    'application/xml;q=0.9, */*;q=0.1',
    'text/csv',
    'application/problem+xml',
    'image/*',
    'a/b;c="d,e"',
    ';;=',
    'text/html;q=2',
  ],
  'accept-language': ['de', 'de-AT, en;q=0.5', '*', 'x'.repeat(300), ';q='],
  'accept-encoding': ['gzip', 'deflate;q=0.5, gzip;q=0', 'identity', '*;q=0', 'br', 'x-gzip, ,', ''],
  'access-control-request-headers': ['authorization', 'X-Any, content-type', ',,'],
  'access-control-request-method': ['PUT', 'FROB', ''],
  authorization: ['Bearer ada', 'Bearer eve', 'bearer', 'Basic a, Basic b', 'Digest a="b, c d"', ''],
  'cache-control': ['no-cache', 'no-store', 'max-age=x'],
  'content-digest': [
    digestOf('{"title":"x"}'),
    'md5=:AAAA:',
    'sha-256=:AAAA:',
    'sha-256=1',
    '=',
    'sha-512=:AAAA:, sha-256=:AAAA:',
  ],
  'content-encoding': ['identity', 'gzip', 'x-gzip', 'deflate', 'br', 'gzip, gzip', ''],
  'content-length': ['0', '13', '999999999999', '-1', 'x', '1, 1'],
  'content-range': ['bytes 0-1/2', 'x'],
  'content-type': [
    'application/json',
    'application/merge-patch+json',
    'application/json-patch+json',
    'application/json;charset=utf-16',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'text/csv',
    'json',
    '/',
    'a/b;c="',
  ],
  'idempotency-key': ['"a"', '"b"', 'a', '""', '"a', `"${'x'.repeat(600)}"`, '"a", "b"'],
  'if-match': tags,
  'if-none-match': tags,
  'if-modified-since': dates,
  'if-unmodified-since': dates,
  'if-range': [...tags, ...dates],
  origin: ['https://a.example', 'https://a.example.evil.example', 'null', 'x'],
  prefer: ['return=minimal', 'respond-async, wait=9', 'handling=lenient', ';=,"'],
  range: [
    'bytes=0-9',
    'bytes=-10',
    'bytes=90-1000',
    'bytes=100-',
    'bytes=5-1',
    'items=0-1',
    'bytes=0-0,2-2',
    `bytes=${'0-1,'.repeat(500)}`,
    'bytes=0-99999999999999999999',
  ],
  'request-id': ['12345678', 'a b', 'x'.repeat(100), '"<script>'],
  'transfer-encoding': ['chunked', 'x'],
  'x-form': ['bad'],
  'x-holiday': ['1'],
  'x-http-method-override': ['DELETE'],
}

/** What no grammar knows, as far as a field can hold it at all. */
const hostile = some(
  '\u0001',
  '\u00ff\u00fe',
  '"\\',
  '%00',
  ','.repeat(2_000),
  ';'.repeat(2_000),
  'q=1;'.repeat(500),
  '('.repeat(999),
  '__proto__',
  '-0',
  '1e999',
  '{}',
  '<a>',
)

const fieldNames: readonly string[] = Object.keys(right)

const field: fc.Arbitrary<readonly [string, string]> = fc
  .constantFrom(...fieldNames)
  .chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof({ weight: 6, arbitrary: some(...(right[name] ?? [])) }, { weight: 1, arbitrary: hostile }),
    ),
  )

export const anyHeaders: fc.Arbitrary<Headers> = fc
  .uniqueArray(field, { maxLength: 4, selector: ([name]) => name })
  .map((fields) => Object.fromEntries(fields))
