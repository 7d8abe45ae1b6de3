// HTML: a plain page that a person can read and whose links can be followed, for any content.

import { Entity, Page, type HalLinks } from './hypermedia.ts'
import type { Body, Representation, WriteContext } from './representation.ts'
import { linksHtml, pageFrame, pageHtml, tableHtml, valueHtml } from './html-value.ts'
import { isObject, toJsonValue } from './json-value.ts'
import { dataOf } from './rows.ts'
import { isStreamable, streamItems } from './stream.ts'

/**
 * `text/html`: title, links, then the content; a page is a table with the links of each entity in its last column.
 * There is no script and no style in it, and no data can bring any: everything is escaped, only `http:` and `https:`
 * can be followed. Generators and other iterables are streamed as a list, since their columns are not known
 * beforehand.
 *
 * @throws TypeError for what JSON cannot hold, and for more than 64 levels
 * @example
 * html.write({ id: 1 }, { url, title: 'Pizza 1' })
 * // <!DOCTYPE html> … <h1>Pizza 1</h1><dl><dt>id</dt><dd>1</dd></dl> …
 */
export const html: Representation = {
  name: 'html',
  mediaType: 'text/html; charset=utf-8',
  showsLinks: true,
  write: writeHtml,
}

function writeHtml(content: unknown, { url, title }: WriteContext): Body {
  if (isStreamable(content)) {
    const [before, after] = pageFrame(title)
    return streamItems(content, (item) => `<li>${entryHtml(item, url)}</li>`, {
      before: `${before}<ol>`,
      after: `</ol>${after}`,
    })
  }
  return pageHtml(title, content instanceof Page ? rowsHtml(content, url) : entryHtml(content, url))
}

/** An entity has its links before its members. */
function entryHtml(entry: unknown, url: URL): string {
  const links = entry instanceof Entity ? linksHtml(entry.links, url) : ''
  return links + valueHtml(toJsonValue(dataOf(entry)))
}

function rowsHtml({ items, links }: Page, url: URL): string {
  // Data whose toJSON gives something else than an object has no columns.
  const rows = items.map((entity) => toJsonValue(dataOf(entity))).map((row) => (isObject(row) ? row : { value: row }))
  const hasLinks = (of: HalLinks): boolean => Object.keys(of).length > 0
  const lastCells = items.some((item) => hasLinks(item.links))
    ? items.map((item) => linksHtml(item.links, url))
    : undefined
  return linksHtml(links, url) + tableHtml(rows, lastCells)
}
