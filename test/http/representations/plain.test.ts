// NDJSON, plain text and octets.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultContentLimits } from '../../../src/http/content/content.ts'
import { Entity, Page } from '../../../src/http/representations/hypermedia.ts'
import { ndjson } from '../../../src/http/representations/ndjson.ts'
import { octets } from '../../../src/http/representations/octets.ts'
import { text } from '../../../src/http/representations/text.ts'
import { hostileValue, textOf, written } from './reading.ts'

const entity = new Entity({ id: 1 }, { self: { href: '/1' } }, '"t"')

describe('NDJSON', () => {
  test('is one line of JSON for each item, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileValue), async (items) => {
        const lines = (await textOf(ndjson, items)).split('\n')
        expect(lines.pop()).toBe('')
        expect(lines).toEqual(items.map((item) => JSON.stringify(item)))
      }),
    )
  })

  test('is the data of a page or of entities that come, and one line for anything else', async () => {
    expect(await textOf(ndjson, new Page([entity, entity], {}))).toBe('{"id":1}\n{"id":1}\n')
    expect(await textOf(ndjson, new Set([entity, 'x', undefined]))).toBe('{"id":1}\n"x"\nnull\n')
    expect(await textOf(ndjson, entity)).toBe('{"id":1}\n')
    expect(await textOf(ndjson, [])).toBe('')
  })

  test('breaks off at what JSON cannot hold', async () => {
    const circle: unknown[] = []
    circle.push(circle)
    await expect(textOf(ndjson, [1, circle])).rejects.toThrow(TypeError)
  })

  test('has a bigint as the string of its digits', async () => {
    expect(await textOf(ndjson, [1n, { of: [2n] }])).toBe('"1"\n{"of":["2"]}\n')
  })
})

describe('plain text', () => {
  test('is a text as it is, and JSON for anything else', async () => {
    expect(await textOf(text, 'a\r\n<b>')).toBe('a\r\n<b>')
    expect(await textOf(text, { a: 1 })).toBe('{"a":1}')
    expect(await textOf(text, ['a'])).toBe('["a"]')
    expect(await textOf(text, entity)).toBe('{"id":1}')
    expect(await textOf(text, new Page([entity], {}))).toBe('[{"id":1}]')
  })

  test('of an iterable is streamed, and texts only', async () => {
    expect(written(text, new Set(['a']))).toBeInstanceOf(ReadableStream)
    expect(await textOf(text, new Set(['a', 'b\n']))).toBe('ab\n')
    await expect(textOf(text, new Set(['a', 1]))).rejects.toThrow(TypeError)
  })
})

describe('octets', () => {
  const given = Uint8Array.of(0, 255, 1)
  const sent = async (content: unknown): Promise<number[]> => [
    ...new Uint8Array(await new Response(written(octets, content)).arrayBuffer()),
  ]

  test.each([
    ['a Uint8Array', given],
    ['a part of one', Uint8Array.of(9, 0, 255, 1, 9).subarray(1, 4)],
    ['a Buffer', Buffer.from(given)],
    ['an ArrayBuffer', given.buffer],
    ['a Blob', new Blob([given])],
    ['a stream', new Blob([given]).stream()],
  ])('%s passes', async (_, content) => {
    expect(await sent(content)).toEqual([0, 255, 1])
  })

  test('shared memory is copied', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(7)
    const body = written(octets, shared)
    shared.fill(8)
    expect(body).toEqual(Uint8Array.of(7, 7))
  })

  test.each(['text', 1, null, undefined, {}, [1, 2], new Uint16Array(1), new Set([given])])(
    '%j is a TypeError',
    (content) => {
      expect(() => written(octets, content)).toThrow(TypeError)
    },
  )

  test('are read as they are', async () => {
    const read = octets.read?.(given, { limits: defaultContentLimits, contentType: 'application/octet-stream' })
    expect(await read).toBe(given)
  })
})
