// The cookies of sessions (RFC 6265bis): sent back to the host that set them and to no other, never in clear, never to a script.

import { hash } from 'node:crypto'
import type { Exchange } from '../../http/index.ts'

/**
 * `__Host-` makes a browser refuse what another host, or a page without TLS, would set by this name. Cookies know no ports and no paths:
 * services of one host have names of their own.
 *
 * @param url of the service.
 */
export function cookieName(what: 'session' | 'form' | 'sign-in', url: string): string {
  return `__Host-slumber-${what}-${hash('sha256', url, 'base64url').slice(0, 8)}`
}

/** Lax: it comes with a link from another site, as that back from the auth service is, and with no other request of theirs. */
export function setCookie(name: string, value: string, seconds?: number): string {
  const life = seconds === undefined ? '' : `; Max-Age=${seconds}`
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${life}`
}

export function endCookie(name: string): string {
  return setCookie(name, '', 0)
}

/** Undefined where there is none; and where there are two, since one of them is not ours. */
export function readCookie({ headers }: Exchange, name: string): string | undefined {
  const found = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
  const value = found.length === 1 ? found[0]?.slice(name.length + 1) : undefined
  return value === '' ? undefined : value
}

/** @throws TypeError for a URL at which a browser would keep no such cookie */
export function checkCookieUrl(url: string): void {
  const { protocol, hostname } = new URL(url)
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1'
  if (protocol === 'https:' || isLocal) return
  throw new TypeError(`Browsers keep sessions over https, and on this machine at localhost or a name below it: ${url}.`)
}
