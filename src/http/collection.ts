// Collections whose items look as they do at their own URL.

import { Entity, Page, type HalLinks } from './representations/hypermedia.ts'
import type { Resource } from './resource.ts'
import type { BaseClass } from './routing/resource-at.ts'

/**
 * Items as their own resource represents them, for the same caller. An array of what becomes entities is a page, so that
 * HAL and HTML have their links; another array is an array; any other iterable is written as it comes.
 *
 * @throws TypeError for links of items that are no entities: an array has no place for them.
 * @param collection the resource that answers
 * @param itemClass the resource of one item; its `represent` is asked for each
 * @param links of the page: `self`, `next` …
 * @example
 * class Posts extends resource('/blog') {
 *   async GET() { return itemsOf(this, Post, await posts.list()) }
 * }
 */
export function itemsOf(
  collection: Resource,
  itemClass: BaseClass,
  items: Iterable<unknown> | AsyncIterable<unknown>,
  links: HalLinks = {},
): Page | readonly unknown[] | AsyncIterable<unknown> {
  const item = new itemClass(collection.exchange, {})
  if (!Array.isArray(items)) return representEach(item, items)
  const shown = items.map((each) => item.represent(each))
  if (shown.every((each) => each instanceof Entity) && (shown.length > 0 || Object.keys(links).length > 0)) {
    return new Page(shown, links)
  }
  if (Object.keys(links).length === 0) return shown
  throw new TypeError(
    `A page with links needs items that are entities: let ${itemClass.name}.represent() give an Entity.`,
  )
}

async function* representEach(item: Resource, items: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator {
  for await (const each of items) yield item.represent(each)
}
