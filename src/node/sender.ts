// Who sent a request, and by which scheme and authority it came: as the socket tells it, or the proxies that are trusted.

import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net'
import { refuseUnknownOptions, type KnownOptions } from '../wire/index.ts'

/** A field besides X-Forwarded-For that proxies are believed. */
type FieldOfProxies = 'x-forwarded-proto' | 'x-forwarded-host'

export interface TrustedProxies {
  /** Their addresses, or networks in which nobody else is: `['10.0.0.7', 'fd00:1::/64']`. Requests of any other peer are its own. */
  readonly addresses: readonly string[]
  /** How many of them a request comes through, one behind the other; 1 unless given. */
  readonly hops?: number
  /** What they set besides X-Forwarded-For, in place of what clients sent: from a proxy that passes it on, a client's would be believed. */
  readonly fields?: readonly FieldOfProxies[]
}

export interface Sender {
  /** Undefined where it is not known: never taken for anybody's. */
  readonly peerOf: (incoming: IncomingMessage) => string | undefined
  /** Undefined for a field that says neither. */
  readonly schemeOf: (incoming: IncomingMessage) => 'http' | 'https' | undefined
  /** The authority in place of `Host`, if there is another. */
  readonly hostOf: (incoming: IncomingMessage) => string | undefined
}

const known: KnownOptions<TrustedProxies> = { addresses: true, hops: true, fields: true }
const knownFields: readonly string[] = ['x-forwarded-proto', 'x-forwarded-host']

/** Trusts nobody. */
const bySocket: Sender = { peerOf: peerOfSocket, schemeOf: schemeOfSocket, hostOf: () => undefined }

/** @throws TypeError for what is no address and no network, RangeError for a number of hops below one */
export function senderOf(proxies: TrustedProxies | undefined): Sender {
  if (proxies === undefined) return bySocket
  refuseUnknownOptions(proxies, known, 'trustedProxies')
  const { addresses, hops = 1, fields = [] } = proxies
  const other = fields.find((name) => !knownFields.includes(name))
  if (other !== undefined) {
    throw new TypeError(`trustedProxies.fields: there is no "${other}"; there are: ${knownFields.join(', ')}.`)
  }
  if (!(Number.isInteger(hops) && hops >= 1)) throw new RangeError('trustedProxies.hops is a whole number above zero.')
  const trusted = networksOf(addresses)
  const isTrusted = (address: string | undefined): boolean =>
    address !== undefined && trusted.check(address, address.includes(':') ? 'ipv6' : 'ipv4')

  const fieldOf = (incoming: IncomingMessage, name: FieldOfProxies): string | undefined => {
    if (!fields.includes(name) || !isTrusted(peerOfSocket(incoming))) return undefined
    const value = incoming.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
  return {
    peerOf(incoming) {
      let peer = peerOfSocket(incoming)
      // Each proxy writes behind the others from where it was asked: only what trusted ones wrote is read.
      const written = [incoming.headers['x-forwarded-for'] ?? []].flat().join(',')
      const named = written === '' ? [] : written.split(',')
      for (let hop = 1; hop <= hops && hop <= named.length && isTrusted(peer); hop++) {
        peer = addressIn(named.at(-hop) ?? '')
      }
      return peer
    },
    schemeOf(incoming) {
      const scheme = fieldOf(incoming, 'x-forwarded-proto')?.toLowerCase()
      if (scheme === undefined) return schemeOfSocket(incoming)
      return scheme === 'https' || scheme === 'http' ? scheme : undefined
    },
    hostOf: (incoming) => fieldOf(incoming, 'x-forwarded-host'),
  }
}

function networksOf(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', length, more] = entry.split('/')
    const family = familyOf(address)
    const most = family === 'ipv6' ? 128 : 32
    const prefix = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
    if (family === undefined || more !== undefined || !(prefix <= most)) {
      throw new TypeError(`trustedProxies.addresses: "${entry}" is no address and no network such as 10.0.0.0/8.`)
    }
    list.addSubnet(address, prefix, family)
  }
  return list
}

function peerOfSocket({ socket }: IncomingMessage): string | undefined {
  const { remoteAddress } = socket
  return remoteAddress === undefined ? undefined : canonical(remoteAddress)
}

function schemeOfSocket({ socket }: IncomingMessage): 'http' | 'https' {
  return 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http'
}

/** Some proxies write the port, too. */
function addressIn(text: string): string | undefined {
  const [, inBrackets, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text.trim()) ?? []
  const address = inBrackets ?? withPort ?? text.trim()
  return familyOf(address) === undefined ? undefined : canonical(address)
}

/** One spelling for each address, so that rules compare one: without its zone, and IPv4 inside IPv6 as IPv4. */
function canonical(given: string): string {
  if (!given.includes(':')) return given
  if (given.startsWith('::ffff:') && isIPv4(given.slice(7))) return given.slice(7) // what Node says of a dual-stack socket
  const { address } = new SocketAddress({ address: given.split('%', 1)[0] ?? given, family: 'ipv6' })
  return address.startsWith('::ffff:') && isIPv4(address.slice(7)) ? address.slice(7) : address
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  if (version === 0) return undefined
  return version === 6 ? 'ipv6' : 'ipv4'
}
