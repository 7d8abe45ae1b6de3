// A way to make hashes of passwords, and the text in which one is stored (PHC string format): the way first, then salt and hash.

import { randomBytes } from 'node:crypto'

export interface PasswordHashing {
  /** What a stored hash begins with, all parameters included: `$scrypt$ln=14,r=8,p=8$`. */
  readonly prefix: string
  /** 32 octets of a password, which is in its normal form already. */
  readonly derive: (password: string, salt: Buffer) => Promise<Buffer>
}

export interface StoredHash {
  readonly prefix: string
  readonly salt: Buffer
  readonly hash: Buffer
}

/** Characters of salt and hash, with what stands between them, as they are made here. */
export const tailLength: number = 22 + 1 + 43

export function newSalt(): Buffer {
  return randomBytes(16)
}

export function writeHash({ prefix, salt, hash }: StoredHash): string {
  return `${prefix}${inBase64(salt)}$${inBase64(hash)}`
}

/** Undefined for what is no stored hash. */
export function readHash(stored: string): StoredHash | undefined {
  // base64url, too, in which they were once.
  const match = /^(\$[\w$=,-]{1,100}\$)([\w+/-]{1,100})\$([\w+/-]{1,100})$/.exec(stored)
  if (match === null) return undefined
  const [, prefix = '', salt = '', hash = ''] = match
  return { prefix, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

/** Without padding, as the format has it. */
function inBase64(octets: Buffer): string {
  return octets.toString('base64').replace(/=+$/, '')
}
