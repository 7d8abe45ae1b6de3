// What a service may do: by itself, and for the users that it asks for.

import type { Principal } from '../../http/index.ts'
import type { ForwardedUser } from './forwarded-user.ts'
import type { ServiceRights } from './keys.ts'

export function mayActFor({ actAs = {} }: ServiceRights, { name, issuer }: ForwardedUser): boolean {
  const users = Object.hasOwn(actAs, issuer) ? actAs[issuer] : undefined
  return users === 'all' || users?.includes(name) === true
}

/** No user has such a name, with a colon in it, by HTTP Basic. */
export function serviceItself(rights: ServiceRights): Principal {
  const { service, groups } = rights
  const itself = { name: `service:${service}`, superuser: false, can: () => true }
  return actingFor(groups === undefined ? itself : { ...itself, groups }, rights)
}

/**
 * What both the user and the service may.
 *
 * @param forwarded the user as the service names them; nobody where it asks for itself
 */
export function actingFor(
  user: Principal,
  { service, grant = [] }: ServiceRights,
  forwarded?: ForwardedUser,
): Principal {
  const through = { service, ...(forwarded === undefined ? {} : { forwarded }) }
  if (grant === 'all') return { ...user, ...through }
  const can = (permission: string): boolean => grant.includes(permission) && user.can(permission)
  return { ...user, superuser: false, can, ...through }
}
