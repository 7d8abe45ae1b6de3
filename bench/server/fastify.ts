// The reference: one route written by hand with Fastify and Drizzle, as well as one would.
import fastify from 'fastify'
import type { Contestant } from '../frame/contest.ts'
import { entityTag, isAuthorised, isNotModified, preparePizzas } from './by-hand.ts'

export const start: Contestant['start'] = async (folder) => {
  const findPizza = await preparePizzas(folder)
  const app = fastify()

  app.addHook('onRequest', async (request, reply) => {
    if (isAuthorised(request.headers.authorization)) return
    await reply.code(401).header('www-authenticate', 'Basic realm="pizzas", charset="UTF-8"').send({ status: 401 })
  })

  app.get<{ Params: { id: string } }>('/slumber/pizzas/menu/Pizza/:id', async (request, reply) => {
    const id = Number(request.params.id)
    const pizza = Number.isSafeInteger(id) ? await findPizza(id) : undefined
    if (pizza === undefined) return reply.code(404).send({ status: 404 })

    const body = JSON.stringify(pizza)
    const tag = entityTag(body)
    reply.header('etag', tag)
    if (isNotModified(request.headers['if-none-match'], tag)) return reply.code(304).send()
    return reply.type('application/json').send(body)
  })

  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: Number(new URL(address).port) }
}
