// Who the client is: the fields that say so.

import type { Awaitable } from '../wire/index.ts'
import type { Message, Sign } from './sending/message.ts'

/** Called for each request to a service of the directory, and for no other; gives the fields to add, with names in lower case. */
export interface Credentials {
  (message: Message): Awaitable<Readonly<Record<string, string>>>
  /**
   * Whose answers these are: what is kept, shared or asked for together is one user's. The added fields unless given, which then are
   * asked for once more for each reference. Two users that may see different things must differ in it.
   */
  readonly user?: string | ((fields: Readonly<Record<string, string>>) => string)
  /** Further fields of each try. They say that the sender means this very request: none are added where another origin leads to. */
  readonly sign?: Sign
}

/** HTTP Basic (RFC 7617), UTF-8. */
export function basic(name: string, password: string): Credentials {
  if (name.includes(':')) throw new TypeError('A name for HTTP Basic has no colon.')
  const bytes = new TextEncoder().encode(`${name}:${password}`)
  const fields = { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` }
  return Object.assign(() => fields, { user: fields.authorization })
}

/** A bearer token (RFC 6750), or a function that gives the current one. */
export function bearer(token: string | (() => Awaitable<string>)): Credentials {
  return async () => ({ authorization: `Bearer ${typeof token === 'string' ? token : await token()}` })
}
