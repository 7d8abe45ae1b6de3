// The store of many processes in Redis or Valkey: each operation is one short script over one key.

import { feedPage, millisecondsOf, type FeedEntry, type SharedStore } from './shared-store.ts'

/** What is used of a client of `ioredis` (a cluster, too) or of `redis`. */
export type RedisClient =
  { call(command: string, ...parts: string[]): Promise<unknown> } | { sendCommand(parts: string[]): Promise<unknown> }

export interface RedisStoreOptions {
  /** Begins every key; `slumber:` unless given. Services that share nothing, and share a server, have one each. */
  readonly prefix?: string
}

/** A later version that writes otherwise begins its keys otherwise. */
const version = 'shared1:'

const scripts = {
  increment: `
    local count = redis.call('INCR', KEYS[1])
    if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
    return {count, redis.call('PTTL', KEYS[1])}`,
  get: `return redis.call('GET', KEYS[1])`,
  setIfAbsent: `
    local present = redis.call('GET', KEYS[1])
    if not present then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
    return present`,
  replace: `
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
    return 1`,
  delete: `return redis.call('DEL', KEYS[1])`,
  deleteExpected: `
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    return redis.call('DEL', KEYS[1])`,
  /** Each entry says its end, by the server's clock; the oldest that are over go. */
  append: `
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 100)) do
      if tonumber(entry[2][4]) <= now then redis.call('XDEL', KEYS[1], entry[1]) end
    end
    redis.call('XADD', KEYS[1], '*', 'value', ARGV[1], 'until', string.format('%.0f', now + ARGV[2]))
    if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end`,
  since: `
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local from, found, live = ARGV[1], nil, {}
    repeat
      found = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])
      for _, entry in ipairs(found) do
        from = '(' .. entry[1]
        if tonumber(entry[2][4]) > now then live[#live + 1] = {entry[2][2], entry[1]} end
      end
    until #live > 0 or #found < tonumber(ARGV[2])
    return live`,
} as const

/**
 * Remembers in Redis (6.2 or later) or Valkey what all processes of a service, or of several, have to know. The program makes,
 * configures and closes its client: one that waits long for a server that is not there makes every request wait.
 *
 * A server that throws keys away when its memory is full (any `maxmemory-policy` but `noeviction`) forgets nonces before their time.
 *
 * @throws TypeError where the client is none.
 * @example
 * const redis = new Redis({ maxRetriesPerRequest: 1, commandTimeout: 500 }) // ioredis
 * const scheme = signed({ url, keys, store: redisStore(redis) })
 */
export function redisStore(client: RedisClient, { prefix = 'slumber:' }: RedisStoreOptions = {}): SharedStore {
  const send = sender(client)
  const run = async (name: keyof typeof scripts, key: string, ...given: readonly string[]): Promise<unknown> =>
    await send(['EVAL', scripts[name], '1', `${prefix}${version}${key}`, ...given])
  const living = (seconds: number): string => String(millisecondsOf(seconds))
  return {
    async increment(key, seconds) {
      const [count, left] = (await run('increment', key, living(seconds))) as [number, number] // what the script returns
      return { count, expiresIn: Math.max(0, left) / 1_000 }
    },
    get: async (key) => textIn(await run('get', key)),
    setIfAbsent: async (key, value, seconds) => textIn(await run('setIfAbsent', key, value, living(seconds))),
    replace: async (key, expected, value, seconds) =>
      (await run('replace', key, expected, value, living(seconds))) === 1,
    async delete(key, expected) {
      const deleted = expected === undefined ? run('delete', key) : run('deleteExpected', key, expected)
      return (await deleted) === 1
    },
    async append(feed, value, seconds) {
      await run('append', feed, value, living(seconds))
    },
    async since(feed, cursor = '') {
      const from = /^\d+-\d+$/.test(cursor) ? `(${cursor}` : '-'
      const entries = (await run('since', feed, from, String(feedPage))) as [string, string][] // what the script returns
      return entries.map(([value, at]): FeedEntry => ({ value, cursor: at }))
    },
  }
}

/** @throws TypeError for what is neither a text nor nothing: to take it for nothing would let a replay pass. */
function textIn(reply: unknown): string | undefined {
  if (reply === null) return undefined
  if (typeof reply === 'string') return reply
  throw new TypeError('redisStore() takes a client that gives the texts of replies as strings.')
}

function sender(client: RedisClient): (parts: string[]) => Promise<unknown> {
  // That of ioredis has a `sendCommand`, too, which takes something else.
  if ('call' in client && typeof client.call === 'function') {
    return ([command = '', ...parts]) => client.call(command, ...parts)
  }
  if ('sendCommand' in client && typeof client.sendCommand === 'function') return (parts) => client.sendCommand(parts)
  throw new TypeError('redisStore() takes a client of ioredis or of redis.')
}
