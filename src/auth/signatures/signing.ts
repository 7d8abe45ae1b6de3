// Credentials of a client that is a service: each try of a request is signed, for the service itself or for a user.

import { createHash, randomUUID, type JsonWebKey } from 'node:crypto'
import type { Credentials, Message } from '../../client/index.ts'
import { currentRequest, followRequests, type Awaitable } from '../../wire/index.ts'
import type { Item } from 'structured-headers'
import { userOfContext } from '../forwarding/on-behalf.ts'
import { formatServiceLoop, loopField, parseServiceLoop } from '../forwarding/service-loop.ts'
import { formatForwardedUser, type ForwardedUser } from './forwarded-user.ts'
import { signingKey } from './keys.ts'
import { clockSkew, demandedComponents, profileTag } from './profile.ts'
import { signInput } from './sign.ts'

export interface SigningOptions {
  /** Which service this is. */
  readonly service: string
  /** By which the others know its key; the name of the service unless given. */
  readonly keyid?: string
  /** The private key, as PEM or JWK; for hmac-sha256 the secret, as base64. */
  readonly key: string | JsonWebKey
  readonly alg?: 'ed25519' | 'hmac-sha256'
  /** Who vouches for the names of this service's own users, as a URL: that of the auth service, say. Others keep their own. */
  readonly issuer?: string
  /**
   * For whom the service asks; undefined: for itself. Called for each request. Unless given, the user of the request that is being
   * answered, or whom `forUser` or `asService` says.
   */
  readonly forwardedUser?: () => Awaitable<ForwardedUser | undefined>
  /** Seconds since 1970. */
  readonly now?: () => number
}

const none = new Map<string, never>()

/**
 * Signs requests as `signed()` wants them.
 *
 * @throws TypeError for a key of another algorithm; the client's calls, for a user that cannot be forwarded.
 * @example
 * const client = connect<Services>({ directory, authenticate: signing({ service: 'shop', key: privateKey }) })
 */
export function signing(options: SigningOptions): Credentials {
  const { service, keyid = service, issuer, now = (): number => Date.now() / 1_000 } = options
  const { forwardedUser = (): ForwardedUser | undefined => userOfContext(issuer) } = options
  const key = signingKey(options.key, options.alg)
  const alone = formatServiceLoop([service])
  followRequests()

  const fields = async (): Promise<Readonly<Record<string, string>>> => {
    const way = currentRequest()?.headers.get(loopField) ?? null
    const loop = { [loopField]: way === null ? alone : formatServiceLoop([...(parseServiceLoop(way) ?? []), service]) }
    const user = await forwardedUser()
    return user === undefined ? loop : { ...loop, 'forwarded-user': formatForwardedUser(user) }
  }

  const sign = ({ method, url, headers, body = '' }: Message): Readonly<Record<string, string>> => {
    const hasContent = body !== ''
    const digest = hasContent ? { 'content-digest': digestOf(body) } : {}
    const signable = { method, url: new URL(url), headers: new Map(Object.entries({ ...headers, ...digest })) }
    const components = demandedComponents(signable.headers, hasContent).map((name): Item => [name, none])
    const created = Math.floor(now())
    const nonce = randomUUID()
    const parameters = { created, expires: created + clockSkew, nonce, keyid, tag: profileTag }
    return { ...digest, ...signInput(signable, [components, new Map(Object.entries(parameters))], key, 'slumber') }
  }

  // With the way that the request has come: who shared an answer with one further on in a loop would wait for itself.
  const user = (own: Readonly<Record<string, string>>): string => JSON.stringify([keyid, own])
  return Object.assign(fields, { sign, user })
}

function digestOf(body: string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}
