// Where answers are kept, and how that is bounded: in the memory of this process unless a program says otherwise.

import type { Awaitable } from '../../wire/index.ts'
import type { Kept } from './kept.ts'

/** A mark of the last write, or the answers under one key. It is plain data, and is not changed. */
export type Held = string | readonly Kept[]

/** A store may forget anything at any time: what is not there is asked for. */
export interface CacheStore {
  /** @param key holds what says who is asking: a store outside of this process hashes it. */
  get(key: string): Awaitable<Held | undefined>
  /** @param seconds for which it is worth keeping. */
  set(key: string, held: Held, seconds: number): Awaitable<void>
}

export interface MemoryStoreOptions {
  /** 10,000 unless given. */
  readonly maxEntries?: number
  /** Octets of all that is kept; 32 MiB unless given. */
  readonly maxSize?: number
}

interface Entry {
  readonly held: Held
  readonly size: number
  /** In milliseconds of a clock that never goes back. */
  readonly until: number
}

/**
 * Keeps answers in this process; what was used least recently goes first.
 *
 * @throws RangeError where a limit is not a whole number above zero.
 */
export function memoryStore({ maxEntries = 10_000, maxSize = 32 * 1_048_576 }: MemoryStoreOptions = {}): CacheStore {
  if (![maxEntries, maxSize].every((limit) => Number.isInteger(limit) && limit > 0)) {
    throw new RangeError('memoryStore() takes whole numbers above zero as its limits.')
  }
  /** The least recently used first. */
  const entries = new Map<string, Entry>()
  let total = 0
  const remove = (key: string): void => {
    total -= entries.get(key)?.size ?? 0
    entries.delete(key)
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      if (entry.until > performance.now()) {
        entries.set(key, entry)
        return entry.held
      }
      total -= entry.size
      return undefined
    },
    set(key, held, seconds) {
      remove(key)
      const size = sizeOf(key) + sizeOfHeld(held)
      if (size > maxSize) return
      entries.set(key, { held, size, until: performance.now() + seconds * 1_000 })
      total += size
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && total <= maxSize) break
        remove(oldest)
      }
    },
  }
}

/** Octets of a text in memory, at most. */
function sizeOf(text: string): number {
  return 16 + 2 * text.length
}

/** What an object takes besides its texts, about. */
const ofObject = 256

function sizeOfHeld(held: Held): number {
  if (typeof held === 'string') return ofObject + sizeOf(held)
  return held.reduce((sum, { text, fields, selecting }) => {
    const texts = [text, ...fields.flat(), ...Object.entries(selecting).flatMap(([name, value]) => [name, value ?? ''])]
    return texts.reduce((size, each) => size + sizeOf(each), sum + ofObject)
  }, ofObject)
}
