// Query parameters: declared once, typed in the handler, checked before it, described for OpenAPI.

import { query, resource, router } from 'slumberjs/http'

/** What all lists have; classes that extend it inherit it. */
class List extends resource('/lists', {
  query: { page: query.integer({ default: 1, minimum: 1 }), limit: query.integer({ default: 50, maximum: 1000 }) },
}) {}

export class Search extends resource('/search', {
  extends: List,
  query: {
    text: query.text({ name: 'q', required: true, maxLength: 100, clean: (text) => text.trim() }),
    tags: query.text({ name: 'tag', list: true }), // ?tag=a&tag=b
    order: query.choice(['newest', 'oldest'], { default: 'newest' }),
    since: query.date(),
  },
}) {
  GET(): unknown {
    const { text, tags, order, since, page } = this.query
    // string, readonly string[], 'newest' | 'oldest', Date | undefined, number
    return { text, tags, order, since: since?.toISOString() ?? null, page }
  }
}

export const search = router([Search])
