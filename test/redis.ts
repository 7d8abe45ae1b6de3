// A real Redis or Valkey (REDIS_URL, or port 6379 of this machine) for tests, with keys of their own; required where everything is.
import { Redis } from 'ioredis'
import { afterAll } from 'vitest'

export const redisUrl = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'

export const redisPrefix = `slumber-test-${crypto.randomUUID()}:`

const made: Redis[] = []

/** A client of a server that may not be there: it says so at once. */
export function connectedTo(url: string): Redis {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  redis.on('error', () => {}) // which the commands say too
  made.push(redis)
  return redis
}

/** One at which nobody listens. */
export const goneRedis = (): Redis => connectedTo('redis://127.0.0.1:1')

const first = connectedTo(redisUrl)
export const hasRedis = await first.connect().then(
  () => true,
  () => false,
)
if (!hasRedis && process.env['CI'] !== undefined) throw new Error('No Redis answers at REDIS_URL or port 6379.')

afterAll(async () => {
  const keys = hasRedis ? await first.keys(`${redisPrefix}*`) : []
  if (keys.length > 0) await first.del(...keys)
  for (const redis of made) redis.disconnect()
})
