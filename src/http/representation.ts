// A representation turns content into octets of a media type; JSON and problem documents here, HAL beside it.

import { Entity, Page, type Hypermedia } from './hypermedia.ts'

export interface Representation {
  /** A short word of letters and digits: it names `?format=` and stands in entity tags. */
  readonly name: string
  readonly mediaType: string
  /** The media type of errors written by this representation (RFC 9457). */
  readonly problemType: string
  /** Its content has a place for links; without one they go into the `Link` header. */
  readonly showsLinks: boolean
  write(content: unknown): string
}

/** Plain JSON: an entity is its data, a page is an array; links are in the `Link` header. */
export const json: Representation = {
  name: 'json',
  mediaType: 'application/json',
  problemType: 'application/problem+json',
  showsLinks: false,
  write: (content) => JSON.stringify(plain(content)),
}

/** HAL (draft-kelly-json-hal-11): links, embedded entities and the tag of each row beside the data. */
export const hal: Representation = {
  name: 'hal',
  mediaType: 'application/hal+json',
  problemType: 'application/problem+json',
  showsLinks: true,
  write: (content) => JSON.stringify(content instanceof Entity || content instanceof Page ? halOf(content) : content),
}

function plain(content: unknown): unknown {
  if (content instanceof Entity) return content.data
  if (content instanceof Page) return content.items.map((item) => item.data)
  return content
}

function halOf(content: Hypermedia): Record<string, unknown> {
  if (content instanceof Page) {
    return { _links: content.links, _embedded: { item: content.items.map(halOf) } }
  }
  return { _links: content.links, _etag: content.tag, ...content.data }
}
