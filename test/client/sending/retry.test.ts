// What is tried again, how often, and that what is done is done once.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient, type Client as Database } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { basic, CircuitOpen, connect, ConnectionFailed, TimedOut, Unavailable, type UntypedNode } from 'slumberjs'
import { basic as basicScheme } from 'slumberjs/auth'
import { serve, type Server } from 'slumberjs/node'
import { app, model, operation, service, type Service } from 'slumberjs/server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixture } from '../fixture/client.ts'
import { errorOf, lossyProxy, root, scripted, type LossyProxy, type Outcome } from './fixture.ts'

const url = `${root}x`
const here = fixture()
const key = { 'Idempotency-Key': '"k"' }
const tag = { 'If-Match': '"t"' }

describe('after an answer that was lost', () => {
  test.each([
    ['GET', {}, 3],
    ['HEAD', {}, 3],
    ['PUT', {}, 3],
    ['DELETE', {}, 3],
    ['DELETE', tag, 3],
    ['PUT', tag, 1], // it would fail its own condition
    ['POST', {}, 1],
    ['post', {}, 1],
    ['PATCH', {}, 1],
    ['PATCH', tag, 1],
    ['POST', key, 3],
    ['PATCH', { ...key, ...tag }, 3],
    ['MERGE', {}, 1], // nobody knows what it does
  ] as const)('%s with %o is sent %i times', async (method, headers, times) => {
    for (const lost of ['cut', 502, 504] satisfies Outcome[]) {
      const { client, requests } = scripted([lost])
      await errorOf(client.send({ method, url, headers, isKeyed: true }))
      expect(requests).toHaveLength(times)
    }
  })

  test('a POST that only asks is sent again', async () => {
    const { client, requests } = scripted(['cut', 200])
    await client.send({ method: 'POST', url, body: {}, isSafe: true })
    expect(requests).toHaveLength(2)
  })
})

test('references that are asked for together, by one POST, are asked for again', async () => {
  let lost = 0
  const client = here.client('cook', {
    backoff: 1,
    transport: async (request) => {
      const response = await here.transport(request)
      if (!request.url.includes('/-/query') || lost++ > 0) return response
      throw new Error('cut')
    },
  })
  const urlOf = (id: number): string => `${here.system.directory.pizzas}menu/Pizza/${id}`
  const pizzas = await Promise.all([1, 2].map((id) => client.reference(urlOf(id)).get()))
  expect([pizzas.map(({ display }) => display), lost]).toEqual([['Margherita', 'Marinara'], 2])
})

describe('what was not done', () => {
  test.each([429, 503])('(%i) is tried again, also where it has a condition', async (status) => {
    const { client, requests } = scripted([status, 200])
    await client.send({ method: 'PUT', url, headers: tag, body: {} })
    expect(requests).toHaveLength(2)
  })

  test('is not tried again by POST without a key: it may be a proxy that says so', async () => {
    const { client, requests } = scripted([503])
    expect(await errorOf(client.post(url, {}))).toBeInstanceOf(Unavailable)
    expect(requests).toHaveLength(1)
  })

  test('because the first attempt is still running (409 with Retry-After) is asked for again', async () => {
    const running = new Response(null, { status: 409, headers: { 'retry-after': '0' } })
    const { client, requests } = scripted([running, 200])
    expect(await client.post(url, {}, { headers: key, isKeyed: true })).toMatchObject({ status: 200 })
    expect(requests).toHaveLength(2)
  })

  test.each([400, 401, 403, 404, 409, 412, 422, 500, 501])('(%i) is an answer', async (status) => {
    const { client, requests } = scripted([status, 200])
    expect(await errorOf(client.get(url))).toMatchObject({ status })
    expect(requests).toHaveLength(1)
  })
})

test('a POST with a key of the caller is sent once, unless it is said that the service keeps them', async () => {
  const { client, requests } = scripted(['cut', 200])
  expect(await errorOf(client.post(url, {}, { headers: key }))).toBeInstanceOf(ConnectionFailed)
  expect(requests).toHaveLength(1)
})

