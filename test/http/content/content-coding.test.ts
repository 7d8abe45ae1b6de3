// Content codings: streams out, limited octets in, with node:zlib as the other side.
import { constants, createDeflateRaw, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodableCodings,
  decode,
  encodableCodings,
  encode,
  readCoding,
} from '../../../src/http/content/content-coding.ts'

const megabyte = 1_048_576
const unzip = { gzip: gunzipSync, deflate: inflateSync }
const zip = { gzip: gzipSync, deflate: deflateSync }

const utf8 = (text: string) => new TextEncoder().encode(text)
const textOf = (octets: Uint8Array | undefined) => octets && new TextDecoder().decode(octets)
/** All octets of a stream. */
const collect = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  new Uint8Array(await new Response(stream).arrayBuffer())
/** A stream that gives one chunk per pull, and says when it is cancelled. */
const streamOf = (chunks: Iterable<Uint8Array<ArrayBuffer>>, cancel: () => void = () => undefined) => {
  const iterator = chunks[Symbol.iterator]()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => {
      const { done, value } = iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    cancel,
  })
}

describe.each(encodableCodings)('writing %s', (coding) => {
  test('text, octets and streams come back', async () => {
    const text = 'Zürich 🍕 '.repeat(10_000)
    const chunks = [utf8(text.slice(0, 10)), new Uint8Array(), utf8(text.slice(10))]
    for (const body of [text, utf8(text), streamOf(chunks)]) {
      const octets = await collect(encode(body, coding))
      expect(octets.byteLength).toBeLessThan(2000)
      expect(unzip[coding](octets).toString()).toBe(text)
    }
  })

  test('nothing is written as content of no length', async () => {
    for (const body of ['', new Uint8Array(), streamOf([])]) {
      const octets = await collect(encode(body, coding))
      expect(octets.byteLength).toBeGreaterThan(0)
      expect(unzip[coding](octets)).toHaveLength(0)
    }
  })

  /** Data that cannot be compressed, and a count of how much of it was asked for. */
  const endlessBody = () => {
    const seen = { pulls: 0, isCancelled: false }
    const chunks = (function* () {
      for (;;) {
        seen.pulls += 1
        yield crypto.getRandomValues(new Uint8Array(65_536))
      }
    })()
    return { seen, body: streamOf(chunks, () => void (seen.isCancelled = true)) }
  }

  test('a body is read no faster than what is made of it', async () => {
    const { seen, body } = endlessBody()
    const reader = encode(body, coding).getReader()
    for (let size = 0; size < 3 * megabyte;) size += (await reader.read()).value?.byteLength ?? 0
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen.pulls).toBeGreaterThanOrEqual(48)
    expect(seen.pulls).toBeLessThan(60)
    await reader.cancel()
  })

  test('who stops reading stops the body', async () => {
    const { seen, body } = endlessBody()
    const reader = encode(body, coding).getReader()
    await reader.read()
    await reader.cancel('enough')
    await expect.poll(() => seen.isCancelled).toBe(true)
  })

  test('also while it has nothing to give', async () => {
    let isCancelled = false
    const silent = new ReadableStream<Uint8Array<ArrayBuffer>>({ cancel: () => void (isCancelled = true) })
    await encode(silent, coding).cancel('enough')
    await expect.poll(() => isCancelled).toBe(true)
  })

  test('an error of the body ends what is read', async () => {
    const chunks = (function* () {
      yield utf8('a')
      throw new Error('no more')
    })()
    await expect(collect(encode(streamOf(chunks), coding))).rejects.toThrow('no more')
  })
})

