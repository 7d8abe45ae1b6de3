// For whom others are asked: the user of the request that is being answered, unless the program says for whom.

import { currentlyStated, currentRequest, stating, type Awaitable } from '../../wire/index.ts'
import type { ForwardedUser } from '../signatures/forwarded-user.ts'

/**
 * Signed requests that are made by this work are for a user.
 *
 * @param user of this service, whose issuer the client's `signing({ issuer })` says; or one of another issuer.
 * @throws TypeError on platforms without AsyncLocalStorage.
 * @example
 * await forUser('ada', () => client.kitchen.kitchen.Note.create({ words: 'salt' }))
 */
export async function forUser<T>(user: string | ForwardedUser, work: () => Awaitable<T>): Promise<T> {
  return await stating({ user: typeof user === 'string' ? { name: user } : user }, async () => await work())
}

/**
 * Signed requests that are made by this work are for the service itself, whoever asks it.
 *
 * @throws TypeError on platforms without AsyncLocalStorage.
 * @example
 * await asService(() => client.kitchen.kitchen.Note.filter({ open: true }).all({ max: 100 }))
 */
export async function asService<T>(work: () => Awaitable<T>): Promise<T> {
  return await stating({}, async () => await work())
}

/**
 * The user to forward; undefined for the service itself.
 *
 * @param issuer who vouches for the names of this service's own users
 * @throws TypeError where nobody says: to ask as the service then would give its rights to whoever comes.
 */
export function userOfContext(issuer: string | undefined): ForwardedUser | undefined {
  const stated = currentlyStated()
  if (stated !== undefined) return stated.user && vouchedFor(stated.user, issuer)
  const asking = currentRequest()?.principal
  if (asking === undefined) throw new TypeError(`A signed request is made for a user, and none is known here. ${sayIt}`)
  const { name, service, forwarded } = asking
  if (forwarded !== undefined) return forwarded
  if (service === undefined) return vouchedFor({ name }, issuer)
  throw new TypeError(`The service ${JSON.stringify(service)} asks for itself: there is no user to forward. ${sayIt}`)
}

const sayIt = 'Say for whom: forUser(name, …), or asService(…) for the service itself.'

function vouchedFor(
  { name, issuer }: Partial<ForwardedUser> & { name: string },
  own: string | undefined,
): ForwardedUser {
  const vouching = issuer ?? own
  if (vouching !== undefined) return { name, issuer: vouching }
  throw new TypeError(
    `To forward ${JSON.stringify(name)}, signing({ issuer }) has to say who vouches for the names of this service's users.`,
  )
}
