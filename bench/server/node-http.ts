// The floor: the same answer from Node's HTTP server alone, without routing or hooks.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Contestant } from '../frame/contest.ts'
import { entityTag, isAuthorised, isNotModified, preparePizzas } from './by-hand.ts'

const PREFIX = '/slumber/pizzas/menu/Pizza/'

export const start: Contestant['start'] = async (folder) => {
  const findPizza = await preparePizzas(folder)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isAuthorised(request.headers.authorization)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="pizzas", charset="UTF-8"' }).end()
      return
    }
    const { url = '', method } = request
    const id = method === 'GET' && url.startsWith(PREFIX) ? Number(url.slice(PREFIX.length)) : Number.NaN
    const pizza = Number.isSafeInteger(id) ? await findPizza(id) : undefined
    if (pizza === undefined) {
      response.writeHead(404).end()
      return
    }
    const body = JSON.stringify(pizza)
    const etag = entityTag(body)
    if (isNotModified(request.headers['if-none-match'], etag)) {
      response.writeHead(304, { etag }).end()
      return
    }
    const length = Buffer.byteLength(body)
    response.writeHead(200, { etag, 'content-type': 'application/json', 'content-length': length }).end(body)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error)) // rejections are errors here
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port } // a TCP server's address
}
