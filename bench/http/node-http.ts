// The floor: the same bytes from Node's HTTP server alone, without routing, negotiation or hooks, in the quickest form it has:
// fields as one flat list.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Contestant } from '../frame/scenario.ts'
import { findArticle } from './articles.ts'
import { fixedFields, isNotModified, requestIdOf } from './by-hand.ts'

const PREFIX = '/articles/'
const FIXED: readonly string[] = Object.entries(fixedFields).flat()

export const start: Contestant['start'] = async () => {
  const server = createServer(({ method, url = '', headers }, response) => {
    const found = method === 'GET' && url.startsWith(PREFIX) ? findArticle(url.slice(PREFIX.length)) : undefined
    if (found === undefined) {
      response.writeHead(404).end()
      return
    }
    const etag = `"${found.version}"`
    const id = requestIdOf(headers['request-id'] as string | undefined) // Node joins its lines
    if (isNotModified(headers['if-none-match'], etag)) {
      response.writeHead(304, [...FIXED, 'etag', etag, 'request-id', id]).end()
      return
    }
    const body = JSON.stringify(found.article)
    const content = ['content-type', 'application/json', 'content-length', Buffer.byteLength(body)]
    response.writeHead(200, [...FIXED, 'etag', etag, 'request-id', id, ...content]).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port } // a TCP server's address
}
