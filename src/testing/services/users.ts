// Who asks a mock service: users that a test makes as it needs them, each with a token that is good in its process alone.

import type { Credentials } from '../../client/index.ts'
import type { Principal, Scheme } from '../../http/index.ts'

export interface MockUser {
  readonly name: string
  readonly superuser?: boolean
  /** `menu.change_pizza`, say. */
  readonly permissions?: readonly string[]
  /** What rules of your own apps look at besides. */
  readonly [member: string]: unknown
}

export class Users {
  readonly #byToken = new Map<string, Principal>()

  readonly scheme: Scheme = {
    challenge: 'Mock realm="tests"',
    authenticate: ({ headers }) => {
      const [scheme, token = ''] = (headers.get('authorization') ?? '').split(' ')
      return Promise.resolve(scheme === 'Mock' ? (this.#byToken.get(token) ?? 'refused') : undefined)
    },
  }

  /** What a client needs to ask as a user. */
  credentials(user: MockUser): Credentials {
    const { superuser = false, permissions = [] } = user
    const token = String(this.#byToken.size + 1)
    this.#byToken.set(token, { ...user, superuser, can: (permission) => superuser || permissions.includes(permission) })
    const fields = { authorization: `Mock ${token}` }
    return () => fields
  }
}
