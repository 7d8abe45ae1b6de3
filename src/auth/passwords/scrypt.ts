// Password hashes by scrypt (RFC 7914), which Node brings.

import { scrypt as nodeScrypt } from 'node:crypto'
import type { PasswordHashing } from './hashing.ts'

/** RFC 7914 §2: 128 · N · r octets of memory, p times. */
export interface ScryptCost {
  readonly N?: number
  readonly r?: number
  readonly p?: number
}

/** Octets of memory above which a stored hash is taken for a broken one. */
const mostMemory = 2 ** 28

/**
 * Unless given 16 MiB of memory a hash, and p = 8: OWASP's smallest recommended cost in time.
 *
 * @throws RangeError for parameters that are none (RFC 7914 §2), and for more than 256 MiB.
 * @example
 * localUsers(database, { hashing: scrypt({ N: 32_768, p: 4 }) })
 */
export function scrypt({ N = 16_384, r = 8, p = 8 }: ScryptCost = {}): PasswordHashing {
  if (!arePossible(N, r, p)) {
    throw new RangeError('scrypt() takes N, a power of two, r and p for at most 256 MiB (RFC 7914 §2).')
  }
  return hashing(`$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$`, N, r, p)
}

/** Of a stored hash; N was written out once. Undefined for what is no prefix of scrypt's. */
export function scryptOf(prefix: string): PasswordHashing | undefined {
  const match = /^\$scrypt\$(ln|N)=(\d{1,7}),r=(\d{1,2}),p=(\d{1,2})\$$/.exec(prefix)
  if (match === null) return undefined
  const [, name = '', size = '', r = '', p = ''] = match
  const N = name === 'N' ? Number(size) : 2 ** Number(size)
  return arePossible(N, Number(r), Number(p)) ? hashing(prefix, N, Number(r), Number(p)) : undefined
}

/** RFC 7914 §2: N is a power of two above 1 and below 2^(128 · r / 8). */
function arePossible(N: number, r: number, p: number): boolean {
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N))
  return isPowerOfTwo && r > 0 && p > 0 && N < 2 ** (16 * r) && 128 * N * r <= mostMemory
}

function hashing(prefix: string, N: number, r: number, p: number): PasswordHashing {
  const options = { N, r, p, maxmem: 256 * r * (N + p) } // twice what it takes; Node's standard limit is 32 MiB
  return {
    prefix,
    derive: (password, salt) =>
      new Promise((resolve, reject) => {
        nodeScrypt(password, salt, 32, options, (error, hash) => {
          if (error === null) resolve(hash)
          else reject(error)
        })
      }),
  }
}
