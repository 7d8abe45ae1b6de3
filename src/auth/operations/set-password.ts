// `set-password`: of one's own with the one there is, or of others by who may change users and may do all that they may.

import { NO_CONTENT, permissionMissing, Problem, type Principal } from '../../http/index.ts'
import { operation, type OperationDefinition } from '../../server/index.ts'
import type { LocalUsers } from '../local-users.ts'
import { hashPassword, isPassword, maxPasswordLength } from '../passwords/password.ts'
import { Accounts } from '../tables/accounts.ts'
import type { User } from '../tables/auth-tables.ts'
import { notThisUser } from './authenticate.ts'
import { anyText, exactly } from './content.ts'
import { mustHoldAll } from './may-give.ts'

const minPasswordLength = 8
export const newPasswordRule: string = `must have ${minPasswordLength} to ${maxPasswordLength} characters, without U+0000`

/** Those that there are may be shorter. */
export function isNewPassword(password: unknown): password is string {
  return typeof password === 'string' && isPassword(password) && Array.from(password).length >= minPasswordLength
}

const passwords = exactly<{ readonly password: string; readonly current?: string }>({
  password: {
    check: (value) => (isNewPassword(value) ? undefined : newPasswordRule),
    schema: { type: 'string', minLength: minPasswordLength, maxLength: maxPasswordLength },
  },
  current: { ...anyText, optional: true },
})

/** @param permission to change users. */
export function setPassword(users: LocalUsers, permission: string): OperationDefinition<User> {
  return operation.instance({
    POST: {
      ...passwords,
      permissions: [], // one's own needs none
      transaction: false, // a password hash takes long, and other writes need not wait for it
      run: async ({ instance, input: { password, current }, user }) => {
        if (user.name === instance.name) await mustBeTheirs(users, instance, current)
        else await mustBeAllowed(users, instance, user, permission)
        const hash = await users.queue(instance.name, () => hashPassword(password, users.hashing))
        await users.door.transact((tx) => new Accounts(tx, users.tables).setPassword(instance.id, hash))
        return NO_CONTENT
      },
    },
  })
}

/** Whoever has found somebody's browser open has not got their password. */
async function mustBeTheirs(users: LocalUsers, { name }: User, current: string | undefined): Promise<void> {
  if (current === undefined) {
    throw new Problem(422, 'Your own password is changed with the one there is.', {
      code: 'invalid-content',
      errors: [{ pointer: '#/current', detail: 'is required' }],
    })
  }
  if ((await users(name, current)) === undefined) throw notThisUser()
}

/** Or whoever may change users could become anybody. */
async function mustBeAllowed(users: LocalUsers, other: User, user: Principal, permission: string): Promise<void> {
  if (!user.can(permission)) throw permissionMissing(user, [permission])
  if (other.superuser && !user.superuser) {
    throw new Problem(403, 'Only a superuser sets the password of a superuser.', { code: 'forbidden' })
  }
  const { own, ofGroups } = await users.door.read((database) => new Accounts(database, users.tables).held(other.id))
  mustHoldAll(user, [...own, ...ofGroups])
}
