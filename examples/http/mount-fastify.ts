// In Fastify 5: the reply is taken over, and in this scope nothing else reads the content.

import fastify, { type FastifyInstance } from 'fastify'
import { requestListener } from 'slumberjs/node'
import { api } from './api.ts'

const answer = requestListener(api)

export const app: FastifyInstance = fastify()
await app.register(async (scope) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, _content, done) => done(null))
  scope.all('/api/*', (request, reply) => {
    reply.hijack()
    answer(request.raw, reply.raw)
  })
})
app.get('/', () => 'a page of Fastify')
