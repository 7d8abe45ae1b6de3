// PostgreSQL's addresses of networks and devices, in the spelling in which it gives them back.

import type { ColumnKind } from './column-kind.ts'
import { patternKind } from './texts.ts'

export const inetKind: ColumnKind = patternKind('an IP address, such as "192.0.2.1" or "2001:db8::1/64"', (text) => {
  const address = readAddress(text)
  if (address === undefined) return undefined
  return address.prefix === address.bits.length ? address.text : `${address.text}/${address.prefix}`
})

/** A network: nothing but zeros behind its prefix. */
export const cidrKind: ColumnKind = patternKind('a network, such as "192.0.2.0/24" or "2001:db8::/32"', (text) => {
  const address = readAddress(text)
  return address === undefined || address.bits.slice(address.prefix).includes('1')
    ? undefined
    : `${address.text}/${address.prefix}`
})

export const macaddrKind: ColumnKind = patternKind('a MAC address, such as "08:00:2b:01:02:03"', (text) => {
  return /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(text) ? text.toLowerCase() : undefined
})

export const macaddr8Kind: ColumnKind = patternKind('an EUI-64 address, such as "08:00:2b:01:02:03:04:05"', (text) => {
  return /^(?:[\da-f]{2}:){7}[\da-f]{2}$/i.test(text) ? text.toLowerCase() : undefined
})

interface Address {
  readonly text: string
  readonly bits: string
  readonly prefix: number
}

function readAddress(text: string): Address | undefined {
  const [address = '', length, ...rest] = text.split('/')
  const found = address.includes(':') ? readIpv6(address) : readIpv4(address)
  if (found === undefined || rest.length > 0) return undefined
  const prefix = length === undefined ? found.bits.length : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  return prefix <= found.bits.length ? { ...found, prefix } : undefined
}

function readIpv4(text: string): { text: string; bits: string } | undefined {
  const parts = /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) ? text.split('.').map(Number) : []
  if (parts.length === 0 || parts.some((part) => part > 255)) return undefined
  return { text: parts.join('.'), bits: parts.map((part) => part.toString(2).padStart(8, '0')).join('') }
}

/** URLs have the same shortest spelling (RFC 5952), but for the addresses that hold one of version 4. */
function readIpv6(text: string): { text: string; bits: string } | undefined {
  if (!/^[\da-f:.]{2,45}$/i.test(text) || !URL.canParse(`http://[${text}]`)) return undefined
  const shortest = new URL(`http://[${text}]`).hostname.slice(1, -1)
  const [before = '', after] = shortest.split('::')
  const [head, tail] = [before, after ?? ''].map((half) => (half === '' ? [] : half.split(':')))
  const words = [
    ...(head ?? []),
    ...Array<string>(after === undefined ? 0 : 8 - (head?.length ?? 0) - (tail?.length ?? 0)).fill('0'),
    ...(tail ?? []),
  ]
  const bits = words.map((word) => Number.parseInt(word, 16).toString(2).padStart(16, '0')).join('')
  const [mapped] = /^::(?:ffff:)?(?=[\da-f]+:[\da-f]+$)/.exec(shortest) ?? []
  if (mapped === undefined) return { text: shortest, bits }
  const octets = [96, 104, 112, 120].map((at) => Number.parseInt(bits.slice(at, at + 8), 2))
  return { text: `${mapped}${octets.join('.')}`, bits }
}
