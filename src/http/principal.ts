// Who is asking, as far as the resource layer must know; and the schemes that find it out.

import { after, rescued, type Awaitable } from '../wire/index.ts'
import type { AnswerHeaders } from './answer.ts'
import type { Exchange } from './exchange.ts'
import { Problem } from './problems/problem.ts'
import type { BaseClass } from './routing/resource-at.ts'

/** The authenticated caller. */
export interface Principal {
  readonly name: string
  readonly superuser: boolean
  /** The service that asks, for itself or for the user of that name. */
  readonly service?: string
  /** The names of the groups that the caller is in, where that is known. */
  readonly groups?: readonly string[]
  /** The user as that service names them: so they are named to others in turn. */
  readonly forwarded?: { readonly name: string; readonly issuer: string }
  /** Whether the caller holds a permission such as `orders.add_order`. */
  can(permission: string): boolean
}

/**
 * What tells one caller from all others, for keys of what is kept for them: a user that a service forwards may have the name of another
 * service's, and never has more rights than the service.
 */
export function partsOf({ name, service }: Principal): readonly string[] {
  return service === undefined ? ['principal', name] : ['principal of a service', service, name]
}

/**
 * One way to authenticate. `authenticate` gives the caller, undefined where the request carries nothing of this scheme,
 * and 'refused' where it does but the credentials are wrong; to say what is wrong it throws Problem 401, to which the challenges
 * of all schemes are added; its own, where the problem has one for `www-authenticate`, in the place of the standing one.
 */
export interface Scheme {
  /** What stands in `WWW-Authenticate` on a 401 (RFC 9110 §11.6.1). */
  readonly challenge: string
  /** Asked before those that are not, wherever it stands: what it knows or refuses, no credentials of another kind let in. */
  readonly isFirst?: boolean
  /** Further fields of a 401. */
  fields?(exchange: Exchange): AnswerHeaders
  authenticate(exchange: Exchange): Awaitable<Principal | 'refused' | undefined>
  /** Resources that it needs in a service, by their names below `-/`: to sign in, say. */
  readonly endpoints?: Readonly<Record<string, BaseClass>>
}

/** Asks each scheme in order; the first that recognises its credentials decides. Undefined where there are none for any. */
export function authenticate(
  schemes: readonly Scheme[],
  exchange: Exchange,
): Awaitable<Principal | 'refused' | undefined> {
  return rescued(
    () => ask(inOrder(schemes), exchange, 0),
    (error) => {
      throw challenged(error, schemes, exchange)
    },
  )
}

/** Most programs have none that is first: then nothing is made for a request. */
function inOrder(schemes: readonly Scheme[]): readonly Scheme[] {
  const isFirst = (scheme: Scheme): boolean => scheme.isFirst === true
  if (!schemes.some(isFirst)) return schemes
  return [...schemes.filter(isFirst), ...schemes.filter((scheme) => !isFirst(scheme))]
}

function ask(
  schemes: readonly Scheme[],
  exchange: Exchange,
  from: number,
): Awaitable<Principal | 'refused' | undefined> {
  const scheme = schemes[from]
  if (scheme === undefined) return undefined
  // A program without types may say null.
  return after(scheme.authenticate(exchange), (outcome) => outcome ?? ask(schemes, exchange, from + 1))
}

/** A 401 must name a way to authenticate (RFC 9110 §11.6.1). */
export function challengesOf(schemes: readonly Scheme[], exchange: Exchange): AnswerHeaders {
  const further = schemes.flatMap((scheme) => Object.entries(scheme.fields?.(exchange) ?? {}))
  return { 'www-authenticate': schemes.map(({ challenge }) => challenge).join(', '), ...Object.fromEntries(further) }
}

function challenged(error: unknown, schemes: readonly Scheme[], exchange: Exchange): unknown {
  if (!(error instanceof Problem) || error.status !== 401) return error
  const { message, code, errors, members, cause } = error
  const { 'www-authenticate': own } = error.headers
  const told = schemes.map(({ challenge }) => (isOfOne(challenge, own) ? own : challenge))
  const isTold = told.includes(String(own)) ? { 'www-authenticate': told.join(', ') } : {}
  const headers = { ...challengesOf(schemes, exchange), ...error.headers, ...isTold }
  return new Problem(401, message, { ...(code === undefined ? {} : { code }), errors, members, headers, cause })
}

/** Whether two challenges are of one scheme: their names are the same. */
function isOfOne(challenge: string, own: string | readonly string[] | undefined): own is string {
  return typeof own === 'string' && own.split(' ', 1)[0] === challenge.split(' ', 1)[0]
}
