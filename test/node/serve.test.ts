// The server around the front: its address, its patience, what it tells the application, and how it ends.
import { createServer } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { describe, test, vi } from 'vitest'
import { requestListener, serve } from '../../src/node/index.ts'
import { HOST, running } from './fixture.ts'
import { expect } from './problem-matcher.ts'
import { ask, RawClient } from './raw-client.ts'

const get = (path = '/') => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`
const hello = () => new Response('hello')

describe('listening', () => {
  test('takes a free port of the loopback address, and serves a function or an object with fetch', async () => {
    const server = await serve(hello)
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect(await (await fetch(server.url)).text()).toBe('hello')
    const app = {
      word: 'object',
      fetch() {
        return new Response(this.word)
      },
    }
    const other = await serve(app)
    expect(await (await fetch(other.url)).text()).toBe('object')
    await Promise.all([server.close(), other.close()])
  })

  test('a port in use is an error that names it', async () => {
    const server = await serve(hello)
    const { port } = server
    await expect(serve(hello, { port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: `Cannot listen on 127.0.0.1, port ${port}: the port is already in use.`,
    })
    await server.close()
  })

  test('options that cannot be are refused', async () => {
    await expect(serve(hello, { authorities: ['http://h/'] })).rejects.toThrow("authorities: 'http://h/'")
    const misspelt = { prt: 8000 } as object
    await expect(serve(hello, misspelt)).rejects.toThrow('serve(handler, …) has no "prt"; there are: port, hostname,')
    await expect(serve(hello, { port: 70_000 })).rejects.toThrow(RangeError)
    await expect(serve(hello, { headersTimeout: 2_000, requestTimeout: 1_000 })).rejects.toThrow(RangeError)
  })
})

describe('H027 patience', () => {
  const server = running({ headersTimeout: 200, requestTimeout: 400 })

  test.each(['GET / HTTP/1.1\r\nHost: h\r\n', 'GE', ''])(
    'H027 a slow header section is 408 and closes: %j',
    async (text) => {
      const client = await RawClient.open(server.port)
      const started = performance.now()
      if (text !== '') client.send(text)
      expect(await client.read()).toBeProblem(408)
      expect(performance.now() - started).toBeLessThan(4_000)
      expect(await client.closesWithin()).toBe(true)
      expect(server.calls).toEqual([])
    },
  )

  test('H027 slow content is 408 and closes', async () => {
    const client = await RawClient.open(server.port)
    client.send(`POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhe`)
    const answer = await client.read()
    expect(answer).toBeProblem(408)
    expect(answer.headers['connection']).toBe('close')
    expect(await client.closesWithin()).toBe(true)
    expect(server.errors).toEqual([])
  })

  test('H027 a second request on a connection is timed too', async () => {
    const client = await RawClient.open(server.port)
    client.send(`${get()}GET / HT`)
    expect((await client.read()).status).toBe(200)
    expect(await client.read()).toBeProblem(408)
    expect(await client.closesWithin()).toBe(true)
  })
})

describe('what the application sees', () => {
  const seen: Record<string, unknown>[] = []
  const server = running({}, async (request, info) => {
    const { pathname } = new URL(request.url)
    seen.push({ peer: info.peer, upgrade: request.headers.get('upgrade') })
    if (pathname === '/slow') {
      const aborted = new Promise((resolve) => request.signal.addEventListener('abort', resolve))
      await Promise.race([aborted, after(2_000)])
      seen.push({ aborted: request.signal.aborted })
    }
    if (pathname === '/content') await request.text()
    return hello()
  })

  test.each(['h2c', 'websocket', 'unknown/1'])('H028 Upgrade: %s is ignored', async (protocol) => {
    const text = `GET / HTTP/1.1\r\n${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\n\r\n`
    const answer = await ask(server.port, text)
    expect(answer).toMatchObject({ status: 200, body: 'hello' })
    expect(answer.headers).not.toHaveProperty('upgrade')
  })

  test('the peer is the address of the other end', async () => {
    seen.length = 0
    await ask(server.port, `GET / HTTP/1.1\r\n${HOST}X-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\n\r\n`)
    expect(seen).toMatchObject([{ peer: '127.0.0.1' }])
  })

  test('the peer on a dual-stack socket has no ::ffff: before an IPv4 address', async () => {
    seen.length = 0
    const dual = await serve(
      (_, info) => {
        seen.push({ ...info })
        return hello()
      },
      { hostname: '::' },
    )
    expect(dual.url).toBe(`http://[::1]:${dual.port}`)
    await ask(dual.port, get())
    await dual.close()
    expect(seen).toEqual([{ peer: '127.0.0.1' }])
  })

  test('a client that goes away aborts the signal', async () => {
    seen.length = 0
    const client = await RawClient.open(server.port)
    client.send(get('/slow'))
    await after(50)
    client.close()
    await vi.waitFor(() => expect(seen).toContainEqual({ aborted: true }))
    expect(server.errors).toEqual([])
  })

  test('a client that goes away while its content is read is no error', async () => {
    seen.length = 0
    const client = await RawClient.open(server.port)
    client.send(`POST /content HTTP/1.1\r\n${HOST}Content-Length: 5\r\n\r\nhe`)
    await vi.waitFor(() => expect(seen).toHaveLength(1))
    client.reset()
    await after(50)
    expect(server.errors).toEqual([])
    expect((await ask(server.port, get())).status).toBe(200)
  })

  test('a connection that is reset after CONNECT or noise does no harm', async () => {
    for (const text of [`CONNECT h:80 HTTP/1.1\r\n${HOST}\r\n`, 'noise\0', get('/slow')]) {
      const client = await RawClient.open(server.port)
      client.send(text)
      client.reset()
    }
    await after(50)
    expect((await ask(server.port, get())).status).toBe(200)
  })
})

