// What must be remembered for a while, and by all processes alike: counts of requests, keys of idempotency, nonces, sessions.

import { LRUCache } from 'lru-cache'
import { type Awaitable, encodeBase64Url } from '../../wire/index.ts'
import { Problem } from '../problems/problem.ts'

/** Where a counter stands, and in how many seconds it begins anew; the seconds may have a fraction. */
export interface Count {
  readonly count: number
  readonly expiresIn: number
}

/**
 * The store behind which processes share such things. Every operation is atomic: one command of Redis, or one short script.
 * Times to live are in seconds, above zero. Counters and values never have the same key (`storeKey` sees to that); an
 * implementation that several programs share puts a prefix of its own before every key.
 */
export interface SharedStore {
  /** Adds one. The first makes the counter, to live for `seconds`; the others leave its end where it is. */
  increment(key: string, seconds: number): Awaitable<Count>
  get(key: string): Awaitable<string | undefined>
  set(key: string, value: string, seconds: number): Awaitable<void>
  /** Sets where there is nothing, and gives undefined; else changes nothing, and gives what there is. */
  setIfAbsent(key: string, value: string, seconds: number): Awaitable<string | undefined>
  /** Sets only where `expected` stands; whether it did. */
  replace(key: string, expected: string, value: string, seconds: number): Awaitable<boolean>
  /** Deletes; with `expected`, only where that stands. */
  delete(key: string, expected?: string): Awaitable<void>
}

export interface MemoryStoreOptions {
  /** Counters, and again as many values. */
  readonly max?: number
  /** UTF-16 units of all keys and values together. */
  readonly maxSize?: number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

const defaults: Required<MemoryStoreOptions> = { max: 100_000, maxSize: 64 * 1_048_576, now: () => performance.now() }

/**
 * The store of one process, for a service that is one process.
 *
 * A value is never forgotten before its time: an idempotency key or a nonce that a flood of others could push out would
 * protect nothing. Where it is full of values that still live, it takes no more: Problem 503 (`store-full`), until some expire.
 * Counters are forgotten before their time, the least recently used first, and that is all the same: to be forgotten, a client
 * must stay away while `max` others ask, and one that is refused and asks on is the most recently used.
 *
 * @throws RangeError where a limit is not a whole number above zero.
 * @example
 * const store = memoryStore({ max: 10_000 })
 * const isFirstUse = (await store.setIfAbsent(await storeKey('nonce', nonce), '', 300)) === undefined
 */
export function memoryStore(options: MemoryStoreOptions = {}): SharedStore {
  const { max, maxSize, now } = { ...defaults, ...options }
  if (![max, maxSize].every((limit) => Number.isInteger(limit) && limit > 0)) {
    throw new RangeError('memoryStore() takes whole numbers above zero as its limits.')
  }
  // lru-cache takes the time 0 for no time at all; a resolution of 0 asks the clock each time. It would take the room for `max`
  // entries at once, for its `maxSize` it does not.
  const time = { perf: { now: () => now() + 1 }, ttlResolution: 0 }
  const counters = new LRUCache<string, { count: number }>({ ...time, maxSize: max, sizeCalculation: () => 1 })
  const values = new LRUCache<string, string>({ ...time, maxSize, sizeCalculation: sizeOf })
  let purged = Number.NEGATIVE_INFINITY

  const hasRoom = (key: string, value: string): boolean => {
    const replaced = values.peek(key, { allowStale: true })
    const count = replaced === undefined ? values.size + 1 : values.size
    const size = values.calculatedSize + sizeOf(value, key) - (replaced === undefined ? 0 : sizeOf(replaced, key))
    return count <= max && size <= maxSize
  }
  const put = (key: string, value: string, seconds: number): void => {
    // To look for what has expired takes time in proportion to the store: at most once a second, whoever asks.
    if (!hasRoom(key, value) && now() - purged >= 1_000) {
      values.purgeStale()
      purged = now()
    }
    if (!hasRoom(key, value)) throw full()
    values.set(key, value, { ttl: milliseconds(seconds) })
  }

  return {
    increment(key, seconds) {
      const counter = counters.get(key) ?? { count: 0 }
      if (counter.count === 0) counters.set(key, counter, { ttl: milliseconds(seconds) })
      counter.count += 1
      return { count: counter.count, expiresIn: Math.max(0, counters.getRemainingTTL(key)) / 1_000 }
    },
    get: (key) => values.get(key),
    set: put,
    setIfAbsent(key, value, seconds) {
      const present = values.get(key)
      if (present === undefined) put(key, value, seconds)
      return present
    },
    replace(key, expected, value, seconds) {
      if (values.get(key) !== expected) return false
      put(key, value, seconds)
      return true
    },
    delete(key, expected) {
      if (expected === undefined || values.get(key) === expected) values.delete(key)
    },
  }
}

/**
 * A key of its own for every list of parts, whatever the parts hold: `['a', 'b:c']` and `['a:b', 'c']` are two keys.
 * Long ones become their SHA-256, so that no name and no URL that a client chooses fills the store.
 *
 * @example
 * await storeKey('rate', '/articles', 'ada')  // '["rate","/articles","ada"]'
 */
export async function storeKey(...parts: readonly string[]): Promise<string> {
  const key = JSON.stringify(parts)
  return key.length <= longestKey ? key : `sha-256:${await sha256(new TextEncoder().encode(key))}`
}

const longestKey = 200

/** SHA-256 as base64url. */
export async function sha256(octets: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', octets)))
}

function sizeOf(value: string, key: string): number {
  return key.length + value.length
}

function milliseconds(seconds: number): number {
  if (!(seconds > 0)) throw new RangeError('A time to live is a number of seconds above zero.')
  return Math.ceil(seconds * 1_000)
}

function full(): Problem {
  return new Problem(503, 'No more can be remembered for now.', {
    code: 'store-full',
    headers: { 'retry-after': '60' },
  })
}
