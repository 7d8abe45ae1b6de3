// RFC 9421 for any message: the vectors of appendix B, the forms of components, and that what is signed is what is verified.
import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  SignatureFault,
  signMessage,
  verifyMessage,
  type Algorithm,
  type Signable,
  type SignatureKey,
} from 'slumberjs/auth'
import { parseDictionary } from 'structured-headers'
import { readFileSync } from 'node:fs'
import { signatureBase } from '../../../src/auth/signatures/signature-base.ts'

interface Vectors {
  readonly request: string
  readonly secret: string
  readonly keys: Readonly<Record<string, string>>
  readonly vectors: readonly {
    readonly label: string
    readonly keyid: string
    readonly input: string
    readonly signature: string
    readonly base: string
  }[]
}
const file = new URL('../../rules/rfc9421-vectors.json', import.meta.url)
const { request, secret, keys, vectors } = JSON.parse(readFileSync(file, 'utf8')) as Vectors // our own file

function headersOf(lines: readonly string[]): Headers {
  return new Headers(
    lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
}

const [requestLine = '', ...requestFields] = request.slice(0, request.indexOf('\n\n')).split('\n')
const asked: Signable = {
  method: requestLine.split(' ')[0]!,
  url: `https://example.com${requestLine.split(' ')[1]}`,
  headers: headersOf(requestFields),
}
const answered: Signable = {
  status: 200,
  headers: headersOf([
    'Date: Tue, 20 Apr 2021 02:07:56 GMT',
    'Content-Type: application/json',
    'Content-Digest: sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
    'Content-Length: 23',
  ]),
}

const algorithms: Readonly<Record<string, Algorithm>> = {
  'test-key-rsa-pss': 'rsa-pss-sha512',
  'test-key-ecc-p256': 'ecdsa-p256-sha256',
  'test-shared-secret': 'hmac-sha256',
  'test-key-ed25519': 'ed25519',
}

function keyOf(keyid: string): SignatureKey {
  const pem = keys[keyid]
  const key = pem === undefined ? createSecretKey(Buffer.from(secret, 'base64')) : createPublicKey(pem)
  return { alg: algorithms[keyid]!, key }
}

/** The parameter of Signature-Input as an inner list. */
function inputOf(text: string): Parameters<typeof signatureBase>[1] {
  return parseDictionary(`x=${text}`).get('x') as Parameters<typeof signatureBase>[1] // each is an inner list
}

const baseOf = (message: Signable, input: string): string => signatureBase(message, inputOf(input)).octets.toString()

/** With the fields of a signature. */
function withFields(message: Signable, added: object): Signable {
  const all = new Map<string, string>(Object.entries(added))
  return { ...message, headers: { get: (name) => all.get(name) ?? message.headers.get(name) } }
}

describe.each(vectors)('$label of appendix B', ({ label, keyid, input, signature, base }) => {
  const message = base.includes('@status') ? answered : asked
  const signed = withFields(message, { 'signature-input': `${label}=${input}`, signature: `${label}=:${signature}:` })

  test(`H258 ${label} has the base of the RFC`, () => expect(baseOf(message, input)).toBe(base))

  test(`H258 ${label} verifies, and not with another octet`, () => {
    expect(verifyMessage(signed, label, keyOf(keyid))).toBe(true)
    const octets = Buffer.from(signature, 'base64')
    octets[9]! ^= 1
    const forged = withFields(signed, { signature: `${label}=:${octets.toString('base64')}:` })
    expect(verifyMessage(forged, label, keyOf(keyid))).toBe(false)
    expect(verifyMessage(signed, 'other', keyOf(keyid))).toBe(false)
  })
})

/** That of RFC 9421 §B.1.4, published as the public one is. */
const ed25519 =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n'

test.each([
  ['sig-b25', keyOf('test-shared-secret')],
  ['sig-b26', { alg: 'ed25519', key: createPrivateKey(ed25519) } as const],
])('H258 %s, which is deterministic, comes out as in the RFC', (name, key) => {
  const { input, signature } = vectors.find(({ label }) => label === name)!
  const fields = { 'signature-input': `${name}=${input}`, signature: `${name}=:${signature}:` }
  expect(signMessage(asked, input, key, name)).toEqual(fields)
})

const pairs = {
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed25519: generateKeyPairSync('ed25519'),
  'rsa-pss-sha512': generateKeyPairSync('rsa', { modulusLength: 2_048 }),
} as const

test.each(['ecdsa-p256-sha256', 'ed25519', 'rsa-pss-sha512'] as const)('what is signed by %s verifies', (alg) => {
  const { publicKey, privateKey } = pairs[alg]
  const signed = withFields(asked, signMessage(asked, '("@method" "@path");created=1', { alg, key: privateKey }))
  expect(verifyMessage(signed, 'sig', { alg, key: publicKey })).toBe(true)
  expect(verifyMessage({ ...signed, method: 'GET' }, 'sig', { alg, key: publicKey })).toBe(false)
})

describe('an answer', () => {
  const { publicKey, privateKey } = pairs.ed25519
  const [signing, verifying] = [
    { alg: 'ed25519', key: privateKey },
    { alg: 'ed25519', key: publicKey },
  ] as const
  const requestSigned = withFields(asked, signMessage(asked, '("@method");created=1', signing, 'slumber'))

  test('H275 verifies with the request that it answers, and with no other', () => {
    const input = '("@status" "@authority";req "signature";req;key="slumber");created=2'
    const bound = { ...answered, request: requestSigned }
    const answer = withFields(bound, signMessage(bound, input, signing))
    expect(verifyMessage(answer, 'sig', verifying)).toBe(true)
    const other = withFields(asked, signMessage(asked, '("@method");created=3', signing, 'slumber'))
    expect(verifyMessage({ ...answer, request: other }, 'sig', verifying)).toBe(false)
    expect(() => verifyMessage({ ...answer, request: asked }, 'sig', verifying)).toThrow('is not in the message')
    expect(() => verifyMessage(withFields(answered, signMessage(bound, input, signing)), 'sig', verifying)).toThrow(
      SignatureFault,
    )
  })

  test('H275 may be that of fetch', () => {
    const fields = signMessage({ status: 200, headers: new Headers() }, '("@status")', signing)
    expect(verifyMessage(new Response(null, { headers: { ...fields } }), 'sig', verifying)).toBe(true)
    expect(verifyMessage(new Response(null, { status: 201, headers: { ...fields } }), 'sig', verifying)).toBe(false)
  })
})

describe('components', () => {
  const message: Signable = {
    method: 'POST',
    url: 'HTTPS://www.Example.com:443/a%20b/?param=value&foo=bar&baz=bat%2Dman&qux=&two=1&two=2&fa%C3%A7ade%22%3A%20=a%2Bb+c(%7E)#x',
    headers: new Headers([
      ['x-ows', '\t Leading and trailing. \t '],
      ['cache-control', 'max-age=60'],
      ['cache-control', '   must-revalidate'],
      ['x-empty', ''],
      ['example-dict', ' a=1,    b=2;x=1;y=2,   c=(a   b   c), d'],
      ['priority', 'u=1,   i'],
      ['cache-status', 'a ,   b'],
      ['idempotency-key', '"a"; b'],
      ['content-digest', 'sha-256=nothing('],
    ]),
    trailers: new Headers({ expires: 'Wed, 9 Nov 2022 07:28:00 GMT' }),
  }

  test.each([
    ['"@method"', 'POST'],
    [
      '"@target-uri"',
      'https://www.example.com/a%20b/?param=value&foo=bar&baz=bat%2Dman&qux=&two=1&two=2&fa%C3%A7ade%22%3A%20=a%2Bb+c(%7E)',
    ],
    ['"@authority"', 'www.example.com'],
    ['"@scheme"', 'https'],
    [
      '"@request-target"',
      '/a%20b/?param=value&foo=bar&baz=bat%2Dman&qux=&two=1&two=2&fa%C3%A7ade%22%3A%20=a%2Bb+c(%7E)',
    ],
    ['"@path"', '/a%20b/'],
    ['"@query"', '?param=value&foo=bar&baz=bat%2Dman&qux=&two=1&two=2&fa%C3%A7ade%22%3A%20=a%2Bb+c(%7E)'],
    ['"@query-param";name="baz"', 'bat-man'],
    ['"@query-param";name="qux"', ''],
    ['"@query-param";name="fa%C3%A7ade%22%3A%20"', 'a%2Bb%20c%28%7E%29'],
    ['"x-ows"', 'Leading and trailing.'],
    ['"cache-control"', 'max-age=60, must-revalidate'],
    ['"x-empty"', ''],
    ['"x-empty";bs', '::'],
    ['"x-ows";bs', ':TGVhZGluZyBhbmQgdHJhaWxpbmcu:'],
    ['"example-dict"', 'a=1,    b=2;x=1;y=2,   c=(a   b   c), d'],
    ['"example-dict";key="a"', '1'],
    ['"example-dict";key="b"', '2;x=1;y=2'],
    ['"example-dict";key="c"', '(a b c)'],
    ['"example-dict";key="d"', '?1'],
    ['"priority";sf', 'u=1, i'],
    ['"cache-status";sf', 'a, b'],
    ['"idempotency-key";sf', '"a";b'],
    ['"expires";tr', 'Wed, 9 Nov 2022 07:28:00 GMT'],
  ])('H271 %s is %s', (component, value) => {
    expect(baseOf(message, `(${component})`)).toBe(`${component}: ${value}\n"@signature-params": (${component})`)
  })

  test('an empty query is a question mark', () => {
    expect(baseOf({ ...message, url: 'http://h/' }, '("@query")')).toMatch(/^"@query": \?\n/)
  })

  test.each([
    ['missing-component', '"x-other"'],
    ['missing-component', '"expires"'],
    ['missing-component', '"x-ows";tr'],
    ['missing-component', '"example-dict";key="e"'],
    ['missing-component', '"@query-param";name="none"'],
    ['missing-component', '"@status"'],
    ['unsupported-component', '"@query-param";name="two"'],
    ['unsupported-component', '"@query-param"'],
    ['unsupported-component', '"@method";x'],
    ['unsupported-component', '"@other"'],
    ['unsupported-component', '"@method";req'],
    ['unsupported-component', '"x-ows";sf'],
    ['unsupported-component', '"x-ows";other'],
    ['unsupported-component', '"priority";sf;bs'],
    ['unsupported-component', '"@method" "@method"'],
    ['malformed-signature', '"content-digest";sf'],
    ['malformed-signature', '"Priority"'],
    ['malformed-signature', '"x y"'],
    ['malformed-signature', 'priority'],
  ])('%s: %s', (code, components) => {
    expect(() => baseOf(message, `(${components})`)).toThrow(expect.objectContaining({ name: 'SignatureFault', code }))
  })

  test('the request line of an answer is that of its request', () => {
    expect(() => baseOf({ ...answered, method: 'GET', url: 'http://h/' }, '("@method")')).toThrow(SignatureFault)
  })

  test.each(['a\n"@path": /admin', 'a\r', 'a\0', 'é', '\u{1F355}', '\u007f'])(
    'A015 a value that is not signed: %j',
    (value) => {
      const forging = { ...message, headers: { get: () => value } }
      const key = { alg: 'ed25519', key: pairs.ed25519.privateKey } as const
      expect(() => signMessage(forging, '("x")', key)).toThrow('holds more than printable ASCII')
    },
  )

  test.each(['', 'x', '("a"', '("a"), ("b")', '"a"', '("a") x'])('what is no inner list is not signed: %j', (input) => {
    const key = { alg: 'ed25519', key: pairs.ed25519.privateKey } as const
    expect(() => signMessage(message, input, key)).toThrow(expect.objectContaining({ code: 'malformed-signature' }))
  })
})

describe('for any message', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
  const value = fc.string({ unit: fc.constantFrom(...Array.from('aZ0 \t",;:=()\\@%?/é\n')), maxLength: 12 })
  const headers = fc.dictionary(name, value, { minKeys: 1, maxKeys: 6 })
  const parameter = fc.oneof(
    fc.integer({ min: -9e14, max: 9e14 }).map(String),
    fc
      .string({ unit: fc.constantFrom(...Array.from('a" \\:;(')) })
      .map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`),
  )
  const { publicKey, privateKey } = pairs.ed25519
  const messageOf = (all: Readonly<Record<string, string>>): Signable => ({
    method: 'GET',
    url: 'http://h/',
    headers: new Map(Object.entries(all)),
  })

  test('H271 what is signed verifies; a base has a line for each component, and nobody’s value makes another', () => {
    fc.assert(
      fc.property(headers, fc.dictionary(name, parameter, { maxKeys: 4 }), (all, parameters) => {
        const message = messageOf(all)
        const written = Object.entries(parameters).map(([key, each]) => `;${key}=${each}`)
        const input = `(${Object.keys(all)
          .map((each) => `"${each}"`)
          .join(' ')})${written.join('')}`
        if (Object.values(all).some((each) => /[é\n]/.test(each.replaceAll(/^[ \t]+|[ \t]+$/g, '')))) {
          expect(() => baseOf(message, input)).toThrow(SignatureFault)
          return
        }
        const lines = baseOf(message, input).split('\n')
        expect(lines).toHaveLength(Object.keys(all).length + 1)
        expect(lines.at(-1)).toBe(`"@signature-params": ${input}`)
        const signed = withFields(message, signMessage(message, input, { alg: 'ed25519', key: privateKey }))
        expect(verifyMessage(signed, 'sig', { alg: 'ed25519', key: publicKey })).toBe(true)
      }),
    )
  })

  test('two messages have one base only where every covered value is the same', () => {
    const ascii = fc.string({ unit: fc.constantFrom(...Array.from('ab ":')), maxLength: 4 })
    fc.assert(
      fc.property(ascii, ascii, ascii, ascii, (a, b, c, d) => {
        const [one, two] = [messageOf({ a, b }), messageOf({ a: c, b: d })].map((each) => baseOf(each, '("a" "b")'))
        expect(one === two).toBe(a.trim() === c.trim() && b.trim() === d.trim())
      }),
    )
  })

  test('fields that are anything are read, or refused as malformed', () => {
    const piece = fc.constantFrom(
      'sig',
      '=',
      '("a")',
      '(',
      ')',
      ';',
      'created',
      '1',
      '"x"',
      ':AA==:',
      ':',
      ',',
      ' ',
      '?1',
      '@1',
      '%"',
      '\\',
      'é',
    )
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (input, signature) => {
        const message = messageOf({ a: '1', 'signature-input': input, signature })
        try {
          expect(verifyMessage(message, 'sig', { alg: 'ed25519', key: publicKey })).toBe(false)
        } catch (error) {
          expect(error).toBeInstanceOf(SignatureFault)
        }
      }),
    )
  })
})
