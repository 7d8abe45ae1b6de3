// HTTP Basic (RFC 7617): a name and a password in every request.

import { Problem, type Exchange, type Principal, type Scheme } from '../../http/index.ts'
import { principalOf, type VerifyPassword } from '../identity.ts'

/**
 * @param verify `localUsers(database)` on the auth service, `remember(remoteUsers({ directory }))` elsewhere.
 * @param realm named in the challenge.
 */
export function basic(verify: VerifyPassword, realm = 'slumber'): Scheme {
  const quoted = realm.replaceAll(/["\\]/g, '\\$&') // RFC 9110 §5.6.4
  return {
    challenge: `Basic realm="${quoted}", charset="UTF-8"`,
    async authenticate({ headers }: Exchange): Promise<Principal | 'refused' | undefined> {
      const encoded = tokenOf(headers.get('authorization') ?? '')
      if (encoded === undefined) return undefined
      const credentials = readCredentials(encoded)
      const identity = credentials && (await verify(credentials.name, credentials.password))
      return identity === undefined ? 'refused' : principalOf(identity)
    },
  }
}

/** What stands behind the name of the scheme, which has no case (RFC 9110 §11.1); undefined for another scheme. */
function tokenOf(authorization: string): string | undefined {
  const [scheme = '', ...rest] = authorization.split(' ')
  return scheme.toLowerCase() === 'basic' ? rest.join(' ').trim() : undefined
}

/**
 * Undefined where they are not UTF-8, as the challenge asks: no user has such a name or password.
 *
 * @throws Problem 400 for what is not of the scheme's form: two of them joined, say (RFC 9110 §11.6.2).
 */
function readCredentials(encoded: string): { readonly name: string; readonly password: string } | undefined {
  const octets = decodeBase64(encoded)
  const colon = octets?.indexOf(0x3a) ?? -1
  if (octets === undefined || colon === -1) {
    throw new Problem(400, 'The Authorization header is malformed.', { code: 'malformed-header' })
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return { name: decoder.decode(octets.subarray(0, colon)), password: decoder.decode(octets.subarray(colon + 1)) }
  } catch {
    return undefined
  }
}

/** Padding may be missing; anything else that is not base64 (RFC 4648 §4) makes it undefined. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
