// What the application answers, on the wire: lengths, dates, streams, failures, and clients that go away.
import { setTimeout as after } from 'node:timers/promises'
import { describe, test, vi } from 'vitest'
import { HOST, running } from './fixture.ts'
import { expect, isNow } from './problem-matcher.ts'
import { ask, RawClient } from './raw-client.ts'

const get = (path: string, method = 'GET') => `${method} ${path} HTTP/1.1\r\n${HOST}\r\n`

describe('H025 Date', () => {
  const server = running({ authorities: ['h'] }, (request) => {
    const status = Number(new URL(request.url).searchParams.get('status'))
    if (status === 0) throw new Error('failed')
    return new Response(null, { status })
  })

  test.each([200, 204, 302, 304, 404, 503])('H025 is on an answer of the application: %i', async (status) => {
    const answer = await ask(server.port, get(`/?status=${status}`))
    expect(answer.status).toBe(status)
    expect(isNow(answer.headers['date'] ?? '')).toBe(true)
  })

  test.each([
    [204, `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`],
    [400, 'GET / HTTP/1.1\r\n\r\n'],
    [400, 'noise\0\r\n\r\n'],
    [414, get(`/${'a'.repeat(9_000)}`)],
    [421, 'GET / HTTP/1.1\r\nHost: other\r\n\r\n'],
    [431, `GET / HTTP/1.1\r\nX: ${'a'.repeat(30_000)}\r\n\r\n`],
    [500, get('/')],
    [501, `CONNECT h:80 HTTP/1.1\r\n${HOST}\r\n`],
    [505, 'GET / HTTP/2.0\r\n\r\n'],
  ])('H025 is on an answer of the front: %i', async (status, text) => {
    const answer = await ask(server.port, text)
    expect(answer.status).toBe(status)
    expect(isNow(answer.headers['date'] ?? '')).toBe(true)
  })
})

describe('H026 an answer that comes before the content is whole', () => {
  let late = ''
  const noteLate = (outcome: unknown) => void (late = String(outcome))
  const server = running({ authorities: ['h', '127.0.0.1'] }, async (request) => {
    const read = request.headers.get('x-read')
    if (read === 'some') await request.body?.getReader().read()
    if (read === 'later') void request.text().then(noteLate, noteLate)
    return new Response('too large', { status: 413 })
  })
  const chunk = Buffer.from(`${(64 * 1024).toString(16)}\r\n${'x'.repeat(64 * 1024)}\r\n`)
  const head = (fields = '') => `POST / HTTP/1.1\r\n${HOST}${fields}Transfer-Encoding: chunked\r\n\r\n`

  test.each(['', 'X-Read: some\r\n'])('H026 is read by a raw socket that sends 20 MB first: %j', async (fields) => {
    const client = await RawClient.open(server.port, { allowHalfOpen: true })
    client.send(head(fields))
    for (let sent = 0; sent < 20e6; sent += chunk.length) await client.sendBytes(chunk)
    client.send('0\r\n\r\n')
    await after(100)
    expect(await client.read()).toMatchObject({ status: 413, body: 'too large' })
    expect(client.error).toBeUndefined()
    client.close()
  })

  test('H026 is read by fetch', async () => {
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        if (sent >= 20e6) controller.close()
        else controller.enqueue(new Uint8Array(64 * 1024))
        sent += 64 * 1024
      },
    })
    const init = { method: 'POST', body, duplex: 'half' }
    const response = await fetch(`http://127.0.0.1:${server.port}/`, init)
    expect(response.status).toBe(413)
    expect(await response.text()).toBe('too large')
  })

  test('a client that goes on sending is cut off at the limit', async () => {
    const client = await RawClient.open(server.port, { allowHalfOpen: true })
    client.send(head())
    expect((await client.read()).status).toBe(413)
    const started = performance.now()
    let sent = 0
    while (client.error === undefined && sent < 1e9) {
      await client.sendBytes(chunk)
      sent += chunk.length
    }
    expect(sent).toBeGreaterThan(20e6)
    expect(sent).toBeLessThan(1e9)
    expect(performance.now() - started).toBeLessThan(8_000)
  })

  test('a reader that is left behind gets an error, not an early end', async () => {
    const client = await RawClient.open(server.port)
    client.send(`${head('X-Read: later\r\n')}2\r\nhi\r\n`)
    expect((await client.read()).status).toBe(413)
    client.send('0\r\n\r\n')
    await vi.waitFor(() => expect(late).toMatch(/answered before/))
    client.close()
  })

  test('a little content that was not read keeps the connection', async () => {
    const client = await RawClient.open(server.port)
    client.send(`POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\n`)
    expect((await client.read()).headers['connection']).toBe('keep-alive')
    client.send(`helloPOST / HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`)
    expect((await client.read()).status).toBe(413)
    client.close()
  })
})

