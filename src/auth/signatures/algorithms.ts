// The signature algorithms of RFC 9421 §3.3, by Node's crypto.

import { constants, createHmac, sign, timingSafeEqual, verify, type KeyObject } from 'node:crypto'

export type Algorithm = 'ecdsa-p256-sha256' | 'ed25519' | 'hmac-sha256' | 'rsa-pss-sha512'

/** A key, and the one algorithm that it is for: a message never chooses. */
export interface SignatureKey {
  readonly alg: Algorithm
  readonly key: KeyObject
}

interface Operations {
  readonly sign: (base: Buffer, key: KeyObject) => Buffer
  readonly verify: (base: Buffer, key: KeyObject, signature: Uint8Array) => boolean
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 } as const
const p1363 = { dsaEncoding: 'ieee-p1363' } as const

const operations: Readonly<Record<Algorithm, Operations>> = {
  'ecdsa-p256-sha256': {
    sign: (base, key) => sign('sha256', base, { key, ...p1363 }),
    verify: (base, key, signature) => verify('sha256', base, { key, ...p1363 }, signature),
  },
  ed25519: {
    sign: (base, key) => sign(null, base, key),
    verify: (base, key, signature) => verify(null, base, key, signature),
  },
  'hmac-sha256': {
    sign: hmac,
    verify: (base, key, signature) => signature.length === 32 && timingSafeEqual(hmac(base, key), signature),
  },
  'rsa-pss-sha512': {
    sign: (base, key) => sign('sha512', base, { key, ...pss }),
    verify: (base, key, signature) => verify('sha512', base, { key, ...pss }, signature),
  },
}

function hmac(base: Buffer, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(base).digest()
}

export function signOctets(base: Buffer, { alg, key }: SignatureKey): Buffer {
  return operations[alg].sign(base, key)
}

export function verifyOctets(base: Buffer, { alg, key }: SignatureKey, signature: Uint8Array): boolean {
  return operations[alg].verify(base, key, signature)
}
