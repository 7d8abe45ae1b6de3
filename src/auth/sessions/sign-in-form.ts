// The page on which people sign in, what it sends, and signing out.

import { timingSafeEqual } from 'node:crypto'
import {
  form,
  html,
  NO_CONTENT,
  OK,
  Problem,
  query,
  resource,
  SEE_OTHER,
  type BaseClass,
  type Caching,
  type Representation,
  type Scheme,
} from '../../http/index.ts'
import { wrongCredentials } from '../identity.ts'
import { refuseOtherPages } from '../schemes/own-pages.ts'
import { cookieName, endCookie, readCookie, setCookie } from './cookies.ts'
import { digestOf, newSecret } from './kept.ts'
import { ownPath } from './next.ts'
import { textsIn } from './texts.ts'
import type { SignInState } from './sign-in.ts'

export function signingInByForm(state: SignInState): BaseClass {
  const { url, origin, verify, sessions, begin, cookie } = state
  const formCookie = cookieName('form', url)
  // A browser holds the redirects behind a form to this, too.
  const actions = ["'self'", ...new Set(state.services.map((service) => new URL(service).origin))].join(' ')
  const policy = `default-src 'none'; form-action ${actions}; base-uri 'none'; frame-ancestors 'none'`

  return class SignIn extends resource('/sign-in', { query: { next: query.text({ maxLength: 2_000 }) } }) {
    override readonly schemes: readonly Scheme[] = []
    override readonly produces: readonly Representation[] = [html]
    override readonly accepts: readonly Representation[] = [form]
    override readonly caching: Caching = { noStore: true }
    #token = ''

    override isWellFormed(): boolean {
      if (this.exchange.method === 'POST') return true
      pathFor(this.query.next, state)
      return true
    }

    /** The page has a token that a form of another origin cannot know, besides the fields by which browsers tell of those. */
    GET(): unknown {
      this.#token = readCookie(this.exchange, formCookie) ?? newSecret()
      const fields = { 'set-cookie': setCookie(formCookie, this.#token), 'content-security-policy': policy }
      return OK('sign in', fields)
    }

    override render(): string {
      return pageOf(this.#token, pathFor(this.query.next, state))
    }

    /** The id is always a new one: what a browser had before, somebody may have put there. */
    async POST(): Promise<unknown> {
      const { name, password, next, token } = textsIn(this.data(), ['name', 'password', 'next', 'token'])
      refuseOtherPages(this.exchange, origin, 'refused')
      if (!isSame(token, readCookie(this.exchange, formCookie))) {
        throw new Problem(403, 'The form is none of this browser: open the page once more.', { code: 'cross-site' })
      }
      const path = pathFor(next, state)
      const identity = await verify(name, password)
      if (identity === undefined) {
        throw new Problem(403, 'The name or the password is wrong.', { code: wrongCredentials })
      }
      const before = readCookie(this.exchange, cookie)
      if (before !== undefined) await sessions.end(digestOf(before))
      const id = await begin(identity.name)
      return SEE_OTHER(undefined, { location: path, 'set-cookie': [setCookie(cookie, id), endCookie(formCookie)] })
    }
  }
}

export function signingOut({ sessions, cookie, origin }: SignInState): BaseClass {
  return class SignOut extends resource('/sign-out') {
    override readonly schemes: readonly Scheme[] = []

    async POST(): Promise<unknown> {
      refuseOtherPages(this.exchange, origin, 'refused')
      const id = readCookie(this.exchange, cookie)
      if (id !== undefined) await sessions.end(digestOf(id))
      return NO_CONTENT(undefined, { 'set-cookie': endCookie(cookie) })
    }
  }
}

/** @throws Problem 400 for what is no path of this origin */
function pathFor(next: string | undefined, { url, origin }: SignInState): string {
  const path = next === undefined || next === '' ? new URL(url).pathname : ownPath(next, origin)
  if (path !== undefined) return path
  throw new Problem(400, '"next" is a path of this service: /slumber/…', { code: 'invalid-parameter' })
}

function isSame(given: string, expected: string | undefined): boolean {
  const [one, other] = [Buffer.from(digestOf(given)), Buffer.from(digestOf(expected ?? ''))]
  return expected !== undefined && timingSafeEqual(one, other)
}

/** In double quotes. */
function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}

function pageOf(token: string, next: string): string {
  const hidden = (name: string, value: string): string =>
    `<input type="hidden" name="${name}" value="${attribute(value)}">`
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title></head>
<body><h1>Sign in</h1>
<form method="post" action="sign-in">
<p><label>Name <input name="name" autocomplete="username" required autofocus></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
${hidden('next', next)}${hidden('token', token)}
<p><button>Sign in</button></p>
</form></body></html>
`
}
