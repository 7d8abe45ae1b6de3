// Rate limits: who shares a count, what the fields say, and what follows when it is used up.
import * as fc from 'fast-check'
import { parseList } from 'structured-headers'
import { describe, expect, test } from 'vitest'
import { Exchange, type RequestInfo } from '../../../src/http/exchange.ts'
import type { Principal } from '../../../src/http/principal.ts'
import {
  rateLimited,
  rateLimitFields,
  rateLimits,
  takeOne,
  type RateLimit,
  type RateLimitState,
} from '../../../src/http/remembered/rate-limit.ts'
import { memoryStore } from '../../../src/http/remembered/memory-store.ts'

const ada: Principal = { name: 'ada', superuser: false, can: () => false }
const grace: Principal = { ...ada, name: 'grace' }
const exchangeOf = (info: RequestInfo, headers: Record<string, string> = {}) =>
  new Exchange(new Request('http://h/', { headers }), info)

/** Asks under one setting, with a clock that the test sets forward in seconds. */
const limiter = (setting: RateLimit | readonly RateLimit[]) => {
  let now = 0
  const store = memoryStore({ now: () => now })
  const { beforeAuthentication, afterAuthentication } = rateLimits(setting)
  const take = async (info: RequestInfo = {}, scope = '/', headers: Record<string, string> = {}) => {
    const exchange = exchangeOf(info, headers)
    return await takeOne([...beforeAuthentication, ...afterAuthentication], exchange, scope, store)
  }
  return { take, pass: (seconds: number) => void (now += seconds * 1_000) }
}

/** The members of a list field, each as its item and its parameters. */
const parsed = (field: string | readonly string[] | undefined) =>
  parseList(String(field)).map(([item, parameters]) => [item, Object.fromEntries(parameters)])

describe('the fields', () => {
  test('H059 are structured fields, which tell policy and state', async () => {
    const { take } = limiter({ count: 100, window: 60 })
    const fields = rateLimitFields(await take())
    expect(fields).toEqual({ 'ratelimit-policy': '"default";q=100;w=60', ratelimit: '"default";r=99;t=60' })
    expect(parsed(fields['ratelimit-policy'])).toEqual([['default', { q: 100, w: 60 }]])
    expect(parsed(fields['ratelimit'])).toEqual([['default', { r: 99, t: 60 }]])
  })

  test('H059 tell several limits in one list, and any name', async () => {
    const { take } = limiter([
      { count: 1000, name: 'per "hour", \\ more' },
      { count: 5, window: 10, name: 'burst' },
    ])
    const fields = rateLimitFields(await take())
    expect(parsed(fields['ratelimit'])).toEqual([
      ['burst', { r: 4, t: 10 }],
      ['per "hour", \\ more', { r: 999, t: 3600 }],
    ])
  })

  test('are left out where nothing was counted', () => {
    expect(rateLimitFields([])).toEqual({})
  })
})

describe('the refusal', () => {
  test('H060 has a Retry-After that is not before t', async () => {
    const { take, pass } = limiter({ count: 1, window: 60 })
    await take()
    pass(17.25)
    const problem = rateLimited(await take())
    expect(problem).toMatchObject({ status: 429, code: 'rate-limited' })
    expect(problem.headers).toMatchObject({ ratelimit: '"default";r=0;t=43', 'retry-after': '43' })
  })

  test('H060 not either where a limit that still has room resets later', async () => {
    const before = await limiter({ count: 9, window: 3600, name: 'address', by: 'address' }).take()
    const burst = limiter({ count: 1, window: 2, name: 'burst' })
    await burst.take()
    const { headers } = rateLimited([...before, ...(await burst.take())])
    expect(parsed(headers['ratelimit'])).toEqual([['burst', { r: 0, t: 2 }]])
    expect(headers['retry-after']).toBe('2')
  })

  test('H060 whatever the states are', () => {
    const state = fc.record({
      name: fc.constantFrom('a', 'b'),
      count: fc.integer({ min: 1 }),
      window: fc.integer({ min: 1 }),
      remaining: fc.nat(),
      resetsIn: fc.integer({ min: 1 }),
      exceeded: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(state, { minLength: 1 }), (states: RateLimitState[]) => {
        const { headers } = rateLimited([...states, { ...states[0]!, exceeded: true }])
        for (const [, { t }] of parsed(headers['ratelimit']) as [string, { t: number }][]) {
          expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(t)
        }
      }),
    )
  })
})

describe('a window', () => {
  test('lets its count through, and no more until it ends', async () => {
    const { take, pass } = limiter({ count: 3, window: 60 })
    const exceeded = async () => (await take()).at(-1)?.exceeded
    expect([await exceeded(), await exceeded(), await exceeded(), await exceeded()]).toEqual([
      false,
      false,
      false,
      true,
    ])
    pass(59.9)
    expect(await exceeded()).toBe(true)
    pass(0.2)
    expect(await exceeded()).toBe(false)
  })

  test('is not made longer by what it refuses', async () => {
    const { take, pass } = limiter({ count: 1, window: 10 })
    const seen: (number | undefined)[] = []
    for (let second = 0; second < 10; second++) {
      seen.push((await take()).at(-1)?.resetsIn)
      pass(1)
    }
    expect(seen).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    pass(0.1)
    expect(await take()).toMatchObject([{ exceeded: false, remaining: 0, resetsIn: 10 }])
  })

  test('that refuses takes nothing from a longer one', async () => {
    const { take, pass } = limiter([
      { count: 10, window: 3600, name: 'hourly' },
      { count: 1, window: 1, name: 'burst' },
    ])
    await take()
    for (const _ of [1, 2, 3]) expect(await take()).toMatchObject([{ name: 'burst', exceeded: true }])
    pass(2)
    expect(await take()).toMatchObject([{ name: 'burst' }, { name: 'hourly', remaining: 8 }])
  })
})

