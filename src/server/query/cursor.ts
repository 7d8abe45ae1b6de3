// Cursors: where a page ended, signed, and bound to the query and the caller, so that one cannot be made up or carried elsewhere.

import { base64UrlToText, encodeBase64Url, textToBase64Url } from '../../wire/index.ts'

/** Writes and reads cursors with one secret: `<base64url of JSON>.<base64url of 16 octets of HMAC-SHA-256>`. */
export class Cursors {
  readonly #key: Promise<CryptoKey>

  /** @param secret the same on every process of a service; random unless given. */
  constructor(secret?: string) {
    const bytes = secret === undefined ? crypto.getRandomValues(new Uint8Array(32)) : new TextEncoder().encode(secret)
    this.#key = crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  }

  /** @param binding what the cursor is good for: filter, sort and caller. */
  async write(values: readonly unknown[], binding: string): Promise<string> {
    const payload = textToBase64Url(JSON.stringify(values))
    return `${payload}.${await this.#sign(payload, binding)}`
  }

  /** Undefined where the cursor, character for character, was not written by us for this binding. */
  async read(cursor: string, binding: string): Promise<readonly unknown[] | undefined> {
    const dot = cursor.indexOf('.')
    const payload = cursor.slice(0, Math.max(dot, 0))
    if (!isSame(cursor.slice(dot + 1), await this.#sign(payload, binding))) return undefined
    return JSON.parse(base64UrlToText(payload) ?? '[]') as readonly unknown[] // signed: we wrote it
  }

  async #sign(payload: string, binding: string): Promise<string> {
    const text = new TextEncoder().encode(`${payload}\n${binding}`)
    const signature = await crypto.subtle.sign('HMAC', await this.#key, text)
    return encodeBase64Url(new Uint8Array(signature, 0, 16))
  }
}

/** In constant time. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let index = 0; index < b.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}
