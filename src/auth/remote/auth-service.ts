// The auth service as other services ask it about users: by this service itself, whoever asks that.

import { connect, Refused, SlumberError, type Credentials, type Transport } from '../../client/index.ts'
import { Problem } from '../../http/index.ts'
import { asService } from '../forwarding/on-behalf.ts'
import { authAppUrl } from '../remote-users.ts'
import { isRemoteUser, type RemoteUser } from './remote-user.ts'

export interface AuthServiceOptions {
  /** The URL of the service. */
  readonly url: string
  /** The path of the auth app below it. */
  readonly app: string
  /** Who this service is. */
  readonly authenticate: Credentials
  readonly transport: Transport | undefined
  /** Milliseconds for an answer. */
  readonly timeout: number
}

/** All of it throws Problem 503 where the auth service gives no sound answer. */
export interface AuthService {
  /** As they are now; undefined for nobody. */
  user(name: string): Promise<RemoteUser | undefined>
  /** Which of these are no longer as they were. */
  changed(users: readonly RemoteUser[]): Promise<readonly string[]>
  announce(permissions: readonly string[]): Promise<void>
}

export function authService({ url, app, authenticate, transport, timeout }: AuthServiceOptions): AuthService {
  // A retry would come too late for who waits, and a rest would make it look down for longer than it is.
  const client = connect<object>({ service: url, authenticate, transport, timeout, retries: 0, breaker: false })
  const below = authAppUrl(url, app)
  const ask = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    try {
      const call = body === undefined ? { url: below + path } : { url: below + path, method: 'POST', body }
      const { content } = await asService(() => client.send(call))
      if (typeof content === 'object' && content !== null) return content as Record<string, unknown>
    } catch (error) {
      throw error instanceof SlumberError ? unavailable(error) : error
    }
    throw unavailable(undefined)
  }
  return {
    user: async (name) => {
      const { user } = await ask(`User/-/identity?name=${encodeURIComponent(name)}`)
      if (user === null) return undefined
      if (isRemoteUser(user)) return user.name === name ? user : undefined
      throw unavailable(undefined)
    },
    changed: async (known) => {
      const { changed } = await ask('User/-/changed', { users: known.map(({ name, state }) => ({ name, state })) })
      if (Array.isArray(changed) && changed.every((name) => typeof name === 'string')) return changed
      throw unavailable(undefined)
    },
    announce: async (permissions) => void (await ask('Permission/-/announce', { permissions })),
  }
}

/** What the auth service says of this service's request is for the log: who asks this service can do nothing about it. */
function unavailable(cause: unknown): Problem {
  const status = cause instanceof Refused ? ` It answered ${cause.status}.` : ''
  const detail = `The auth service does not say who this is.${status}`
  return new Problem(503, detail, { code: 'auth-unavailable', headers: { 'retry-after': '2' }, cause })
}
