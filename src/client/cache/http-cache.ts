// A private cache (RFC 9111) between a client and the network: each user has their own, and nobody sees less than they wrote.

import { rescued, type Awaitable } from '../../wire/index.ts'
import type { Cache } from '../connect.ts'
import { ConnectionFailed, TimedOut } from '../errors.ts'
import { settingsOf } from '../options.ts'
import { inTime } from '../sending/in-time.ts'
import type { Answer, Message, Step } from '../sending/message.ts'
import { readDirectives, type Directives } from './directives.ts'
import { answerOf, isFor, isUsable, isUsableStale, keep, type Kept } from './kept.ts'
import { Places, type Place } from './place.ts'
import { conditionsOf, confirmed, updated } from './revalidation.ts'
import { memoryStore, type CacheStore, type Held } from './store.ts'

export interface HttpCacheOptions {
  /** `memoryStore()` unless given. */
  readonly store?: CacheStore | undefined
  /** Seconds for which an answer is kept at most; a day unless given. */
  readonly keepFor?: number | undefined
  /** Milliseconds for which the store is waited for; 1,000 unless given. */
  readonly storeTimeout?: number | undefined
  /** Told when the store fails, or answers too late. Then everything is asked, as if nothing were kept. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined
}

type Settings = { readonly [Name in keyof HttpCacheOptions]-?: NonNullable<HttpCacheOptions[Name]> }

const defaults: Omit<Settings, 'store'> = { keepFor: 86_400, storeTimeout: 1_000, onError: () => {}, now: Date.now }

/** Answers under one URL, for different fields of the request. */
const mostVariants = 8

/**
 * Keeps what may be kept. An answer is used without asking only where the server gave it a lifetime, or the call a `ttl`; otherwise it
 * is asked about, by its entity tag.
 *
 * A write makes everything its user holds of that origin be asked about again: the URL, what Location and Content-Location name,
 * groups (RFC 9875), lists, and what a cascade or an operation changed.
 *
 * @example
 * const client = connect<Services>({ directory, authenticate, cache: httpCache() })
 */
export function httpCache(options: HttpCacheOptions = {}): Cache {
  const settings = settingsOf<Settings>(options, { ...defaults, store: memoryStore() }, 'httpCache(…)')
  return {
    step: (next) => {
      const caching = new Caching(next, settings)
      return (message) => caching.send(message)
    },
  }
}

interface Found {
  readonly place: Place
  readonly mark: string
  readonly all: readonly Kept[]
}

/** Statuses that say no more than that asking failed. */
const failures: ReadonlySet<number> = new Set([500, 502, 503, 504])

class Caching {
  readonly #next: Step
  readonly #settings: Settings
  readonly #places = new Places()
  /** Marks that could not be set: of writes that the store does not know of. */
  readonly #unset = new Set<string>()

  constructor(next: Step, settings: Settings) {
    this.#next = next
    this.#settings = settings
  }

  async send(message: Message): Promise<Answer> {
    const { method, headers, signal } = message
    signal?.throwIfAborted()
    const place = this.#places.of(message)
    if (place === undefined) return await this.#next(message) // which says what is wrong with its URL
    if (!message.isSafe) return await this.#write(message, place)
    const wishes = readDirectives(headers['cache-control'])
    const isKeepable = (method === 'GET' || method === 'HEAD') && !('range' in headers) && !wishes.has('no-store')
    const found = isKeepable ? await this.#find(message, place) : undefined
    return await (found === undefined ? this.#next(message) : this.#read(message, wishes, found))
  }

  /** What is kept where it may be used, or what is asked for. */
  #read(message: Message, wishes: Directives, found: Found): Awaitable<Answer> {
    const now = this.#settings.now()
    const fitting = isConditional(message) ? undefined : found.all.find((each) => isFor(each, message))
    const current = fitting?.mark === found.mark ? fitting : undefined
    if (current !== undefined && isUsable(current, message, wishes, now)) return answerOf(current, message.method, now)
    if (wishes.has('only-if-cached')) return { status: 504, fields: new Map(), text: '', isRedirect: false }
    if (message.method === 'HEAD') return this.#next(message)
    if (current === undefined || wishes.size > 0) return this.#ask(message, found, fitting)
    if (message.ttl === undefined && isUsableStale(current, current.staleWhileRevalidate, now)) {
      this.#ask({ ...message, signal: undefined }, found, current).catch(() => {}) // whoever asks next asks again
      return answerOf(current, message.method, now)
    }
    return this.#askUnlessDown(message, found, current)
  }

  async #askUnlessDown(message: Message, found: Found, kept: Kept): Promise<Answer> {
    try {
      const answer = await this.#ask(message, found, kept)
      return (failures.has(answer.status) ? this.#instead(kept) : undefined) ?? answer
    } catch (error) {
      const instead = error instanceof ConnectionFailed ? this.#instead(kept) : undefined
      if (instead === undefined) throw error
      return instead
    }
  }

  /** What stands in for an answer that is none (RFC 5861 §4). */
  #instead(kept: Kept): Answer | undefined {
    const now = this.#settings.now()
    return isUsableStale(kept, kept.staleIfError, now) ? answerOf(kept, 'GET', now) : undefined
  }

