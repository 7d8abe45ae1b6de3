// The last stage: an answer becomes a Response. It alone writes content, validators, Vary, caching and security headers.

import {
  encodeFieldValue,
  encodeUriReference,
  formatEntityTag,
  formatHttpDate,
  formatLinks,
  reasonPhrase,
  type Link,
} from '../wire/index.ts'
import type { Answer, AnswerHeaders } from './answer.ts'
import type { Exchange } from './exchange.ts'
import { Entity, Page } from './hypermedia.ts'
import { Problem } from './problem.ts'
import type { Resource } from './resource.ts'

const withoutContent: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * Writes an answer in the negotiated representation.
 *
 * @throws whatever the representation throws, a TypeError for a BigInt in JSON say: it is a fault of the program.
 */
export function respond(resource: Resource, answer: Answer): Response {
  const { exchange } = resource
  const headers: Record<string, string> = {
    'cache-control': cacheControl(resource, answer),
    'x-content-type-options': 'nosniff',
    'request-id': exchange.requestId,
  }
  if (isRead(exchange) && (answer.status === 200 || answer.status === 304)) addValidators(exchange, headers)
  let body: string | undefined
  if (!withoutContent.has(answer.status)) {
    body = answer.isError ? writeProblem(exchange, answer, headers) : writeContent(exchange, answer, headers)
  }
  addFields(headers, answer.headers)
  addVary(headers, exchange.vary)
  return new Response(exchange.method === 'HEAD' ? undefined : body, { status: answer.status, headers })
}

function isRead({ method }: Exchange): boolean {
  return method === 'GET' || method === 'HEAD'
}

function addValidators({ entityTag, lastModified }: Exchange, headers: Record<string, string>): void {
  if (entityTag !== undefined) headers['etag'] = formatEntityTag(entityTag)
  if (lastModified === undefined) return
  // From one reading of the clock, so that no state is dated later than its message (§8.8.2.1).
  const now = new Date()
  const shown = lastModified > now ? now : lastModified
  if (!(shown.getUTCFullYear() >= 0)) return // an invalid date, or one that an HTTP date cannot tell: no validator
  headers['date'] = formatHttpDate(now)
  headers['last-modified'] = formatHttpDate(shown)
}

/** Adds what the program gave, each name once. Whatever its data holds, a value stays in its line (§5.5), and a URI is one. */
function addFields(headers: Record<string, string>, fields: AnswerHeaders): void {
  for (const [given, value] of Object.entries(fields)) {
    const name = given.toLowerCase()
    headers[name] = uriFields.has(name) ? encodeUriReference(value) : encodeFieldValue(value)
  }
}

/** What the decisions looked at, and beside it what the program says that it looked at. */
function addVary(headers: Record<string, string>, names: ReadonlySet<string>): void {
  if (names.size === 0) return
  const own = headers['vary'] === undefined ? [] : [headers['vary']]
  headers['vary'] = [...names, ...own].join(', ')
}

const uriFields: ReadonlySet<string> = new Set(['location', 'content-location'])

function writeContent(
  { representation }: Exchange,
  { content }: Answer,
  headers: Record<string, string>,
): string | undefined {
  if (content === undefined) return undefined
  headers['content-type'] = representation.mediaType
  if (!representation.showsLinks && (content instanceof Entity || content instanceof Page)) {
    const links = linksOf(content)
    if (links.length > 0) headers['link'] = formatLinks(links)
  }
  return representation.write(content)
}

/** Plain JSON has no room for links: they go into the `Link` header, without the templated ones (RFC 8288 knows none). */
function linksOf({ links }: Entity | Page): readonly Link[] {
  return Object.entries(links)
    .filter(([, link]) => link.templated !== true)
    .map(([rel, { href, title }]) => (title === undefined ? { target: href, rel } : { target: href, rel, title }))
}

function writeProblem(exchange: Exchange, { status, content }: Answer, headers: Record<string, string>): string {
  const problem = content instanceof Problem ? content : problemOf(status, content)
  addFields(headers, problem.headers)
  headers['content-type'] = exchange.representation.problemType
  return JSON.stringify(problem.toDocument(exchange.requestId))
}

/** `[CONFLICT, errors]` from a handler: the content becomes the problem's `errors`, text its `detail`, an object its members. */
function problemOf(status: number, content: unknown): Problem {
  if (typeof content === 'string') return new Problem(status, content)
  if (typeof content !== 'object' || content === null) return new Problem(status)
  return new Problem(status, reasonPhrase(status), {
    members: Array.isArray(content) ? { errors: content } : (content as Record<string, unknown>), // an object, not an array
  })
}

/** Every answer says how it may be cached (RFC 9111 §4.2.2): heuristic freshness is never left to a cache. */
function cacheControl(resource: Resource, answer: Answer): string {
  if (answer.isError) return 'no-store'
  return isRead(resource.exchange) ? resource.cacheControl : 'private, no-cache'
}
