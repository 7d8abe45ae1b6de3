// Password hashes: scrypt (RFC 7914) from Node, with its parameters and salt in the text, compared in constant time.

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** 128 · N · r = 16 MiB of memory a hash, OWASP's smallest recommended cost in time with p = 8. */
const cost = { N: 16_384, r: 8, p: 8 } as const
/** Longer ones are refused: a hash must not be a way to buy CPU time. */
export const maxPasswordLength = 1_024
/** Octets of memory above which a stored hash is taken for a broken one. */
const mostMemory = 2 ** 28

/**
 * `$scrypt$N=16384,r=8,p=8$<salt>$<hash>`, base64url.
 *
 * @throws RangeError for a password over 1,024 characters, or with U+0000 in it.
 */
export async function hashPassword(password: string): Promise<string> {
  if (!isPassword(password)) {
    throw new RangeError(`A password has at most ${maxPasswordLength} characters, and no U+0000 among them.`)
  }
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return `$scrypt$N=${cost.N},r=${cost.r},p=${cost.p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/**
 * Whether a password is the one of a hash. Without a hash, or with one that is none, the same work is done, so that
 * unknown users take as long as known ones.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  if (!isPassword(password)) return false
  const { salt, hash, ...options } = readHash(stored) ?? nobody
  const derived = await derive(password, Buffer.from(salt, 'base64url'), options)
  const expected = Buffer.from(hash, 'base64url')
  return expected.byteLength === derived.byteLength && timingSafeEqual(expected, derived)
}

/** HMAC, inside scrypt, fills a short key up with U+0000 (RFC 2104 §2): with one at its end, another password would be the same. */
function isPassword(password: string): boolean {
  return password.length <= maxPasswordLength && !password.includes('\0')
}

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

interface Hash extends Cost {
  readonly salt: string
  readonly hash: string
}

/** No password is theirs: their hash has no octets. */
const nobody: Hash = { ...cost, salt: 'AAAAAAAAAAAAAAAAAAAAAA', hash: '' }

function readHash(stored = ''): Hash | undefined {
  const match = /^\$scrypt\$N=(\d{1,7}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{1,100})\$([\w-]{1,100})$/.exec(stored)
  if (match === null) return undefined
  const [, N = '', r = '', p = '', salt = '', hash = ''] = match
  const parameters = { N: Number(N), r: Number(r), p: Number(p) }
  return arePossible(parameters) ? { ...parameters, salt, hash } : undefined
}

/** RFC 7914 §2: N is a power of two above 1 and below 2^(128 · r / 8). */
function arePossible({ N, r, p }: Cost): boolean {
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N))
  return isPowerOfTwo && p > 0 && N < 2 ** (16 * r) && 128 * N * r <= mostMemory
}

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  const options = { N, r, p, maxmem: 256 * r * (N + p) } // twice what it takes; Node's standard limit is 32 MiB
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
