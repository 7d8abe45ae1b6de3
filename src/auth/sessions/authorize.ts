// One-time codes by PKCE (RFC 7636): the browser brings one from here to its service, and nobody else can use it.

import { Problem, query, resource, SEE_OTHER, type BaseClass, type Caching, type Scheme } from '../../http/index.ts'
import { readCookie } from './cookies.ts'
import { digestOf } from './kept.ts'
import { textsIn } from './texts.ts'
import type { Code, SignInState } from './sign-in.ts'

/** Seconds from the auth service to the other one. */
const lifeOfCode = 60

/** Where a service takes the code: nowhere else is any sent. */
export function returnUrl(service: string): string {
  return `${service}-/signed-in`
}

const parameters = {
  client_id: query.text({ required: true }),
  code_challenge: query.text({ required: true, pattern: /^[\w-]{43}$/ }),
  code_challenge_method: query.text({ required: true, pattern: /^S256$/ }),
  redirect_uri: query.text({ required: true }),
  response_type: query.text({ required: true, pattern: /^code$/ }),
  state: query.text({ required: true, pattern: /^[\w-]{43}$/ }),
}

export function authorizing(state: SignInState): Readonly<Record<'authorize' | 'code', BaseClass>> {
  const { services, codes, references, cookie, seconds, userOf } = state

  class Authorize extends resource('/authorize', { query: parameters }) {
    override readonly schemes: readonly Scheme[] = []
    override readonly caching: Caching = { noStore: true }

    /** A HEAD would make a code that nobody gets. */
    override get methods(): readonly string[] {
      return ['GET', 'OPTIONS']
    }

    /** By a URL that is not registered a code would go to whoever wrote it: it is refused here, and not by a redirect. */
    override isWellFormed(): boolean {
      const { client_id: service, redirect_uri: redirect } = this.query
      if (services.includes(service) && redirect === returnUrl(service)) return true
      throw new Problem(400, 'No service that signs in here has this client_id and redirect_uri.', {
        code: 'invalid-parameter',
      })
    }

    async GET(): Promise<unknown> {
      const { code_challenge: challenge, redirect_uri: redirect, state: given } = this.query
      const id = readCookie(this.exchange, cookie)
      const session = id === undefined ? undefined : digestOf(id)
      if (session === undefined || (await userOf(session)) === undefined) return this.#signInFirst()
      const code = await codes.begin({ session, redirect, challenge }, lifeOfCode)
      return SEE_OTHER(undefined, { location: `${redirect}?${new URLSearchParams({ code, state: given })}` })
    }

    #signInFirst(): unknown {
      const { pathname, search } = this.exchange
      return SEE_OTHER(undefined, { location: `sign-in?${new URLSearchParams({ next: pathname + search })}` })
    }
  }

  /** For the service itself, not for the browser: without the verifier of the one who began, a code is worth nothing. */
  class Redeem extends resource('/code') {
    override readonly schemes: readonly Scheme[] = []
    override readonly caching: Caching = { noStore: true }

    async POST(): Promise<unknown> {
      const { code, redirect, verifier } = textsIn(this.data(), ['code', 'redirect', 'verifier'])
      const digest = digestOf(code)
      const found = await codes.find(digest)
      const isRight = found !== undefined && isFor(found.value, redirect, verifier)
      // Of several that come with it at one time, one has it.
      const isFirst = isRight && (await codes.replace(digest, found, { ...found.value, isUsed: true }, lifeOfCode))
      if (!isFirst) throw wrongCode()
      const identity = await userOf(found.value.session)
      if (identity === undefined) throw wrongCode()
      const reference = await references.begin({ session: found.value.session }, seconds)
      return { reference, identity }
    }
  }
  return { authorize: Authorize, code: Redeem }
}

function isFor({ redirect, challenge, isUsed }: Code, given: string, verifier: string): boolean {
  return isUsed !== true && redirect === given && digestOf(verifier) === challenge // S256 is this digest
}

function wrongCode(): Problem {
  return new Problem(403, 'The code has ended, has been used, or is not one of this service.', { code: 'wrong-code' })
}
