// The last stage: an answer becomes a Response. It alone writes content, validators, Vary, caching and security headers.

import { encodeUriReference, formatEntityTag, formatHttpDate } from '../../wire/index.ts'
import { Answer, isResponse } from '../answer.ts'
import { cacheFields, invalidationFields } from './caching.ts'
import { encode } from '../content/content-coding.ts'
import { formatOf } from '../decisions/negotiation-question.ts'
import type { Exchange } from '../exchange.ts'
import { isRead, isSafe } from '../methods.ts'
import { takePart } from './partial-content.ts'
import { addFields, cookiesOf, linesOf, type Fields } from './fields.ts'
import type { Resource } from '../resource.ts'
import { writeContent, type Writable } from './write-content.ts'
import { writeProblem } from './write-problem.ts'

/** Nothing runs in a page, or is loaded by it, that is not this service's own (HTTP.md); nobody puts it into a frame. */
const securityOfPages: Fields = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
}

const withoutContent: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * Writes an answer in the negotiated representation.
 *
 * @throws whatever the representation throws, a TypeError for a BigInt in JSON say: it is a fault of the program.
 */
export function respond(resource: Resource, answer: Answer): Response {
  const { exchange } = resource
  const fields: Fields = exchange.hasFields ? { ...exchange.fields } : {}
  fields['x-content-type-options'] = 'nosniff'
  fields['request-id'] = exchange.requestId
  const cookies = cookiesOf(answer)
  const caching = cachingOf(resource, answer, cookies.length > 0)
  for (const name in caching) fields[name] = caching[name] ?? ''
  if (resource.deprecation !== undefined) addDeprecation(resource.deprecation, fields)
  if (showsState(exchange, answer)) addValidators(exchange, answer.status, fields)
  const whole = contentOf(resource, answer, fields)
  addFields(fields, answer.headers)
  if (fields['content-type']?.startsWith('text/html') === true) addSecurity(fields)
  const content = encoded(exchange, answer.status, whole, fields)
  const part = resource.ranges && isWhole(answer.status, fields) ? takePart(exchange, content, fields) : undefined
  // oxlint-disable-next-line typescript/only-throw-error -- the handler answers a thrown Answer, and middleware finishes it
  if (part instanceof Answer) throw part
  addVary(resource, fields)
  if (exchange.trace !== undefined) fields['x-slumber-trace'] = exchange.trace.join(', ')
  if (resource.serverTiming) addTimings(exchange, fields)
  return finished(exchange, part === undefined ? answer.status : 206, part ?? content, fields, cookies)
}

function finished(
  { method }: Exchange,
  status: number,
  body: BodyInit | undefined,
  fields: Fields,
  cookies: readonly string[],
): Response {
  if (status === 204 || status === 205) delete fields['content-length'] // RFC 9110 §8.6, §15.3.6
  if (!withoutContent.has(status)) addLength(body, fields)
  const isSent = method !== 'HEAD' && !withoutContent.has(status)
  if (isSent) return new Response(body ?? null, { status, headers: linesOf(fields, cookies) })
  release(body)
  return new Response(null, { status, headers: linesOf(fields, cookies) })
}

/** How long a file is: a HEAD tells it, too (RFC 9110 §8.6). The server that writes a text counts its octets. */
function addLength(body: BodyInit | undefined, fields: Fields): void {
  const length = body instanceof Blob ? body.size : body instanceof Uint8Array ? body.byteLength : undefined
  if (length !== undefined) fields['content-length'] ??= String(length)
}

function contentOf(resource: Resource, answer: Answer, fields: Fields): Writable | undefined {
  const { status } = answer
  // 0 is that of `Response.error()`; after an interim status a client would wait for another answer.
  if (!(status >= 200 && status <= 599)) throw new RangeError(`${status} is no status of an answer.`)
  if (isResponse(answer.content)) return takeFinished(answer.content, fields)
  if (answer.isError) return writeProblem(resource, answer, fields)
  return withoutContent.has(answer.status) ? undefined : writeContent(resource, answer, fields)
}

function encoded(
  exchange: Exchange,
  status: number,
  content: Writable | undefined,
  fields: Fields,
): Writable | undefined {
  const { coding } = exchange
  if (content === undefined || coding === undefined || !isEncodable(exchange, status, fields)) return content
  fields['content-encoding'] = coding
  for (const name of ofOctets) delete fields[name]
  const octets = content instanceof Blob ? content.stream() : content
  return encode(octets as Parameters<typeof encode>[0], coding) // streams of octets have them in buffers of their own
}

/** Not a part of something, and not what the program gave a strong tag to, which is of these very octets (RFC 9110 §8.8.1). */
function isEncodable({ entityTag }: Exchange, status: number, fields: Fields): boolean {
  const { etag } = fields
  if (status === 206 || fields['content-range'] !== undefined || fields['content-encoding'] !== undefined) return false
  if (etag === undefined || etag.startsWith('W/')) return true
  return entityTag !== undefined && etag === formatEntityTag(entityTag) // which is of the coding too
}

/** Whether it may be sent in part; what a Response says of a range is of its own part. */
function isWhole(status: number, fields: Fields): boolean {
  return status === 200 && fields['content-range'] === undefined
}

