// The content of a successful answer: as the handler gave it where it names its type, else in the negotiated representation.

import { formatLinks, type Link } from '../../wire/index.ts'
import type { Answer } from '../answer.ts'
import type { Fields } from './fields.ts'
import { Entity, Page, type HalLinks } from '../representations/hypermedia.ts'
import type { Body } from '../representations/representation.ts'
import { octets } from '../representations/octets.ts'
import { isStreamable } from '../representations/stream.ts'
import { text } from '../representations/text.ts'
import type { Resource } from '../resource.ts'

/** Written content, or content of a known size. */
export type Writable = Body | Blob

/**
 * @throws whatever the representation throws: content that cannot be written is a fault of the program.
 */
export function writeContent(resource: Resource, { content, headers }: Answer, fields: Fields): Writable | undefined {
  if (content === undefined) return undefined
  const { exchange } = resource
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  if (exchange.language !== undefined) fields['content-language'] = exchange.language
  if (isNamed && typeof content === 'string') return content
  if (isOctets(content)) {
    fields['content-type'] = (content instanceof Blob && content.type) || octets.mediaType
    return content instanceof Blob ? content : octets.write?.(content, resource)
  }
  if (isNamed && isStreamable(content)) return text.write?.(content, resource)
  const { representation } = exchange
  fields['content-type'] = representation.mediaType
  addLinks(content, representation.showsLinks, fields)
  return representation.write?.(content, resource)
}

/** What is octets already, and is not turned into a representation. */
function isOctets(content: unknown): content is Uint8Array | ArrayBuffer | Blob | ReadableStream {
  // The common case first: the classes of the web are looked up slowly.
  if (typeof content !== 'object' || content === null) return false
  if (Object.getPrototypeOf(content) === Object.prototype) return false
  return (
    content instanceof Uint8Array ||
    content instanceof ArrayBuffer ||
    content instanceof Blob ||
    content instanceof ReadableStream
  )
}

/** Where content has no room for links they go into the `Link` header, without the templated ones (RFC 8288 knows none). */
function addLinks(content: unknown, showsLinks: boolean, fields: Fields): void {
  if (showsLinks || !(content instanceof Entity || content instanceof Page)) return
  const field = formatLinks(linksAmong(content.links)) // which no octet of the data can leave
  if (field === '') return
  fields['link'] = fields['link'] === undefined ? field : `${fields['link']}, ${field}`
}

function linksAmong(links: HalLinks): readonly Link[] {
  const found: Link[] = []
  for (const rel in links) {
    const { href = '', title, templated } = links[rel] ?? {}
    if (templated !== true) found.push(title === undefined ? { target: href, rel } : { target: href, rel, title })
  }
  return found
}
