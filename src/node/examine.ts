// The decisions about a parsed request that need no resource: step 0 and the first of the HTTP checklist, in their order.

import type { IncomingMessage } from 'node:http'
import type { Standing } from './authority.ts'
import type { Sender } from './sender.ts'
import { otherVersion, refusal, tooLongTarget, unclearFraming, unknownMethod, type Refusal } from './refusal.ts'
import { parseAbsoluteTarget, pathFault } from './target.ts'

/** What the decisions are measured against; made once per server. */
export interface RequestRules {
  readonly maxUriLength: number
  readonly maxContentLength: number
  readonly methods: ReadonlySet<string>
  readonly standingOf: (authority: string, defaultPort: number) => Standing
  readonly sender: Sender
}

/** A refusal, a question about the server itself (`OPTIONS *`), or undefined: the request goes to the application. */
export type Verdict = Refusal | 'whole server' | undefined

const badHost = refusal(400, 'malformed-header', 'A request needs exactly one Host of the form host[:port].', {
  closes: true,
})
const badScheme = refusal(400, 'malformed-header', 'X-Forwarded-Proto is http or https.')
const badTarget = refusal(400, 'malformed-request', 'The request target has none of the forms that the method allows.')
const tooLarge = refusal(413, 'content-too-large', 'The content is larger than this server takes.')
const unknownExpectation = refusal(417, 'expectation-failed', 'The only expectation this server meets is 100-continue.')
const misdirected = refusal(421, 'misdirected', 'This server does not answer for that scheme and authority.')
const unknownCoding = refusal(501, 'unknown-coding', 'The only transfer coding this server decodes is chunked.', {
  closes: true,
})

type Scheme = 'http' | 'https'
const defaultPorts: Readonly<Record<Scheme, number>> = { http: 80, https: 443 }

const none = -1
const several = -2

/** Judges a request by its header section. A target in absolute-form is rewritten to origin-form and `Host`. */
export function examine(incoming: IncomingMessage, rules: RequestRules): Verdict {
  const { httpVersion, headers, method = '' } = incoming
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return otherVersion
  const codings = headers['transfer-encoding']
  if (codings !== undefined) {
    if (httpVersion === '1.0') return unclearFraming // RFC 9112 §6.1
    if (codings.toLowerCase() !== 'chunked') return unknownCoding
  }
  const host = indexOfHost(incoming.rawHeaders)
  if (host === several || (host === none && httpVersion === '1.1')) return badHost // RFC 9112 §3.2
  const scheme = rules.sender.schemeOf(incoming)
  if (scheme === undefined) return badScheme
  const standing = standingOf(incoming, rules, host, scheme)
  if (standing === 'malformed') return badHost
  if ((incoming.url?.length ?? 0) > rules.maxUriLength) return tooLongTarget
  if (!rules.methods.has(method)) return unknownMethod
  return targetVerdict(incoming, rules, standing, scheme) ?? contentVerdict(incoming, rules)
}

/** Of the authority that a trusted proxy was asked by, or that of the one Host line. */
function standingOf(
  incoming: IncomingMessage,
  { sender, standingOf: judge }: RequestRules,
  host: number,
  scheme: Scheme,
) {
  const forwarded = sender.hostOf(incoming)
  if (forwarded !== undefined) setHost(incoming, host, forwarded)
  const named = forwarded ?? incoming.rawHeaders[host]
  return named === undefined ? 'ours' : judge(named, defaultPorts[scheme])
}

function targetVerdict(incoming: IncomingMessage, rules: RequestRules, standing: Standing, by: Scheme): Verdict {
  const { url = '', method } = incoming
  if (url.startsWith('/')) return standing === 'foreign' ? misdirected : pathFault(url)
  if (url === '*') {
    if (method !== 'OPTIONS') return badTarget // RFC 9112 §3.2.4
    return standing === 'foreign' ? misdirected : 'whole server'
  }
  const absolute = parseAbsoluteTarget(url)
  if (absolute === undefined) return badTarget
  // RFC 9112 §3.2.2: the authority of the target replaces Host; RFC 9110 §7.4: a scheme that is not the connection's is not ours.
  const { scheme, authority, target } = absolute
  if (scheme !== by) return misdirected
  const named = rules.standingOf(authority, defaultPorts[by])
  if (named !== 'ours') return named === 'foreign' ? misdirected : badTarget
  if (target === '*' && method === 'OPTIONS') return 'whole server'
  incoming.url = target === '*' ? '/' : target
  setHost(incoming, indexOfHost(incoming.rawHeaders), authority)
  return pathFault(incoming.url)
}

function contentVerdict({ headers, httpVersion }: IncomingMessage, rules: RequestRules): Refusal | undefined {
  const { expect } = headers
  // RFC 9110 §10.1.1: the expectation of an HTTP/1.0 client is ignored.
  const isIgnored = expect === undefined || httpVersion === '1.0'
  if (!isIgnored && expect.toLowerCase() !== '100-continue') return unknownExpectation
  return Number(headers['content-length'] ?? 0) > rules.maxContentLength ? tooLarge : undefined
}

/** Where the value of the one Host line stands. `headers.host` would hide a second line. */
function indexOfHost(rawHeaders: readonly string[]): number {
  let found = none
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue
    if (found !== none) return several
    found = index + 1
  }
  return found
}

function setHost(incoming: IncomingMessage, host: number, authority: string): void {
  if (host === none) incoming.rawHeaders.push('Host', authority)
  else incoming.rawHeaders[host] = authority
  incoming.headers.host = authority
}
