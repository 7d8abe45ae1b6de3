// What turns content into octets of a media type and back; JSON and HAL here, the others in representations/.

import { type Awaitable, jsonText } from '../../wire/index.ts'
import { parseJson, type ContentLimits } from '../content/content.ts'
import { embeddedMembers, Entity, Page, plainText, type Hypermedia } from './hypermedia.ts'
import { isStreamable, streamJsonArray } from './stream.ts'

/** Written content. A stream is sent while it is made. */
export type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>

/** What a writer may want to know besides the content. */
export interface WriteContext {
  readonly url: URL
  /** A word for the whole, for pages that have a title. */
  readonly title: string
}

/** What a reader may want to know besides the octets. */
export interface ReadContext {
  readonly limits: ContentLimits
  /** The whole `Content-Type`, parameters included. */
  readonly contentType: string
}

/** One media type. It stands in `produces` if it can write, in `accepts` if it can read. */
export interface Representation {
  /** A short word of letters and digits: it names `?format=` and stands in entity tags. */
  readonly name: string
  readonly mediaType: string
  /** Its content has a place for links; without one they go into the `Link` header. */
  readonly showsLinks: boolean
  /** @throws whatever: content that cannot be written is a fault of the program. */
  readonly write?: (content: unknown, context: WriteContext) => Body
  /** @throws Problem 400 for content that is not of this media type. */
  readonly read?: (octets: Uint8Array<ArrayBuffer>, context: ReadContext) => Awaitable<unknown>
}

const readJson = (octets: Uint8Array<ArrayBuffer>, { limits }: ReadContext): unknown => parseJson(octets, limits)

/** Plain JSON: an entity is its data, a page is an array; links are in the `Link` header. An iterable is written as it comes. */
export const json: Representation = {
  name: 'json',
  mediaType: 'application/json',
  showsLinks: false,
  write: (content) => writeJson(content, plain),
  read: readJson,
}

/** HAL (draft-kelly-json-hal-11): links, embedded entities and the tag of each row beside the data. */
export const hal: Representation = {
  name: 'hal',
  mediaType: 'application/hal+json',
  showsLinks: true,
  write: (content) => writeJson(content, (value) => jsonText(isHypermedia(value) ? halOf(value) : value)),
}

/** JSON that is read as what to change (RFC 7396). */
export const mergePatchJson: Representation = {
  name: 'merge',
  mediaType: 'application/merge-patch+json',
  showsLinks: false,
  read: readJson,
}

/** A list of operations (RFC 6902). */
export const jsonPatchJson: Representation = {
  name: 'patch',
  mediaType: 'application/json-patch+json',
  showsLinks: false,
  read: readJson,
}

function writeJson(content: unknown, text: (value: unknown) => string): Body {
  return isStreamable(content) ? streamJsonArray(content, text) : text(content)
}

function isHypermedia(content: unknown): content is Hypermedia {
  return content instanceof Entity || content instanceof Page
}

function plain(content: unknown): string {
  if (content instanceof Entity) return plainText(content)
  if (content instanceof Page) return `[${content.items.map(plainText).join(',')}]`
  return jsonText(content)
}

function halOf(content: Hypermedia): Record<string, unknown> {
  if (content instanceof Page) {
    const { links, items, total } = content
    const counted = total === undefined ? {} : { total }
    return { _links: links, ...counted, _embedded: { item: items.map(halOf) } }
  }
  const { links, tag, data, embedded } = content
  const members = { _links: links, _etag: tag, ...data }
  return embedded === undefined ? members : { ...members, ...embeddedMembers(embedded, halOf) }
}