describe('one count is shared by', () => {
  const remaining = (states: readonly RateLimitState[]) => states[0]?.remaining

  test.each<[string, RateLimit['by'], RequestInfo, RequestInfo]>([
    [
      'a principal, from wherever',
      'caller',
      { principal: ada, peer: '192.0.2.1' },
      { principal: ada, peer: '192.0.2.2' },
    ],
    ['an address without a name', 'caller', { peer: '192.0.2.1' }, { peer: '192.0.2.1' }],
    ['an address, whoever is there', 'address', { principal: ada, peer: '192.0.2.1' }, { peer: '192.0.2.1' }],
    ['all unknown addresses', 'address', {}, { principal: ada }],
    ['a /64 of IPv6', 'address', { peer: '2001:db8::1' }, { peer: '2001:DB8:0:0:ffff::2' }],
    ['a /64, written out', 'address', { peer: '2001:0db8:0000:0001::1' }, { peer: '2001:db8:0:1:1:1:1:1%eth0' }],
    ['IPv4 and its mapped form', 'address', { peer: '192.0.2.1' }, { peer: '::ffff:192.0.2.1' }],
    [
      'what a function says',
      (exchange) => exchange.headers.get('x-key') ?? '',
      { peer: '192.0.2.1' },
      { peer: '192.0.2.2' },
    ],
  ])('%s', async (_name, by, one, other) => {
    const { take } = limiter({ count: 5, by: by! })
    expect([remaining(await take(one)), remaining(await take(other))]).toEqual([4, 3])
  })

  test.each<[string, RateLimit['by'], RequestInfo, RequestInfo]>([
    [
      'two principals at one address',
      'caller',
      { principal: ada, peer: '192.0.2.1' },
      { principal: grace, peer: '192.0.2.1' },
    ],
    ['an address and who is called like it', 'caller', { peer: 'ada' }, { principal: ada }],
    ['two addresses', 'address', { peer: '192.0.2.1' }, { peer: '192.0.2.11' }],
    ['two networks of IPv6', 'address', { peer: '2001:db8:0:1::1' }, { peer: '2001:db8:0:2::1' }],
    ['an unknown address and one of that name', 'address', {}, { peer: 'unknown address' }],
  ])('not by %s', async (_name, by, one, other) => {
    const { take } = limiter({ count: 5, by: by! })
    expect([remaining(await take(one)), remaining(await take(other))]).toEqual([4, 4])
  })

  test('not by two resources, nor by two limits', async () => {
    const { take } = limiter([
      { count: 5, name: 'a' },
      { count: 5, name: 'b' },
    ])
    await take({ peer: '192.0.2.1' }, '/a')
    const states = await take({ peer: '192.0.2.1' }, '/b')
    expect(states.map((state) => state.remaining)).toEqual([4, 4])
  })

  test('not by two things that only look alike when put together', async () => {
    const { take } = limiter({ count: 5 })
    const called = (name: string): RequestInfo => ({ principal: { ...ada, name } })
    expect(remaining(await take(called('b","c'), '/a'))).toBe(4)
    expect(remaining(await take(called('c'), '/a","b'))).toBe(4)
  })

  test('whoever has the same address, whatever that is', async () => {
    const address = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(':', 'f', '0', '.', '1', '%') }),
      fc.ipV6(),
      fc.ipV4(),
    )
    await fc.assert(
      fc.asyncProperty(address, async (peer) => {
        const { take } = limiter({ count: 5, by: 'address' })
        expect([remaining(await take({ peer })), remaining(await take({ peer }))]).toEqual([4, 3])
      }),
    )
  })
})

describe('a setting', () => {
  test('is asked before authentication if it is about addresses, else after', () => {
    const { beforeAuthentication, afterAuthentication } = rateLimits([
      { count: 1, name: 'a', by: 'address' },
      { count: 1, name: 'b' },
      { count: 1, name: 'c', by: () => '' },
    ])
    expect(beforeAuthentication.map(({ name }) => name)).toEqual(['a'])
    expect(afterAuthentication.map(({ name }) => name)).toEqual(['b', 'c'])
  })

  test('has defaults: an hour, by caller', () => {
    expect(rateLimits({ count: 7 }).afterAuthentication).toEqual([
      { count: 7, window: 3600, by: 'caller', withoutStore: 'refuse', name: 'default' },
    ])
  })

  test.each<[string, RateLimit | readonly RateLimit[]]>([
    ['no count', { count: 0 }],
    ['a fraction', { count: 1.5 }],
    ['no number', { count: Number.NaN }],
    ['more than an SF Integer holds', { count: 1e15 }],
    ['no window', { count: 1, window: 0 }],
    ['a name that no String holds', { count: 1, name: 'naïve' }],
    ['a line break', { count: 1, name: 'a\r\nb' }],
    ['an empty name', { count: 1, name: '' }],
    ['no way to go on without the store', { count: 1, withoutStore: 'allow' as 'pass' }],
    ['two of one name', [{ count: 1 }, { count: 2, window: 1 }]],
  ])('is refused: %s', (_name, setting) => {
    expect(() => rateLimits(setting)).toThrow(TypeError)
  })
})
