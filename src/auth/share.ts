// Equal checks of credentials that are under way at the same time are one check: parallel requests of one user cost one hash.

import { createHmac, randomBytes } from 'node:crypto'
import type { VerifyPassword } from './identity.ts'

/** A digest of credentials under a key that never leaves the process. */
export function digestOfCredentials(): (name: string, password: string) => string {
  const secret = randomBytes(32)
  return (name, password) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([name, password]))
      .digest('base64')
}

/** Nothing is kept after an answer, be it an error. */
export function share(verify: VerifyPassword): VerifyPassword {
  const digestOf = digestOfCredentials()
  const underWay = new Map<string, ReturnType<VerifyPassword>>()
  return async (name, password) => {
    const digest = digestOf(name, password)
    const running = underWay.get(digest)
    if (running !== undefined) return await running
    const check = verify(name, password)
    underWay.set(digest, check)
    try {
      return await check
    } finally {
      underWay.delete(digest)
    }
  }
}
