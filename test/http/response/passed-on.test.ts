// A Response that a handler did not make itself: what `fetch` gave it, passed on over a real socket.

import { createServer, type Server as HttpServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resource, router } from 'slumberjs/http'
import { serve, type Server } from 'slumberjs/node'

const text = 'all that was said '.repeat(20)
let upstream: HttpServer
let server: Server

class Passing extends resource('/:kind') {
  async GET(): Promise<Response> {
    const { port } = upstream.address() as AddressInfo // it listens on a port
    return await fetch(`http://127.0.0.1:${port}/${this.params.kind}`)
  }
}

beforeAll(async () => {
  upstream = createServer(({ url }, response) => {
    response.setHeader('content-type', 'text/plain')
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    if (url === '/gzip') response.writeHead(203, { 'content-encoding': 'gzip' }).end(gzipSync(text))
    else if (url === '/missing') response.writeHead(404).end('not here')
    else if (url === '/length') response.writeHead(200, { 'content-length': text.length }).end(text)
    else {
      response.write(text.slice(0, 100)) // chunked
      setTimeout(() => response.end(text.slice(100)), 5)
    }
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  server = await serve(router([Passing]))
})
afterAll(async () => {
  await server.close()
  upstream.closeAllConnections()
  upstream.close()
})

/** The head as it was sent, in lower case, and all that came after it. */
async function raw(path: string): Promise<readonly [head: string, rest: string]> {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  let received = ''
  for await (const chunk of socket.setEncoding('latin1')) received += String(chunk)
  const [head = '', rest = ''] = received.split(/\r\n\r\n([^]*)/)
  return [head.toLowerCase(), rest]
}

test.each([
  ['/chunked', 200],
  ['/length', 200],
  ['/gzip', 203],
])('%s comes as it was, with one way to tell its end', async (path, status) => {
  const [head, rest] = await raw(path)
  expect(head.split('\r\n')[0]).toContain(` ${status} `)
  expect(head).toMatch(/^connection: close$/m)
  expect(head).not.toMatch(/^(?:keep-alive|content-encoding):/m)
  expect(head.match(/^(?:transfer-encoding|content-length):/gm)).toHaveLength(1)
  if (head.includes('content-length')) expect(rest).toBe(text)
  const response = await fetch(server.url + path)
  expect(await response.text()).toBe(text)
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
})

test('an error is passed on as it is, too', async () => {
  const response = await fetch(`${server.url}/missing`)
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    404,
    'text/plain',
    'not here',
  ])
})

test('coded content of the program’s own keeps its coding', async () => {
  class Coded extends resource('/coded') {
    GET(): Response {
      return new Response(new Uint8Array(gzipSync(text)), { headers: { 'content-encoding': 'gzip' } })
    }
  }
  const own = await serve(router([Coded]))
  const response = await fetch(`${own.url}/coded`)
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(await response.text()).toBe(text)
  await own.close()
})
