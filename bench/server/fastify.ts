// The reference: the routes written by hand with Fastify and Drizzle, as well as one would.
import fastify from 'fastify'
import type { Contestant } from '../frame/scenario.ts'
import { entityTag, isAuthorised, isNotModified } from './by-hand.ts'
import { openPizzas, PIZZAS, type NewPizza } from './database.ts'

const LIST = '/slumber/pizzas/menu/Pizza'

const pizza = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    forSale: { type: 'boolean' },
    price: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
    maxToppings: { type: ['integer', 'null'] },
  },
  required: ['name', 'forSale', 'price'],
  additionalProperties: false,
}

export const start: Contestant['start'] = async (folder, driver) => {
  const pizzas = await openPizzas(folder, driver, PIZZAS)
  const app = fastify({ bodyLimit: 4_000_000 })

  app.addHook('onRequest', async (request, reply) => {
    if (isAuthorised(request.headers.authorization)) return
    await reply.code(401).header('www-authenticate', 'Basic realm="pizzas", charset="UTF-8"').send({ status: 401 })
  })

  app.get<{ Params: { id: string } }>(`${LIST}/:id`, async (request, reply) => {
    const id = Number(request.params.id)
    const found = Number.isSafeInteger(id) ? await pizzas.find(id) : undefined
    if (found === undefined) return reply.code(404).send({ status: 404 })

    const body = JSON.stringify(found)
    const tag = entityTag(body)
    reply.header('etag', tag)
    if (isNotModified(request.headers['if-none-match'], tag)) return reply.code(304).send()
    return reply.type('application/json').send(body)
  })

  app.get<{ Querystring: { limit?: string; after?: string } }>(LIST, async (request, reply) => {
    const { limit: size = '50', after = '0' } = request.query
    const limit = Number(size)
    const found = await pizzas.page(Number(after), limit + 1)
    const shown = found.slice(0, limit)
    const last = shown.at(-1)
    if (found.length > limit && last !== undefined) {
      reply.header('link', `<${LIST}?limit=${limit}&after=${last.id}>; rel="next"`)
    }
    const body = JSON.stringify(shown)
    const tag = entityTag(body)
    reply.header('etag', tag)
    if (isNotModified(request.headers['if-none-match'], tag)) return reply.code(304).send()
    return reply.type('application/json').send(body)
  })

  const schema = { body: { anyOf: [pizza, { type: 'array', items: pizza, maxItems: 10_000 }] } }
  app.post<{ Body: NewPizza | readonly NewPizza[] }>(LIST, { schema }, async (request, reply) => {
    const { body } = request
    if (isMany(body)) {
      await pizzas.createAll(body)
      return reply.code(204).send()
    }
    const made = await pizzas.create({ ...body, maxToppings: body.maxToppings ?? null })
    if (made === undefined) return reply.code(500).send({ status: 500 })
    const text = JSON.stringify(made)
    reply.code(201).header('location', `${LIST}/${made.id}`).header('etag', entityTag(text))
    return reply.type('application/json').send(text)
  })

  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: Number(new URL(address).port) }
}

const isMany = (body: NewPizza | readonly NewPizza[]): body is readonly NewPizza[] => Array.isArray(body)
