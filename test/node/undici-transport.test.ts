// The client over a pool of undici: the same answers and errors as over the platform's fetch.
import { createServer, type AddressInfo } from 'node:net'
import {
  basic,
  connect,
  ConnectionFailed,
  inProcess,
  SlumberError,
  TimedOut,
  UnexpectedAnswer,
  type ConnectOptions,
} from 'slumberjs'
import { serve, undiciTransport, type Server } from 'slumberjs/node'
import { Agent, Pool } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { served } from '../client/fixture/served.ts'
import { errorOf } from '../client/sending/fixture.ts'
import type { Services } from '../types/services.ts'

const agent = new Agent({ connections: 4 })
const transport = undiciTransport(agent)
afterAll(() => agent.destroy())

describe('services', () => {
  const system = served()

  test('are read, followed to one another, written and deleted', async () => {
    const { pizzas } = connect<Services>({
      directory: system().directoryUrl,
      authenticate: basic('cook', 'cook-demo'),
      transport,
    })
    const shop = await pizzas.menu.Shop.get({ slug: 'alta-moda' })
    expect((await shop.city?.get())?.population).toBe(914_758n)
    const pizza = await pizzas.menu.Pizza.create({ name: 'Über-Pizza', price: '9.5', exclusiveTo: shop })
    await pizza.update({ limit: 2 })
    expect(await pizza.refresh()).toBe(false)
    expect((await pizzas.menu.Pizza.get({ name: 'Über-Pizza' })).limit).toBe(2)
    await pizza.delete()
    expect(await errorOf(pizzas.menu.Pizza.get({ id: pizza.id }))).toMatchObject({ name: 'NotFound', status: 404 })
    expect(await pizzas.menu.Pizza.count()).toBe(3)
  })
})

describe('one server', () => {
  let server: Server | undefined
  const seen: Request[] = []
  beforeAll(async () => {
    server = await serve(async (request) => {
      seen.push(request)
      const { pathname } = new URL(request.url)
      if (pathname === '/away') return new Response(null, { status: 307, headers: { location: '/there' } })
      if (pathname === '/long') return new Response('€'.repeat(100_000))
      const endless = { pull: (to: ReadableStreamDefaultController) => to.enqueue(new Uint8Array(9_999)) }
      if (pathname === '/endless') return new Response(new ReadableStream(endless))
      if (pathname === '/silent') return await new Promise(() => {})
      if (pathname === '/nothing') return new Response(null, { status: 204 })
      const headers: [string, string][] = [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['x-a', 'b'],
      ]
      return new Response(JSON.stringify({ method: request.method, text: await request.text() }), {
        headers: [['content-type', 'application/json'], ...headers],
      })
    })
  })
  afterAll(() => server?.close())

  const client = (options: Partial<ConnectOptions> = {}): ReturnType<typeof connect> =>
    connect({ service: `${server!.url}/`, transport, retries: 0, ...options })
  const at = (path: string): string => `${server!.url}${path}`

  test('is sent method, fields and content, and answers with status, fields and content', async () => {
    const reply = await client().put(at('/x?y=1'), { text: 'ü' }, { headers: { 'x-own': '1' } })
    expect(reply).toMatchObject({ status: 200, content: { method: 'PUT', text: '{"text":"ü"}' } })
    expect([reply.headers.get('x-a'), reply.headers.get('content-type'), reply.headers.get('x-b') ?? null]).toEqual([
      'b',
      'application/json',
      null,
    ])
    const { url, headers } = seen.at(-1)!
    expect([new URL(url).search, headers.get('x-own'), headers.get('content-type')]).toEqual([
      '?y=1',
      '1',
      'application/json',
    ])
    expect(headers.get('accept-encoding')).toBeNull()
    expect(await client().get(at('/nothing'))).toMatchObject({ status: 204, text: '', content: undefined })
  })

  test('leads on', async () => {
    expect(await client().get(at('/away'))).toMatchObject({ request: { url: at('/there') } })
  })

  test('long answers come whole; what is too long is UnexpectedAnswer', async () => {
    expect((await client().get(at('/long'))).text).toBe('€'.repeat(100_000))
    const short = client({ maxAnswerSize: 299_999 })
    for (const path of ['/long', '/endless']) {
      const error = await errorOf(short.get(at(path)))
      expect(error).toBeInstanceOf(UnexpectedAnswer)
      expect(String(error)).toContain('→ 200: the content is longer than 299999 octets')
    }
  })

  test('a signal and a timeout end the waiting', async () => {
    const controller = new AbortController()
    const reason = new Error('gone')
    const call = errorOf(client().get(at('/silent'), { signal: controller.signal }))
    setTimeout(() => controller.abort(reason), 20)
    expect(await call).toBe(reason)
    expect(await errorOf(client().get(at('/silent'), { timeout: 20 }))).toBeInstanceOf(TimedOut)
  })

  test.each([
    ['a header of two lines', { headers: { 'x-a': 'b\r\nc: d' } }],
    ['a header with a name that is none', { headers: { 'x a': 'b' } }],
    ['a method that is none', { method: 'GE T' }],
    ['a GET with content', { body: {} }],
    ['a URL that is none', { url: '/x' }],
  ])('%s is not sent', async (_, call) => {
    const before = seen.length
    const error = await errorOf(client().send({ url: at('/x'), ...call }))
    expect(error).toBeInstanceOf(SlumberError)
    expect(String(error)).toMatch(/sent\.$/)
    expect(seen).toHaveLength(before)
  })

  test('takes a pool of one origin, and is one of the ways out of a process', async () => {
    const pool = new Pool(server!.url)
    const other = connect({ service: `${server!.url}/`, transport: inProcess([], undiciTransport(pool)) })
    expect(await other.get(at('/x'))).toMatchObject({ status: 200 })
    await pool.destroy()
    expect(await errorOf(other.get(at('/x'), { timeout: 500 }))).toBeInstanceOf(ConnectionFailed)
  })

  test('is a function of Requests too, for programs that wrap it', async () => {
    const response = await transport(new Request(at('/x'), { method: 'POST', body: 'n' }))
    expect([response.status, response.headers.get('x-a'), await response.json()]).toEqual([
      200,
      'b',
      { method: 'POST', text: 'n' },
    ])
    expect(response.headers.get('set-cookie')).toBe('a=1, b=2')
    expect((await transport(new Request(at('/nothing')))).status).toBe(204)
  })
})

test('where nobody listens it is ConnectionFailed, with the reason', async () => {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo // listening on a port
  await new Promise((resolve) => listener.close(resolve))
  const error = await errorOf(
    connect({ service: `http://127.0.0.1:${port}/`, transport, retries: 0 }).get(`http://127.0.0.1:${port}/`),
  )
  expect(error).toBeInstanceOf(ConnectionFailed)
  expect(String(error)).toContain('no connection (ECONNREFUSED)')
})
