// Forms: both media types, and what a hostile form cannot do.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMultipart, parseUrlEncoded } from '../../../src/http/content/form.ts'

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const malformed = { status: 400, code: 'malformed-content' }
const namesOfPrototypes = ['__proto__', 'constructor', 'prototype']

describe('application/x-www-form-urlencoded', () => {
  test.each<readonly [string, object]>([
    ['', {}],
    ['a=1', { a: '1' }],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2&a=', { a: ['1', '2', ''] }],
    ['a', { a: '' }],
    ['=1', { '': '1' }],
    ['a=b=c', { a: 'b=c' }],
    ['&&a=1&', { a: '1' }],
    ['na+me=Mar+y%2B', { 'na me': 'Mar y+' }],
    ['t=%C3%A9&u=é', { t: 'é', u: 'é' }],
    ['%61=%00%0d%0A', { a: '\0\r\n' }],
    ['a[b]=1&a[b]=2&a[]=3&a.b=4&a%5Bc%5D=5', { 'a[b]': ['1', '2'], 'a[]': '3', 'a.b': '4', 'a[c]': '5' }],
    ['toString=1&hasOwnProperty=2&length=3', { toString: '1', hasOwnProperty: '2', length: '3' }],
    ['a;b=1', { 'a;b': '1' }],
  ])('%j is %j', (text, fields) => {
    expect(parseUrlEncoded(bytes(text))).toEqual(fields)
  })

  test.each(['a=%', 'a=%4', 'a=%zz', '%=1', 'a=%c3', 'a=%ff', 'a=%ed%a0%80', 'a=%c0%80', 'a=%u0041'])(
    'percent-encoding that is malformed or not of UTF-8 is 400: %s',
    (text) => {
      expect(() => parseUrlEncoded(bytes(text))).toThrow(expect.objectContaining(malformed))
    },
  )

  test('octets that are not UTF-8 are 400', () => {
    expect(() => parseUrlEncoded(Uint8Array.from([0x61, 0x3d, 0xff]))).toThrow(expect.objectContaining(malformed))
  })

  test.each([...namesOfPrototypes, '%5F_proto__'])('the name %s is 400, and reaches nothing', (name) => {
    expect(() => parseUrlEncoded(bytes(`a=1&${name}=admin`))).toThrow(/not allowed/)
    expect(parseUrlEncoded(bytes(`${name}[admin]=1`))).toHaveProperty([`${decodeURIComponent(name)}[admin]`], '1')
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
  })

  test('more fields than the limit are 400, of whatever names', () => {
    expect(Object.keys(parseUrlEncoded(bytes('a=1&b=2&'), { fields: 2 }))).toHaveLength(2)
    expect(() => parseUrlEncoded(bytes('a=1&b=2&a=3'), { fields: 2 })).toThrow(/more than 2 fields/)
    expect(() => parseUrlEncoded(bytes('a&'.repeat(1001)))).toThrow(/more than 1000 fields/)
  })

  test('what URLSearchParams writes is read', () => {
    const pairs = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })))
    fc.assert(
      fc.property(pairs, (given) => {
        const sent = given.filter(([name]) => !namesOfPrototypes.includes(name))
        const fields = parseUrlEncoded(bytes(new URLSearchParams(sent).toString()))
        const names = new Set(sent.map(([name]) => name.toWellFormed()))
        expect(new Set(Object.keys(fields))).toEqual(names)
        for (const name of names) {
          const values = sent
            .filter(([other]) => other.toWellFormed() === name)
            .map(([, value]) => value.toWellFormed())
          expect(fields[name]).toEqual(values.length === 1 ? values[0] : values)
        }
      }),
    )
  })

  test('any octets give fields or a 400', () => {
    const unit = fc.constantFrom('a', '=', '&', '%', '4', '1', 'f', '+', '[', ']', '__proto__')
    const octets = fc.oneof(fc.uint8Array(), fc.string({ unit }).map(bytes))
    fc.assert(
      fc.property(octets, (content) => {
        try {
          const values = Object.values(parseUrlEncoded(content)).flat()
          expect(values.every((value) => typeof value === 'string')).toBe(true)
        } catch (error) {
          expect(error).toMatchObject(malformed)
        }
      }),
    )
  })
})

