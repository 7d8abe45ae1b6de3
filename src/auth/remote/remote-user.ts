// A user as the auth service tells of them to other services.

import { isIdentity, type Identity } from '../identity.ts'

export interface RemoteUser extends Identity {
  readonly active: boolean
  /** Another one whenever something of all this has changed, or the password. */
  readonly state: string
  /** What else the auth service knows of them, by the names of its columns; never their key there, nor anything of a password. */
  readonly attributes: Readonly<Record<string, unknown>>
}

export function isRemoteUser(value: unknown): value is RemoteUser {
  return (
    isIdentity(value) &&
    'active' in value &&
    typeof value.active === 'boolean' &&
    'state' in value &&
    typeof value.state === 'string' &&
    'attributes' in value &&
    typeof value.attributes === 'object' &&
    value.attributes !== null
  )
}
