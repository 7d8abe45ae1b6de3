// serve() with a function that does by hand what the others do: what our way over the socket costs without the resource layer.
import { serve } from 'slumberjs/node'
import type { Contestant } from '../frame/scenario.ts'
import { findArticle } from './articles.ts'
import { isNotModified, requestIdOf } from './by-hand.ts'

const PREFIX = '/articles/'
const json = { 'content-type': 'application/json' }

export const start: Contestant['start'] = async () => {
  const { port } = await serve({
    fetch: () => new Response(null, { status: 501 }), // never asked, since there is `answer`
    answer({ url, headers }) {
      const path = url.indexOf('/', 'http://'.length)
      const found = url.startsWith(PREFIX, path) ? findArticle(url.slice(path + PREFIX.length)) : undefined
      if (found === undefined) return new Response(null, { status: 404 })
      const etag = `"${found.version}"`
      const id = requestIdOf(headers.get('request-id') ?? undefined)
      const fields = {
        vary: 'accept',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        etag,
        'request-id': id,
      }
      if (isNotModified(headers.get('if-none-match') ?? undefined, etag)) {
        return new Response(null, { status: 304, headers: fields })
      }
      return new Response(JSON.stringify(found.article), { headers: Object.assign(fields, json) })
    },
  })
  return { port }
}
