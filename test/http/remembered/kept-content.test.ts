// Content that is kept while it is sent: what is sent is what came, octet by octet, kept or not.
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { keepContent } from '../../../src/http/remembered/kept-content.ts'

const streamOf = (chunks: readonly Uint8Array[], fault?: Error, onCancel?: () => void): ReadableStream<Uint8Array> => {
  const waiting = [...chunks]
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = waiting.shift()
        if (chunk !== undefined) controller.enqueue(chunk)
        else if (fault !== undefined) controller.error(fault)
        else controller.close()
      },
      cancel: () => onCancel?.(),
    },
    { highWaterMark: 0 },
  )
}
const bytes = (text: string) => new TextEncoder().encode(text)

test('everything comes through; what is within the limit is kept', async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 10 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(chunks, fc.nat({ max: 40 }), async (given, limit) => {
      const whole = new Uint8Array(given.flatMap((chunk) => [...chunk]))
      const { content, response } = await keepContent(new Response(streamOf(given) as BodyInit), limit)
      expect(content).toEqual(whole.byteLength <= limit ? whole : undefined)
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(whole)
    }),
  )
})

test('status and fields stay, each cookie in its line', async () => {
  for (const limit of [1, 100]) {
    const headers = new Headers({ location: '/a' })
    headers.append('set-cookie', 'a=1')
    headers.append('set-cookie', 'b=2')
    const { response } = await keepContent(new Response('text', { status: 201, headers }), limit)
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe('/a')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  }
})

test('an answer without content stays without', async () => {
  const answer = new Response(null, { status: 204 })
  const { content, response } = await keepContent(answer, 0)
  expect(content).toEqual(new Uint8Array())
  expect(response).toBe(answer)
})

test('an endless answer is read no further than the limit, and ended by its reader', async () => {
  let isCancelled = false
  const chunks = Array.from({ length: 1000 }, () => bytes('0123456789'))
  const body = streamOf(chunks, undefined, () => void (isCancelled = true))
  const { content, response } = await keepContent(new Response(body as BodyInit), 15)
  expect(content).toBeUndefined()
  await response.body?.cancel()
  expect(isCancelled).toBe(true)
})

test('what breaks off breaks off for its reader', async () => {
  const body = streamOf([bytes('abc')], new Error('gone'))
  const { content, response } = await keepContent(new Response(body as BodyInit), 100)
  expect(content).toBeUndefined()
  await expect(response.text()).rejects.toThrow('gone')
})

test('what comes slowly is passed on: what was read, what was being read, and the rest', async () => {
  vi.useFakeTimers()
  try {
    let goOn: (chunk: Uint8Array) => void = () => undefined
    let pulls = 0
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          pulls++
          if (pulls === 2) controller.enqueue(await new Promise<Uint8Array>((resolve) => (goOn = resolve)))
          else if (pulls < 5) controller.enqueue(bytes(String(pulls)))
          else controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const kept = keepContent(new Response(body as BodyInit), 100)
    await vi.advanceTimersByTimeAsync(1_000)
    const { content, response } = await kept
    expect(content).toBeUndefined()
    goOn(bytes('two'))
    expect(await response.text()).toBe('1two34')
  } finally {
    vi.useRealTimers()
  }
})

test('what comes slowly and breaks off, or is not wanted any more, does so for its reader', async () => {
  vi.useFakeTimers()
  try {
    const outcomes: unknown[] = []
    for (const isBroken of [true, false]) {
      let fail: (fault: Error) => void = () => undefined
      const body = new ReadableStream<Uint8Array>(
        {
          pull: async () => await new Promise((_resolve, reject) => (fail = reject)),
          cancel: () => void outcomes.push('cancelled'),
        },
        { highWaterMark: 0 },
      )
      const kept = keepContent(new Response(body as BodyInit), 100)
      await vi.advanceTimersByTimeAsync(1_000)
      const { response } = await kept
      if (isBroken) fail(new Error('gone'))
      if (isBroken) await expect(response.text()).rejects.toThrow('gone')
      else await response.body?.cancel()
    }
    expect(outcomes).toEqual(['cancelled'])
  } finally {
    vi.useRealTimers()
  }
})
