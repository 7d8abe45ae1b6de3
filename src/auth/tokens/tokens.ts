// The half of the auth service: gives who is known there a short-lived token for one service, and publishes the keys for it.

import { createPrivateKey, createPublicKey, randomUUID, type JsonWebKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import {
  CREATED,
  Problem,
  Resource,
  type Awaitable,
  type BaseClass,
  type Caching,
  type Principal,
  type Scheme,
} from '../../http/index.ts'
import type { Identity } from '../identity.ts'
import type { ForwardedUser } from '../signatures/forwarded-user.ts'
import { systemClock, type Clock } from '../signatures/nonces.ts'
import { clockSkew } from '../signatures/profile.ts'
import type { TokenAlgorithm } from './key-set.ts'

/** One of the keys that sign, one after the other. */
export interface TokenSigningKey {
  /** By which the others know it: `2026-08`. */
  readonly kid: string
  /** Private, for Ed25519 or ECDSA P-256, as PEM or JWK. */
  readonly key: string | JsonWebKey
  /** When it begins to sign; always, unless given. */
  readonly from?: Date
}

export interface TokensOptions {
  /** Of the auth service, as `iss` says it. */
  readonly issuer: string
  /** All keys that sign, have signed or will sign: each signs from its time to that of the next. */
  readonly keys: readonly TokenSigningKey[]
  /** The services for which there are tokens, as their `bearer()` calls them. */
  readonly audiences: readonly string[]
  /** Who a user is, asked for each token: what they may stands in it. */
  readonly users: (user: ForwardedUser) => Awaitable<Identity | undefined>
  /** How long a token lives, in seconds. */
  readonly seconds?: number
  readonly clock?: Clock
}

export interface Tokens {
  /** `jwks`, open to everybody, and `token`, for those who are known: `service('auth', { …, endpoints: tokens.endpoints })`. */
  readonly endpoints: { readonly jwks: BaseClass; readonly token: BaseClass }
  /** A token for a user. @throws TypeError for an audience that is none of them */
  readonly sign: (user: Identity, audience: string) => Promise<string>
  /** The set of keys as it is published now. */
  readonly published: () => { readonly keys: readonly JsonWebKey[] }
}

interface ReadKey {
  readonly kid: string
  readonly alg: TokenAlgorithm
  readonly key: KeyObject
  readonly publicKey: JsonWebKey
  /** Seconds since 1970. */
  readonly from: number
}

/**
 * Tokens by RFC 9068, and their keys. A key is published from the start of the program to the end of the last token that it has signed: list
 * the next one a while before its time (services ask for keys every five minutes), and keep the old one a while after.
 *
 * @throws TypeError for a key that is none of these, two of one name, or none that signs now
 * @example
 * const { endpoints } = tokens({ issuer, keys: [{ kid: '2026-08', key: privateKey }], audiences: ['pizzas'], users })
 * service('auth', { url, database, apps, authenticate: [basic(verify)], endpoints })
 */
export function tokens(options: TokensOptions): Tokens {
  const { issuer, audiences, users, seconds = 300, clock = systemClock } = options
  if (!(Number.isInteger(seconds) && seconds > 0)) {
    throw new RangeError('tokens(): seconds is a whole number above zero.')
  }
  const keys = options.keys.map(readKey).toSorted((a, b) => a.from - b.from)
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw new TypeError('tokens(): two keys have one name.')
  const signer = (): ReadKey => {
    const now = clock.now()
    const current = keys.findLast(({ from }) => from <= now)
    if (current === undefined) throw new TypeError('tokens(): no key signs yet. One of them has a `from` that is past.')
    return current
  }
  signer()

  const published = (): { readonly keys: readonly JsonWebKey[] } => {
    const past = clock.now() - seconds - clockSkew
    const isNeeded = (_: ReadKey, index: number): boolean => (keys[index + 1]?.from ?? Infinity) > past
    return { keys: keys.filter(isNeeded).map(({ publicKey }) => publicKey) }
  }

  const sign = async ({ name, superuser, permissions }: Identity, audience: string): Promise<string> => {
    if (!audiences.includes(audience)) throw new TypeError(`tokens(): there is no audience "${audience}".`)
    const { kid, alg, key } = signer()
    const now = Math.floor(clock.now())
    return await new SignJWT({ entitlements: [...permissions], ...(superuser ? { superuser } : {}) })
      .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(name)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(key)
  }

  /** A token lives as long as it says: it gives no other one. Nor does a service get one, whose grant it would not have in it. */
  const mayHave = async (caller: Principal | undefined, authorization: string | null): Promise<Identity> => {
    const isItself = caller !== undefined && caller.service === undefined && !/^bearer /i.test(authorization ?? '')
    const identity = isItself ? await users({ name: caller.name, issuer }) : undefined
    if (identity !== undefined) return identity
    throw new Problem(403, 'Tokens are for users who sign in by themselves.', { code: 'no-token' })
  }

  class Jwks extends Resource {
    override readonly schemes: readonly Scheme[] = []
    override readonly caching: Caching = { visibility: 'public', maxAge: 60 }
    GET(): unknown {
      return published()
    }
  }

  class Token extends Resource {
    override readonly caching: Caching = { noStore: true }
    async POST(): Promise<unknown> {
      const audience = audienceIn(this.data(), audiences)
      const identity = await mayHave(this.exchange.principal, this.exchange.headers.get('authorization'))
      const token = { access_token: await sign(identity, audience), token_type: 'Bearer', expires_in: seconds }
      return CREATED(token, { 'cache-control': 'no-store' })
    }
  }

  return { endpoints: { jwks: Jwks, token: Token }, sign, published }
}

function audienceIn(data: unknown, audiences: readonly string[]): string {
  const given = typeof data === 'object' && data !== null ? new Map<string, unknown>(Object.entries(data)) : new Map()
  const audience: unknown = given.get('audience')
  if (given.size === 1 && typeof audience === 'string' && audiences.includes(audience)) return audience
  const detail = `It takes exactly "audience", one of: ${audiences.join(', ')}.`
  throw new Problem(422, detail, { code: 'invalid-content', errors: [{ pointer: '#/audience', detail }] })
}

function readKey({ kid, key: given, from = new Date(0) }: TokenSigningKey): ReadKey {
  const key = privateKeyOf(given)
  const isP256 = key?.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  const alg = key?.asymmetricKeyType === 'ed25519' ? 'EdDSA' : isP256 ? 'ES256' : undefined
  if (key === undefined || alg === undefined) {
    throw new TypeError(`tokens(): the key "${kid}" is no private one for Ed25519 or ECDSA P-256, as PEM or JWK.`)
  }
  const publicKey = { ...createPublicKey(key).export({ format: 'jwk' }), kid, alg, use: 'sig' }
  return { kid, alg, key, publicKey, from: from.getTime() / 1_000 }
}

function privateKeyOf(given: string | JsonWebKey): KeyObject | undefined {
  try {
    return typeof given === 'string' ? createPrivateKey(given) : createPrivateKey({ key: given, format: 'jwk' })
  } catch {
    return undefined
  }
}
