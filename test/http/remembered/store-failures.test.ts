// What callers are told while the shared store does not answer: nothing is done that must be remembered and cannot be.
import { describe, expect, test } from 'vitest'
import { CREATED, memoryStore, redisStore, resource, router, type RateLimit, type SharedStore } from 'slumberjs/http'
import { silentLogger, type Logger } from '../../../src/wire/index.ts'
import { goneRedis } from '../../redis.ts'

const gone = redisStore(goneRedis())
const fails = (): never => {
  throw new Error('out of reach')
}

const told = async (response: Response): Promise<readonly unknown[]> => {
  const { headers, status } = response
  const body = (await response.json()) as { readonly code?: string } // of a problem, or what a handler gave
  return [status, headers.get('content-type'), body.code, headers.get('retry-after')]
}
const unavailable = [503, 'application/problem+json', 'store-unavailable', '5']

describe('a rate limit', () => {
  const limited = (limit: RateLimit, sharedStore: SharedStore, warnings: object[] = []) => {
    class Limited extends resource('/a') {
      override rateLimit = limit
      GET = (): unknown => ({ code: 'answered' })
    }
    const logger: Logger = { ...silentLogger, warn: (fields) => void warnings.push(fields) }
    return router([Limited], { logger, defaults: { sharedStore } })
  }
  const get = { method: 'GET' }

  test.each(['address', 'caller'] as const)(
    'by %s refuses: what holds off guesses does not end with it',
    async (by) => {
      const app = limited({ count: 5, by }, gone)
      expect(await told(await app.fetch(new Request('http://h/a', get)))).toEqual(unavailable)
    },
  )

  test('lets requests pass where it says so, uncounted, and the log tells', async () => {
    const warnings: object[] = []
    const app = limited({ count: 5, withoutStore: 'pass' }, gone, warnings)
    const response = await app.fetch(new Request('http://h/a', get))
    expect([response.status, response.headers.get('ratelimit')]).toEqual([200, null])
    expect(warnings).toMatchObject([{ limit: 'default', error: { code: 'store-unavailable' } }])
  })

  test('refuses with what another one, which passes, has left out', async () => {
    const limits = [
      { count: 1, window: 1, name: 'burst', withoutStore: 'pass' },
      { count: 1, window: 60, name: 'minute' },
    ] as const
    class Limited extends resource('/a') {
      override rateLimit: readonly RateLimit[] = limits
      GET = (): unknown => ({ code: 'answered' })
    }
    const memory = memoryStore()
    const sharedStore: SharedStore = {
      ...memory,
      increment: (key, seconds) => (seconds === 1 ? fails() : memory.increment(key, seconds)),
    }
    const app = router([Limited], { logger: silentLogger, defaults: { sharedStore } })
    const statuses = []
    for (const _ of limits) statuses.push((await app.fetch(new Request('http://h/a', get))).status)
    expect(statuses).toEqual([200, 429])
  })
})

describe('an idempotency key', () => {
  const post = (): Request => new Request('http://h/a', { method: 'POST', headers: { 'idempotency-key': '"k"' } })

  test('lets nothing be done', async () => {
    let done = 0
    class Made extends resource('/a') {
      override idempotency = {}
      POST = (): unknown => CREATED({ done: ++done }, { location: '/a' })
    }
    const app = router([Made], { logger: silentLogger, defaults: { sharedStore: gone } })
    expect(await told(await app.fetch(post()))).toEqual(unavailable)
    expect(done).toBe(0)
  })

  test('that cannot be released leaves the answer as it is, however bad that was', async () => {
    const errors: object[] = []
    class Unwritable extends resource('/a') {
      override idempotency = {}
      override vary = ['a\nb']
      POST = (): unknown => ({})
    }
    const logger: Logger = { ...silentLogger, error: (fields) => void errors.push(fields) }
    const sharedStore: SharedStore = { ...memoryStore(), replace: fails, delete: fails }
    const app = router([Unwritable], { logger, defaults: { sharedStore } })
    expect((await app.fetch(post())).status).toBe(500)
    expect(errors).toContainEqual(expect.objectContaining({ error: new Error('out of reach') }))
  })
})
