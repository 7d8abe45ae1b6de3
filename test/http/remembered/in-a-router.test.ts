// Idempotency keys and rate limits of resources in a router: what they share with negotiation, streams, CORS and mounts.
import { describe, expect, test } from 'vitest'
import {
  at,
  cors,
  CREATED,
  memoryStore,
  ndjson,
  NO_CONTENT,
  resource,
  router,
  type Idempotency,
  type RateLimit,
  type Router,
} from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import { silentLogger } from '../../../src/wire/index.ts'
import { bearer } from '../decisions/asking.ts'

type Sent = Readonly<Record<string, string>>

const post = async (app: Router, headers: Sent = {}, path = '/a'): Promise<Response> =>
  await app.fetch(new Request(`http://h${path}`, { method: 'POST', headers: { 'idempotency-key': '"k"', ...headers } }))

const sleep = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms))

describe('an idempotency key', () => {
  test('is needed for what is not idempotent, and for nothing else', async () => {
    class A extends resource('/a') {
      override idempotency = { required: true }
      PUT = (): unknown => NO_CONTENT
      PATCH = (): unknown => NO_CONTENT
      POST = (): unknown => NO_CONTENT
    }
    const app = router([A], { logger: silentLogger })
    const statusOf = async (method: string): Promise<number> =>
      (await app.fetch(new Request('http://h/a', { method }))).status
    expect([await statusOf('PUT'), await statusOf('PATCH'), await statusOf('POST')]).toEqual([204, 400, 400])
  })

  test('gives an answer no coding, so that a retry with other wishes can read it', async () => {
    class A extends resource('/a') {
      override idempotency: Idempotency = {}
      override encodings = ['gzip'] as const
      POST = (): unknown => ({ a: 1 })
    }
    const app = router([A], { logger: silentLogger, defaults: { sharedStore: memoryStore() } })
    for (const coding of ['gzip', 'identity, gzip;q=0', 'gzip']) {
      const answer = await post(app, { 'accept-encoding': coding })
      expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual([null, '{"a":1}'])
      expect(answer.headers.get('vary')).toBe('accept-encoding')
    }
    const without = await app.fetch(
      new Request('http://h/a', { method: 'POST', headers: { 'accept-encoding': 'gzip' } }),
    )
    expect(without.headers.get('content-encoding')).toBe('gzip')
  })

  test('gives an answer to the page that asks, whoever asked first', async () => {
    class A extends resource('/a') {
      override idempotency: Idempotency = {}
      override middleware = [cors({ origin: ['https://a.example', 'https://b.example'], credentials: true })]
      POST = (): unknown => CREATED(1, { location: '/a/1' })
    }
    const app = router([A], { logger: silentLogger, defaults: { sharedStore: memoryStore() } })
    const origins = async (origin: string): Promise<readonly unknown[]> => {
      const { status, headers } = await post(app, { origin })
      return [
        status,
        headers.get('access-control-allow-origin'),
        headers.get('access-control-allow-credentials'),
        headers.get('vary'),
      ]
    }
    expect(await origins('https://a.example')).toEqual([201, 'https://a.example', 'true', 'origin'])
    expect(await origins('https://b.example')).toEqual([201, 'https://b.example', 'true', 'origin'])
    expect(await origins('https://c.example')).toEqual([201, null, null, 'origin'])
  })

  test('leaves a stream as it is: it comes at once and ends with its client, and is not done again', async () => {
    let open = 0
    let begun = 0
    class A extends resource('/a') {
      override idempotency: Idempotency = {}
      override produces = [ndjson]
      async *POST(): AsyncGenerator<number> {
        open++
        begun++
        try {
          for (;;) {
            yield 1
            await sleep(5)
          }
        } finally {
          open--
        }
      }
    }
    const server = await serve(router([A], { logger: silentLogger, defaults: { sharedStore: memoryStore() } }))
    const gone = new AbortController()
    const sent = { method: 'POST', headers: { 'idempotency-key': '"k"' } }
    const first = await fetch(`${server.url}/a`, { ...sent, signal: gone.signal })
    const chunk = await first.body?.getReader().read()
    expect(new TextDecoder().decode(chunk?.value)).toMatch(/^1\n/)
    gone.abort()
    await expect.poll(() => open).toBe(0)
    const again = await fetch(`${server.url}/a`, sent)
    expect([again.status, (await again.json()).code]).toEqual([409, 'idempotency-answer-not-kept'])
    expect(begun).toBe(1)
    await server.close()
  })
})

describe('a rate limit', () => {
  const get = async (app: Router, path: string, headers: Sent = {}): Promise<Response> =>
    await app.fetch(new Request(`http://h${path}`, { headers }))

  class A extends resource('/x') {
    GET = (): unknown => 1
  }

  test('of one class at two paths counts for each', async () => {
    const defaults = { sharedStore: memoryStore() }
    const app = router([at('/a', A, { rateLimit: { count: 1 } }), at('/b/:id', A, { rateLimit: { count: 2 } })], {
      logger: silentLogger,
      defaults,
    })
    // The parameter of a path makes no other count.
    expect([(await get(app, '/b/1')).status, (await get(app, '/b/2')).status]).toEqual([200, 200])
    expect([(await get(app, '/a')).status, (await get(app, '/b/3')).status]).toEqual([200, 429])
    expect((await get(app, '/a')).status).toBe(429)
  })

  test('of one class behind two prefixes counts for each', async () => {
    const defaults = { sharedStore: memoryStore(), rateLimit: { count: 1 } }
    const [one, two] = ['/v1', '/v2'].map((prefix) => router([A], { prefix, logger: silentLogger, defaults }))
    if (one === undefined || two === undefined) throw new Error('There are two.')
    expect([(await get(one, '/v1/x')).status, (await get(two, '/v2/x')).status]).toEqual([200, 200])
    expect((await get(two, '/v2/x')).status).toBe(429)
  })

  test('counts together what a class says belongs together', async () => {
    class Shared extends A {
      override get scope(): string {
        return 'both'
      }
    }
    const defaults = { sharedStore: memoryStore(), rateLimit: { count: 1 } }
    const app = router([at('/a', Shared), at('/b', Shared)], { logger: silentLogger, defaults })
    expect([(await get(app, '/a')).status, (await get(app, '/b')).status]).toEqual([200, 429])
  })

  test('that a getter gives is the one of each caller', async () => {
    class Each extends resource('/a') {
      override schemes = [bearer]
      override allowsAnonymous = true
      override get rateLimit(): RateLimit {
        return { count: this.exchange.principal?.name === 'ada' ? 100 : 1 }
      }
      GET = (): unknown => 1
    }
    const app = router([Each], { logger: silentLogger, defaults: { sharedStore: memoryStore() } })
    const policy = async (headers: Sent = {}): Promise<string | null> =>
      (await get(app, '/a', headers)).headers.get('ratelimit-policy')
    expect(await policy()).toBe('"default";q=1;w=3600')
    expect(await policy({ authorization: 'Bearer ada' })).toBe('"default";q=100;w=3600')
  })
})
