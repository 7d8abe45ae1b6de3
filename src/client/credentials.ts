// Who the client is: adds credentials to the headers of a request.

/** Called for each request to a service of the directory, and for no other. */
export type Credentials = (headers: Headers) => void | Promise<void>

/** HTTP Basic (RFC 7617), UTF-8. */
export function basic(name: string, password: string): Credentials {
  if (name.includes(':')) throw new TypeError('A name for HTTP Basic has no colon.')
  const bytes = new TextEncoder().encode(`${name}:${password}`)
  const value = `Basic ${btoa(String.fromCharCode(...bytes))}`
  return (headers) => headers.set('authorization', value)
}

/** A bearer token (RFC 6750), or a function that gives the current one. */
export function bearer(token: string | (() => string | Promise<string>)): Credentials {
  return async (headers) => headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`)
}
