// The same question at the same time is asked once.
import { basic, connect, ConnectionFailed, TimedOut, type Transport } from 'slumberjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { fixture } from '../fixture/client.ts'
import { deferred, errorOf, root, type Deferred } from './fixture.ts'

const url = `${root}x`

interface Held {
  readonly client: ReturnType<typeof connect>
  readonly requests: Request[]
  /** Each request waits for this. */
  readonly gate: Deferred<void>
}

/** A transport that answers nothing before it is let to. */
const held = (options: Partial<Parameters<typeof connect>[0]> = {}): Held => {
  const requests: Request[] = []
  const gate = deferred()
  const transport: Transport = async (request) => {
    requests.push(request)
    await gate.promise
    return Response.json({ n: requests.length })
  }
  return { client: connect({ service: root, transport, retries: 0, ...options }), requests, gate }
}

test('one request answers all who ask the same', async () => {
  const { client, requests, gate } = held()
  const calls = [client.get(url), client.get(url), client.send({ url })]
  gate.resolve()
  const replies = await Promise.all(calls)
  expect(requests).toHaveLength(1)
  expect(replies.map(({ content }) => content)).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }])
  expect(replies[0]?.content).not.toBe(replies[1]?.content) // each may change its own
  await client.get(url)
  expect(requests).toHaveLength(2)
})

test('two instances of one answer are two', async () => {
  const { Pizza } = (await here.warmClient()).pizzas.menu
  const [one, two] = await Promise.all([Pizza.get({ id: 1 }), Pizza.get({ id: 1 })])
  expect(here.requests).toHaveLength(1)
  expect([one === two, one.name === two.name]).toEqual([false, true])
})
const here = fixture()

describe('is asked by itself', () => {
  test.each<[string, object, object]>([
    ['another URL', {}, { url: `${url}?a` }],
    ['other fields', {}, { headers: { accept: 'text/html' } }],
    ['who brings other credentials', { headers: { cookie: 'a' } }, { headers: { cookie: 'b' } }],
    ['a method that is no GET', { method: 'HEAD' }, { method: 'HEAD' }],
    ['a write', { method: 'PUT' }, { method: 'PUT' }],
    ['what may be aborted', {}, { signal: new AbortController().signal }],
    ['what has less time', {}, { timeout: 60_000 }],
  ])('%s', async (_, one, two) => {
    const { client, requests, gate } = held()
    const calls = [client.send({ url, ...one }), client.send({ url, ...two })]
    gate.resolve()
    await Promise.all(calls)
    expect(requests).toHaveLength(2)
  })

  test('what another user asks', async () => {
    let user = 'ada'
    const { client, requests, gate } = held({ authenticate: (message) => basic(user, 'x')(message) })
    const one = client.get(url)
    await new Promise((resolve) => setImmediate(resolve))
    user = 'bob'
    const two = client.get(url)
    gate.resolve()
    await Promise.all([one, two])
    expect(requests).toHaveLength(2)
  })

  test('what is asked after a write was done: the request before it may be answered as it was', async () => {
    const { client, requests, gate } = held()
    let hasWritten = false
    const transport: Transport = async (request) => {
      requests.push(request)
      if (request.method === 'PUT') {
        hasWritten = true
        return Response.json({})
      }
      const state = hasWritten
      if (requests.length === 1) await gate.promise
      return Response.json({ state })
    }
    expect(client).toBeDefined()
    const other = connect({ service: root, transport })
    const before = other.get(url)
    await other.put(url, {})
    expect((await other.get(url)).content).toEqual({ state: true })
    gate.resolve()
    expect((await before).content).toEqual({ state: false })
  })
})

test('a failure reaches all, and is not remembered', async () => {
  const gate = deferred()
  let requests = 0
  const transport: Transport = async () => {
    requests++
    await gate.promise
    if (requests === 1) throw new Error('cut')
    return Response.json({})
  }
  const client = connect({ service: root, transport, retries: 0 })
  const calls = [errorOf(client.get(url)), errorOf(client.get(url))]
  gate.resolve()
  const [one, two] = await Promise.all(calls)
  expect(one).toBeInstanceOf(ConnectionFailed)
  expect(two).toBe(one)
  expect(await client.get(url)).toMatchObject({ status: 200 })
})

describe('who asks later', () => {
  afterEach(() => void vi.useRealTimers())

  test('has the time of their own: where that of the first is over, it is asked again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    let requests = 0
    const transport: Transport = () => (requests++ === 0 ? new Promise(() => {}) : Response.json({}))
    const client = connect({ service: root, transport, timeout: 1_000, retries: 0 })
    const first = errorOf(client.get(url))
    await vi.advanceTimersByTimeAsync(900)
    const later = [client.get(url), client.get(url)]
    await vi.advanceTimersByTimeAsync(100)
    expect(await first).toBeInstanceOf(TimedOut)
    for (const reply of await Promise.all(later)) expect(reply).toMatchObject({ status: 200 })
    expect(requests).toBe(2)
  })

  test('in the same moment fails with the first', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { client, requests } = held({ timeout: 1_000 })
    const calls = [errorOf(client.get(url)), errorOf(client.get(url))]
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await Promise.all(calls)).toEqual([expect.any(TimedOut), expect.any(TimedOut)])
    expect(requests).toHaveLength(1)
  })
})

test('the tries of one are the tries of all', async () => {
  let requests = 0
  const transport: Transport = async () => {
    requests++
    if (requests < 3) throw new Error('cut')
    return Response.json({})
  }
  const client = connect({ service: root, transport, backoff: 1 })
  await Promise.all([client.get(url), client.get(url), client.get(url)])
  expect(requests).toBe(3)
})
