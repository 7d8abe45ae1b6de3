// Answers kept in a real Redis or Valkey (REDIS_URL, or port 6379 of this machine), shared by clients as by processes.
import { basic, connect, httpCache, redisStore, type Client, type RedisClient } from 'slumberjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { connectedTo, goneRedis, hasRedis, redisPrefix as prefix, redisUrl } from '../../redis.ts'
import { base, numbered } from './origin.ts'

const url = `${base}thing`
const redis = connectedTo(redisUrl)

const keys = async (): Promise<readonly string[]> => await redis.keys(`${prefix}*`)

describe.skipIf(!hasRedis)('redisStore', () => {
  const arrived: string[] = []
  /** Each has a cache of its own, over the same store. */
  const client = (user: string, store: RedisClient = redis): Client<object> =>
    connect<object>({
      service: base,
      authenticate: basic(user, 'the secret'),
      cache: httpCache({ store: redisStore(store, { prefix }) }),
      transport: (request) => {
        arrived.push(request.method)
        const cookie = { 'set-cookie': 'session=the-secret' }
        return numbered(arrived.length, { 'cache-control': 'private, max-age=60', vary: 'Authorization', ...cookie })
      },
    })

  beforeAll(() => {
    arrived.length = 0
  })

  test('processes share what one of them was answered, but users do not', async () => {
    const [first, second] = [client('ada lovelace'), client('ada lovelace')]
    expect((await first.get(url)).text).toBe('answer 1')
    const kept = await second.get(url)
    expect([kept.text, kept.headers.get('content-type')]).toEqual(['answer 1', 'text/plain'])
    expect((await client('bob').get(url)).text).toBe('answer 2')
  })

  test('a write in one process makes the other ask', async () => {
    const [first, second] = [client('ada lovelace'), client('ada lovelace')]
    const before = (await second.get(url)).text
    await first.patch(url, {})
    expect((await second.get(url)).text).not.toBe(before)
    expect((await first.get(url)).text).toBe((await second.get(url)).text)
  })

  test('no credentials are in keys or values, and everything is forgotten in time', async () => {
    await client('ada lovelace').get(url)
    const all = await keys()
    expect(all.length).toBeGreaterThan(0)
    const values = await redis.mget(...all)
    const secrets = ['ada lovelace', 'the secret', 'the-secret', btoa('ada lovelace:the secret')]
    expect(secrets.filter((secret) => [...all, ...values].some((text) => text?.includes(secret)))).toEqual([])
    const left = await Promise.all(all.map((key) => redis.pttl(key)))
    expect(left.filter((milliseconds) => milliseconds <= 0 || milliseconds > 86_400_000)).toEqual([])
  })

  test.each(['no JSON', '5', 'null', '{}', '[null]', '["x"]', '[{}]', '[{"selecting":{},"fields":null}]'])(
    'what somebody else wrote there is not taken for an answer: %s',
    async (text) => {
      const own = client('eve')
      await own.get(url)
      const values = await Promise.all((await keys()).map(async (key) => [key, await redis.get(key)] as const))
      for (const [key, value] of values) if (value?.startsWith('[') === true) await redis.set(key, text)
      const before = arrived.length
      expect((await own.get(url)).status).toBe(200)
      expect(arrived).toHaveLength(before + 1)
    },
  )

  test('a client of the package redis does as well', async () => {
    const named: RedisClient = {
      get: (key) => redis.get(key),
      pSetEx: (key, milliseconds, value) => redis.psetex(key, milliseconds, value),
    }
    const text = (await client('carl', named).get(url)).text
    expect((await client('carl').get(url)).text).toBe(text)
  })

  test.each([{}, { get: () => null }, { psetex: () => null }])('what is no client is refused: %o', (none) => {
    expect(() => redisStore(none as unknown as RedisClient)).toThrow(TypeError)
  })

  test('a server that is gone costs the cache only', async () => {
    const own = client('dora', goneRedis())
    const before = arrived.length
    await own.get(url)
    await own.get(url)
    expect(arrived).toHaveLength(before + 2)
  })
})
