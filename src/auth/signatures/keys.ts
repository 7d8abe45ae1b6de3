// The keys of services: who signs with which, and what they may do.

import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import type { Awaitable } from '../../wire/index.ts'
import type { SignatureKey } from './algorithms.ts'

export interface ServiceRights {
  /** Whose key it is. */
  readonly service: string
  /** For which users the service may ask: by issuer, all of them or those that are named. For none unless given. */
  readonly actAs?: Readonly<Record<string, 'all' | readonly string[]>>
  /** The permissions of the service: what it may do itself, and the most that it may do for a user. None unless given. */
  readonly grant?: 'all' | readonly string[]
  /** The groups of the service itself, for published rules; a user has their own. */
  readonly groups?: readonly string[]
}

interface PublicKeyRecord extends ServiceRights {
  readonly alg?: 'ed25519'
  /** PEM or JWK. */
  readonly publicKey: string | JsonWebKey
}

/** Who can check these signatures can make them, too: for two parties that are one. */
interface SharedKeyRecord extends ServiceRights {
  readonly alg: 'hmac-sha256'
  /** base64, of at least 32 octets. */
  readonly secret: string
}

export type KeyRecord = PublicKeyRecord | SharedKeyRecord

/** Where keys are found: in the configuration, or in a directory of keys. */
export interface Keys {
  get(keyid: string): Awaitable<KeyRecord | undefined>
}

/** @throws TypeError for a record without a key of its algorithm. */
export function keysOf(records: Readonly<Record<string, KeyRecord>>): Keys {
  const known = new Map(Object.entries(records))
  for (const record of known.values()) verificationKey(record)
  return known
}

/** Made once of each record. */
export function verificationKey(record: KeyRecord): SignatureKey {
  const known = keys.get(record)
  if (known !== undefined) return known
  const made = makeKey(record)
  keys.set(record, made)
  return made
}

const keys = new WeakMap<KeyRecord, SignatureKey>()

function makeKey(record: KeyRecord): SignatureKey {
  if (record.alg === 'hmac-sha256') return sharedKey(record.secret)
  const { publicKey } = record
  return ed25519(() =>
    typeof publicKey === 'string' ? createPublicKey(publicKey) : createPublicKey({ key: publicKey, format: 'jwk' }),
  )
}

/** @param key PEM or JWK; for hmac-sha256 the secret, as base64 */
export function signingKey(key: string | JsonWebKey, alg: SignatureKey['alg'] = 'ed25519'): SignatureKey {
  if (alg === 'hmac-sha256' && typeof key === 'string') return sharedKey(key)
  return ed25519(() => (typeof key === 'string' ? createPrivateKey(key) : createPrivateKey({ key, format: 'jwk' })))
}

function ed25519(read: () => KeyObject): SignatureKey {
  let key: KeyObject
  try {
    key = read()
  } catch (cause) {
    throw new TypeError(notOne, { cause })
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(notOne)
  return { alg: 'ed25519', key }
}

const notOne = 'The key of a service is one for ed25519, as PEM or JWK.'

/** A public key in its place, which everybody may know, is none. */
function sharedKey(secret: string): SignatureKey {
  const octets = Buffer.from(/^[A-Za-z0-9+/]+={0,2}$/.test(secret) ? secret : '', 'base64')
  if (octets.length < 32) throw new TypeError('A secret for hmac-sha256 has at least 32 octets, as base64.')
  return { alg: 'hmac-sha256', key: createSecretKey(octets) }
}

export interface ServiceKey {
  /** PEM: for the records of those who are asked. */
  readonly publicKey: string
  /** PEM: for the service itself, and nobody else. */
  readonly privateKey: string
  /** The same two as JWK (RFC 8037). */
  readonly jwk: { readonly publicKey: JsonWebKey; readonly privateKey: JsonWebKey }
}

/** A new pair of keys for ed25519. */
export function generateServiceKey(): ServiceKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    jwk: { publicKey: publicKey.export({ format: 'jwk' }), privateKey: privateKey.export({ format: 'jwk' }) },
  }
}
