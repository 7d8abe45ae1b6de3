// Lists as streams: the text, what is asked of the source and when, and how either end breaks off.
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { isStreamable, streamItems, streamJsonArray, streamText } from '../../../src/http/representations/stream.ts'

/** A source that tells how many items it was asked for, and how it ended. */
function source(
  items: Iterable<string>,
  pause = 0,
): { readonly items: AsyncGenerator<string>; asked: number; isEnded: boolean } {
  const state = { items: given(), asked: 0, isEnded: false }
  async function* given(): AsyncGenerator<string> {
    try {
      for (const item of items) {
        state.asked += 1
        if (pause > 0) await sleep(pause)
        yield item
      }
    } finally {
      state.isEnded = true
    }
  }
  return state
}

function* repeated(text: string, times: number): Generator<string> {
  for (let index = 0; index < times; index += 1) yield text
}

const textFrom = async (stream: ReadableStream<Uint8Array>): Promise<string> => await new Response(stream).text()

test.each([
  ['a generator', true, repeated('a', 1)],
  ['an async generator', true, source(['a']).items],
  ['a set', true, new Set()],
  ['an object with an iterator', true, { [Symbol.iterator]: () => [].values() }],
  ['an array', false, [1]],
  ['a text', false, 'abc'],
  ['octets', false, new Uint8Array(2)],
  ['an object', false, {}],
  ['null', false, null],
  ['nothing', false, undefined],
  ['a function', false, repeated],
])('%s is streamable: %s', (_name, expected, content) => {
  expect(isStreamable(content)).toBe(expected)
})

describe('the text', () => {
  test('is what the chunks are, wherever they are cut', async () => {
    const unit = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud83c', '\udf55', '', 'é'))
    await fc.assert(
      fc.asyncProperty(fc.array(unit), async (chunks) => {
        const expected = chunks.join('').toWellFormed()
        expect(await textFrom(streamText(chunks))).toBe(expected.replace(/^\ufeff/, ''))
        expect(await textFrom(streamText(source(chunks).items))).toBe(expected.replace(/^\ufeff/, ''))
      }),
    )
  })

  test('keeps a pair of surrogates that stands in two chunks at the border of what is sent at once', async () => {
    const text = await textFrom(streamText([`${'a'.repeat(16_383)}\ud83c`, '\udf55', 'b']))
    expect(text.slice(16_383)).toBe('\u{1f355}b')
  })

  test('of an array in JSON is that of JSON.stringify', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), async (items) => {
        expect(await textFrom(streamJsonArray(items, (item) => JSON.stringify(item)))).toBe(JSON.stringify(items))
      }),
    )
    expect(await textFrom(streamJsonArray([undefined, () => 1, 1], (item) => JSON.stringify(item)))).toBe(
      '[null,null,1]',
    )
  })

  test('has its frame without items, too', async () => {
    expect(await textFrom(streamItems([], String, { before: '<', after: '>' }))).toBe('<>')
    expect(await textFrom(streamText([]))).toBe('')
  })
})

describe('backpressure', () => {
  test('nothing is asked for before somebody reads', async () => {
    const from = source(repeated('a', 10))
    streamText(from.items)
    await sleep(5)
    expect(from.asked).toBe(0)
  })

  test('one read asks for the items of one chunk of 16 KiB', async () => {
    const from = source(repeated('0123456789', 10_000))
    const reader = streamText(from.items).getReader()
    const { value } = await reader.read()
    await sleep(5)
    expect(value?.byteLength).toBe(16_390)
    expect(from.asked).toBe(1639)
    await reader.cancel()
  })

  test('chunks are 16 to 64 KiB, whatever the size of the items', async () => {
    const sizes: number[] = []
    for await (const chunk of streamText(repeated('ü€'.repeat(300), 1000))) sizes.push(chunk.byteLength)
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(16_384)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536)
  })

  test('an item that comes is not held back for one that does not', async () => {
    const reader = streamText(source(['one', '\ud83c', '\udf55'], 150).items).getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value)
    expect(await read()).toBe('one')
    expect(await read()).toBe('\u{1f355}') // not half of it
    expect((await reader.read()).done).toBe(true)
  })

  test('a slow source is not asked ahead of a reader that pauses', async () => {
    const from = source(repeated('a', 100), 70)
    const reader = streamText(from.items).getReader()
    await reader.read()
    await sleep(500)
    expect(from.asked).toBeLessThanOrEqual(3)
    await reader.cancel()
  })
})

describe('the end', () => {
  test('cancelling ends the iterator', async () => {
    const from = source(repeated('a'.repeat(1000), 1000))
    const reader = streamText(from.items).getReader()
    await reader.read()
    await reader.cancel()
    expect(from.isEnded).toBe(true)
    expect(from.asked).toBeLessThan(20)
  })

  test('cancelling while an item is awaited is no error, and nothing is sent afterwards', async () => {
    const from = source(['a', 'b', 'c'], 80)
    const reader = streamText(from.items).getReader()
    const read = reader.read()
    await sleep(10)
    await reader.cancel()
    expect(await read).toEqual({ done: true, value: undefined })
    await sleep(150)
    expect(from.isEnded).toBe(true)
    expect(from.asked).toBe(1)
  })

  test('cancelling reaches iterators that are no generators, and those without return', async () => {
    let returned = 0
    const iterator = {
      next: () => ({ done: false, value: 'a' }),
      return: () => ({ done: true, value: (returned += 1) }),
    }
    await streamText({ [Symbol.iterator]: () => iterator as Iterator<string> }).cancel()
    expect(returned).toBe(1)
    await expect(streamText({ [Symbol.iterator]: () => ({ next: iterator.next }) }).cancel()).resolves.toBeUndefined()
  })

  test('what the iterator throws is the error of the stream', async () => {
    const failing = (function* () {
      yield 'a'
      throw new RangeError('broken')
    })()
    await expect(textFrom(streamText(failing))).rejects.toThrow(new RangeError('broken'))
  })

  test('an item that cannot be written is the error of the stream, and ends the iterator', async () => {
    const from = source(['1', '2'])
    const stream = streamItems(from.items, () => JSON.stringify(1n))
    await expect(textFrom(stream)).rejects.toThrow(TypeError)
    expect(from.isEnded).toBe(true)
  })

  test('the first error is told where ending the iterator fails as well', async () => {
    const iterator = {
      next: (): never => {
        throw new Error('first')
      },
      return: (): never => {
        throw new Error('second')
      },
    }
    await expect(textFrom(streamText({ [Symbol.iterator]: () => iterator }))).rejects.toThrow('first')
  })

  test.each([[1], [null], [new Uint8Array(1)]])('a chunk that is no text, %j, is a TypeError', async (chunk) => {
    const chunks: Iterable<unknown> = ['a', chunk]
    await expect(textFrom(streamText(chunks as Iterable<string>))).rejects.toThrow(TypeError)
  })
})

test('no timer outlives a stream whose source never gives its next item', async () => {
  vi.useFakeTimers()
  try {
    const iterator = { next: () => new Promise<never>(() => undefined) }
    const reader = streamItems({ [Symbol.asyncIterator]: () => iterator }, String).getReader()
    const reading = reader.read()
    await vi.advanceTimersByTimeAsync(1) // it is asked for
    expect(vi.getTimerCount()).toBe(1)
    await reader.cancel()
    expect([vi.getTimerCount(), (await reading).done]).toEqual([0, true])
  } finally {
    vi.useRealTimers()
  }
})
