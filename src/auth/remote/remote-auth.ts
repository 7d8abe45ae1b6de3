// Users and permissions that another service keeps: who somebody is here, the auth service says.

import type { Credentials, Transport } from '../../client/index.ts'
import { Addresses, type Awaitable } from '../../wire/index.ts'
import type { AskedFor, Identity, VerifyPassword } from '../identity.ts'
import { remoteUsers } from '../remote-users.ts'
import { digestOfCredentials, share } from '../share.ts'
import type { ForwardedUser } from '../signatures/forwarded-user.ts'
import { authService } from './auth-service.ts'
import { RememberedUsers } from './remembered-users.ts'
import type { RemoteUser } from './remote-user.ts'

export interface RemoteAuthOptions {
  /** Every service by name; `auth`, which may be another name for one of them, is the one that keeps the users. */
  readonly directory: Readonly<Record<string, string>>
  /** Who this service is to the auth service: `signing({ service, key })`. It asks for itself. */
  readonly authenticate: Credentials
  /** The auth app's path below the auth service; `auth` unless given, empty where the directory's `auth` is the app itself. */
  readonly app?: string
  /** Whose users they are, of those who are forwarded; the URL of the auth service unless given. */
  readonly issuer?: string
  /** Told of each user that is fetched, before they are let in: `localCopy(…)` keeps a row of each. */
  readonly copy?: (user: RemoteUser) => Awaitable<unknown>
  /** For how long an answer is good without another one; 60 unless given. */
  readonly seconds?: number
  /** How often the auth service is asked whom to forget, while anybody is remembered; 1 unless given. */
  readonly feedSeconds?: number
  /** Whether those remembered may read while the auth service is down; writes are refused then. 'refuse' unless given. */
  readonly whileDown?: 'refuse' | 'remembered'
  /** For how long they may, after its last answer; 300 unless given. */
  readonly downSeconds?: number
  /** Milliseconds to wait for the auth service; 5,000 unless given. */
  readonly timeout?: number
  readonly transport?: Transport
  /** Seconds of a clock that never goes back. */
  readonly steady?: () => number
}

export interface RemoteAuth {
  /** Who a forwarded user is: for `signed({ users })`. */
  readonly users: (user: ForwardedUser, asked?: AskedFor) => Promise<Identity | undefined>
  /** Whose password it is: for `basic(verify)`. */
  readonly verify: VerifyPassword
  /** Has the permissions of this service known where they are given to users: `remote.announce(pizzas.permissions)`. */
  readonly announce: (permissions: readonly string[]) => Promise<void>
  /** Reads the feed now: what had changed before is no longer remembered then. */
  readonly catchUp: () => Promise<void>
  /** Forgets a user, whose session has ended here, say. */
  readonly forget: (name: string) => void
}

/**
 * The service that the directory lists as `auth` as the store of users and permissions. What it says of a user is remembered, so that
 * a check of permissions asks nobody; whom it has changed is forgotten as soon as its feed has been read.
 *
 * @throws TypeError where the directory lists no `auth`, RangeError for times that are none. What it gives throws Problem 503 where
 * the auth service is down, and nothing that is remembered may be used.
 * @example
 * const remote = remoteAuth({ directory, authenticate: signing({ service: 'pizzas', key }) })
 * service('pizzas', { …, authenticate: [basic(remote.verify), signed({ url, keys, users: remote.users })] })
 */
export function remoteAuth(options: RemoteAuthOptions): RemoteAuth {
  const { directory, authenticate, app = 'auth', copy, timeout = 5_000, transport } = options
  const { seconds = 60, feedSeconds = 1, whileDown = 'refuse', downSeconds = 300 } = options
  const { steady = (): number => performance.now() / 1_000 } = options
  for (const time of [seconds, feedSeconds, downSeconds]) {
    if (!(time > 0)) throw new RangeError('remoteAuth() takes numbers of seconds above zero.')
  }
  const asked = transport === undefined ? {} : { transport: async (request: Request) => await transport(request) }
  const check = share(remoteUsers({ directory, app, timeout, ...asked })) // which refuses a directory without auth
  const url = new Addresses(directory).services.get('auth') ?? ''
  const { issuer = url } = options
  const asking = authService({ url, app, authenticate, transport, timeout })
  const known = new RememberedUsers(asking, {
    seconds,
    feedSeconds,
    whileDown,
    downSeconds,
    fetched: async (user) => void (await copy?.(user)),
    steady,
  })
  const digestOf = digestOfCredentials()

  return {
    users: async (user, request) => (user.issuer === issuer ? (await known.find(user.name, request))?.user : undefined),
    verify: async (name, password, request) => {
      const digest = digestOf(name, password)
      const usable = known.usable(name, request)
      if (usable?.passwords.has(digest) === true) return usable.user
      // In this order: a password that is changed in between is that of a user who has changed since.
      const found = await known.find(name, request)
      if (found?.passwords.has(digest) === true) return found.user
      const verified = await check(name, password)
      if (verified === undefined || found === undefined) return undefined
      found.passwords.add(digest)
      return found.user
    },
    announce: (permissions) => asking.announce(permissions),
    catchUp: () => known.catchUp(),
    forget: (name) => known.forget(name),
  }
}
