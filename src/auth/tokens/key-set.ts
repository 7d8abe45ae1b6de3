// The public keys by which an issuer signs its tokens (RFC 7517): fetched, kept for a while, and asked for again when one is unknown.

import { importJWK, type CryptoKey, type JWK } from 'jose'
import { Problem } from '../../http/index.ts'
import { askWithin, type Ask } from '../ask.ts'
import type { Clock } from '../signatures/nonces.ts'

/** EdDSA is by Ed25519. */
export type TokenAlgorithm = 'EdDSA' | 'ES256'

export interface JwkSet {
  readonly keys: readonly object[]
}

export interface KeySetOptions {
  /** Where the issuer publishes its keys, over TLS or a network that is trusted; or the keys. */
  readonly jwks: string | JwkSet
  readonly algorithms: readonly TokenAlgorithm[]
  readonly transport: Ask
  /** Milliseconds to wait for the issuer. */
  readonly timeout: number
  readonly clock: Clock
}

export interface TokenKey {
  readonly alg: TokenAlgorithm
  readonly key: CryptoKey
}

/** Seconds after which keys are asked for again. */
const freshFor = 300
/** Seconds for which they are used while the issuer does not answer. */
const staleFor = 3_600
/** Seconds between two questions: who sends unknown keys does not choose how often the issuer is asked. */
const pause = 30

export class KeySet {
  readonly #options: KeySetOptions
  #keys: ReadonlyMap<string, TokenKey> = new Map()
  /** By the steady clock. */
  #fetchedAt = -Infinity
  #askedAt = -Infinity
  #asking: Promise<void> | undefined

  constructor(options: KeySetOptions) {
    this.#options = options
  }

  /**
   * Undefined for a key that is none of the issuer's.
   *
   * @throws Problem 503 where the issuer has not answered for too long.
   */
  async get(kid: string): Promise<TokenKey | undefined> {
    if (!this.#keys.has(kid) || this.#age > freshFor) await this.#refresh()
    if (this.#age <= staleFor) return this.#keys.get(kid)
    throw new Problem(503, 'The keys of the issuer of tokens are not known for now.', {
      code: 'auth-unavailable',
      headers: { 'retry-after': '5' },
    })
  }

  get #age(): number {
    return this.#options.clock.steady() - this.#fetchedAt
  }

  /** Those who ask at one time wait for one answer; what goes wrong leaves the keys there are. */
  async #refresh(): Promise<void> {
    if (this.#asking === undefined) {
      const now = this.#options.clock.steady()
      if (now - this.#askedAt < pause) return
      this.#askedAt = now
      this.#asking = this.#fetch().finally(() => (this.#asking = undefined))
    }
    await this.#asking
  }

  async #fetch(): Promise<void> {
    const { jwks, algorithms, clock } = this.#options
    try {
      this.#keys = await keysIn(typeof jwks === 'string' ? await this.#ask(jwks) : jwks, algorithms)
      this.#fetchedAt = clock.steady()
    } catch {
      // Their age tells who asks for a key how long this has been so.
    }
  }

  async #ask(url: string): Promise<unknown> {
    const { transport, timeout } = this.#options
    const { status, content } = await askWithin(timeout, transport, url, { headers: { accept: 'application/json' } })
    if (status === 200) return content
    throw new Error(`the issuer answered ${status}`)
  }
}

/** Those with a name that are for an algorithm of the list. A key that has no place here says nothing against the others. */
async function keysIn(set: unknown, algorithms: readonly TokenAlgorithm[]): Promise<ReadonlyMap<string, TokenKey>> {
  const given = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined
  if (!Array.isArray(given)) throw new TypeError('It is no set of keys.')
  const keys = new Map<string, TokenKey>()
  for (const jwk of given as readonly JWK[]) {
    const { kid, kty, crv, x, y, use = 'sig' } = jwk
    const alg = kty === 'OKP' && crv === 'Ed25519' ? 'EdDSA' : kty === 'EC' && crv === 'P-256' ? 'ES256' : undefined
    if (typeof kid !== 'string' || use !== 'sig' || alg === undefined || !algorithms.includes(alg)) continue
    // Its public half alone, whatever was published.
    const key = await importJWK({ kty, crv, x, ...(kty === 'EC' ? { y } : {}) } as JWK, alg) // as the type of each key has it
    if ('algorithm' in key) keys.set(kid, { alg, key })
  }
  return keys
}
