// What is kept under an idempotency key, for how long, and what follows where the store or the process fails.
import { describe, expect, test } from 'vitest'
import { beginOnce } from '../../../src/http/remembered/idempotency.ts'
import type { Problem } from '../../../src/http/problems/problem.ts'
import { memoryStore } from '../../../src/http/remembered/memory-store.ts'
import type { SharedStore } from '../../../src/http/remembered/shared-store.ts'
import { silentLogger, type Logger } from '../../../src/wire/index.ts'
import { created, exchangeOf, firstUse, service, told } from './idempotency-service.ts'

describe('what is kept', () => {
  test.each([200, 201, 204, 303, 409, 422])('a %s: it is what the operation came to', async (status) => {
    const { send, rows } = service({}, (row) => new Response(status === 204 ? null : `row ${row}`, { status }))
    const first = await told(await send())
    expect(await told(await send())).toBe(first)
    expect(rows).toHaveLength(1)
  })

  test.each([400, 401, 403, 404, 412, 413, 428, 429, 500, 502, 503])(
    'not a %s: it may do another time',
    async (status) => {
      const { send, rows } = service({}, (row) => (row === 1 ? new Response('no', { status }) : created(row)))
      expect(await told(await send())).toBe(`${status} no`)
      expect(await told(await send())).toBe('201 {"row":2}')
      expect(rows).toHaveLength(2)
    },
  )

  test('nothing, where the program failed and the key was released', async () => {
    const { store, send } = service()
    const use = await firstUse(store)
    await use.release()
    expect(await told(await send())).toBe('201 {"row":1}')
  })

  test('of a long answer only that it was given, and where to look', async () => {
    const long = 'x'.repeat(101)
    const answers = (): Response => new Response(long, { status: 201, headers: { location: '/articles/1/' } })
    const { send, rows } = service({ maxContent: 100 }, answers)
    expect(await told(await send())).toBe(`201 ${long}`)
    const again = await send()
    expect(await told(again)).toBe('409 idempotency-answer-not-kept')
    expect(again).toMatchObject({ members: { location: '/articles/1/' } })
    expect(rows).toHaveLength(1)
  })

  test('of a stream, the same, and at once', async () => {
    const { store, send } = service()
    const use = await firstUse(store)
    const stream = new Response(new ReadableStream({ pull: async () => await new Promise(() => undefined) }))
    expect(await use.settle(stream, true)).toBe(stream)
    expect(await told(await send())).toBe('409 idempotency-answer-not-kept')
  })

  test('of an answer that breaks off, the same', async () => {
    const broken = (): Response =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.error(new Error('gone'))
          },
        }),
      )
    const { send, rows } = service({}, broken)
    const first = await send()
    if (!(first instanceof Response)) throw new Error('It is answered.')
    await expect(first.text()).rejects.toThrow('gone')
    expect(await told(await send())).toBe('409 idempotency-answer-not-kept')
    expect(rows).toHaveLength(1)
  })
})

describe('a request that is lost with its process', () => {
  test('holds its key for as long as was said', async () => {
    const { store, send, pass } = service({ lostAfter: 30 })
    await firstUse(store, { lostAfter: 30 })
    pass(29)
    expect(await told(await send())).toBe('409 idempotency-in-progress')
    pass(2)
    expect(await told(await send())).toBe('201 {"row":1}')
  })

  test('and comes back late changes nothing for the one that took its place', async () => {
    const { store, send, pass } = service({ lostAfter: 30 })
    const lost = await firstUse(store, { lostAfter: 30 })
    pass(31)
    const second = await firstUse(store, { lostAfter: 30 })
    await lost.release()
    await lost.settle(created(1))
    expect(await told(await send())).toBe('409 idempotency-in-progress')
    await second.settle(created(2))
    await lost.settle(created(1))
    expect(await told(await send())).toBe('201 {"row":2}')
  })
})

describe('a store that fails', () => {
  test('before anything was done lets nothing be done', async () => {
    const store = memoryStore({ max: 1 })
    await store.setIfAbsent('another', '', 60)
    await expect(beginOnce(exchangeOf({}), {}, store)).rejects.toMatchObject({ status: 503, code: 'store-full' })
  })

  test.each([3_000, 100])(
    'because it is full keeps for as long that it was done, and a place of %i characters if it fits',
    async (length) => {
      const errors: object[] = []
      const logger: Logger = { ...silentLogger, error: (fields) => void errors.push(fields) }
      let now = 0
      const store = memoryStore({ maxSize: 400, now: () => now })
      const location = `/${'x'.repeat(length)}`
      const use = await firstUse(store, {}, { logger })
      const answer = new Response('x'.repeat(400), { status: 201, headers: { location } })
      expect(await told(await use.settle(answer))).toBe(`201 ${'x'.repeat(400)}`)
      expect(errors).toMatchObject([{ error: { code: 'store-full' } }])
      now += 86_399_000
      const again = await beginOnce(exchangeOf({}), {}, store)
      expect(again).toMatchObject({ status: 409, code: 'idempotency-answer-not-kept' })
      expect((again as Problem).members).toEqual(length === 100 ? { location } : {})
      now += 2_000
      await firstUse(store)
    },
  )

  test('because it is full to the last character has room for that much', async () => {
    const mark = memoryStore()
    let taken = 0
    await firstUse({ ...mark, setIfAbsent: (key, value) => void (taken = key.length + value.length) })
    const store = memoryStore({ maxSize: taken })
    const use = await firstUse(store)
    await use.settle(new Response('x', { status: 201, headers: { location: '/x' } }))
    expect(await beginOnce(exchangeOf({}), {}, store)).toMatchObject({ code: 'idempotency-answer-not-kept' })
  })

  test('afterwards is logged, and the answer is sent', async () => {
    const errors: object[] = []
    const logger: Logger = { ...silentLogger, error: (fields) => void errors.push(fields) }
    const fails = (): never => {
      throw new Error('out of reach')
    }
    const store: SharedStore = { ...memoryStore(), replace: fails, delete: fails }
    const kept = await firstUse(store, {}, { logger })
    expect(await told(await kept.settle(created(1)))).toBe('201 {"row":1}')
    const released = await firstUse(store, {}, { logger, key: '"other"' })
    expect(await told(await released.settle(new Response('no', { status: 500 })))).toBe('500 no')
    expect(errors).toMatchObject([{ error: { message: 'out of reach' } }, { error: { message: 'out of reach' } }])
  })
})
