// Answers kept in Redis or Valkey, so that the processes of a program share them.

import { encodeBase64Url } from '../../wire/index.ts'
import type { FieldList } from './kept-fields.ts'
import { isKept } from './kept.ts'
import type { CacheStore, Held } from './store.ts'

/** What is used of a client of `ioredis` or of `redis`. */
export type RedisClient = { get(key: string): Promise<string | null> } & (
  | { psetex(key: string, milliseconds: number, value: string): Promise<unknown> }
  | { pSetEx(key: string, milliseconds: number, value: string): Promise<unknown> }
)

export interface RedisStoreOptions {
  /** Begins every key; `slumber:` unless given. */
  readonly prefix?: string
}

/** A later version that writes otherwise begins its keys otherwise. */
const version = 'cache1:'

/**
 * Keeps answers in Redis or Valkey. The program makes, configures and closes its client: one that waits long for a server that is
 * not there makes every request wait.
 *
 * Keys are SHA-256 hashes of who asks and for what, so that no credentials are in them. Answers are there as they came, without cookies
 * that they set and with the fields of the request that `Vary` names (never `Authorization` and `Cookie`): whoever may read that server
 * may read them.
 *
 * @throws TypeError where the client is none.
 * @example
 * const redis = new Redis({ maxRetriesPerRequest: 1, commandTimeout: 200 }) // ioredis
 * const client = connect({ directory, cache: httpCache({ store: redisStore(redis) }) })
 */
export function redisStore(client: RedisClient, { prefix = 'slumber:' }: RedisStoreOptions = {}): CacheStore {
  const isClient = typeof client.get === 'function' && ('psetex' in client || 'pSetEx' in client)
  if (!isClient) throw new TypeError('redisStore() takes a client of ioredis or of redis.')
  const named = async (key: string): Promise<string> => `${prefix}${version}${await sha256(key)}`
  return {
    async get(key) {
      const text = await client.get(await named(key))
      return text === null ? undefined : parse(text)
    },
    async set(key, held, seconds) {
      const name = await named(key)
      const [milliseconds, text] = [Math.ceil(seconds * 1_000), JSON.stringify(held, withoutCookies)]
      await ('psetex' in client ? client.psetex(name, milliseconds, text) : client.pSetEx(name, milliseconds, text))
    },
  }
}

/** A cookie that is set may be a credential. */
function withoutCookies(name: string, value: unknown): unknown {
  return name === 'fields' ? (value as FieldList).filter(([field]) => field !== 'set-cookie') : value
}

/** What `set` wrote; what somebody else did is nothing. */
function parse(text: string): Held | undefined {
  try {
    const held: unknown = JSON.parse(text)
    return typeof held === 'string' || (Array.isArray(held) && held.every(isKept)) ? held : undefined
  } catch {
    return undefined
  }
}

async function sha256(text: string): Promise<string> {
  return encodeBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}