  /** Asks the server, about what is kept where something is. */
  async #ask(message: Message, found: Found, fitting: Kept | undefined): Promise<Answer> {
    const asked = isConditional(message) ? [] : found.all
    // A date has seconds: after a write of this very second it would say that nothing changed.
    const conditions = conditionsOf(asked, fitting?.mark === found.mark ? fitting : undefined)
    const askedAt = this.#settings.now()
    let answer = await this.#next({ ...message, headers: { ...message.headers, ...conditions } })
    if (answer.status === 304 && Object.keys(conditions).length > 0) {
      const kept = confirmed(asked, fitting, answer)
      // It says that none of them changed, but not which one is the answer.
      if (kept === undefined) return await this.#ask(message, { ...found, all: [] }, undefined)
      answer = updated(kept, answer)
    }
    const answeredAt = this.#settings.now()
    await this.#keep(message, keep({ message, answer, mark: found.mark, askedAt, answeredAt }), answer, found)
    return answer
  }

  async #keep(message: Message, kept: Kept | undefined, { status }: Answer, { place, all }: Found): Promise<void> {
    const others = all.filter((each) => !isFor(each, message))
    const isRefused = status >= 400 && status !== 404 && status !== 410 // which says nothing of what is kept
    const nothingNew = kept === undefined && (isRefused || status === 304 || others.length === all.length)
    if (nothingNew) return
    await this.#set(message, place.key, kept === undefined ? others : [kept, ...others].slice(0, mostVariants))
  }

  /** Also where nobody knows what became of it. */
  async #write(message: Message, { markKey }: Place): Promise<Answer> {
    let status: number | undefined
    try {
      const answer = await this.#next(message)
      status = answer.status
      return answer
    } finally {
      const isMarked =
        (status !== undefined && !mayBeDone(status)) || (await this.#setMark(message, markKey)) !== undefined
      if (!isMarked) this.#unset.add(markKey)
    }
  }

  /** Undefined where the store fails. What it has at once is not waited for. */
  #find(message: Message, place: Place): Awaitable<Found | undefined> {
    const { store } = this.#settings
    if (this.#unset.has(place.markKey)) return this.#afresh(message, place)
    const found = (held: Held | undefined, mark: Held | undefined): Awaitable<Found | undefined> => {
      if (typeof mark !== 'string') return this.#afresh(message, place)
      return { place, mark, all: Array.isArray(held) ? held : [] }
    }
    const failed = (error: unknown): undefined => {
      this.#failed(message, error)
    }
    return rescued(() => {
      const [held, mark] = [store.get(place.key), store.get(place.markKey)]
      if (!(held instanceof Promise || mark instanceof Promise)) return found(held, mark)
      return Promise.all([this.#inTime(message, held), this.#inTime(message, mark)]).then((both) => found(...both))
    }, failed)
  }

  /** Where no mark is, nothing that is kept counts. */
  async #afresh(message: Message, place: Place): Promise<Found | undefined> {
    const mark = await this.#setMark(message, place.markKey)
    return mark === undefined ? undefined : { place, mark, all: [] }
  }

  /** No mark is ever given twice: what was asked for under another one is older than this moment. */
  async #setMark(message: Message, key: string): Promise<string | undefined> {
    const mark = newMark()
    const isSet = await this.#set(message, key, mark)
    if (isSet) this.#unset.delete(key)
    return isSet ? mark : undefined
  }

  async #set(message: Message, key: string, held: string | readonly Kept[]): Promise<boolean> {
    const { store, keepFor } = this.#settings
    try {
      await this.#inTime(message, store.set(key, held, keepFor))
      return true
    } catch (error) {
      this.#failed(message, error)
      return false
    }
  }

  /** A caller who goes away is no fault of the store. */
  #failed({ signal }: Message, error: unknown): void {
    if (signal?.aborted !== true) this.#settings.onError(error)
  }

  /** Nothing has to be waited for that is there at once; nor is anything for longer than the call. */
  async #inTime<T>(message: Message, value: Awaitable<T>): Promise<T> {
    if (!(value instanceof Promise)) return value
    const time = Math.round(Math.min(this.#settings.storeTimeout, message.deadline - performance.now()))
    try {
      return await inTime(message, time, () => value)
    } catch (cause) {
      if (!(cause instanceof TimedOut)) throw cause
      throw new Error(`The store of the cache did not answer in ${time} ms.`, { cause })
    }
  }
}

/** What the caller asks about by a tag or date of their own is between them and the server. */
function isConditional({ headers }: Message): boolean {
  return (
    'if-none-match' in headers ||
    'if-modified-since' in headers ||
    'if-match' in headers ||
    'if-unmodified-since' in headers
  )
}

/**
 * A write that was refused changed nothing, unless it was refused because what is kept is no longer so (404, 409, 410, 412); and what
 * became of it behind a proxy that got no answer is unknown.
 */
function mayBeDone(status: number): boolean {
  return status < 400 || [404, 409, 410, 412, 502, 504].includes(status)
}

/** Workers give nothing random before the first request. */
let maker: string | undefined
let marks = 0

/** Two processes never make the same one. */
function newMark(): string {
  maker ??= Array.from(crypto.getRandomValues(new Uint32Array(3)), (word) => word.toString(36)).join('')
  return `${maker}.${(marks += 1)}`
}
