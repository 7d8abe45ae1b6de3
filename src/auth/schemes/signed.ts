// Signed requests between services (RFC 9421): which service asks, and for which user.

import { memoryStore, Problem, type Exchange, type Principal, type Scheme, type SharedStore } from '../../http/index.ts'
import type { Awaitable } from '../../wire/index.ts'
import { loopField, refuseLoop } from '../forwarding/service-loop.ts'
import { principalOf, type AskedFor, type Identity } from '../identity.ts'
import { actingFor, mayActFor, serviceItself } from '../signatures/acting.ts'
import type { Signable } from '../signatures/component-value.ts'
import { parseForwardedUser, type ForwardedUser } from '../signatures/forwarded-user.ts'
import { keysOf, verificationKey, type KeyRecord, type Keys } from '../signatures/keys.ts'
import { Nonces, systemClock, type Clock } from '../signatures/nonces.ts'
import { acceptSignature, checkCoverage, checkTimes, isOfProfile, readClaims, refused } from '../signatures/profile.ts'
import { SignatureFault } from '../signatures/signature-fault.ts'
import { isSigned, readSignatures, type ReadSignature } from '../signatures/verify.ts'

export interface SignedOptions {
  /**
   * Of this service, as callers write it, or several where they know it by several (`url` and `internal` of a directory). A request that
   * was signed for another service is not for this one, whatever its Host says.
   */
  readonly url: string | readonly string[]
  /** By their ids. */
  readonly keys: Keys | Readonly<Record<string, KeyRecord>>
  /** Who a forwarded user is here; undefined for nobody. Without it no user is forwarded. */
  readonly users?: (user: ForwardedUser, asked: AskedFor) => Awaitable<Identity | undefined>
  /** For the nonces; that of the process unless given. Processes that serve one URL need one that they share. */
  readonly store?: SharedStore
  readonly clock?: Clock
  /** Services that a request may come through, one asking the next, before it is taken for a loop; 8 unless given. */
  readonly maxHops?: number
}

/**
 * Signatures of the profile `slumber-s2s-v1`, as `signing()` makes them.
 *
 * The caller is the service, named `service:<name>`, with the permissions of its grant; or the user that it forwards, with those
 * permissions of theirs that are in the grant, too. A `Forwarded-User` that is not signed is refused, whatever other credentials there are.
 *
 * @throws TypeError for a URL that is not absolute, or a record without its key.
 * @example
 * signed({ url, keys: { shop: { service: 'shop', publicKey, grant: ['orders.add_order'] } } })
 */
export function signed(options: SignedOptions): Scheme {
  const { url, users = (): undefined => undefined, store = memoryStore(), clock = systemClock, maxHops = 8 } = options
  const origins = [url].flat().map((each) => new URL(each))
  const keys = isKeys(options.keys) ? options.keys : keysOf(options.keys)
  const nonces = new Nonces(store, clock)

  /** The key of a signature that is good. */
  const verify = async (exchange: Exchange, signature: ReadSignature): Promise<[string, KeyRecord]> => {
    if (exchange.headers.has('authorization')) {
      throw refused('ambiguous-credentials', 'A request is either signed or has Authorization, not both.')
    }
    const claims = readClaims(signature.input)
    checkTimes(claims, clock.now())
    checkCoverage(signature.input, exchange.headers, hasContent(exchange))
    const record = await keys.get(claims.keyid)
    if (record === undefined) throw refused('unknown-key', 'The key of this signature is not known here.')
    const key = verificationKey(record)
    const isOfKey = claims.alg === undefined || claims.alg === key.alg
    if (!isOfKey || !isSigned(signableOf(exchange, origins), signature, key)) {
      throw refused('bad-signature', 'The signature is not one of this request by its key.')
    }
    await nonces.use(claims)
    return [claims.keyid, record]
  }

  const forwarded = async (exchange: Exchange, field: string, keyid: string, record: KeyRecord): Promise<Principal> => {
    const user = parseForwardedUser(field)
    if (user === undefined) {
      throw refused('malformed-user', 'Forwarded-User is one user with an issuer: "alice";iss="https://shop.example".')
    }
    const identity = mayActFor(record, user) ? await users(user, exchange) : undefined
    if (identity !== undefined) return actingFor(principalOf(identity), record, user)
    const { requestId } = exchange
    exchange.logger.warn(
      { requestId, keyid, service: record.service, user: user.name, issuer: user.issuer },
      'a service may not act for this user',
    )
    throw new Problem(403, 'The service may not act for this user.', { code: 'may-not-act' })
  }

  return {
    challenge: 'Signature realm="slumber"', // not a registered scheme: a 401 has to name one, and Accept-Signature says the rest
    isFirst: true,
    fields: (exchange) => ({ 'accept-signature': acceptSignature(exchange.headers, hasContent(exchange)) }),
    async authenticate(exchange: Exchange): Promise<Principal | undefined> {
      try {
        const user = exchange.headers.get('forwarded-user')
        const signature = signatureOf(exchange)
        if (signature === undefined) {
          if (user !== null) throw refused('unsigned-user', 'Forwarded-User is not signed.')
          return undefined
        }
        const [keyid, record] = await verify(exchange, signature)
        refuseLoop(exchange.headers.get(loopField), maxHops)
        return user === null ? serviceItself(record) : await forwarded(exchange, user, keyid, record)
      } catch (error) {
        throw error instanceof SignatureFault ? refused(error.code, error.message) : error
      }
    },
  }
}

/** The one with our tag; others are for others (RFC 9421 §7.2.8). */
function signatureOf({ headers }: Exchange): ReadSignature | undefined {
  if (!headers.has('signature-input') && !headers.has('signature')) return undefined
  const [ours, second] = [...readSignatures(headers).values()].filter(({ input }) => isOfProfile(input[1]))
  if (second !== undefined) throw refused('ambiguous-signature', 'Two signatures have the tag of services.')
  return ours
}

/** Of the origins of this service the one that is asked by its name, or else the first: never one that the request alone names. */
function signableOf(exchange: Exchange, origins: readonly URL[]): Signable {
  const { method, headers, pathname, search } = exchange
  const asked = origins.length === 1 ? undefined : origins.find(({ host }) => host === exchange.url.host)
  const { origin } = asked ?? origins[0] ?? exchange.url
  return { method, headers, url: new URL(origin + pathname + search) }
}

/** As far as it can be known before it comes. */
function hasContent({ request, headers }: Exchange): boolean {
  const length = headers.get('content-length')
  if (length !== null) return length !== '0'
  return headers.has('transfer-encoding') || (request.isFramed !== true && request.body !== null)
}

function isKeys(keys: SignedOptions['keys']): keys is Keys {
  return typeof keys.get === 'function'
}
