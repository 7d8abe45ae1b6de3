// Idempotency keys: what is sent twice is done once, and the same key of others is another key.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginOnce } from '../../../src/http/remembered/idempotency.ts'
import { Problem } from '../../../src/http/problems/problem.ts'
import { memoryStore } from '../../../src/http/remembered/memory-store.ts'
import { ada, created, exchangeOf, firstUse, service, told, type Sent } from './idempotency-service.ts'

describe('the key', () => {
  test('H214 is a Structured Field String', async () => {
    const { send, rows } = service()
    expect(await told(await send())).toBe('201 {"row":1}')
    expect(await told(await send({ key: '8e03978e-40d5-43e8-bc93-6894a57f9324' }))).toBe('400 malformed-header')
    expect(rows).toHaveLength(1)
  })

  test.each([
    '',
    '""',
    '"',
    '"a',
    'a',
    '?1',
    '1',
    '@1',
    ':YQ==:',
    '("a")',
    '"a", "b"',
    '"a" b',
    '"\\a"',
    `"${'x'.repeat(600)}"`,
  ])('H214 is not %s', async (key) => {
    const { send, rows } = service()
    expect(await told(await send({ key }))).toBe('400 malformed-header')
    expect(rows).toEqual([])
  })

  test('is the text in the quotes, without parameters', async () => {
    const { send, rows } = service()
    await send({ key: '"a\\"b"' })
    await send({ key: ' "a\\"b";from=somewhere ' })
    expect(rows).toHaveLength(1)
  })

  test('of any text gives an answer, and never an exception', async () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', '\\', ';', 'a', '=', ',', ' ') }))
    await fc.assert(
      fc.asyncProperty(text, async (key) => {
        const headers = { get: (name: string) => (name === 'idempotency-key' ? key : null), has: () => true }
        const use = await beginOnce({ ...plain(), headers }, {}, memoryStore())
        expect(use instanceof Problem ? use.status : use).toEqual(use instanceof Problem ? 400 : expect.any(Object))
      }),
    )
  })

  test('is not asked for unless required', async () => {
    const { send, rows } = service({ required: false })
    await send({ key: null })
    await send({ key: null })
    expect(rows).toHaveLength(2)
  })
})

/** An exchange as a plain object, whose header fields a test may replace by ones that no Request takes. */
const plain = () => {
  const { method, url, headers, principal, content, logger, requestId } = exchangeOf({})
  return { method, url, headers, principal, content, logger, requestId }
}

describe('a retry', () => {
  test('H215 is answered as the first time: status, Location and content, one row', async () => {
    const { send, rows } = service()
    const first = await send({ body: '{"title":"One"}' })
    const again = await send({ body: '{"title":"One"}' })
    expect(rows).toEqual(['{"title":"One"}'])
    if (!(first instanceof Response && again instanceof Response)) throw new Error('Both are answered.')
    expect(again.status).toBe(201)
    expect(again.headers.get('location')).toBe('/articles/1/')
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(await again.text()).toBe(await first.text())
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, '?1'])
  })

  test('gets the very octets, also when they are no text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
        const { send } = service({}, () => new Response(octets as BodyInit, { status: 200 }))
        const first = await send()
        const again = await send()
        if (!(first instanceof Response && again instanceof Response)) throw new Error('Both are answered.')
        expect(new Uint8Array(await first.arrayBuffer())).toEqual(octets)
        expect(new Uint8Array(await again.arrayBuffer())).toEqual(octets)
      }),
    )
  })

  test.each([204, 303])('of a %s has no content either', async (status) => {
    const { send, rows } = service({}, () => new Response(null, { status, headers: { location: '/x' } }))
    await send()
    const again = await send()
    expect(await told(again)).toBe(`${status} `)
    expect(rows).toHaveLength(1)
  })

  test('does not get what belongs to the first message alone, least of all its cookies', async () => {
    const headers = {
      'set-cookie': 'session=secret',
      'request-id': 'first-request',
      date: 'Sun, 06 Nov 1994 08:49:37 GMT',
      ratelimit: '"default";r=1;t=1',
      'server-timing': 'total;dur=1',
      etag: '"v1"',
    }
    const { send } = service({}, () => new Response('x', { headers }))
    const first = await send()
    const again = await send()
    if (!(first instanceof Response && again instanceof Response)) throw new Error('Both are answered.')
    expect(first.headers.getSetCookie()).toEqual(['session=secret'])
    expect([...again.headers.keys()].toSorted()).toEqual(['content-type', 'etag', 'idempotency-replayed'])
  })

  test('is done again when the time of its answer is over', async () => {
    const { send, rows, pass } = service({ seconds: 60 })
    await send()
    pass(59)
    await send()
    expect(rows).toHaveLength(1)
    pass(2)
    await send()
    expect(rows).toHaveLength(2)
  })

  test('H216 with other content is 422, and nothing is done', async () => {
    const { send, rows } = service()
    await send({ body: '{"title":"One"}' })
    expect(await told(await send({ body: '{"title":"Two"}' }))).toBe('422 idempotency-key-reused')
    expect(await told(await send({ body: '{"title":"One"}', type: 'application/xml' }))).toBe(
      '422 idempotency-key-reused',
    )
    expect(await told(await send({ body: '{"title":"One"}', url: 'http://h/articles/?x=1' }))).toBe(
      '422 idempotency-key-reused',
    )
    expect(rows).toHaveLength(1)
  })

  test('H216 while the first is running is 409, and with other content 422', async () => {
    const { store, send } = service()
    const use = await firstUse(store)
    const early = await send()
    expect(await told(early)).toBe('409 idempotency-in-progress')
    expect(early).toMatchObject({ headers: { 'retry-after': '1' } })
    expect(await told(await send({ body: '{"a":1}' }))).toBe('422 idempotency-key-reused')
    await use.settle(created(7))
    expect(await told(await send())).toBe('201 {"row":7}')
  })

  test('H216 without a key where one is required is 400', async () => {
    const { send, rows } = service({ required: true })
    expect(await told(await send({ key: null }))).toBe('400 idempotency-key-missing')
    expect(rows).toEqual([])
  })

  test('of a hundred at once, one is done', async () => {
    const { send, rows } = service()
    const answers = await Promise.all(Array.from({ length: 100 }, async () => await told(await send())))
    expect(rows).toHaveLength(1)
    expect(answers.filter((answer) => !/^(?:201 \{"row":1\}|409 idempotency-in-progress)$/.test(answer))).toEqual([])
  })
})

describe('H217 the same key is another one', () => {
  test.each<[string, Sent, Sent]>([
    ['of another principal', { principal: ada }, { principal: { ...ada, name: 'grace' } }],
    ['of nobody', { principal: ada }, {}],
    ['of one who is called like nobody', { principal: { ...ada, name: 'anonymous' } }, {}],
    ['at another resource', {}, { url: 'http://h/comments/' }],
    ['at another host', {}, { url: 'http://other/articles/' }],
    ['with another method', {}, { method: 'PATCH' }],
    ['where both are long', { url: `http://h/${'x'.repeat(5_000)}1` }, { url: `http://h/${'x'.repeat(5_000)}2` }],
  ])('%s', async (_name, one, other) => {
    const { send, rows } = service()
    await send(one)
    await send(other)
    await send(one)
    await send(other)
    expect(rows).toHaveLength(2)
  })
})
