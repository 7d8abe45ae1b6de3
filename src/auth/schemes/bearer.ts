// Bearer tokens (RFC 6750): short-lived JWTs (RFC 9068), signed by the auth service for this one service.

import { hash } from 'node:crypto'
import { errors, jwtVerify, type CryptoKey, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { LRUCache } from 'lru-cache'
import { Problem, type Exchange, type Principal, type Scheme } from '../../http/index.ts'
import type { Awaitable } from '../../wire/index.ts'
import { principalOf, type Identity } from '../identity.ts'
import type { ForwardedUser } from '../signatures/forwarded-user.ts'
import { systemClock, type Clock } from '../signatures/nonces.ts'
import { clockSkew } from '../signatures/profile.ts'
import { KeySet, type JwkSet, type TokenAlgorithm } from '../tokens/key-set.ts'

export interface BearerOptions {
  /** Who signs the tokens, as their `iss` says it. */
  readonly issuer: string
  /** This service, as their `aud` says it: a token for another one is none here. */
  readonly audience: string
  /** Where the issuer publishes its keys, over TLS or a network that is trusted; or the keys. */
  readonly jwks: string | JwkSet
  /** EdDSA alone unless given. */
  readonly algorithms?: readonly TokenAlgorithm[]
  /** Who a user is here, asked with every request; undefined for nobody. Without it, they are and may what their token says. */
  readonly users?: (user: ForwardedUser) => Awaitable<Identity | undefined>
  /** Seconds; tokens that live longer are refused. */
  readonly longestLife?: number
  /** How many verified tokens are remembered, each until it expires. */
  readonly remembered?: number
  /** By which the keys are fetched; the platform's `fetch` unless given. */
  readonly transport?: (request: Request) => Awaitable<Response>
  /** Milliseconds to wait for them. */
  readonly timeout?: number
  readonly clock?: Clock
}

/** What of a verified token is remembered. */
interface Verified {
  readonly identity: Identity
  /** Seconds since 1970. */
  readonly expires: number
}

const challenge = 'Bearer realm="slumber"'

/**
 * Tokens as `tokens()` gives them. While the issuer is away its keys are used for an hour more; without keys it is 503.
 *
 * @throws TypeError for an algorithm that is none of these, RangeError for a number that cannot be
 * @example
 * bearer({ issuer: auth, audience: url, jwks: `${auth}-/jwks` })
 */
export function bearer(options: BearerOptions): Scheme {
  const { issuer, audience, users, clock = systemClock } = options
  const { jwks, algorithms = ['EdDSA'], transport = fetch, timeout = 5_000 } = options
  const { longestLife = 3_600, remembered = 10_000 } = options
  const other = algorithms.find((each) => each !== 'EdDSA' && each !== 'ES256')
  if (other !== undefined || algorithms.length === 0) {
    throw new TypeError('bearer() takes the algorithms EdDSA and ES256.')
  }
  if (!(longestLife > 0)) throw new RangeError('bearer(): longestLife is a number of seconds above zero.')
  const keys = new KeySet({ jwks, algorithms, transport, timeout, clock })
  const known = new LRUCache<string, Verified>({ max: remembered })

  /** The algorithm is the key's own: what a token says of it chooses nothing. */
  const keyOf = async ({ kid, alg }: JWTHeaderParameters): Promise<CryptoKey> => {
    const found = typeof kid === 'string' ? await keys.get(kid) : undefined
    if (found === undefined || found.alg !== alg) throw new errors.JWKSNoMatchingKey()
    return found.key
  }

  const verify = async (token: string): Promise<Verified> => {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: [...algorithms],
      issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'iat', 'sub', 'jti'],
      clockTolerance: clockSkew,
      currentDate: new Date(clock.now() * 1_000),
    }).catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? invalid(reasonOf(error)) : error
    })
    return read(payload, longestLife)
  }

  return {
    challenge,
    async authenticate({ headers }: Exchange): Promise<Principal | undefined> {
      const token = tokenOf(headers.get('authorization') ?? '')
      if (token === undefined) return undefined
      const digest = hash('sha256', token, 'base64')
      const remembers = known.get(digest)
      const isCurrent = remembers !== undefined && clock.now() < remembers.expires + clockSkew
      const verified = isCurrent ? remembers : await verify(token)
      if (!isCurrent) known.set(digest, verified)
      if (users === undefined) return principalOf(verified.identity)
      const identity = await users({ name: verified.identity.name, issuer })
      if (identity === undefined) throw invalid('Its user is nobody here.')
      return principalOf(identity)
    },
  }
}

/** Undefined for another scheme. @throws Problem 400 for what has not the form of a token (RFC 6750 §2.1) */
function tokenOf(authorization: string): string | undefined {
  if (!/^bearer(?: |$)/i.test(authorization)) return undefined
  const token = authorization.slice('bearer '.length).trim()
  if (/^[\w~+/.-]+=*$/.test(token)) return token
  throw new Problem(400, 'The Authorization header is malformed.', { code: 'malformed-header' })
}

/** What a token with a good signature says; jose has looked at the claims that have a meaning to it. */
function read(payload: JWTPayload, longestLife: number): Verified {
  const { sub, jti, exp = 0, iat = 0, superuser, entitlements = [] } = payload
  if (typeof sub !== 'string' || sub === '' || typeof jti !== 'string') {
    throw invalid('Its claims "sub" and "jti" are texts.')
  }
  if (exp - iat > longestLife) throw invalid(`It lives for more than ${longestLife} s.`)
  const isList = Array.isArray(entitlements) && entitlements.every((each) => typeof each === 'string')
  if (!isList) throw invalid('Its claim "entitlements" is a list of texts.')
  return { identity: { name: sub, superuser: superuser === true, permissions: entitlements }, expires: exp }
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'It has expired.'
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `Its claim "${error.claim}" is not what it has to be here.`
  }
  return 'It is not one that the issuer has signed for this service.'
}

/** RFC 6750 §3.1. */
function invalid(reason: string): Problem {
  const detail = `The token is not accepted. ${reason}`
  const field = `${challenge}, error="invalid_token", error_description="${detail.replaceAll('"', "'")}"`
  return new Problem(401, detail, { code: 'invalid-token', headers: { 'www-authenticate': field } })
}
