// Content as a list of rows, for representations that know lists only.

import { Entity, Page, plainEntity } from './hypermedia.ts'
import { isStreamable } from './stream.ts'

/** The items of an array, a page or a stream; anything else is the only row. */
export function rowsOf(content: unknown): Iterable<unknown> | AsyncIterable<unknown> {
  if (content instanceof Page) return content.items
  return Array.isArray(content) || isStreamable(content) ? content : [content]
}

/** What is shown of a row where links have no place. */
export function dataOf(row: unknown): unknown {
  return row instanceof Entity ? plainEntity(row) : row
}
