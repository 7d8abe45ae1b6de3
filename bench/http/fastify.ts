// One route written by hand with Fastify, as well as one would.
import fastify from 'fastify'
import type { Contestant } from '../frame/scenario.ts'
import { findArticle } from './articles.ts'
import { fixedFields, isNotModified, requestIdOf } from './by-hand.ts'

export const start: Contestant['start'] = async () => {
  const app = fastify({
    genReqId: ({ headers }) => requestIdOf(headers['request-id'] as string | undefined), // Node joins its lines
  })

  app.get<{ Params: { id: string } }>('/articles/:id', (request, reply) => {
    const found = findArticle(request.params.id)
    if (found === undefined) {
      reply.code(404).send()
      return
    }
    const etag = `"${found.version}"`
    reply.headers(fixedFields).header('etag', etag).header('request-id', request.id)
    if (isNotModified(request.headers['if-none-match'], etag)) reply.code(304).send()
    else reply.header('content-type', 'application/json').send(JSON.stringify(found.article))
  })

  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: Number(new URL(address).port) }
}
