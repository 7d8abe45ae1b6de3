// Users kept by the auth service: a password is checked there, and what it said is remembered for a short, stated time.

import { Problem } from '../http/index.ts'
import { Addresses, isProblemDocument, startTimer } from '../wire/index.ts'
import { isIdentity, wrongCredentials, type VerifyPassword } from './identity.ts'

export interface RemoteUsersOptions {
  /** Every service by name; `auth` is the one that holds the users. */
  readonly directory: Readonly<Record<string, string>>
  /** The auth app's path below the auth service; empty where the directory's `auth` is the app itself. */
  readonly app?: string
  /** Milliseconds to wait for the auth service. */
  readonly timeout?: number
  readonly transport?: (request: Request) => Promise<Response>
}

/**
 * Asks the service that the directory lists as `auth`.
 *
 * @throws TypeError where the directory lists none. The returned function throws Problem 503 while the auth service gives no answer or has too many logins to check (429).
 */
export function remoteUsers({
  directory,
  app = 'auth',
  timeout = 5_000,
  transport = fetch,
}: RemoteUsersOptions): VerifyPassword {
  const base = new Addresses(directory).services.get('auth')
  if (base === undefined) {
    const listed = Object.keys(directory).join(', ') || 'none'
    throw new TypeError(`The directory lists no service "auth" to ask about users; it lists: ${listed}.`)
  }
  const url = `${authAppUrl(base, app)}User/-/authenticate`
  return async (name, password) => {
    const response = await ask(transport, url, JSON.stringify({ name, password }), timeout)
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok && isIdentity(answer)) return answer
    if (response.status === 403 && isRefusal(answer)) return undefined
    const wait = response.status === 429 ? response.headers.get('retry-after') : null
    throw unavailable(`The auth service answered ${response.status}, and not who it is.`, { wait })
  }
}

/** With a slash at its end. */
export function authAppUrl(base: string, app: string): string {
  return app === '' ? base : `${base}${app}/`
}

/** What the `authenticate` operation answers; any other 403 is of something that stands before the auth service. */
function isRefusal(answer: unknown): boolean {
  return isProblemDocument(answer) && answer.code === wrongCredentials
}

async function ask(
  transport: (request: Request) => Promise<Response>,
  url: string,
  body: string,
  timeout: number,
): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const controller = new AbortController()
  const { signal } = controller
  const { expired, stop } = startTimer(timeout, () => {
    controller.abort()
    return new Error('timed out')
  })
  try {
    const request = new Request(url, { method: 'POST', headers, body, signal, redirect: 'error' })
    return await Promise.race([transport(request), expired])
  } catch (cause) {
    throw unavailable('The auth service does not answer.', { cause })
  } finally {
    stop()
  }
}

/** @param wait the auth service's own Retry-After, passed on where it is a number of seconds (RFC 9110 §10.2.3). */
function unavailable(detail: string, { wait = null, cause }: { wait?: string | null; cause?: unknown }): Problem {
  const retryAfter = wait !== null && /^[1-9]\d{0,3}$/.test(wait) ? wait : '2'
  return new Problem(503, detail, { code: 'auth-unavailable', headers: { 'retry-after': retryAfter }, cause })
}
