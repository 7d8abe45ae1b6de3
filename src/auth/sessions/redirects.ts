// The way of a browser to the auth service and back, as the service has it, and signing out.

import {
  NO_CONTENT,
  Problem,
  query,
  resource,
  SEE_OTHER,
  SERVICE_UNAVAILABLE,
  type BaseClass,
  type Caching,
  type Scheme,
} from '../../http/index.ts'
import { refuseOtherPages } from '../schemes/own-pages.ts'
import type { SessionState } from '../schemes/session.ts'
import { returnUrl } from './authorize.ts'
import { cookieName, endCookie, readCookie, setCookie } from './cookies.ts'
import { digestOf, newSecret } from './kept.ts'
import { ownPath } from './next.ts'

/** Seconds for the way there and back. */
const lifeOfWay = 600

const secret = { required: true, pattern: /^[\w-]{43}$/ } as const

export function redirecting(state: SessionState): Readonly<Record<'sign-in' | 'signed-in' | 'sign-out', BaseClass>> {
  return { 'sign-in': leaving(state), 'signed-in': comingBack(state), 'sign-out': signingOut(state) }
}

/** What the browser has to bring back is in a cookie of its own: nobody else can make it come back with another one's code. */
function leaving({ url, origin, auth }: SessionState): BaseClass {
  return class SignIn extends resource('/sign-in', { query: { next: query.text({ maxLength: 2_000 }) } }) {
    override readonly schemes: readonly Scheme[] = []
    override readonly caching: Caching = { noStore: true }

    override isWellFormed(): boolean {
      const { next = '/' } = this.query
      if (ownPath(next, origin) !== undefined) return true
      throw new Problem(400, '"next" is a path of this service: /slumber/…', { code: 'invalid-parameter' })
    }

    GET(): unknown {
      const [given, verifier] = [newSecret(), newSecret()]
      const asked = new URLSearchParams({
        response_type: 'code',
        client_id: url,
        redirect_uri: returnUrl(url),
        state: given,
        code_challenge: digestOf(verifier),
        code_challenge_method: 'S256',
      })
      const way = [given, verifier, encodeURIComponent(this.query.next ?? new URL(url).pathname)].join('.')
      const cookie = setCookie(cookieName('sign-in', url), way, lifeOfWay)
      return SEE_OTHER(undefined, { location: `${auth}-/authorize?${asked}`, 'set-cookie': cookie })
    }
  }
}

function comingBack({ url, origin, authService, sessions, seconds, cookie }: SessionState): BaseClass {
  const wayCookie = cookieName('sign-in', url)
  return class SignedIn extends resource('/signed-in', {
    query: { code: query.text(secret), state: query.text(secret) },
  }) {
    override readonly schemes: readonly Scheme[] = []
    override readonly caching: Caching = { noStore: true }

    override get methods(): readonly string[] {
      return ['GET', 'OPTIONS']
    }

    async GET(): Promise<unknown> {
      const [given, verifier = '', next = ''] = readCookie(this.exchange, wayCookie)?.split('.') ?? []
      if (given !== this.query.state) {
        const detail = `This browser has not begun to sign in here, or has begun again: ${url}-/sign-in.`
        throw new Problem(403, detail, { code: 'cross-site' })
      }
      const { reference, identity } = await authService.redeem(this.query.code, returnUrl(url), verifier)
      const before = readCookie(this.exchange, cookie)
      if (before !== undefined) await sessions.end(digestOf(before))
      const now = Date.now() / 1_000
      const id = await sessions.begin({ identity, reference, checked: now, ends: now + seconds }, seconds)
      const location = ownPath(decodeURIComponent(next), origin) ?? new URL(url).pathname
      return SEE_OTHER(undefined, { location, 'set-cookie': [setCookie(cookie, id), endCookie(wayCookie)] })
    }
  }
}

/** Here first: that is done even where the auth service does not answer, which then is said. */
function signingOut({ origin, authService, sessions, cookie }: SessionState): BaseClass {
  return class SignOut extends resource('/sign-out') {
    override readonly schemes: readonly Scheme[] = []

    async POST(): Promise<unknown> {
      refuseOtherPages(this.exchange, origin, 'refused')
      const id = readCookie(this.exchange, cookie)
      const found = id === undefined ? undefined : await sessions.find(digestOf(id))
      if (id !== undefined) await sessions.end(digestOf(id))
      const ended = { 'set-cookie': endCookie(cookie) }
      try {
        if (found !== undefined) await authService.end(found.value.reference)
      } catch (cause) {
        const detail = 'You are signed out here, but not at the auth service, which does not answer.'
        const problem = new Problem(503, detail, { code: 'auth-unavailable', cause })
        return SERVICE_UNAVAILABLE(problem, { ...ended, 'retry-after': '5' })
      }
      return NO_CONTENT(undefined, ended)
    }
  }
}
