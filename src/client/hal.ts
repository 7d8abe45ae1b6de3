// What the server's HAL says (draft-kelly-json-hal): one object with its links, or a page of them.

import { codecOf, ValueFault, type ModelDocument } from '../wire/index.ts'
import { UnexpectedAnswer } from './errors.ts'
import { hasUserinfo, type Reply } from './send.ts'

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
  if (!isHalPage(reply.content)) {
    throw new UnexpectedAnswer(reply.request, reply.status, 'the content is no page of instances')
  }
  const { _links: links, _embedded: embedded } = reply.content
  return {
    _links: absoluteLinks(reply, links),
    _embedded: { item: embedded.item.map((item) => withAbsoluteLinks(reply, item)) },
  }
}

function withAbsoluteLinks(reply: Reply, hal: HalObject): HalObject {
  const { self, ...others } = hal._links
  return { ...hal, _links: { ...absoluteLinks(reply, others), self: absoluteLink(reply, 'self', self) } }
}

function absoluteLinks(reply: Reply, links: Answered<HalLinks>): HalLinks {
  const single = Object.entries(links).flatMap(([name, link]) =>
    isLink(link) ? [[name, absoluteLink(reply, name, link)] as const] : [],
  )
  return Object.fromEntries(single)
}

/** Relative to the URL of the request (RFC 3986 §5.1.3). A URL with a password is never shown, so it gets no further. */
function absoluteLink({ request, status }: Reply, name: string, link: HalLink): HalLink {
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
    const json = hal[name]
    const codec = codecOf(field)
    // A type of a later version is passed on as it is.
    if (json === null || codec === undefined) return [[name, json] as const]
    try {
      return [[name, codec.decode(json)] as const]
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      throw new UnexpectedAnswer(
        { method: 'GET', url: hal._links.self.href },
        200,
        `"${name}" of ${model} ${error.message}`,
      )
    }
  })
  return Object.freeze(Object.fromEntries(values))
}

function isHalObject(content: unknown): content is HalObject {
  if (!isObject(content) || !('_etag' in content) || !isTag(content._etag)) return false
  return '_links' in content && isLinks(content._links) && 'self' in content._links && isLink(content._links.self)
}

function isHalPage(content: unknown): content is HalPage {
  if (!isObject(content) || !('_embedded' in content) || !('_links' in content)) return false
  const { _embedded: embedded, _links: links } = content
  return (
    isObject(embedded) &&
    'item' in embedded &&
    Array.isArray(embedded.item) &&
    embedded.item.every(isHalObject) &&
    isLinks(links)
  )
}

function isLinks(value: unknown): value is Answered<HalLinks> {
  return isObject(value) && Object.values(value).every((link) => isLink(link) || Array.isArray(link))
}

function isLink(value: unknown): value is HalLink {
  if (!isObject(value) || !('href' in value) || typeof value.href !== 'string') return false
  return !('title' in value) || typeof value.title === 'string'
}

/** An entity tag (RFC 9110 §8.8.3): it is sent back as a header, which takes no line breaks. */
function isTag(value: unknown): value is string {
  return typeof value === 'string' && /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(value)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
