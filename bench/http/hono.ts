// One route written by hand with Hono on its own server for Node, the tag compared by hand.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { AddressInfo } from 'node:net'
import type { Contestant } from '../frame/scenario.ts'
import { findArticle } from './articles.ts'
import { fixedFields, isNotModified, requestIdOf } from './by-hand.ts'

export const start: Contestant['start'] = async () => {
  const app = new Hono()

  app.get('/articles/:id', (context) => {
    const found = findArticle(context.req.param('id'))
    if (found === undefined) return context.notFound()
    const etag = `"${found.version}"`
    const headers = { ...fixedFields, etag, 'request-id': requestIdOf(context.req.header('request-id')) }
    if (isNotModified(context.req.header('if-none-match'), etag)) return context.body(null, 304, headers)
    return context.body(JSON.stringify(found.article), 200, { ...headers, 'content-type': 'application/json' })
  })

  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  return { port: (server.address() as AddressInfo).port } // a TCP server's address
}
