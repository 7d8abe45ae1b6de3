// Who is asking, as far as the resource layer must know; and the schemes that find it out.

import { after, type Awaitable } from '../wire/index.ts'
import type { Exchange } from './exchange.ts'

/** The authenticated caller. */
export interface Principal {
  readonly name: string
  readonly superuser: boolean
  /** Whether the caller holds a permission such as `orders.add_order`. */
  can(permission: string): boolean
}

/**
 * One way to authenticate. `authenticate` gives the caller, undefined where the request carries nothing of this scheme,
 * and 'refused' where it does but the credentials are wrong.
 */
export interface Scheme {
  /** What stands in `WWW-Authenticate` on a 401 (RFC 9110 §11.6.1). */
  readonly challenge: string
  authenticate(exchange: Exchange): Awaitable<Principal | 'refused' | undefined>
}

/** Asks each scheme in order; the first that recognises its credentials decides. Undefined where there are none for any. */
export function authenticate(
  schemes: readonly Scheme[],
  exchange: Exchange,
  from = 0,
): Awaitable<Principal | 'refused' | undefined> {
  const scheme = schemes[from]
  if (scheme === undefined) return undefined
  // A program without types may say null.
  return after(scheme.authenticate(exchange), (outcome) => outcome ?? authenticate(schemes, exchange, from + 1))
}
