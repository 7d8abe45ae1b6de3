// Cursors: where a page ended, signed, and bound to the query and the caller, so that one cannot be made up or carried elsewhere.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { base64UrlToText, textToBase64Url } from '../../wire/index.ts'

/** Writes and reads cursors with one secret: `<base64url of JSON>.<base64url of 16 octets of HMAC-SHA-256>`. */
export class Cursors {
  readonly #key: string | Buffer
  /** The same pages are asked for again and again, and end at the same places. A filter may be as long as the content of a QUERY. */
  readonly #written = new LRUCache<string, string>({
    max: 1_000,
    maxSize: 4_000_000,
    maxEntrySize: 10_000,
    sizeCalculation: (cursor, place) => cursor.length + place.length,
  })

  /** @param secret the same on every process of a service; random unless given. */
  constructor(secret?: string) {
    this.#key = secret ?? randomBytes(32)
  }

  /** @param binding what the cursor is good for: filter, sort and caller. */
  write(values: readonly unknown[], binding: string): string {
    const text = JSON.stringify(values)
    const place = `${text}\n${binding}`
    const known = this.#written.get(place)
    if (known !== undefined) return known
    const payload = textToBase64Url(text)
    const cursor = `${payload}.${this.#sign(payload, binding)}`
    this.#written.set(place, cursor)
    return cursor
  }

  /** Undefined where the cursor, character for character, was not written by us for this binding. */
  read(cursor: string, binding: string): readonly unknown[] | undefined {
    const dot = cursor.indexOf('.')
    const payload = cursor.slice(0, Math.max(dot, 0))
    if (!isSame(cursor.slice(dot + 1), this.#sign(payload, binding))) return undefined
    return JSON.parse(base64UrlToText(payload) ?? '[]') as readonly unknown[] // signed: we wrote it
  }

  /** At once: WebCrypto would send each signature through the thread pool, which costs more than the page it ends. */
  #sign(payload: string, binding: string): string {
    const octets = createHmac('sha256', this.#key).update(`${payload}\n${binding}`).digest()
    return octets.subarray(0, 16).toString('base64url')
  }
}

/** In constant time. */
function isSame(a: string, b: string): boolean {
  const [given, known] = [Buffer.from(a), Buffer.from(b)]
  return given.length === known.length && timingSafeEqual(given, known)
}
