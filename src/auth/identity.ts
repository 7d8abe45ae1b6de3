// Who somebody is, as the auth service says it, and the principal that this makes of them.

import type { Principal } from '../http/index.ts'

/** The wire form of an authenticated user. */
export interface Identity {
  readonly name: string
  readonly superuser: boolean
  /** Their own and those of their groups. */
  readonly permissions: readonly string[]
  /** The names of their groups. */
  readonly groups?: readonly string[]
  /** Another one whenever what they may do has changed, or their password. */
  readonly revision?: string
}

/** For what somebody is wanted: there are answers that are good enough to read by, and not to write. */
export interface AskedFor {
  readonly method: string
}

/** Checks a name and a password; undefined where they are not those of an active user. */
export type VerifyPassword = (name: string, password: string, asked?: AskedFor) => Promise<Identity | undefined>

/** The code of the problem by which the auth service says that a name and a password are not those of an active user. */
export const wrongCredentials = 'wrong-credentials'

/** A superuser holds every permission. */
export function principalOf({ name, superuser, permissions, groups }: Identity): Principal {
  let held: ReadonlySet<string> | undefined // most reads ask for none
  const can = (permission: string): boolean => superuser || (held ??= new Set(permissions)).has(permission)
  return groups === undefined ? { name, superuser, can } : { name, superuser, groups, can }
}

export function isIdentity(value: unknown): value is Identity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'superuser' in value &&
    typeof value.superuser === 'boolean' &&
    'permissions' in value &&
    isNames(value.permissions) &&
    (!('groups' in value) || isNames(value.groups)) &&
    (!('revision' in value) || typeof value.revision === 'string')
  )
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}
