// Values that are kept under a secret which only its holder knows: sessions, codes. The store has its digest, and lets in nobody who reads it.

import { hash, randomBytes } from 'node:crypto'
import { Problem, storeKey, type SharedStore } from '../../http/index.ts'

/** 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function digestOf(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/** A value, and the text that stands for it in the store. */
export interface Found<Value> {
  readonly value: Value
  readonly text: string
}

export class Kept<Value> {
  readonly #store: SharedStore
  readonly #kind: string

  /** @param owner the URL of the service: several may share a store. */
  constructor(store: SharedStore, kind: string, owner: string) {
    this.#store = store
    this.#kind = `${kind} of ${owner}`
  }

  /** A new secret. */
  async begin(value: Value, seconds: number): Promise<string> {
    const secret = newSecret()
    await this.#ask((key) => this.#store.setIfAbsent(key, JSON.stringify(value), seconds), digestOf(secret))
    return secret
  }

  async find(digest: string): Promise<Found<Value> | undefined> {
    const text = await this.#ask((key) => this.#store.get(key), digest)
    return text === undefined ? undefined : { text, value: JSON.parse(text) as Value } // as `begin` has written it
  }

  /** Whether the value that was found still stood there. */
  async replace(digest: string, { text }: Found<Value>, value: Value, seconds: number): Promise<boolean> {
    return await this.#ask((key) => this.#store.replace(key, text, JSON.stringify(value), seconds), digest)
  }

  async end(digest: string): Promise<void> {
    await this.#ask((key) => this.#store.delete(key), digest)
  }

  /** Without the store it is not known who anybody is. */
  async #ask<T>(question: (key: string) => T | Promise<T>, digest: string): Promise<T> {
    try {
      return await question(await storeKey(this.#kind, digest))
    } catch (cause) {
      if (cause instanceof Problem) throw cause
      const headers = { 'retry-after': '5' }
      throw new Problem(503, 'Sessions cannot be looked up for now.', { code: 'store-unavailable', headers, cause })
    }
  }
}
