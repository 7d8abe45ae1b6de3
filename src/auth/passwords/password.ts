// Passwords and their hashes: what a password may be, how one is hashed, and whether one is the one of a hash.

import { timingSafeEqual } from 'node:crypto'
import { argon2id, argon2idOf, hasArgon2 } from './argon2id.ts'
import { newSalt, readHash, writeHash, type PasswordHashing } from './hashing.ts'
import { scrypt, scryptOf } from './scrypt.ts'

/** Longer ones are refused: a hash must not be a way to buy CPU time. */
export const maxPasswordLength = 1_024

/** argon2id where its package is installed, else scrypt. */
export async function standardHashing(): Promise<PasswordHashing> {
  return (await hasArgon2()) ? argon2id() : scrypt()
}

/** How a stored hash was made, by what it begins with. Undefined for what nobody makes. */
export function hashingOf(prefix: string): PasswordHashing | undefined {
  return scryptOf(prefix) ?? argon2idOf(prefix)
}

/**
 * A PHC string, `$scrypt$ln=14,r=8,p=8$<salt>$<hash>` or `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
 *
 * @param hashing `scrypt()` or `argon2id()`; unless given, argon2id where `@node-rs/argon2` is installed, else scrypt.
 * @throws RangeError for a password over 1,024 characters, or with U+0000 in it.
 */
export async function hashPassword(password: string, hashing?: PasswordHashing): Promise<string> {
  if (!isPassword(password)) {
    throw new RangeError(`A password has at most ${maxPasswordLength} characters, and no U+0000 among them.`)
  }
  const { prefix, derive } = hashing ?? (await standardHashing())
  const salt = newSalt()
  return writeHash({ prefix, salt, hash: await derive(normal(password), salt) })
}

/** Whether a password is the one of a hash. Without a hash, or with one that is none, one is made all the same. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const made = hashingOf(readHash(stored ?? '')?.prefix ?? '')
  return (await checkPassword(password, stored, [made ?? (await standardHashing())])).isRight
}

export interface CheckedPassword {
  readonly isRight: boolean
  /** Where it is right, and the hash was made in another way than the first: one that was made in that. */
  readonly renewed?: string
}

/**
 * Makes one hash in each of the ways, whatever is stored, so that nothing can be told from the work: one of them is compared with what
 * is stored, and the first is there to replace one that was made in another way.
 *
 * @param ways the one for new hashes first.
 */
export async function checkPassword(
  password: string,
  stored: string | undefined,
  ways: readonly PasswordHashing[],
): Promise<CheckedPassword> {
  if (!isPassword(password)) return { isRight: false }
  const found = readHash(stored ?? '')
  let isRight = false
  let renewed: string | undefined
  for (const [index, { prefix, derive }] of ways.entries()) {
    const isOwn = found?.prefix === prefix
    const salt = isOwn ? found.salt : newSalt()
    const hash = await derive(normal(password), salt)
    if (isOwn) isRight = found.hash.byteLength === hash.byteLength && timingSafeEqual(found.hash, hash)
    else if (index === 0) renewed = writeHash({ prefix, salt, hash })
  }
  return isRight && renewed !== undefined ? { isRight, renewed } : { isRight }
}

/** HMAC, inside scrypt, fills a short key up with U+0000 (RFC 2104 §2): with one at its end, another password would be the same. */
export function isPassword(password: string): boolean {
  return password.length <= maxPasswordLength && !password.includes('\0')
}

function normal(password: string): string {
  return password.normalize('NFKC')
}
