// The session of a browser at one service: it begins with signing in at the auth service, and ends with it.

import { memoryStore, type Exchange, type Principal, type Scheme, type SharedStore } from '../../http/index.ts'
import type { Ask } from '../ask.ts'
import { principalOf, type Identity } from '../identity.ts'
import { AuthService } from '../sessions/back-channel.ts'
import { checkCookieUrl, cookieName, readCookie } from '../sessions/cookies.ts'
import { digestOf, Kept, type Found } from '../sessions/kept.ts'
import { redirecting } from '../sessions/redirects.ts'
import { refuseOtherPages } from './own-pages.ts'

export interface SessionOptions {
  /** Of this service, as browsers see it. */
  readonly url: string
  /** Of the auth service, which has `signIn()` and lists this URL. */
  readonly auth: string
  /** For sessions; in memory unless given. Processes that serve one URL need one that they share. */
  readonly store?: SharedStore
  /** How long a session lives, in seconds. */
  readonly seconds?: number
  /** Seconds after which the auth service is asked again whose it is, and what they may. */
  readonly recheck?: number
  /** By which it is asked; the platform's `fetch` unless given. */
  readonly transport?: Ask
  /** Milliseconds to wait for it. */
  readonly timeout?: number
}

/** All times are seconds since 1970. */
export interface Session {
  readonly identity: Identity
  readonly reference: string
  readonly checked: number
  readonly ends: number
}

/** What the endpoints need. */
export interface SessionState {
  readonly url: string
  readonly origin: string
  readonly auth: string
  readonly authService: AuthService
  readonly sessions: Kept<Session>
  readonly seconds: number
  readonly cookie: string
}

/**
 * A cookie by which a browser is known at this service alone. `-/sign-in?next=…` leads to the auth service and back; POST to `-/sign-out` ends
 * the session here and there. Requests that may change something need to come from pages of this origin.
 *
 * @throws TypeError for a URL at which browsers keep no session
 * @example
 * session({ url, auth: 'https://auth.example/slumber/auth/' })
 */
export function session(options: SessionOptions): Scheme {
  const { url, auth, store = memoryStore(), seconds = 28_800, recheck = 60 } = options
  const { transport = fetch, timeout = 5_000 } = options
  checkCookieUrl(url)
  const authService = new AuthService(auth, transport, timeout)
  const { origin } = new URL(url)
  const sessions = new Kept<Session>(store, 'session', url)
  const state: SessionState = { url, origin, auth, authService, sessions, seconds, cookie: cookieName('session', url) }
  const asked = new Map<string, Promise<Identity | undefined>>()

  const ask = async (digest: string, found: Found<Session>): Promise<Identity | undefined> => {
    const identity = await authService.userOf(found.value.reference)
    const now = Date.now() / 1_000
    if (identity === undefined) await sessions.end(digest)
    else await sessions.replace(digest, found, { ...found.value, identity, checked: now }, found.value.ends - now)
    return identity
  }
  /** Requests of one page come at one time: they wait for one answer. */
  const current = (digest: string, found: Found<Session>): Promise<Identity | undefined> => {
    const running = asked.get(digest) ?? ask(digest, found).finally(() => asked.delete(digest))
    asked.set(digest, running)
    return running
  }

  return {
    challenge: `Cookie realm="slumber", cookie-name="${state.cookie}", sign-in="${url}-/sign-in"`,
    async authenticate(exchange: Exchange): Promise<Principal | undefined> {
      const id = readCookie(exchange, state.cookie)
      if (id === undefined || exchange.headers.has('authorization')) return undefined
      const digest = digestOf(id)
      const found = await sessions.find(digest)
      const now = Date.now() / 1_000
      if (found === undefined || found.value.ends <= now) return undefined
      refuseOtherPages(exchange, origin, 'refused')
      const { identity, checked } = found.value
      const known = now - checked < recheck ? identity : await current(digest, found)
      return known === undefined ? undefined : principalOf(known)
    },
    endpoints: redirecting(state),
  }
}
