// What the server's HAL says (draft-kelly-json-hal): one object with its links, or a page of them.

import { hasUserinfo, parseUrl, type ModelDocument } from '../wire/index.ts'
import { UnexpectedAnswer } from './errors.ts'
import { matches, type Pattern } from './matches.ts'
import type { Reply } from './sending/send.ts'
import { fromJson } from './values.ts'

interface HalLink {
  readonly href: string
  readonly title?: string
}

type HalLinks = Readonly<Record<string, HalLink>>

/** One row. `_etag` is the tag of the row, in lists too. */
export interface HalObject {
  readonly _links: HalLinks & { readonly self: HalLink }
  readonly _etag: string
  /** What is behind relations, where that was asked for. */
  readonly _embedded?: Readonly<Record<string, HalObject | HalPage>>
  /** Why some of that is not there, as problem documents. */
  readonly _problems?: Readonly<Record<string, unknown>>
  readonly [name: string]: unknown
}

export interface HalPage {
  readonly _links: HalLinks
  readonly _embedded: { readonly item: readonly HalObject[] }
}

/** Levels of embedded objects. */
const deepest = 100

/** @throws UnexpectedAnswer where the content is something else, or a link leads nowhere. */
export function halObjectOf(reply: Reply): HalObject {
  if (isHalObject(reply.content)) return withAbsoluteLinks(reply, reply.content)
  throw new UnexpectedAnswer(reply, 'the content is no instance')
}

/** @throws UnexpectedAnswer where the content is something else, or a link leads nowhere. */
export function halPageOf(reply: Reply): HalPage {
  if (isHalPage(reply.content)) return pageWithAbsoluteLinks(reply, reply.content)
  throw new UnexpectedAnswer(reply, 'the content is no page of instances')
}

function pageWithAbsoluteLinks(reply: Reply, { _links: links, _embedded: { item } }: HalPage, depth = 0): HalPage {
  return {
    _links: absoluteLinks(reply, links),
    _embedded: { item: item.map((each) => withAbsoluteLinks(reply, each, depth)) },
  }
}

function withAbsoluteLinks(reply: Reply, hal: HalObject, depth = 0): HalObject {
  // Services expand a few levels; thousands would be more than the stack has room for.
  if (depth > deepest) throw new UnexpectedAnswer(reply, `it is embedded more than ${deepest} times`)
  const shown = { ...hal, _links: absoluteLinks(reply, hal._links) }
  if (hal._embedded === undefined) return shown
  const inside = Object.entries(hal._embedded).map(([name, content]): readonly [string, HalObject | HalPage] => {
    if (isHalObject(content)) return [name, withAbsoluteLinks(reply, content, depth + 1)]
    if (isHalPage(content)) return [name, pageWithAbsoluteLinks(reply, content, depth + 1)]
    throw new UnexpectedAnswer(reply, `what is embedded as "${name}" is neither an instance nor a page`)
  })
  return { ...shown, _embedded: Object.fromEntries(inside) }
}

/** Where HAL has an array of links (§4.1.1), none of this system's is among them. What is no list is a link: the patterns below say so. */
function absoluteLinks<Links extends HalLinks>(reply: Reply, links: Links): Links {
  const single = Object.entries(links).filter(([, link]) => !Array.isArray(link))
  return Object.fromEntries(single.map(([name, link]) => [name, absoluteLink(reply, name, link)])) as Links // `self` is one
}

/** Relative to the URL of the request (RFC 3986 §5.1.3). A URL with a password is never shown, so it gets no further. */
function absoluteLink(reply: Reply, name: string, link: HalLink): HalLink {
  // At the origin of the request, as nearly all are: nothing is wrong with it.
  const origin = /^https?:\/\/[^/?#]+\//.exec(reply.request.url)?.[0]
  if (origin !== undefined && link.href.startsWith(origin)) return link
  const url = parseUrl(link.href, reply.request.url)
  if (url === undefined) throw new UnexpectedAnswer(reply, `the link "${name}" is no URL`)
  if (hasUserinfo(url)) throw new UnexpectedAnswer(reply, `the link "${name}" holds a user or a password`)
  return URL.canParse(link.href) ? link : { ...link, href: url.href }
}

/**
 * The values of a row in the program's types. What the caller may not read is left out.
 *
 * @throws UnexpectedAnswer where a value is not of its field's type.
 */
export function decodeRow({ fields, name: model }: ModelDocument, hal: HalObject): Readonly<Record<string, unknown>> {
  const values = Object.entries(fields).flatMap(([name, field]) => {
    if (!Object.hasOwn(hal, name)) return []
    try {
      return [[name, fromJson(field, hal[name])] as const]
    } catch {
      const answer = { request: { method: 'GET', url: hal._links.self.href }, status: 200 }
      throw new UnexpectedAnswer(answer, `"${name}" of ${model} is no ${field.type}`)
    }
  })
  return Object.freeze(Object.fromEntries(values))
}

const link: Pattern = { href: 'string', 'title?': 'string' }
/** RFC 9110 §8.8.3. It is sent back as a header, which takes no line breaks. */
const entityTag = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/
const linkOrLinks: Pattern = (value: unknown) => Array.isArray(value) || matches(value, link)

const object: Pattern = {
  _etag: (value) => typeof value === 'string' && entityTag.test(value),
  _links: { self: link, '*': linkOrLinks },
  '_embedded?': 'object',
}

const page: Pattern = { _embedded: { item: [object] }, _links: { '*': linkOrLinks } }

function isHalObject(content: unknown): content is HalObject {
  return matches(content, object)
}

function isHalPage(content: unknown): content is HalPage {
  return matches(content, page)
}
