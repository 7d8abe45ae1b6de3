// Content-Digest: what matches, what is passed over, and what is malformed.
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyContentDigest } from '../../../src/http/content/digest.ts'

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const content = bytes('{"hello": "world"}\n')
const digest = (name: 'sha-256' | 'sha-512', octets: Uint8Array = content): string =>
  `${name}=:${createHash(name.replace('-', '')).update(octets).digest('base64')}:`
const wrong256 = digest('sha-256', bytes('other'))
const wrong512 = digest('sha-512', bytes('other'))

test('H134 the digests of the examples in RFC 9530 match, and are those of no other content', async () => {
  for (const header of [
    'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    'sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:',
  ]) {
    expect(await verifyContentDigest(header, content)).toBe(true)
    expect(await verifyContentDigest(header, bytes('{"hello": "world"}'))).toBe(false)
    expect(await verifyContentDigest(header, bytes(''))).toBe(false)
  }
})

test('H134 a digest that is cut off or too long does not match', async () => {
  const hash = createHash('sha256').update(content).digest()
  for (const sent of [Buffer.alloc(0), hash.subarray(0, 31), Buffer.concat([hash, Buffer.alloc(1)])]) {
    expect(await verifyContentDigest(`sha-256=:${sent.toString('base64')}:`, content)).toBe(false)
  }
})

test.each([
  ['nothing is given', null],
  ['an empty field', ''],
  ['no algorithm is known', 'md5=:AAAA:, sha=:AAAA:, crc32c=?1'],
  ['names are case-sensitive', wrong256.replace('sha', 'SHA').replace('SHA', 'x-sha')],
])('H135 nothing has to match where %s', async (_, header) => {
  expect(await verifyContentDigest(header, content)).toBe(true)
})

test('H135 unknown algorithms are ignored beside a known one', async () => {
  expect(await verifyContentDigest(`md5=:AAAA:, ${digest('sha-256')}`, content)).toBe(true)
  expect(await verifyContentDigest(`md5=:AAAA:, unixsum=12;a, ${wrong256}`, content)).toBe(false)
})

test('H135 of two known ones both must match', async () => {
  expect(await verifyContentDigest(`${digest('sha-256')}, ${digest('sha-512')}`, content)).toBe(true)
  expect(await verifyContentDigest(`${wrong256}, ${digest('sha-512')}`, content)).toBe(false)
  expect(await verifyContentDigest(`${digest('sha-256')}, ${wrong512}`, content)).toBe(false)
})

test('parameters are ignored, and the last of two members of one name counts (RFC 9651 §4.2.2)', async () => {
  expect(await verifyContentDigest(`${digest('sha-256')};a=1;b`, content)).toBe(true)
  expect(await verifyContentDigest(`${wrong256},\t${digest('sha-256')}`, content)).toBe(true)
  expect(await verifyContentDigest(`${digest('sha-256')}, ${wrong256}`, content)).toBe(false)
})

test.each([
  'sha-256',
  'sha-256=',
  'sha-256=abc',
  'sha-256="abc"',
  'sha-256=1',
  'sha-256=(:AAAA:)',
  'sha-256=:AAAA',
  'sha-256=:A-_A:',
  'sha-256=:A:',
  'SHA-256=:AAAA:',
  'sha-256=:AAAA:,',
  'sha-256=:AAAA: md5=:AAAA:',
  'md5=:AAAA:, \u00e9=1',
  '=',
])('a malformed field is 400: %j', async (header) => {
  await expect(verifyContentDigest(header, content)).rejects.toMatchObject({ status: 400, code: 'malformed-header' })
})

test('any octets match their digest, and not once one of them is another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1 }), fc.nat(), async (given, position) => {
      const octets = Uint8Array.from(given)
      const header = `${digest('sha-512', octets)}, ${digest('sha-256', octets)}`
      expect(await verifyContentDigest(header, octets)).toBe(true)
      const at = position % octets.length
      octets[at] = (octets[at] ?? 0) ^ 1
      expect(await verifyContentDigest(header, octets)).toBe(false)
    }),
    { numRuns: 50 },
  )
})

test('any header gives an answer or a 400', async () => {
  const unit = fc.constantFrom('sha-256', 'md5', '=', ':', ',', ' ', 'AAAA', '"', '(', ')', ';', '?1', '\u00e9')
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit })), async (header) => {
      const outcome = await verifyContentDigest(header, content).catch((error: unknown) => error)
      if (typeof outcome !== 'boolean') expect(outcome).toMatchObject({ status: 400, code: 'malformed-header' })
    }),
  )
})
