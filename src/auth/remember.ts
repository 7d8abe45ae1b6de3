// Remembers verified credentials for a short time: a password hash is dear, and services are asked many times a second.

import { LRUCache } from 'lru-cache'
import type { Identity, VerifyPassword } from './identity.ts'
import { digestOfCredentials, share } from './share.ts'

export interface RememberOptions {
  /** Seconds for which a change of password or permissions may go unnoticed. */
  readonly seconds?: number
  readonly entries?: number
}

/** Only what was right is remembered, for a time above zero, under a keyed digest that never leaves the process. Equal checks under way are one. */
export function remember(
  verify: VerifyPassword,
  { seconds = 30, entries = 1_000 }: RememberOptions = {},
): VerifyPassword {
  if (!(seconds > 0)) throw new RangeError('remember() takes a number of seconds above zero.')
  const digestOf = digestOfCredentials()
  const known = new LRUCache<string, Identity>({ max: entries, ttl: Math.ceil(seconds * 1_000) })
  const check = share(async (name, password) => {
    const verified = await verify(name, password)
    if (verified !== undefined) known.set(digestOf(name, password), verified)
    return verified
  })
  return async (name, password) => known.get(digestOf(name, password)) ?? (await check(name, password))
}
