// `Forwarded-User`: for whom a service asks, as a Structured Field Item such as `"alice";iss="https://shop.example"`.

import { DisplayString, isAscii, parseItem, serializeItem } from 'structured-headers'

export interface ForwardedUser {
  readonly name: string
  /** Who vouches for the name, as a URL: two issuers may each have an `alice`. */
  readonly issuer: string
}

/**
 * Names beyond ASCII are Display Strings (RFC 9651 §3.3.8).
 *
 * @throws TypeError for a name that no field can carry: an empty one, one with control characters or half a character.
 */
export function formatForwardedUser(user: ForwardedUser): string {
  const field = write(user)
  const read = field === undefined ? undefined : parseForwardedUser(field)
  if (field === undefined || read?.name !== user.name || read.issuer !== user.issuer) {
    throw new TypeError(
      `${JSON.stringify(user.name)} of ${JSON.stringify(user.issuer)} is no user that can be forwarded.`,
    )
  }
  return field
}

/** Undefined for what is not written just so: decoders pass over marks in a text, and two fields would mean one user. */
export function parseForwardedUser(field: string): ForwardedUser | undefined {
  try {
    const [value, parameters] = parseItem(field)
    const issuer = parameters.get('iss')
    if (!(typeof value === 'string' || value instanceof DisplayString) || typeof issuer !== 'string') return undefined
    const user = { name: String(value), issuer }
    return write(user) === field ? user : undefined
  } catch {
    return undefined
  }
}

function write({ name, issuer }: ForwardedUser): string | undefined {
  if (name === '' || /[\0-\x1f\x7f]/.test(name) || !isAscii(issuer)) return undefined
  return serializeItem(isAscii(name) ? name : new DisplayString(name), new Map([['iss', issuer]]))
}