/** What is no longer true of coded octets. */
const ofOctets = ['content-length', 'content-digest', 'repr-digest'] as const

/** A stream that nobody will read holds files and cursors open. */
function release(body: BodyInit | undefined): void {
  if (body instanceof ReadableStream) void body.cancel().catch(() => undefined) // its errors have nobody to go to
}

/** The program may say otherwise, for a page with a style of its own, say. */
function addSecurity(fields: Fields): void {
  for (const [name, value] of Object.entries(securityOfPages)) fields[name] ??= value
}

/** Every answer says how it may be cached (RFC 9111 §4.2.2): heuristic freshness is never left to a cache. */
function cachingOf(resource: Resource, { isError, status }: Answer, setsCookie: boolean): Fields {
  const { exchange, caching } = resource
  const { method } = exchange
  if (isError) return { 'cache-control': 'no-store' }
  if (status === 304 || (status < 300 && (method === 'GET' || method === 'HEAD'))) {
    const isAuthenticated = exchange.principal !== undefined || exchange.headers.has('authorization')
    return cacheFields(caching, { isAuthenticated, setsCookie })
  }
  const stale = isSafe(method) ? {} : invalidationFields(caching)
  return { 'cache-control': method === 'QUERY' ? 'no-store' : 'private, no-cache', ...stale }
}

/** Whether the answer is of the selected state: what else succeeds describes what was done (RFC 9110 §8.8). */
function showsState({ method }: Exchange, { status }: Answer): boolean {
  return isRead(method) && (status === 200 || status === 304)
}

function addValidators({ entityTag, lastModified }: Exchange, status: number, fields: Fields): void {
  if (entityTag !== undefined) fields['etag'] = formatEntityTag(entityTag)
  if (lastModified === undefined) return
  // From one reading of the clock, so that no state is dated later than its message (§8.8.2.1).
  const now = new Date()
  const shown = lastModified > now ? now : lastModified
  if (!(shown.getUTCFullYear() >= 0)) return // an invalid date, or one that an HTTP date cannot tell: no validator
  fields['date'] = formatHttpDate(now)
  // §15.4.5: a 304 says no more of the state than its tag, if there is one.
  if (status !== 304 || entityTag === undefined) fields['last-modified'] = formatHttpDate(shown)
}

/** RFC 9745 §2: since when, as a Structured Field Date; RFC 8594: until when, as an HTTP date. */
function addDeprecation(deprecation: NonNullable<Resource['deprecation']>, fields: Fields): void {
  fields['deprecation'] = `@${Math.floor(deprecation.since.getTime() / 1000)}`
  if (deprecation.sunset !== undefined) fields['sunset'] = formatHttpDate(deprecation.sunset)
  if (deprecation.documentation !== undefined) {
    fields['link'] = `<${encodeUriReference(deprecation.documentation)}>; rel="deprecation"`
  }
}

/** What a finished Response says goes before what the layer would say; its content is passed as it is. */
function takeFinished(response: Response, fields: Fields): Writable | undefined {
  // What `fetch` gives has an URL, and has been decoded; the length is that of the coded content.
  const isDecoded = response.url !== '' && response.headers.has('content-encoding')
  const named =
    response.headers
      .get('connection')
      ?.toLowerCase()
      .split(/[ \t]*,[ \t]*/) ?? []
  for (const [name, value] of response.headers) {
    if (notPassedOn.has(name) || named.includes(name) || (isDecoded && ofCoding.has(name))) continue
    fields[name] = value
  }
  return response.body ?? undefined
}

/** Cookies are lines of their own; the others, and what `Connection` names, are about the connection that a response came over (§7.6.1). */
const notPassedOn: ReadonlySet<string> = new Set([
  'set-cookie',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const ofCoding: ReadonlySet<string> = new Set(['content-encoding', ...ofOctets])

/** The same on every answer of a resource: what negotiation, middleware and the handler look at (RFC 9110 §12.5.5). */
function addVary(resource: Resource, fields: Fields): void {
  const { exchange, produces, languages, encodings, middleware, vary } = resource
  // A problem follows Accept whatever else is produced; where it is not stored, nobody has to know.
  const isKeptProblem = fields['content-type']?.includes('problem') === true && fields['cache-control'] !== 'no-store'
  const isNegotiated = isKeptProblem || (produces.length > 1 && formatOf(exchange) === undefined)
  const isPlain = languages.length + encodings.length + middleware.length + vary.length === 0 && !exchange.hasVary
  if (isPlain && fields['vary'] === undefined) {
    if (isNegotiated) fields['vary'] = 'accept'
    return
  }
  const names = new Set([...exchange.vary, ...vary])
  if (isNegotiated) names.add('accept')
  if (languages.length > 0) names.add('accept-language')
  if (encodings.length > 0) names.add('accept-encoding')
  for (const each of middleware) for (const name of each.vary ?? []) names.add(name)
  for (const name of fields['vary']?.split(',') ?? []) names.add(name.trim().toLowerCase())
  if (names.size > 0) fields['vary'] = [...names].join(', ')
}

function addTimings({ timings }: Exchange, fields: Fields): void {
  const entries = [...timings].map(([name, ms]) => `${name};dur=${Math.round(ms * 10) / 10}`)
  if (entries.length > 0) fields['server-timing'] = entries.join(', ')
}
