// The store of one process: what it remembers ends with it.

import { LRUCache } from 'lru-cache'
import { Problem } from '../problems/problem.ts'
import { feedPage, millisecondsOf, type FeedEntry, type SharedStore } from './shared-store.ts'

export interface MemoryStoreOptions {
  /** Counters, and again as many values and feeds. */
  readonly max?: number
  /** UTF-16 units of all keys, values and feeds together. */
  readonly maxSize?: number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

const defaults: Required<MemoryStoreOptions> = { max: 100_000, maxSize: 64 * 1_048_576, now: () => performance.now() }

interface Entry extends FeedEntry {
  readonly place: number
  /** By the store's clock. */
  readonly until: number
}

type Feed = readonly Entry[]

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
  const values = new LRUCache<string, string | Feed>({ ...time, maxSize, sizeCalculation: sizeOf })
  let purged = Number.NEGATIVE_INFINITY
  let place = 0

  const hasRoom = (key: string, value: string | Feed): boolean => {
    const replaced = values.peek(key, { allowStale: true })
    const count = replaced === undefined ? values.size + 1 : values.size
    const size = values.calculatedSize + sizeOf(value, key) - (replaced === undefined ? 0 : sizeOf(replaced, key))
    return count <= max && size <= maxSize
  }
  const put = (key: string, value: string | Feed, ttl: number): void => {
    // To look for what has expired takes time in proportion to the store: at most once a second, whoever asks.
    if (!hasRoom(key, value) && now() - purged >= 1_000) {
      values.purgeStale()
      purged = now()
    }
    if (!hasRoom(key, value)) throw full()
    values.set(key, value, { ttl })
  }
  const textAt = (key: string): string | undefined => {
    const value = values.get(key)
    return typeof value === 'string' ? value : undefined
  }
  const feedAt = (key: string): Feed => {
    const value = values.get(key)
    return typeof value === 'object' ? value.filter(({ until }) => until > now()) : []
  }

  return {
    increment(key, seconds) {
      const counter = counters.get(key) ?? { count: 0 }
      if (counter.count === 0) counters.set(key, counter, { ttl: millisecondsOf(seconds) })
      counter.count += 1
      return { count: counter.count, expiresIn: Math.max(0, counters.getRemainingTTL(key)) / 1_000 }
    },
    get: textAt,
    setIfAbsent(key, value, seconds) {
      const present = textAt(key)
      if (present === undefined) put(key, value, millisecondsOf(seconds))
      return present
    },
    replace(key, expected, value, seconds) {
      if (textAt(key) !== expected) return false
      put(key, value, millisecondsOf(seconds))
      return true
    },
    delete(key, expected) {
      const present = textAt(key)
      return present !== undefined && (expected === undefined || present === expected) && values.delete(key)
    },
    append(feed, value, seconds) {
      const until = now() + millisecondsOf(seconds)
      // By the clock, so that a cursor from before a restart is not behind what comes after it.
      place = Math.max(place + 1, Date.now() * 1_000)
      const entries = [...feedAt(feed), { value, cursor: String(place), place, until }]
      put(feed, entries, Math.max(...entries.map((entry) => entry.until)) - now())
    },
    since(feed, cursor = '') {
      const from = /^\d+$/.test(cursor) ? Number(cursor) : 0
      return feedAt(feed)
        .filter((entry) => entry.place > from)
        .slice(0, feedPage)
    },
  }
}

/** In UTF-16 units, of which an entry's place and time are worth some. */
function sizeOf(value: string | Feed, key: string): number {
  if (typeof value === 'string') return key.length + value.length
  return value.reduce((size, entry) => size + entry.value.length + entrySize, key.length)
}

const entrySize = 64

function full(): Problem {
  return new Problem(503, 'No more can be remembered for now.', {
    code: 'store-full',
    headers: { 'retry-after': '60' },
  })
}