describe('close', () => {
  const slow = async () => {
    await after(200)
    return hello()
  }

  test('lets a running request finish, as the last on its connection, and accepts no other', async () => {
    const server = await serve(slow)
    const client = await RawClient.open(server.port)
    client.send(get())
    await after(50)
    const closed = server.close()
    expect(server.close()).toBe(closed)
    await expect(RawClient.open(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(await client.read()).toMatchObject({ status: 200, body: 'hello', headers: { connection: 'close' } })
    expect(await client.closesWithin()).toBe(true)
    await closed
  })

  test('closes idle and silent connections at once', async () => {
    const server = await serve(hello)
    const [idle, silent] = [await RawClient.open(server.port), await RawClient.open(server.port)]
    idle.send(get())
    expect((await idle.read()).headers['connection']).toBe('keep-alive')
    await after(20)
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(4_000)
    expect([await idle.closesWithin(), await silent.closesWithin()]).toEqual([true, true])
  })

  test('cuts what is still running at its timeout', async () => {
    const server = await serve(() => new Promise<Response>(() => undefined), { closeTimeout: 100 })
    const client = await RawClient.open(server.port)
    client.send(get())
    await after(20)
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(await client.closesWithin()).toBe(true)
  })

  test('a streamed answer that has begun is finished', async () => {
    const server = await serve(() => {
      const stream = new ReadableStream({
        async start(controller) {
          controller.enqueue(Buffer.from('one'))
          await after(150)
          controller.enqueue(Buffer.from('two'))
          controller.close()
        },
      })
      return new Response(stream)
    })
    const client = await RawClient.open(server.port)
    client.send(get())
    await after(50)
    const closed = server.close()
    expect((await client.read()).body).toBe('onetwo')
    await closed
    expect(await client.closesWithin()).toBe(true)
  })
})

test('requestListener is the same front on a server of your own', async () => {
  const http = createServer({ requireHostHeader: false }, requestListener(hello, { authorities: ['h'] }))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as { port: number } // listening on a port
  expect(await ask(port, get())).toMatchObject({ status: 200, body: 'hello' })
  expect(await ask(port, 'GET / HTTP/1.1\r\n\r\n')).toBeProblem(400)
  expect(await ask(port, 'GET / HTTP/1.1\r\nHost: other\r\n\r\n')).toBeProblem(421)
  const post = `POST / HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 2\r\n\r\nhi`
  expect((await ask(port, post)).status).toBe(100)
  http.closeAllConnections()
  await new Promise((resolve) => http.close(resolve))
})
