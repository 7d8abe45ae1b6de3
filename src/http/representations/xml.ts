// XML: any JSON value as elements, told apart by their attributes, so that the same value can be read again.

import { Entity, Page, type HalLinks } from './hypermedia.ts'
import type { Body, Representation } from './representation.ts'
import { escapeAttribute, escapeText } from './escape-markup.ts'
import { isList, toJsonValue, type JsonValue } from './json-value.ts'
import { dataOf } from './rows.ts'
import { isStreamable, streamItems } from './stream.ts'
import { tagOf, type Tag } from './xml-name.ts'

/**
 * `application/xml`. The root is `value`; members are elements of their name, or `<member name="…">` where the name
 * is no XML name in ASCII; list items are `item`; `type` is `number`, `boolean`, `list`, or `object` for an object
 * without members; null is `nil="true"`. Links of an entity or a page come first, as `<link rel="…" href="…"
 * title="…"/>`. A character that XML 1.0 forbids is U+FFFD. Generators and other iterables are streamed.
 *
 * @example
 * xml.write({ id: 1, title: 'A & B', tags: [] })
 * // <?xml version="1.0" encoding="UTF-8"?>
 * // <value><id type="number">1</id><title>A &amp; B</title><tags type="list"></tags></value>
 */
export const xml: Representation = {
  name: 'xml',
  mediaType: 'application/xml',
  showsLinks: true,
  write: writeXml,
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const root: Tag = { start: 'value', end: 'value' }
const item: Tag = { start: 'item', end: 'item' }

/** Element names that are not for members. */
const taken = ['link', 'member']

/** @throws TypeError for what JSON cannot hold either, and for more than 64 levels */
function writeXml(content: unknown): Body {
  if (isStreamable(content)) {
    return streamItems(content, (entry) => entryElement(item, entry), {
      before: `${declaration}<value type="list">`,
      after: '</value>',
    })
  }
  if (!(content instanceof Page)) return declaration + entryElement(root, content)
  const entries = content.items.map((entity) => entryElement(item, entity))
  return `${declaration}<value type="list">${linkElements(content.links)}${entries.join('')}</value>`
}

/** An entity has links before its members. */
function entryElement(tag: Tag, entry: unknown): string {
  const links = entry instanceof Entity ? linkElements(entry.links) : ''
  return element(tag, toJsonValue(dataOf(entry)), links)
}

function element(tag: Tag, value: JsonValue, links = ''): string {
  if (value === null) return `<${tag.start} nil="true"/>`
  if (typeof value === 'string') return filled(tag, '', escapeText(value))
  if (typeof value !== 'object') return filled(tag, ` type="${typeof value}"`, String(value))
  if (isList(value)) return filled(tag, ' type="list"', value.map((inner) => element(item, inner)).join(''))
  const members = Object.entries(value).map(([name, inner]) => element(tagOf(name, taken), inner))
  const children = links + members.join('')
  return filled(tag, children === '' ? ' type="object"' : '', children)
}

function filled({ start, end }: Tag, attributes: string, children: string): string {
  return `<${start}${attributes}>${children}</${end}>`
}

function linkElements(links: HalLinks): string {
  return Object.entries(links)
    .map(([rel, { href, title, templated }]) => {
      const hints =
        (title === undefined ? '' : ` title="${escapeAttribute(title)}"`) + (templated ? ' templated="true"' : '')
      return `<link rel="${escapeAttribute(rel)}" href="${escapeAttribute(href)}"${hints}/>`
    })
    .join('')
}