describe('how often', () => {
  test('the last outcome is what the call comes to', async () => {
    const { client, requests } = scripted([503, 'cut', 429])
    expect(await errorOf(client.get(url))).toMatchObject({ name: 'Unavailable', status: 429 })
    expect(requests).toHaveLength(3)
    const other = scripted([503, 503, 'cut'])
    expect(await errorOf(other.client.get(url))).toBeInstanceOf(ConnectionFailed)
  })

  test.each([0, 1, 4])('`retries: %i`', async (retries) => {
    const { client, requests } = scripted(['cut'], { retries, breaker: false })
    await errorOf(client.get(url))
    expect(requests).toHaveLength(retries + 1)
  })

  test('every try is the same request, its key included', async () => {
    const { client, sent } = scripted(['cut', 503, 201])
    await client.post(url, { n: 1n }, { headers: key, isKeyed: true })
    const texts = await Promise.all(sent.map((request) => request.text()))
    expect(texts).toEqual(['{"n":"1"}', '{"n":"1"}', '{"n":"1"}'])
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['"k"', '"k"', '"k"'])
  })
})

describe('Retry-After', () => {
  const unavailable = (value: string): Response =>
    new Response(null, { status: 503, headers: { 'retry-after': value } })

  test.each([
    ['seconds', '3600'],
    ['more seconds than a timer counts', '999999999'],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString()],
  ])('of more time than the call has: the answer comes at once (%s)', async (_, value) => {
    const { client, requests } = scripted([unavailable(value), 200])
    expect(await errorOf(client.get(url))).toMatchObject({ status: 503, retryAfter: expect.any(Number) })
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['seconds', '0'],
    ['a date that is past', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['nonsense', 'soon'],
  ])('that is over: it is tried again (%s)', async (_, value) => {
    const { client, requests } = scripted([unavailable(value), 200])
    await client.get(url)
    expect(requests).toHaveLength(2)
  })

  test('is waited for: the second try does not come sooner', async () => {
    const at: number[] = []
    const { client } = scripted([
      () => {
        at.push(performance.now())
        return at.length === 1 ? unavailable('1') : Response.json({})
      },
    ])
    await client.get(url)
    expect(at).toHaveLength(2)
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(999) // a timer counts whole milliseconds
  })

  test('that no timer can count does not make it try at once, even without a limit of time', async () => {
    const { client, requests } = scripted([unavailable('999999999')], { timeout: Infinity })
    const error = await errorOf(client.get(url, { signal: AbortSignal.timeout(50) }))
    expect(error).toMatchObject({ name: 'TimeoutError' })
    expect(requests).toHaveLength(1)
  })
})

test('a call never takes longer than its timeout, whatever is still to be tried', async () => {
  const { client, requests } = scripted(['silence'], { timeout: 60, tryTimeout: 25, retries: 9, breaker: false })
  expect(await errorOf(client.get(url))).toBeInstanceOf(TimedOut)
  expect(requests.length).toBeLessThan(5)
})

test('an open circuit is not tried again', async () => {
  const { client, requests } = scripted(['cut'], { breaker: { failures: 1, rest: 60_000 }, retries: 1 })
  expect(await errorOf(client.get(url))).not.toBeInstanceOf(CircuitOpen)
  expect(await errorOf(client.get(url))).toBeInstanceOf(CircuitOpen)
  expect(requests).toHaveLength(2)
})

describe('while the service says that an earlier try with the same key is still being done', () => {
  const running = (seconds = 0): Response =>
    Response.json(
      { title: 'Conflict', status: 409, code: 'idempotency-in-progress' },
      { status: 409, headers: { 'retry-after': String(seconds) } },
    )
  const post = (client: ReturnType<typeof scripted>['client']): Promise<unknown> =>
    client.post(url, {}, { headers: key, isKeyed: true })

  test('it is asked again, more often than it would be tried: what the first comes to is the answer', async () => {
    const { client, requests } = scripted(['cut', running(), running(), running(), running(), 201], { retries: 1 })
    expect(await post(client)).toMatchObject({ status: 201 })
    expect(requests).toHaveLength(6)
  })

  test('it is TimedOut where that takes too long, not Conflict', async () => {
    const { client, requests } = scripted(['cut', running(3_600)])
    expect(await errorOf(post(client))).toMatchObject({
      name: 'TimedOut',
      message: `POST ${url}: an earlier try is still being done, and may succeed`,
    })
    expect(requests).toHaveLength(2)
  })

  test('it is Conflict where nothing is to be tried again', async () => {
    const { client, requests } = scripted([running()], { retries: 0 })
    expect(await errorOf(post(client))).toMatchObject({ name: 'Conflict' })
    expect(requests).toHaveLength(1)
  })
})