describe.each(decodableCodings)('reading %s', (coding) => {
  const malformed = expect.objectContaining({ status: 400, code: 'malformed-content' })

  test('what was written is read', async () => {
    expect(textOf(await decode(await collect(encode('Zürich', coding)), coding, 7))).toBe('Zürich')
    expect(textOf(await decode(new Uint8Array(zip[coding]('Zürich')), coding, 7))).toBe('Zürich')
    expect(await decode(new Uint8Array(zip[coding]('')), coding, 0)).toEqual(new Uint8Array())
  })

  test.each([1, 1000, 65_536, megabyte + 1])('the limit is one of %d octets, and no fewer', async (size) => {
    const octets = new Uint8Array(zip[coding](Buffer.alloc(size, 'a')))
    expect((await decode(octets, coding, size))?.byteLength).toBe(size)
    expect(await decode(octets, coding, size - 1)).toBeUndefined()
  })

  test.each<[string, Uint8Array<ArrayBuffer>]>([
    ['nothing', new Uint8Array()],
    ['one octet', Uint8Array.of(0x1f)],
    ['text', utf8('{"name":"Margherita"}')],
    ['zeros', new Uint8Array(100)],
    ['the other coding', new Uint8Array(zip[coding === 'gzip' ? 'deflate' : 'gzip']('{}'))],
  ])('%s is not in the coding: 400', async (_, octets) => {
    await expect(decode(octets, coding, megabyte)).rejects.toEqual(malformed)
  })

  test('content that ends too early is 400, wherever it ends', async () => {
    const whole = new Uint8Array(zip[coding]('{"name":"Margherita","size":33}'))
    for (let end = 0; end < whole.byteLength; end++) {
      await expect(decode(whole.slice(0, end), coding, megabyte)).rejects.toEqual(malformed)
    }
  })

  test('a wrong checksum is 400', async () => {
    const octets = new Uint8Array(zip[coding]('{"name":"Margherita"}'))
    const at = octets.byteLength - (coding === 'gzip' ? 5 : 1) // behind gzip's checksum stands the length
    octets[at] = (octets[at] ?? 0) ^ 1
    const error: unknown = await decode(octets, coding, megabyte).catch((cause: unknown) => cause)
    expect(error).toEqual(malformed)
    expect(error).toMatchObject({ message: `The content is not in the coding ${coding}.`, cause: expect.anything() })
  })

  test('whatever the octets, it is content within the limit, none, or 400', async () => {
    const anyOctets = fc.uint8Array({ maxLength: 200 }).map((octets) => new Uint8Array(octets))
    await fc.assert(
      fc.asyncProperty(anyOctets, fc.boolean(), fc.nat(200), async (octets, isCoded, limit) => {
        const given = isCoded ? new Uint8Array(zip[coding](octets)) : octets
        const outcome: unknown = await decode(given, coding, limit).catch((error: unknown) => error)
        if (!isCoded) expect([undefined, malformed]).toContainEqual(outcome)
        else expect(outcome).toEqual(octets.byteLength <= limit ? octets : undefined)
      }),
    )
  })
})

/** A gzip of as many megabytes of zeros: one of them compressed, and that repeated. It has no end, which nobody reads. */
const bombOf = async (megabytes: number): Promise<Uint8Array<ArrayBuffer>> => {
  const deflater = createDeflateRaw()
  deflater.write(new Uint8Array(megabyte))
  const block = await new Promise<Uint8Array>((resolve) => {
    deflater.flush(constants.Z_FULL_FLUSH, () => resolve(deflater.read() as Uint8Array)) // it is no object stream
  })
  const header = gzipSync('').subarray(0, 10)
  return new Uint8Array(Buffer.concat([header, ...Array.from({ length: megabytes }, () => block)]))
}

test('H126 a gigabyte of zeros is undefined at the limit, and never in memory', async () => {
  const bomb = await bombOf(1024)
  expect(bomb.byteLength).toBeLessThan(2 * megabyte)
  const before = process.memoryUsage().rss
  const start = performance.now()
  for (let round = 0; round < 5; round++) expect(await decode(bomb, 'gzip', megabyte)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(5000)
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * megabyte)
  // It is the limit that stops it: with room for it, the missing end is what is wrong.
  await expect(decode(await bombOf(3), 'gzip', 3 * megabyte)).rejects.toMatchObject({ code: 'malformed-content' })
})

test('gzip is preferred, and deflate is known too', () => {
  expect(encodableCodings).toEqual(['gzip', 'deflate'])
  expect(decodableCodings).toEqual(['gzip', 'deflate'])
})

test.each<[string, string | undefined]>([
  ['gzip', 'gzip'],
  ['X-GZip', 'gzip'],
  ['Deflate', 'deflate'],
  ['IDENTITY', 'identity'],
  ['br', undefined],
  ['compress', undefined],
  ['gzip, gzip', undefined],
  ['gzip, identity', undefined],
  ['*', undefined],
  ['', undefined],
])('the Content-Encoding %j is %j', (contentEncoding, expected) => {
  expect(readCoding(contentEncoding)).toBe(expected)
})
