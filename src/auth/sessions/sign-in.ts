// Signing in at the auth service: its own session, and a one-time code for each service that a browser comes from.

import {
  memoryStore,
  type BaseClass,
  type Exchange,
  type Principal,
  type Scheme,
  type SharedStore,
} from '../../http/index.ts'
import type { Awaitable } from '../../wire/index.ts'
import { principalOf, type Identity, type VerifyPassword } from '../identity.ts'
import { refuseOtherPages } from '../schemes/own-pages.ts'
import type { ForwardedUser } from '../signatures/forwarded-user.ts'
import { authorizing } from './authorize.ts'
import { answeringServices } from './back-channel.ts'
import { checkCookieUrl, cookieName, readCookie } from './cookies.ts'
import { digestOf, Kept } from './kept.ts'
import { signingInByForm, signingOut } from './sign-in-form.ts'

export interface SignInOptions {
  /** Of the auth service, as browsers see it. */
  readonly url: string
  /** Checks a name and a password: `localUsers(database)`. */
  readonly verify: VerifyPassword
  /** Who a user is and what they may, now; undefined for nobody any more, whose sessions then end. */
  readonly users: (user: ForwardedUser) => Awaitable<Identity | undefined>
  /** A text that changes where all sessions of a user have to end: with their password, say. */
  readonly version?: (name: string) => Awaitable<string>
  /** URLs of the services whose users sign in here, as their `session()` has them. */
  readonly services: readonly string[]
  /** For sessions and codes; in memory unless given. */
  readonly store?: SharedStore
  /** How long a session lives, in seconds. */
  readonly seconds?: number
}

/** A session at the auth service. */
interface SignedIn {
  readonly name: string
  readonly version: string
}

/** A code that is on its way through the browser, and the session that it stands for, by its digest. */
export interface Code {
  readonly session: string
  readonly redirect: string
  readonly challenge: string
  readonly isUsed?: true
}

/** What a service holds of a session here. */
export interface Reference {
  readonly session: string
}

/** What the endpoints have in common. */
export interface SignInState {
  readonly url: string
  readonly origin: string
  readonly services: readonly string[]
  readonly seconds: number
  readonly verify: VerifyPassword
  readonly sessions: Kept<SignedIn>
  /** A new session, by its id. */
  readonly begin: (name: string) => Promise<string>
  readonly codes: Kept<Code>
  readonly references: Kept<Reference>
  readonly cookie: string
  /** Whose session that is, if it is one; its digest. */
  readonly userOf: (digest: string) => Promise<Identity | undefined>
}

/**
 * The session of the auth service, and what others need of it below `-/`: `sign-in`, `sign-out`, `authorize`, `code`, `session`, `end-session`.
 *
 * @throws TypeError for a URL at which browsers keep no session
 * @example
 * service('auth', { url, database, apps, authenticate: [signIn({ url, verify, users, services: [pizzas] })] })
 */
export function signIn(options: SignInOptions): Scheme {
  const { url, services, verify, users, store = memoryStore(), seconds = 28_800 } = options
  const { version = (): string => '' } = options
  checkCookieUrl(url)
  const sessions = new Kept<SignedIn>(store, 'session', url)
  const state: SignInState = {
    url,
    origin: new URL(url).origin,
    services,
    seconds,
    verify,
    sessions,
    codes: new Kept(store, 'sign-in code', url),
    references: new Kept(store, 'reference', url),
    cookie: cookieName('session', url),
    begin: async (name) => await sessions.begin({ name, version: await version(name) }, seconds),
    userOf: async (digest) => {
      const found = (await sessions.find(digest))?.value
      if (found === undefined || found.version !== (await version(found.name))) return undefined
      return await users({ name: found.name, issuer: url })
    },
  }
  return {
    challenge: `Cookie realm="slumber", cookie-name="${state.cookie}", sign-in="${url}-/sign-in"`,
    async authenticate(exchange: Exchange): Promise<Principal | undefined> {
      const id = readCookie(exchange, state.cookie)
      if (id === undefined || exchange.headers.has('authorization')) return undefined
      const identity = await state.userOf(digestOf(id))
      if (identity === undefined) return undefined // it has ended: whatever needs no user is still there
      refuseOtherPages(exchange, state.origin, 'refused')
      return principalOf(identity)
    },
    endpoints: endpointsOf(state),
  }
}

function endpointsOf(state: SignInState): Readonly<Record<string, BaseClass>> {
  return {
    'sign-in': signingInByForm(state),
    'sign-out': signingOut(state),
    ...authorizing(state),
    ...answeringServices(state),
  }
}
