// Content whose reader stops early: the answer goes out all the same, and the process lives.
import { createServer, type Server as HttpServer } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, octets, resource, router, type Representation } from 'slumberjs/http'
import { requestListener, serve, type Server } from '../../src/node/index.ts'
import { silentLogger } from '../../src/wire/index.ts'
import { RawClient } from './raw-client.ts'

class Limited extends resource('/limited') {
  override contentLimits = { size: 10, depth: 5 }
  override get accepts(): readonly Representation[] {
    return [json, octets]
  }
  POST(): unknown {
    return 'taken'
  }
  PUT(): unknown {
    return 'taken'
  }
  PATCH(): unknown {
    return 'taken'
  }
  QUERY(): unknown {
    return 'taken'
  }
}

/** A DELETE is not read by the layer: it reads for itself, as much as it likes. */
class Picky extends resource('/picky') {
  async DELETE(): Promise<unknown> {
    for await (const chunk of this.exchange.request.body ?? []) {
      await after(20) // more comes meanwhile
      return chunk.byteLength > 0
    }
    return false
  }
}

const app = router([Limited, Picky], { logger: silentLogger })
const picky = (request: Request): Response | Promise<Response> => app.fetch(request)
const errors: unknown[] = []
const options = { onError: (error: unknown) => void errors.push(error), closeTimeout: 500 }
const servers: (Server | HttpServer)[] = []
const ports: Record<string, number> = {}

beforeAll(async () => {
  const byAnswer = await serve(app, options)
  const byFetch = await serve(picky, options)
  const own = createServer({ requireHostHeader: false }, requestListener(app, options))
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve))
  servers.push(byAnswer, byFetch, own)
  Object.assign(ports, { answer: byAnswer.port, fetch: byFetch.port, own: (own.address() as { port: number }).port })
})
afterAll(async () => {
  for (const each of servers) await each.close()
})

const chunk = (size: number): string => `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`
const head = (method: string, path: string, fields: string): string =>
  `${method} ${path} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n${fields}\r\n`

describe.each(['answer', 'fetch', 'own'])('by %s', (way) => {
  const open = (): Promise<RawClient> => RawClient.open(ports[way] ?? 0)

  test.each(['POST', 'PUT', 'PATCH', 'QUERY'])('H128 a %s that turns out too large is 413', async (method) => {
    const client = await open()
    client.send(`${head(method, '/limited', '')}${chunk(11)}0\r\n\r\n`)
    expect(await client.read()).toMatchObject({ status: 413 })
    client.close()
  })

  test('H128 and its client reads the answer while it sends on', async () => {
    const client = await open()
    client.send(head('POST', '/limited', ''))
    for (let sent = 0; sent < 200; sent++) client.send(chunk(65_536))
    expect(await client.read()).toMatchObject({ status: 413, headers: { connection: 'close' } })
    expect(client.error).toBeUndefined()
    client.send('0\r\n\r\n')
    expect(await client.closesWithin()).toBe(true)
    client.close()
  })

  test('a client that waited for 100 Continue gets both answers', async () => {
    const client = await open()
    client.send(head('POST', '/limited', 'Expect: 100-continue\r\n'))
    expect((await client.read()).status).toBe(100)
    client.send(chunk(5))
    client.send(chunk(11))
    expect((await client.read()).status).toBe(413)
    client.close()
  })

  test.each([
    ['little', 1, 10],
    ['much', 3, 60_000],
  ])('a handler that reads %s of it and stops is answered, and the connection goes on', async (_, count, size) => {
    const client = await open()
    const content = chunk(size).repeat(count)
    client.send(`${head('DELETE', '/picky', '')}${content}`)
    await after(5)
    client.send('0\r\n\r\n')
    const answer = await client.read()
    expect(answer).toMatchObject({ status: 200, body: 'true' })
    if (answer.headers['connection'] === 'keep-alive') {
      client.send(`${head('DELETE', '/picky', '')}${content}0\r\n\r\n`)
      expect(await client.read()).toMatchObject({ status: 200, body: 'true' })
    } else expect(await client.closesWithin()).toBe(true)
    client.close()
  })

  test('a client that leaves when its content is no longer read harms nobody', async () => {
    const client = await open()
    client.send(head('DELETE', '/picky', '') + chunk(100))
    await after(5)
    client.reset()
    await after(50)
    const next = await open()
    next.send(`${head('POST', '/limited', '')}${chunk(2)}0\r\n\r\n`)
    expect((await next.read()).status).toBe(400)
    next.close()
  })
})

test('nothing of this was a fault of the server', () => {
  expect(errors).toEqual([])
})