describe('multipart/form-data', () => {
  const type = 'multipart/form-data; boundary=b'
  const part = (name: string, value: string, more = ''): string =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
  const whole = (...parts: readonly string[]): Uint8Array<ArrayBuffer> => bytes(`${parts.join('')}--b--\r\n`)

  test('texts, repeated names, and names in brackets', async () => {
    const content = whole(part('a', '1'), part('t', 'é\r\n'), part('a', '2'), part('a[b]', '3'))
    expect(await parseMultipart(content, type)).toEqual({ a: ['1', '2'], t: 'é\r\n', 'a[b]': '3' })
    expect(await parseMultipart(whole(), type)).toEqual({})
  })

  test('files as they were sent, octet by octet', async () => {
    const octets = Uint8Array.from([0, 255, 13, 10, 45, 45, 254])
    const form = new FormData()
    form.append('title', 'Mary')
    form.append('photo', new File([octets], 'Menü.png', { type: 'image/png' }))
    const sent = new Response(form)
    const contentType = sent.headers.get('content-type') ?? ''
    const { title, photo } = await parseMultipart(new Uint8Array(await sent.arrayBuffer()), contentType)
    expect(title).toBe('Mary')
    expect(photo).toBeInstanceOf(File)
    const file = photo as File // as was just seen
    expect([file.name, file.type]).toEqual(['Menü.png', 'image/png'])
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(octets)
  })

  test.each([
    ['nothing', type, ''],
    ['no end', type, part('a', '1')],
    ['a part that breaks off', type, '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'],
    ['headers that break off', type, '--b\r\nContent-Disposition: form-data; na'],
    ['a part without a name', type, '--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--\r\n'],
    ['a part without a disposition', type, '--b\r\nX: y\r\n\r\n1\r\n--b--\r\n'],
    ['another boundary', 'multipart/form-data; boundary=c', `${part('a', '1')}--b--\r\n`],
    ['no boundary', 'multipart/form-data', `${part('a', '1')}--b--\r\n`],
    ['another media type', 'multipart/mixed; boundary=b', `${part('a', '1')}--b--\r\n`],
    ['no media type', '', `${part('a', '1')}--b--\r\n`],
  ])('400 for %s', async (_, contentType, content) => {
    await expect(parseMultipart(bytes(content), contentType)).rejects.toMatchObject(malformed)
  })

  test.each(namesOfPrototypes)('the name %s is 400', async (name) => {
    await expect(parseMultipart(whole(part('a', '1'), part(name, '1')), type)).rejects.toThrow(/not allowed/)
    await expect(parseMultipart(whole(part(name, '1', '; filename="a"')), type)).rejects.toThrow(/not allowed/)
  })

  test('a text or a name that is not UTF-8 is 400, and U+FFFD that was sent as such is none', async () => {
    const broken = (content: Uint8Array): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(content, (octet) => (octet === 0x3f ? 0xff : octet)) // each question mark
    for (const content of [whole(part('a', '?')), whole(part('?', '1'))]) {
      await expect(parseMultipart(broken(content), type)).rejects.toThrow(/UTF-8/)
    }
    expect(await parseMultipart(whole(part('a', '\ufffd')), type)).toEqual({ a: '\ufffd' })
    const file = broken(whole(part('f', '?', '; filename="a"')))
    expect(await parseMultipart(file, type)).toHaveProperty('f.size', 1)
  })

  test('more fields than the limit are 400', async () => {
    const content = whole(part('a', '1'), part('a', '2'), part('a', '3'))
    await expect(parseMultipart(content, type, { fields: 2 })).rejects.toThrow(/more than 2 fields/)
    expect(await parseMultipart(content, type, { fields: 3 })).toEqual({ a: ['1', '2', '3'] })
  })

  test('any octets give fields or a 400', async () => {
    const unit = fc.constantFrom(
      '--b',
      '--',
      '\r\n',
      'Content-Disposition: form-data; name="a"',
      '; filename="f"',
      'x',
      '"',
    )
    const octets = fc.oneof(fc.uint8Array(), fc.string({ unit }).map(bytes))
    await fc.assert(
      fc.asyncProperty(octets, async (content) => {
        const outcome = await parseMultipart(Uint8Array.from(content), type).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toMatchObject(malformed)
      }),
    )
  })
})
