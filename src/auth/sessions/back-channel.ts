// What a service asks the auth service about a session that began there: whose it is now, and to end it.

import { NO_CONTENT, Problem, resource, type BaseClass, type Caching, type Scheme } from '../../http/index.ts'
import { isProblemDocument } from '../../wire/index.ts'
import { askWithin, type Ask } from '../ask.ts'
import { isIdentity, type Identity } from '../identity.ts'
import { digestOf } from './kept.ts'
import { textsIn } from './texts.ts'
import type { SignInState } from './sign-in.ts'

const ended = 'session-ended'

export function answeringServices(state: SignInState): Readonly<Record<'session' | 'end-session', BaseClass>> {
  const { references, sessions, userOf } = state

  class Session extends resource('/session') {
    override readonly schemes: readonly Scheme[] = []
    override readonly caching: Caching = { noStore: true }

    async POST(): Promise<unknown> {
      const found = await references.find(digestOf(textsIn(this.data(), ['reference']).reference))
      const identity = found === undefined ? undefined : await userOf(found.value.session)
      if (identity !== undefined) return { identity }
      throw new Problem(403, 'The session has ended.', { code: ended })
    }
  }

  class EndSession extends resource('/end-session') {
    override readonly schemes: readonly Scheme[] = []

    async POST(): Promise<unknown> {
      const digest = digestOf(textsIn(this.data(), ['reference']).reference)
      const found = await references.find(digest)
      if (found !== undefined) await sessions.end(found.value.session)
      await references.end(digest)
      return NO_CONTENT
    }
  }
  return { session: Session, 'end-session': EndSession }
}

/** The auth service as another one asks it. */
export class AuthService {
  readonly #url: string
  readonly #transport: Ask
  readonly #timeout: number

  constructor(url: string, transport: Ask, timeout: number) {
    this.#url = url
    this.#transport = transport
    this.#timeout = timeout
  }

  /** @throws Problem 403 for a code that is none, 503 where there is no answer */
  async redeem(code: string, redirect: string, verifier: string): Promise<{ reference: string; identity: Identity }> {
    const { status, content } = await this.#ask('code', { code, redirect, verifier })
    const { reference, identity } = Object(content) as { reference?: unknown; identity?: unknown } // looked at below
    if (status === 200 && typeof reference === 'string' && isIdentity(identity)) return { reference, identity }
    if (status === 403) throw new Problem(403, 'Signing in has come to no end: begin again.', { code: 'wrong-code' })
    throw unavailable()
  }

  /** Undefined where the session has ended. @throws Problem 503 where there is no answer */
  async userOf(reference: string): Promise<Identity | undefined> {
    const { status, content } = await this.#ask('session', { reference })
    const { identity } = Object(content) as { identity?: unknown } // looked at below
    if (status === 200 && isIdentity(identity)) return identity
    if (status === 403 && isProblemDocument(content) && content.code === ended) return undefined
    throw unavailable()
  }

  /** @throws Problem 503 where it has not been ended */
  async end(reference: string): Promise<void> {
    const { status } = await this.#ask('end-session', { reference })
    if (status !== 204) throw unavailable()
  }

  async #ask(endpoint: string, body: object): Promise<{ readonly status: number; readonly content: unknown }> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    try {
      return await askWithin(this.#timeout, this.#transport, `${this.#url}-/${endpoint}`, init)
    } catch (cause) {
      throw unavailable(cause)
    }
  }
}

function unavailable(cause?: unknown): Problem {
  const headers = { 'retry-after': '5' }
  return new Problem(503, 'The auth service does not answer.', { code: 'auth-unavailable', headers, cause })
}