describe('length', () => {
  const answers: Readonly<Record<string, () => Response>> = {
    '/text': () => new Response('héllo', { headers: { 'content-type': 'text/x' } }),
    '/bare': () => new Response('hello'),
    '/headers': () => new Response('hello', { headers: new Headers({ 'X-A': 'b' }) }),
    '/pairs': () =>
      new Response('hello', {
        headers: [
          ['X-A', 'b'],
          ['x-a', 'c'],
        ],
      }),
    '/bytes': () => new Response(new Uint8Array([104, 105])),
    '/blob': () => new Response(new Blob(['hello'], { type: 'text/x' })),
    '/own': () => new Response('hello', { headers: { 'CONTENT-LENGTH': '5' } }),
    '/empty': () => new Response(null, { status: 201, headers: { location: '/a' } }),
    '/none': () => new Response(null, { status: 204 }),
    '/unchanged': () => new Response(null, { status: 304, headers: { etag: '"a"' } }),
    '/cloned': () => new Response('hello', { headers: { 'x-a': 'b' } }).clone(),
    '/changed': () => {
      const response = new Response('hello', { headers: { 'x-a': 'b' } })
      response.headers.append('set-cookie', 'a=b')
      response.headers.append('set-cookie', 'c=d')
      return response
    },
  }
  const server = running({}, (request) => answers[new URL(request.url).pathname]?.() ?? Response.error())
  const answerTo = async (path: string, method = 'GET') => ask(server.port, get(path, method), { method })

  test.each([
    ['/text', 'h\u00c3\u00a9llo', { 'content-length': '6', 'content-type': 'text/x' }],
    ['/bare', 'hello', { 'content-length': '5', 'content-type': 'text/plain;charset=UTF-8' }],
    ['/headers', 'hello', { 'content-length': '5', 'x-a': 'b' }],
    ['/pairs', 'hello', { 'content-length': '5', 'x-a': 'b, c' }],
    ['/bytes', 'hi', { 'content-length': '2' }],
    ['/blob', 'hello', { 'content-length': '5', 'content-type': 'text/x' }],
    ['/own', 'hello', { 'content-length': '5' }],
    ['/empty', '', { 'content-length': '0', location: '/a' }],
    ['/cloned', 'hello', { 'content-length': '5', 'x-a': 'b' }],
    ['/changed', 'hello', { 'content-length': '5', 'x-a': 'b', 'set-cookie': 'a=b, c=d' }],
  ])('is stated where it is known: %s', async (path, body, headers) => {
    const answer = await answerTo(path)
    expect(answer.body).toBe(body)
    expect(answer.headers).toMatchObject(headers)
    expect(answer.headers).not.toHaveProperty('transfer-encoding')
  })

  test.each(['/none', '/unchanged'])('is not stated where there is no content: %s', async (path) => {
    expect((await answerTo(path)).headers).not.toHaveProperty('content-length')
    expect((await answerTo(path)).headers).not.toHaveProperty('transfer-encoding')
  })

  test.each(['/text', '/blob', '/cloned'])('HEAD has the fields of GET as far as they are known: %s', async (path) => {
    const client = await RawClient.open(server.port)
    client.send(get(path, 'HEAD') + get('/bare'))
    const answer = await client.read({ method: 'HEAD' })
    expect([undefined, (await answerTo(path)).headers['content-length']]).toContain(answer.headers['content-length'])
    expect((await client.read()).body, 'nothing of the content was sent').toBe('hello')
    client.close()
  })

  test('a Response that cannot be is a 500', async () => {
    expect(await answerTo('/missing')).toBeProblem(500)
  })
})

