// HTTP Basic (RFC 7617): a name and a password in every request.

import { Problem, type Exchange, type Principal, type Scheme } from '../../http/index.ts'
import { after, type Awaitable } from '../../wire/index.ts'
import { principalOf, type VerifyPassword } from '../identity.ts'

/**
 * @param verify `localUsers(database)` on the auth service, `remember(remoteUsers({ directory }))` elsewhere.
 * @param realm named in the challenge.
 */
export function basic(verify: VerifyPassword, realm = 'slumber'): Scheme {
  const quoted = realm.replaceAll(/["\\]/g, '\\$&') // RFC 9110 §5.6.4
  return {
    challenge: `Basic realm="${quoted}", charset="UTF-8"`,
    authenticate(exchange: Exchange): Awaitable<Principal | 'refused' | undefined> {
      const encoded = tokenOf(exchange.headers.get('authorization') ?? '')
      if (encoded === undefined) return undefined
      const credentials = readCredentials(encoded)
      if (credentials === undefined) return 'refused'
      const verified = verify(credentials.name, credentials.password, exchange)
      return after(verified, (identity) => (identity === undefined ? 'refused' : principalOf(identity)))
    },
  }
}

/** What stands behind the name of the scheme, which has no case (RFC 9110 §11.1); undefined for another scheme. */
function tokenOf(authorization: string): string | undefined {
  return /^basic(?: |$)/i.test(authorization) ? authorization.slice('basic '.length).trim() : undefined
}

/**
 * Undefined where they are not UTF-8, as the challenge asks: no user has such a name or password.
 *
 * @throws Problem 400 for what is not of the scheme's form: two of them joined, say (RFC 9110 §11.6.2).
 */
function readCredentials(encoded: string): { readonly name: string; readonly password: string } | undefined {
  const octets = decodeBase64(encoded)
  const colon = octets?.indexOf(':') ?? -1
  if (octets === undefined || colon === -1) {
    throw new Problem(400, 'The Authorization header is malformed.', { code: 'malformed-header' })
  }
  const [name, password] = [fromUtf8(octets.slice(0, colon)), fromUtf8(octets.slice(colon + 1))]
  return name === undefined || password === undefined ? undefined : { name, password }
}

/** A character for each octet. Padding may be missing; anything else that is not base64 (RFC 4648 §4) makes it undefined. */
function decodeBase64(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  try {
    return atob(text)
  } catch {
    return undefined
  }
}

function fromUtf8(octets: string): string | undefined {
  if (!/[\u0080-\u00ff]/.test(octets)) return octets
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return decoder.decode(Uint8Array.from(octets, (character) => character.charCodeAt(0)))
  } catch {
    return undefined
  }
}
