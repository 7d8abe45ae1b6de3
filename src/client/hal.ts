// What the server's HAL says (draft-kelly-json-hal), checked where it is looked at: one instance, a page of them, a link.

import { hasUserinfo, parseUrl, type ModelDocument } from '../wire/index.ts'
import { UnexpectedAnswer } from './errors.ts'
import { assertShows, type Origin } from './identity.ts'
import type { Reply } from './sending/send.ts'
import { fromJson, type Tree } from './values.ts'

export interface HalLink {
  readonly href: string
  readonly title?: string | undefined
}

type Links = Readonly<Record<string, Partial<HalLink> | null | undefined>>

/** One row. `_etag` is the tag of the row, in lists too. */
export interface HalObject {
  readonly _links?: Links | null
  readonly _etag?: string
  /** What is behind relations, where that was asked for. */
  readonly _embedded?: Readonly<Record<string, unknown>> | null
  /** Why some of that is not there, as problem documents. */
  readonly _problems?: Readonly<Record<string, unknown>> | null
  readonly [name: string]: unknown
}

/** An instance as some answer has it. */
export interface Shown {
  readonly origin: Origin
  readonly hal: HalObject
  readonly self: HalLink
  /** Of the whole representation, where it was answered by itself. */
  readonly tag?: string | undefined
}

/** RFC 9110 §8.8.3. It is sent back as a header, which takes no line breaks. */
const entityTag = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/** The instance that is all of an answer, with the tag of that. */
export function shownBy(reply: Reply, model: ModelDocument, asked?: Tree): Shown {
  return { ...shownIn(reply, reply.content, model, asked), tag: reply.headers.get('etag') ?? undefined }
}

/**
 * @param asked what is known of its key.
 * @throws UnexpectedAnswer where the content is something else, or another instance than was asked for.
 */
export function shownIn(origin: Origin, content: unknown, model: ModelDocument, asked?: Tree): Shown {
  if (!isHalObject(content)) throw new UnexpectedAnswer(origin, 'the content is no instance')
  const self = linkIn(origin, content, 'self') ?? { href: '' }
  assertShows(origin, self.href, model, asked)
  const { request, status } = origin // the rest of an answer need not be kept
  return { origin: { request, status }, hal: content, self }
}

/**
 * The rows of a page.
 *
 * @throws UnexpectedAnswer where the content is something else.
 */
export function pageIn(origin: Origin, content: unknown): readonly unknown[] {
  const page = content as { readonly _embedded?: { readonly item?: unknown } | null } | null | undefined // or anything else
  const rows = page?._embedded?.item
  if (Array.isArray(rows)) return rows
  throw new UnexpectedAnswer(origin, 'the content is no page of instances')
}

function isHalObject(content: unknown): content is HalObject {
  return entityTag.test((content as HalObject | null | undefined)?._etag ?? '') // which is looked at
}

/** An absolute URL without a user: nothing is wrong with it. */
const absolute = /^https?:\/\/[^/?#@\\\s]+\//

/**
 * Relative to the URL of the request (RFC 3986 §5.1.3). A URL with a password is never shown, so it gets no further.
 *
 * @throws UnexpectedAnswer where it is no link.
 */
export function linkIn(origin: Origin, content: unknown, name: string): HalLink | undefined {
  const link = (content as { readonly _links?: Links | null })._links?.[name] // of an instance, or a page
  if (link === undefined) return undefined
  const { href, title } = link ?? {}
  if (typeof href === 'string' && typeof (title ?? '') === 'string') {
    if (absolute.test(href)) return { href, title }
    const url = parseUrl(href, origin.request.url)
    if (url !== undefined && !hasUserinfo(url)) return { href: url.href, title }
  }
  throw new UnexpectedAnswer(origin, `the link "${name}" is no URL, or holds a user or a password`)
}

/**
 * The values of a row in the program's types. What the caller may not read is left out.
 *
 * @throws UnexpectedAnswer where a value is not of its field's type.
 */
export function decodeRow(
  { fields, name: model }: ModelDocument,
  { hal, origin }: Shown,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (!Object.hasOwn(hal, name)) continue
    try {
      values[name] = fromJson(field, hal[name])
    } catch {
      throw new UnexpectedAnswer(origin, `"${name}" of ${model} is no ${field.type}`)
    }
  }
  return Object.freeze(values)
}
