// Nonces: a signature is good for one request, in all processes that share a store.

import { fromStore, storeKey, type SharedStore } from '../../http/index.ts'
import { clockSkew, refused, type SignatureClaims } from './profile.ts'

/** Seconds of two clocks. */
export interface Clock {
  /** Since 1970; somebody may put it back. */
  now(): number
  /** Since some moment or other; it never goes back. */
  steady(): number
}

export const systemClock: Clock = { now: () => Date.now() / 1_000, steady: () => performance.now() / 1_000 }

/**
 * A nonce is kept until its signature expires. The store counts that in time that goes by. A clock that is put back would make
 * signatures current again whose nonces are forgotten: so a time that has been is not forgotten, for as long as any signature
 * that was used could come back.
 */
export class Nonces {
  readonly #store: SharedStore
  readonly #clock: Clock
  /** The most that the clock has been ahead of the steady one. */
  #ahead = -Infinity
  /** The latest end of a signature that was used. */
  #latest = -Infinity

  constructor(store: SharedStore, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /**
   * To be called once the signature has been checked: who has no key must not fill the store.
   *
   * @throws Problem 401 for one that has been used, 503 where the store does not say.
   */
  async use({ keyid, nonce, expires }: SignatureClaims): Promise<void> {
    const now = this.#clock.now()
    this.#ahead = Math.max(this.#ahead, now - this.#clock.steady())
    const isForgotten = expires <= this.#latest && expires < this.#clock.steady() + this.#ahead
    if (isForgotten || (await this.#isUsed(keyid, nonce, expires - now + clockSkew))) {
      throw refused('replay', 'The nonce of this signature has been used.')
    }
    this.#latest = Math.max(this.#latest, expires)
  }

  /** @param seconds as long as it could be current for a process whose clock is late */
  async #isUsed(keyid: string, nonce: string, seconds: number): Promise<boolean> {
    const key = await storeKey('nonce', keyid, nonce)
    const detail = 'It cannot be found out whether this request was sent before.'
    return (await fromStore(() => this.#store.setIfAbsent(key, '', seconds), detail)) !== undefined
  }
}
