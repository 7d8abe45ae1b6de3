// Content-Digest (RFC 9530): whether the octets that came are the octets that were sent.

import { parseDictionary, type Dictionary } from 'structured-headers'
import { Problem } from '../problems/problem.ts'

/** The algorithms of RFC 9530 §5 that still protect something, with their names in Web Crypto. */
const algorithms: ReadonlyMap<string, string> = new Map([
  ['sha-256', 'SHA-256'],
  ['sha-512', 'SHA-512'],
])

/**
 * Whether content has the digests its sender gave in `Content-Digest` (§2). `octets` are those received: content codings are
 * still on, transfer codings are off. Algorithms that are unknown or no longer safe are ignored; of the others every one
 * must match, since one that does not says that something was changed on the way. True where there is nothing to check.
 *
 * @throws Problem 400 `malformed-header` where the field is not a dictionary, or a known digest not a byte sequence (RFC 9651).
 * @example
 * await verifyContentDigest('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:', octets)  // octets of '{"hello": "world"}'
 */
export async function verifyContentDigest(header: string | null, octets: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (header === null) return true
  const sentDigests = readDictionary(header)
  const digests = [...algorithms].flatMap(([name, algorithm]) => {
    const item = sentDigests.get(name)
    if (item === undefined) return []
    if (!(item[0] instanceof ArrayBuffer)) throw malformed()
    return [{ algorithm, sent: new Uint8Array(item[0]) }]
  })
  for (const { algorithm, sent } of digests) {
    const received = new Uint8Array(await crypto.subtle.digest(algorithm, octets))
    if (sent.length !== received.length || sent.some((octet, index) => octet !== received[index])) return false
  }
  return true
}

function readDictionary(header: string): Dictionary {
  try {
    return parseDictionary(header)
  } catch (cause) {
    throw malformed(cause)
  }
}

function malformed(cause?: unknown): Problem {
  return new Problem(400, 'The Content-Digest is malformed.', { code: 'malformed-header', cause })
}
