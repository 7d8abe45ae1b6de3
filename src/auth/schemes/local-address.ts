// The local address, for development: whoever asks from this very machine is one stated user.

import { BlockList, isIP } from 'node:net'
import { env } from 'node:process'
import type { Exchange, Principal, Scheme } from '../../http/index.ts'
import { principalOf, type Identity } from '../identity.ts'
import { refuseOtherPages } from './own-pages.ts'

export interface LocalAddressOptions {
  /** Who everybody on this machine is: the name of a superuser, or a whole identity. */
  readonly as: string | Identity
  /** Further names by which this machine is called: `['pizzas.test']`. `localhost`, names below it and loopback addresses are known. */
  readonly hosts?: readonly string[]
}

/** Fields that say that a request came through a proxy: then its peer is the proxy, and who asks may be anywhere. */
const ofProxies = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']

/**
 * Only the socket tells the address: fields can take it away, never give it. A Unix socket has none, and is not local. Pages of other
 * origins, which a browser on this machine shows, change nothing, and read nothing by a name of their own that leads here.
 *
 * @throws Error where `NODE_ENV` is `production`.
 * @example
 * service('pizzas', { url, database, apps, authenticate: [localAddress({ as: 'admin' }), basic(users)] })
 */
export function localAddress({ as, hosts = [] }: LocalAddressOptions): Scheme {
  if (env['NODE_ENV'] === 'production') {
    throw new Error(
      'localAddress() is for development: it lets in whoever asks from this machine. NODE_ENV is production.',
    )
  }
  const identity = typeof as === 'string' ? { name: as, superuser: true, permissions: [] } : as
  const principal = principalOf(identity)
  return {
    challenge: 'LocalAddress realm="slumber"',
    authenticate(exchange: Exchange): Principal | undefined {
      const { headers, peer, url } = exchange
      if (headers.has('authorization') || !isLoopback(peer)) return undefined
      if (ofProxies.some((name) => headers.has(name)) || !isNameOfThisMachine(url.hostname, hosts)) return undefined
      refuseOtherPages(exchange, url.origin, 'let in')
      return principal
    },
  }
}

/** BlockList reads an address in any of its spellings, those of IPv4 inside IPv6 included. */
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

function isLoopback(peer = ''): boolean {
  const address = peer.split('%', 1)[0] ?? '' // the zone says through which interface (RFC 4007 §11)
  const version = isIP(address)
  return version !== 0 && loopback.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** By another name a page of another origin would read what is here: its name can be made to lead to this machine. */
function isNameOfThisMachine(name: string, hosts: readonly string[]): boolean {
  const isLocal = name === 'localhost' || name.endsWith('.localhost') || isLoopback(name.replaceAll(/[[\]]/g, ''))
  return isLocal || hosts.includes(name)
}
