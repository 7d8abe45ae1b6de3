// What must be remembered for a while, and by all processes alike: counts of requests, idempotency keys, nonces, sessions, revocations.

import { type Awaitable, encodeBase64Url, rescued } from '../../wire/index.ts'
import { Problem } from '../problems/problem.ts'

/** Where a counter stands, and in how many seconds it begins anew; the seconds may have a fraction. */
export interface Count {
  readonly count: number
  readonly expiresIn: number
}

/** What was appended to a feed, and where it stands there. */
export interface FeedEntry {
  readonly value: string
  /** To go on behind it: a later entry never stands before an earlier one, whichever process appends it. */
  readonly cursor: string
}

/**
 * The store behind which processes share such things. Every operation is atomic: one command of Redis, or one short script.
 * Times to live are in seconds, above zero. Counters, values and feeds never have the same key (`storeKey` sees to that); an
 * implementation that several programs share puts a prefix of its own before every key.
 *
 * Where it cannot do what it is asked, it throws, and never answers as if there were nothing: whoever asks decides what follows.
 */
export interface SharedStore {
  /** Adds one. The first makes the counter, to live for `seconds`; the others leave its end where it is. */
  increment(key: string, seconds: number): Awaitable<Count>
  get(key: string): Awaitable<string | undefined>
  /** Sets where there is nothing, and gives undefined; else changes nothing, and gives what there is. */
  setIfAbsent(key: string, value: string, seconds: number): Awaitable<string | undefined>
  /** Sets only where `expected` stands; whether it did. */
  replace(key: string, expected: string, value: string, seconds: number): Awaitable<boolean>
  /** Deletes a value; with `expected`, only where that stands. Whether it did: of several that ask, one did. */
  delete(key: string, expected?: string): Awaitable<boolean>
  /** Puts an entry behind those of a feed; it lives for `seconds`, whatever the others do. */
  append(feed: string, value: string, seconds: number): Awaitable<void>
  /**
   * The entries behind a cursor that still live, the oldest first, at most `feedPage` at once: who has been given none knows them all.
   * Without a cursor, and with one that is none, from the beginning.
   */
  since(feed: string, cursor?: string): Awaitable<readonly FeedEntry[]>
}

/** Entries of a feed that are given at once. */
export const feedPage = 1_000

/** @throws RangeError where it is no time to live. */
export function millisecondsOf(seconds: number): number {
  if (!(seconds > 0)) throw new RangeError('A time to live is a number of seconds above zero.')
  return Math.ceil(seconds * 1_000)
}

/**
 * What a store answers; what it throws becomes a Problem, its own or 503 `store-unavailable`, for nothing is done that has to be
 * remembered and cannot be.
 *
 * @param unknown what cannot be found out or kept, for the caller.
 */
export function fromStore<T>(ask: () => Awaitable<T>, unknown: string): Awaitable<T> {
  return rescued(ask, (cause) => {
    if (cause instanceof Problem) throw cause
    throw new Problem(503, unknown, { code: 'store-unavailable', headers: { 'retry-after': '5' }, cause })
  })
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