describe('failures', () => {
  const secret = 'password=12345'
  let cancelled = 0
  const failing = (chunks: number) => {
    let count = 0
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        await after(5)
        if (count++ < chunks) controller.enqueue(Buffer.from('chunk'))
        else controller.error(new Error(secret))
      },
    })
  }
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
      cancel: () => void cancelled++,
    })
  const handlers: Readonly<Record<string, () => Response | Promise<Response>>> = {
    '/throws': () => {
      throw new Error(secret)
    },
    '/rejects': () => Promise.reject(new Error(secret)),
    '/nothing': () => undefined as unknown as Response, // as plain JavaScript may
    '/header': () => new Response('x', { headers: { 'x-a': `${secret}\r\nSet-Cookie: a=b` } }),
    '/unicode': () => new Response('x', { headers: { 'x-a': `${secret}\u2603` } }),
    '/status': () => new Response('x', { status: 9 }),
    '/used': () => {
      const response = new Response('x')
      void response.text()
      return response
    },
    '/stream': () => new Response(failing(0)),
    '/stream-early': () => new Response(new ReadableStream({ start: (it) => it.error(new Error(secret)) })),
    '/stream-late': () => new Response(failing(3)),
    '/endless': () => new Response(endless()),
  }
  const server = running({ authorities: ['h'] }, (request) => handlers[new URL(request.url).pathname]!())

  test.each(['/throws', '/rejects', '/nothing', '/header', '/unicode', '/status', '/used', '/stream-early'])(
    'become a 500 problem without details: %s',
    async (path) => {
      const client = await RawClient.open(server.port)
      client.send(get(path))
      const answer = await client.read()
      expect(answer).toBeProblem(500)
      expect(JSON.stringify(answer)).not.toMatch(/12345|set-cookie/i)
      expect(server.errors).toHaveLength(1)
      client.send(get(path))
      expect((await client.read()).status, 'the connection goes on').toBe(500)
      client.close()
    },
  )

  test.each(['/stream', '/stream-late'])('of a stream under way cut the answer: %s', async (path) => {
    const client = await RawClient.open(server.port)
    client.send(get(path))
    await expect(client.read()).rejects.toThrow(/early|no answer/)
    await vi.waitFor(() => expect(server.errors).toHaveLength(1))
    expect(String(server.errors[0])).toContain(secret)
  })

  test('a client that goes away stops the stream and is no error', async () => {
    const client = await RawClient.open(server.port)
    client.send(get('/endless'))
    await after(50)
    client.close()
    await vi.waitFor(() => expect(cancelled).toBe(1))
    expect(server.errors).toEqual([])
  })

  test('HEAD of a stream sends its head and stops it', async () => {
    cancelled = 0
    const answer = await ask(server.port, get('/endless', 'HEAD'), { method: 'HEAD' })
    expect(answer.status).toBe(200)
    expect(cancelled).toBe(1)
  })
})

describe('streams', () => {
  const server = running({}, (request) => {
    const chunks = new URL(request.url).pathname === '/events' ? ['one', 'two'] : ['x'.repeat(3e6), 'y'.repeat(3e6)]
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await after(20)
          const chunk = chunks.shift()
          if (chunk === undefined) controller.close()
          else controller.enqueue(Buffer.from(chunk))
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    )
  })

  test('are sent chunk by chunk, their head first', async () => {
    const answer = await ask(server.port, get('/events'))
    expect(answer).toMatchObject({ status: 200, body: 'onetwo', headers: { 'transfer-encoding': 'chunked' } })
  })

  test('larger than the socket takes arrive whole', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/large`)
    expect(await response.text()).toHaveLength(6e6)
  })
})
