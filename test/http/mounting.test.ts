// The resource layer inside Hono, Express 5, Fastify 5, a Next-style route handler and Node alone: the files of docs/http.md behind
// their prefix, and the same at the root, over real sockets, with the same answers from each.

import { createServer, type Server as HttpServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import express from 'express'
import fastify, { type FastifyInstance } from 'fastify'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { resource, router, type Router } from 'slumberjs/http'
import { requestListener, serve } from 'slumberjs/node'
import { EditablePost, Posts, Ticks } from '../../examples/http/api.ts'
import { app as expressApp } from '../../examples/http/mount-express.ts'
import { app as fastifyApp } from '../../examples/http/mount-fastify.ts'
import { app as honoApp } from '../../examples/http/mount-hono.ts'
import * as nextRoute from '../../examples/http/mount-next.ts'
import { start } from '../../examples/http/mount-node.ts'

interface Running {
  readonly port: number
  close(): Promise<void>
}

async function listening(server: HttpServer): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port: (server.address() as AddressInfo).port, close } // it listens on a port
}

type Fetch = (request: Request) => Response | Promise<Response>

/** `createAdaptorServer` makes no HTTP/2 server unless told to. */
const ofFetch = (fetch: Fetch): Promise<Running> => listening(createAdaptorServer({ fetch }) as HttpServer)

async function ofFastify(app: FastifyInstance): Promise<Running> {
  await app.ready()
  return await listening(app.server)
}

/** What Next does with a route file: the function named after the method, 405 where there is none. */
const asNext =
  (routes: Readonly<Record<string, Fetch>>): Fetch =>
  (request) => {
    if (new URL(request.url).pathname === '/') return new Response('a page of Next')
    return routes[request.method]?.(request) ?? new Response(null, { status: 405 })
  }

const rootFastify = fastify()
await rootFastify.register(async (scope) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, _content, done) => done(null))
  scope.all('/*', (request, reply) => {
    reply.hijack()
    requestListener(root)(request.raw, reply.raw)
  })
})

