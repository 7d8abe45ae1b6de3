// Which authority a request names (RFC 9110 §7.2, RFC 3986 §3.2) and whether this server answers for it.

import { isIPv6 } from 'node:net'

export interface Authority {
  /** Lower case; an IPv6 address keeps its brackets. */
  readonly host: string
  readonly port: number | undefined
}

/** What an authority is to this server. */
export type Standing = 'ours' | 'foreign' | 'malformed'

/**
 * Reads `host[:port]`; undefined where the text is not that. Of a registered name only the unreserved characters are taken:
 * no name of a host has others. And the URL standard must read the same host: to it `127.1`, `0x7f000001` and
 * `[0:0:0:0:0:0:0:1]` are other spellings of a host, and `1.2.3.256` is none.
 *
 * @example
 * parseAuthority('Example.org:8080')  // { host: 'example.org', port: 8080 }
 */
export function parseAuthority(text: string): Authority | undefined {
  const end = text.startsWith('[') ? endOfLiteral(text) : endOfName(text)
  if (end === 0) return undefined
  const host = text.slice(0, end).toLowerCase()
  if (!isSameInUrls(host)) return undefined
  if (end === text.length) return { host, port: undefined }
  const port = parsePort(text, end)
  return port === undefined ? undefined : { host, port }
}

/**
 * A function that judges `host[:port]` texts. An entry without a port stands for every port of that host; without
 * entries every well-formed authority is ours.
 *
 * @throws TypeError for an entry that is no `host[:port]`
 */
export function authorityJudge(
  entries: readonly string[] | undefined,
): (text: string, defaultPort: number) => Standing {
  const known = entries && new Set(entries.map(normalEntry))
  // Clients of one server name it in one way: the last good text is answered without reading it again.
  let lastText: string | undefined
  let lastPort = 0
  return (text, defaultPort) => {
    if (text === lastText && defaultPort === lastPort) return 'ours'
    const authority = parseAuthority(text)
    if (authority === undefined) return 'malformed'
    const { host, port = defaultPort } = authority
    if (known !== undefined && !known.has(host) && !known.has(`${host}:${port}`)) return 'foreign'
    lastText = text
    lastPort = defaultPort
    return 'ours'
  }
}

function normalEntry(entry: string): string {
  const authority = parseAuthority(entry)
  if (authority === undefined) throw new TypeError(`authorities: '${entry}' is not of the form host[:port]`)
  return authority.port === undefined ? authority.host : `${authority.host}:${authority.port}`
}

function isSameInUrls(host: string): boolean {
  const url = `http://${host}`
  return URL.canParse(url) && new URL(url).hostname === host
}

/** The index after `]`, or 0 where the brackets hold no IPv6 address. */
function endOfLiteral(text: string): number {
  const bracket = text.indexOf(']')
  const address = text.slice(1, Math.max(bracket, 1))
  return isIPv6(address) && !address.includes('%') ? bracket + 1 : 0
}

function endOfName(text: string): number {
  let end = 0
  while (end < text.length && isUnreserved(text.charCodeAt(end))) end++
  return end
}

/** RFC 3986 §2.3. */
function isUnreserved(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || // a-z
    (code >= 0x41 && code <= 0x5a) || // A-Z
    (code >= 0x2d && code <= 0x39 && code !== 0x2f) || // - . 0-9
    code === 0x5f || // _
    code === 0x7e // ~
  )
}

function parsePort(text: string, colon: number): number | undefined {
  const digits = text.length - colon - 1
  if (text.charCodeAt(colon) !== 0x3a || digits < 1 || digits > 5) return undefined
  let port = 0
  for (let index = colon + 1; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) return undefined
    port = port * 10 + digit
  }
  return port <= 65_535 ? port : undefined
}