const orders = sqliteTable('orders', {
  id: integer().primaryKey(),
  number: text().notNull(),
})

describe('through a proxy that loses answers of a real service', () => {
  let folder = ''
  let database: Database
  let server: Server
  let proxy: LossyProxy
  let current: Service
  let calls = 0

  const make = (origin: string, idempotency: boolean): Service =>
    service('shop', {
      url: `${origin}/slumber/shop/`,
      database: drizzle(database),
      idempotency,
      apps: [
        app('sold', {
          Order: model(orders, {
            operations: {
              ship: operation.instance({
                POST: {
                  run: () => {
                    calls++
                    return { shipment: calls }
                  },
                },
              }),
            },
          }),
        }),
      ],
      authenticate: [basicScheme(async (name) => ({ name, superuser: true, permissions: [] }))],
    })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slumber-retry-'))
    database = createClient({ url: pathToFileURL(join(folder, 'orders.db')).href })
    await database.executeMultiple(`
      CREATE TABLE orders (id integer PRIMARY KEY, number text NOT NULL);
      CREATE TABLE slumber_shared (key text, place integer, value text not null, expires integer not null,
        primary key (key, place));`)
    server = await serve((request) => current.fetch(request))
    proxy = await lossyProxy(() => server.port)
  })
  afterAll(async () => {
    await proxy.close()
    await server.close()
    database.close()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    calls = 0
    await database.execute('DELETE FROM orders')
    await database.execute("INSERT INTO orders VALUES (1, 'A1')")
  })

  /** A client that knows the contract, and has seen nothing fail. */
  const warm = async (idempotency: boolean): Promise<UntypedNode> => {
    current = make(proxy.url, idempotency)
    const client = connect({ service: current.url, authenticate: basic('ada', 'x'), backoff: 1 })
    const Order = client['sold']!['Order']! // any name is a node
    await Order.get({ id: 1 })
    proxy.passed.length = 0
    return Order
  }
  const numbers = async (): Promise<unknown[]> =>
    (await database.execute('SELECT number FROM orders ORDER BY id')).rows.map(({ number }) => number)

  test('a create is sent again, and done once', async () => {
    const Order = await warm(true)
    proxy.losses = 1
    const order = await Order.create({ number: 'B1' })
    expect(order['number']).toBe('B1')
    expect(await numbers()).toEqual(['A1', 'B1'])
    expect(proxy.passed).toEqual(['POST /slumber/shop/sold/Order', 'POST /slumber/shop/sold/Order'])
  })

  test('an update is sent again, and does not fail its own condition', async () => {
    const Order = await warm(true)
    const order = await Order.get({ id: 1 })
    proxy.losses = 1
    await order.update({ number: 'A2' })
    expect([order['number'], await numbers()]).toEqual(['A2', ['A2']])
  })

  test('an operation is called again, and done once', async () => {
    const Order = await warm(true)
    const order = await Order.get({ id: 1 })
    proxy.losses = 2
    const ship = order['ship'] as () => Promise<unknown> // the operation above
    expect([await ship.call(order), calls]).toEqual([{ shipment: 1 }, 1])
  })

  test('a delete is sent again: what is already gone counts as deleted', async () => {
    const Order = await warm(true)
    const order = await Order.get({ id: 1 })
    proxy.losses = 1
    await order.delete()
    expect(await numbers()).toEqual([])
  })

  test('a replace is not: whether it was done is not known', async () => {
    const Order = await warm(true)
    const order = await Order.get({ id: 1 })
    proxy.passed.length = 0
    proxy.losses = 1
    expect(await errorOf(order.replace({ number: 'A3' }))).toBeInstanceOf(ConnectionFailed)
    expect(proxy.passed).toEqual(['PUT /slumber/shop/sold/Order/1'])
  })

  test('of a service that heeds no keys, nothing is created twice', async () => {
    const Order = await warm(false)
    proxy.losses = 1
    expect(await errorOf(Order.create({ number: 'B1' }))).toBeInstanceOf(ConnectionFailed)
    expect(await numbers()).toEqual(['A1', 'B1'])
  })
})