/** Fails when a part of it is on its way. */
class Broken extends resource('/broken') {
  async *GET(): AsyncGenerator<string> {
    yield 'x'.repeat(100_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
    throw new Error('the disk is full')
  }
}

const root: Router = router([EditablePost, Posts, Ticks, Broken])
const rootHono = new Hono().all('*', (c) => root.fetch(c.req.raw))
const methods = ['GET', 'HEAD', 'PUT', 'OPTIONS']
const rootRoute = Object.fromEntries(methods.map((method) => [method, (request: Request) => root.fetch(request)]))

const programs: readonly (readonly [name: string, prefix: string, begin: () => Promise<Running>])[] = [
  ['Hono', '/api', () => ofFetch(honoApp.fetch)],
  ['Express', '/api', () => listening(createServer(expressApp))],
  ['Fastify', '/api', () => ofFastify(fastifyApp)],
  ['a Next-style route handler', '/api', () => ofFetch(asNext(nextRoute))],
  ['Node alone', '/api', () => start(0)],
  ['Hono', '', () => ofFetch(rootHono.fetch)],
  ['Express', '', () => listening(createServer(express().all('/{*path}', requestListener(root))))],
  ['Fastify', '', () => ofFastify(rootFastify)],
  ['a Next-style route handler', '', () => ofFetch(asNext(rootRoute))],
  ['Node alone', '', () => serve(root)],
]

describe.each(programs)('in %s, below "%s"', (name, prefix, begin) => {
  let running: Running
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${running.port}${path}`, { redirect: 'manual', ...init })
  const post = `${prefix}/blog/3`
  const put = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    ask(post, { method: 'PUT', headers: { 'content-type': 'application/json', ...headers }, body })

  beforeAll(async () => {
    running = await begin()
  })
  afterAll(() => running.close())

  test('GET gives the content with its entity tag, and 304 to who has it', async () => {
    const response = await ask(post)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ id: 3 })
    const tag = response.headers.get('etag') ?? ''
    expect(tag).toMatch(/^"v\d+"$/)
    const again = await ask(post, { headers: { 'if-none-match': tag } })
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, ''])
  })

  test('HEAD gives the fields of GET', async () => {
    const [get, head] = [await ask(post), await ask(post, { method: 'HEAD' })]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const field of ['content-type', 'etag', 'cache-control', 'vary']) {
      expect(head.headers.get(field)).toBe(get.headers.get(field))
    }
  })

  test('PUT has its content, and its condition is asked', async () => {
    const tag = (await ask(post)).headers.get('etag') ?? ''
    const title = `from ${name}, ${'ü'.repeat(100_000)}`
    const written = await put(JSON.stringify({ title, text: '' }), { 'if-match': tag })
    expect([written.status, await written.text()]).toEqual([204, ''])
    expect(await (await ask(post)).json()).toMatchObject({ title })
    const late = await put('{"title":"late","text":""}', { 'if-match': tag })
    expect([late.status, (await late.json()).code]).toEqual([412, 'precondition-failed'])
  })

  test.each([
    ['{"title":""}', 'application/json', 422, 'invalid-content'],
    ['{"title":', 'application/json', 400, 'malformed-content'],
    ['title=a', 'text/plain', 415, 'unsupported-media-type'],
    [`"${'x'.repeat(1_100_000)}"`, 'application/json', 413, 'content-too-large'],
  ])('content that cannot be taken is refused in its words: %.20s as %s', async (body, type, status, code) => {
    const response = await put(body, { 'content-type': type })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect([response.status, (await response.json()).code]).toEqual([status, code])
  })

  test('what is not there is 404 as a problem document', async () => {
    for (const path of [`${prefix}/blog/4`, `${prefix}/nothing/at/all?a=b`]) {
      const response = await ask(path)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({ status: 404, code: 'not-found' })
    }
  })

  test('the other spelling of a path leads to the one there is, prefix and all', async () => {
    const response = await ask(`${prefix}/blog/3/?a=b`)
    expect([response.status, response.headers.get('location')]).toEqual([308, `${post}?a=b`])
  })

  test('OPTIONS, and a preflight, are answered by the resource', async () => {
    const options = await ask(post, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, PUT, DELETE, OPTIONS'])
    const headers = { origin: 'https://example.org', 'access-control-request-method': 'PUT' }
    const preflight = await ask(post, { method: 'OPTIONS', headers })
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'PUT'])
  })

  test('a stream comes while it is made, and ends when its reader goes', async () => {
    const gone = new AbortController()
    const response = await ask(`${prefix}/ticks`, { signal: gone.signal })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('"tick":3}')) text += (await reader.read()).value ?? ''
    expect(Ticks.open).toBe(1)
    gone.abort()
    await expect(reader.read()).rejects.toThrow('aborted')
    await vi.waitFor(() => expect(Ticks.open).toBe(0))
  })

  test.runIf(prefix === '')('a stream that fails does not look whole', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const response = await ask('/broken')
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
    vi.restoreAllMocks()
  })

  test('content that breaks off changes nothing', async () => {
    const before = await (await ask(post)).json()
    const socket = connect(running.port, '127.0.0.1')
    const head = `PUT ${post} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`
    await new Promise<void>((resolve) => socket.write(`${head}{"title":"a","text":""}`, () => resolve()))
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await (await ask(post)).json()).toEqual(before)
  })

  test.runIf(prefix !== '' && name !== 'Node alone')('what lies beside the prefix is the program’s', async () => {
    expect(await (await ask('/')).text()).toMatch(/^a page of (Hono|Express|Fastify|Next)$/)
  })

  test.runIf(prefix !== '')('POST says where the new one is', async () => {
    const headers = { 'content-type': 'application/json' }
    const created = await ask('/api/blog', { method: 'POST', headers, body: '{"title":"new","text":""}' })
    expect(created.status).toBe(201)
    const location = created.headers.get('location') ?? ''
    expect((await ask(location)).status).toBe(200)
    expect((await ask(location, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(location)).status).toBe(404)
  })
})

test('behind a body parser a request is 500, and it is said why, instead of waiting for content that never comes', async () => {
  const errors: unknown[] = []
  const listener = requestListener(root, { onError: (error) => errors.push(error) })
  const running = await listening(createServer(express().use(express.json()).all('/{*path}', listener)))
  const headers = { 'content-type': 'application/json' }
  const url = `http://127.0.0.1:${running.port}/blog/3`
  const response = await fetch(url, { method: 'PUT', headers, body: '{"title":"a","text":""}' })
  expect(response.status).toBe(500)
  expect(errors.map(String)).toEqual([expect.stringContaining('body parser')])
  expect((await fetch(url)).status).toBe(200)
  await running.close()
})
