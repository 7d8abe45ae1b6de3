// What the server's HAL says (draft-kelly-json-hal): one object with its links, or a page of them.

import type { ModelDocument } from '../wire/index.ts'
import { UnexpectedAnswer } from './errors.ts'
import { matches, type Pattern } from './matches.ts'
import { hasUserinfo, type Reply } from './sending/send.ts'
import { fromJson } from './values.ts'

interface HalLink {
  readonly href: string
  readonly title?: string
}

type HalLinks = Readonly<Record<string, HalLink>>

/** As answered: where HAL has an array of links (§4.1.1), none of this system's is among them. */
type Answered<Links> = { readonly [Name in keyof Links]: Links[Name] | readonly unknown[] }

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

/** @throws UnexpectedAnswer where the content is something else, or a link leads nowhere. */
export function halObjectOf(reply: Reply): HalObject {
  if (isHalObject(reply.content)) return withAbsoluteLinks(reply, reply.content)
  throw new UnexpectedAnswer(reply.request, reply.status, 'the content is no instance')
}

/** @throws UnexpectedAnswer where the content is something else, or a link leads nowhere. */
export function halPageOf(reply: Reply): HalPage {
  if (isHalPage(reply.content)) return pageWithAbsoluteLinks(reply, reply.content)
  throw new UnexpectedAnswer(reply.request, reply.status, 'the content is no page of instances')
}

function pageWithAbsoluteLinks(reply: Reply, { _links: links, _embedded: { item } }: HalPage): HalPage {
  return {
    _links: absoluteLinks(reply, links),
    _embedded: { item: item.map((each) => withAbsoluteLinks(reply, each)) },
  }
}

function withAbsoluteLinks(reply: Reply, hal: HalObject): HalObject {
  const {
    _links: { self, ...others },
    _embedded: embedded,
  } = hal
  const links = { ...absoluteLinks(reply, others), self: absoluteLink(reply, 'self', self) }
  if (embedded === undefined) return { ...hal, _links: links }
  const inside = Object.entries(embedded).map(([name, content]): readonly [string, HalObject | HalPage] => {
    if (isHalObject(content)) return [name, withAbsoluteLinks(reply, content)]
    if (isHalPage(content)) return [name, pageWithAbsoluteLinks(reply, content)]
    throw new UnexpectedAnswer(
      reply.request,
      reply.status,
      `what is embedded as "${name}" is neither an instance nor a page`,
    )
  })
  return { ...hal, _links: links, _embedded: Object.fromEntries(inside) }
}

function absoluteLinks(reply: Reply, links: Answered<HalLinks>): HalLinks {
  const single = Object.entries(links).flatMap(([name, link]) =>
    isLink(link) ? [[name, absoluteLink(reply, name, link)] as const] : [],
  )
  return Object.fromEntries(single)
}

/** Relative to the URL of the request (RFC 3986 §5.1.3). A URL with a password is never shown, so it gets no further. */
function absoluteLink({ request, status }: Reply, name: string, link: HalLink): HalLink {
  // At the origin of the request, as nearly all are: nothing is wrong with it.
  const origin = /^https?:\/\/[^/?#]+\//.exec(request.url)?.[0]
  if (origin !== undefined && link.href.startsWith(origin)) return link
  const base = URL.canParse(link.href) ? undefined : request.url
  const url = URL.canParse(link.href, base) ? new URL(link.href, base) : undefined
  if (url === undefined) throw new UnexpectedAnswer(request, status, `the link "${name}" is no URL`)
  if (hasUserinfo(url)) throw new UnexpectedAnswer(request, status, `the link "${name}" holds a user or a password`)
  return base === undefined ? link : { ...link, href: url.href }
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
      const request = { method: 'GET', url: hal._links.self.href }
      throw new UnexpectedAnswer(request, 200, `"${name}" of ${model} is no ${field.type}`)
    }
  })
  return Object.freeze(Object.fromEntries(values))
}

const link: Pattern = { href: 'string', 'title?': 'string' }
const links = { '*': (value: unknown): boolean => Array.isArray(value) || matches(value, link) }

const object: Pattern = {
  // An entity tag (RFC 9110 §8.8.3): it is sent back as a header, which takes no line breaks.
  _etag: /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/,
  _links: { self: link, '*': links['*'] },
  '_embedded?': 'object',
}

function isHalObject(content: unknown): content is HalObject {
  return matches(content, object)
}

function isHalPage(content: unknown): content is HalPage {
  return matches(content, { _embedded: { item: [object] }, _links: links })
}

function isLink(value: unknown): value is HalLink {
  return matches(value, link)
}
