// Options: what is undefined is not given, and what does not exist is refused, with what does.
import { connect, httpCache, TimedOut, type ConnectOptions } from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { errorOf, root, scripted } from './sending/fixture.ts'

const url = `${root}x`

describe('an option that is undefined is one that is not given', () => {
  test.each<Partial<ConnectOptions>>([
    { timeout: undefined },
    { tryTimeout: undefined },
    { maxAnswerSize: undefined },
    { directory: undefined },
    { proxies: undefined, contracts: undefined, cache: undefined, authenticate: undefined },
    {
      cache: httpCache({
        keepFor: undefined,
        storeTimeout: undefined,
        store: undefined,
        onError: undefined,
        now: undefined,
      }),
    },
  ])('%o', async (options) => {
    const { client } = scripted([200], options)
    expect((await client.get(url)).content).toEqual({ n: 1 })
  })

  test('retries: there are two', async () => {
    const { client, requests } = scripted([503], { retries: undefined })
    await errorOf(client.get(url))
    expect(requests).toHaveLength(3)
  })

  test('breaker: it opens after five failures', async () => {
    const { client, requests } = scripted([502], { retries: 0, breaker: { failures: undefined, rest: undefined } })
    for (let call = 0; call < 7; call++) await errorOf(client.get(url))
    expect(requests).toHaveLength(5)
  })

  test('with(): what the client had before', async () => {
    const { client } = scripted(['silence'], { retries: 0 })
    const hurried = client.with({ timeout: 1 }).with({ timeout: undefined, signal: undefined, ttl: undefined })
    await expect(hurried.get(url)).rejects.toThrow(TimedOut)
  })
})

describe('an option that does not exist is refused', () => {
  const { client, requests } = scripted([200])
  const options = { retry: 1, timeuot: 1 } as object
  test.each<[string, () => unknown, string]>([
    [
      'connect',
      () => connect({ service: root, ...options }),
      'connect(…) has no "retry"; there are: directory, service,',
    ],
    [
      'breaker',
      () => scripted([], { breaker: options as never }),
      'connect({ breaker }) has no "retry"; there are: failures, rest.',
    ],
    ['httpCache', () => httpCache(options), 'httpCache(…) has no "retry"; there are: keepFor,'],
    ['with', () => client.with(options), 'with(…) has no "retry"; there are: signal, timeout, tryTimeout, ttl.'],
    [
      'get',
      async () => await client.get(url, options),
      'a call has no "retry"; there are: signal, timeout, tryTimeout, ttl, method, url,',
    ],
    ['send', async () => await client.send({ url, ...options }), 'a call has no "retry"; there are:'],
  ])('%s', async (_, ask, message) => {
    const error = await errorOf((async () => await ask())())
    expect(error).toBeInstanceOf(TypeError)
    expect((error as TypeError).message).toContain(message)
    expect(requests).toEqual([])
  })
})

describe('what is no time is refused where a call takes one', () => {
  const { client, requests } = scripted([200])
  test.each([{ timeout: '300' }, { timeout: Number.NaN }, { tryTimeout: -1 }, { ttl: 'x' }])('%o', async (given) => {
    const options = given as object // the types refuse some
    const [[name, value]] = Object.entries(given) as [[string, unknown]] // there is one
    const message = (what: string): Error =>
      new TypeError(`${what} takes a number from 0 on as "${name}", not ${String(value)}.`)
    expect(() => client.with(options)).toThrow(message('with(…)'))
    await expect(client.get(url, options)).rejects.toThrow(message('a call'))
    await expect(client.send({ url, ...options })).rejects.toThrow(message('a call'))
    expect(requests).toEqual([])
  })
})

test('credentials that are no function are refused at once, and not shown', () => {
  const authenticate = 'Basic c2VjcmV0' as never // the types refuse it
  expect(() => connect({ service: root, authenticate })).toThrow(
    new TypeError('connect({ authenticate }) takes basic(…), or a function.'),
  )
})

test.each([{ timeout: '5' }, { timeout: Number.NaN }, { retries: -1 }, { backoff: null }])(
  'what is no number is refused where one is needed: %o',
  (options) => {
    const [[name, value]] = Object.entries(options) as [[string, unknown]] // there is one
    const message = `connect(…) takes a number from 0 on as "${name}", not ${String(value)}.`
    expect(() => connect({ service: root, ...(options as object) })).toThrow(new TypeError(message))
  },
)

test.each([undefined, 5, 'slumber://pizzas/menu/Pizza/1'])('a call takes no %s as its URL', async (other) => {
  const { client, requests } = scripted([200])
  const message = `A call takes the http or https URL of what it asks for, not ${other}.`
  await expect(client.get(other as string)).rejects.toThrow(new TypeError(message))
  expect(requests).toEqual([])
})
