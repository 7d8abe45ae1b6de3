// The light form of a handler, `answer`: all tests of the wire once more, and what the light request itself says.
import { createServer } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { describe, test, vi } from 'vitest'
import { requestListener, serve } from '../../src/node/index.ts'
import { HOST, running, serveByAnswer } from './fixture.ts'
import { expect } from './problem-matcher.ts'
import { ask, RawClient } from './raw-client.ts'

serveByAnswer()
await import('./answers.test.ts')
await import('./examine.test.ts')
await import('./expectation.test.ts')
await import('./framing.test.ts')

describe('a handler with `answer`', () => {
  const fetch = () => new Response('by fetch')

  test('is asked that way, as a method of its object, with the peer', async () => {
    const app = {
      word: 'by answer',
      fetch,
      answer(_: unknown, info: { readonly peer?: string }) {
        return new Response(`${this.word} of ${info.peer}`)
      },
    }
    const server = await serve(app)
    const http = createServer({ requireHostHeader: false }, requestListener(app))
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    for (const { port } of [server, http.address() as { port: number }]) {
      expect((await ask(port, `GET / HTTP/1.1\r\n${HOST}\r\n`)).body).toBe('by answer of 127.0.0.1')
    }
    await server.close()
    http.closeAllConnections()
    http.close()
  })

  test('may answer at once or later, and requests in a row are answered in order', async () => {
    const answer = ({ url }: { url: string }) => {
      const response = new Response(url)
      return url.endsWith('later') ? new Promise<Response>((done) => setTimeout(done, 20, response)) : response
    }
    const server = await serve({ fetch, answer })
    const client = await RawClient.open(server.port)
    client.send(['/1/later', '/2', '/3/later', '/4'].map((path) => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`).join(''))
    for (const path of ['/1/later', '/2', '/3/later', '/4']) expect((await client.read()).body).toBe(`http://h${path}`)
    client.close()
    await server.close()
  })
})

describe('the light request', () => {
  let seen: unknown
  const server = running({}, async (request) => {
    const { headers } = request
    seen = {
      url: request.url,
      same: new URL(request.url).href === request.url,
      fields: ['x-a', 'X-A', 'content-type', 'if-modified-since', 'cookie', 'x-none'].map((name) => headers.get(name)),
      has: [headers.has('Host'), headers.has('x-none')],
      body: request.body === null ? null : 'stream',
    }
    return new Response()
  })
  const get = (target: string, host = 'h') => ask(server.port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)

  test.each([
    ['/', 'h', 'http://h/'],
    ['/a%20b?c=%C3%A9&d', 'h:8080', 'http://h:8080/a%20b?c=%C3%A9&d'],
    ['/a', 'EXAMPLE.org:80', 'http://example.org/a'],
    ['/"<>|?a="b\'{}', 'h', 'http://h/%22%3C%3E|?a=%22b%27{}'],
    ['/a', '[::1]:81', 'http://[::1]:81/a'],
  ])('has the URL that a Request would have: %s', async (target, host, url) => {
    await get(target, host)
    expect(seen).toMatchObject({ url, same: true, body: null })
  })

  test('joins the lines of a field, also where Node drops all but one', async () => {
    const lines = ['X-A: 1', 'x-a: 2', 'Content-Type: a/b', 'Content-Type: c/d', 'If-Modified-Since: x', 'Cookie: a=b']
    await ask(server.port, `GET / HTTP/1.1\r\n${HOST}${lines.join('\r\n')}\r\ncookie: c=d\r\n\r\n`)
    expect(seen).toMatchObject({
      fields: ['1, 2', '1, 2', 'a/b, c/d', 'x', 'a=b; c=d', null],
      has: [true, false],
    })
  })

  test('of HTTP/1.0 without Host is for the first authority', async () => {
    await ask(server.port, 'GET /a HTTP/1.0\r\n\r\n')
    expect(seen).toMatchObject({ url: 'http://localhost/a' })
  })
})

describe('its content', async () => {
  let outcome: unknown
  const server = await serve({
    fetch: () => new Response(),
    answer: async (request) => {
      outcome = await request.arrayBuffer().then((octets) => octets.byteLength, String)
      const again = await request.arrayBuffer().then(() => 'read twice', String)
      return new Response(again)
    },
  })

  test('is read once', async () => {
    const answer = await ask(server.port, `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhello`)
    expect([outcome, answer.body]).toEqual([5, 'TypeError: The content has been read already.'])
  })

  test('that is none is empty', async () => {
    await ask(server.port, `POST / HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`)
    expect(outcome).toBe(0)
    await ask(server.port, `GET / HTTP/1.1\r\n${HOST}\r\n`)
    expect(outcome).toBe(0)
  })

  test('that breaks off is an error', async () => {
    outcome = undefined
    const client = await RawClient.open(server.port)
    client.send(`POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhe`)
    await after(30)
    client.close()
    await vi.waitFor(() => expect(outcome).toMatch(/answered before/))
    await server.close()
  })
})
