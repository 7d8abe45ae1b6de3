// What can go wrong: a class for each thing a caller can do about it, from real answers.
import {
  Conflict,
  connect,
  ConnectionFailed,
  Forbidden,
  Invalid,
  NotFound,
  PreconditionFailed,
  Refused,
  SlumberError,
  TimedOut,
  Unauthenticated,
  Unavailable,
  UnexpectedAnswer,
  type Transport,
} from 'slumberjs'
import { describe, expect, test } from 'vitest'
import { fixture } from './fixture/client.ts'

const here = fixture()

const errorOf = async (call: Promise<unknown>): Promise<unknown> =>
  await call.then(
    () => 'no error',
    (error: unknown) => error,
  )

describe('a status of 400 or more is Refused, with the problem document', () => {
  const { menu } = { menu: (user?: 'cook' | 'guest') => here.client(user).pizzas.menu }
  const rows: readonly (readonly [number, typeof Refused, () => Promise<unknown>, string])[] = [
    [
      400,
      Invalid,
      () =>
        menu()
          .Pizza.filter({ prize: 1 } as never)
          .page(),
      'invalid-parameter',
    ], // the types refuse it
    [403, Forbidden, () => menu('guest').Pizza.create({ name: 'X', price: 1 }), 'permission-missing'],
    [404, NotFound, () => menu().Pizza.get({ id: 99 }), 'not-found'],
    [409, Conflict, () => menu().Pizza.create({ name: 'Marinara', price: 1 }), 'conflict'],
    [422, Invalid, () => menu().Pizza.create({ name: 'X', price: true as never }), 'invalid-content'],
    [503, Unavailable, () => menu().Pizza.close(), 'service-unavailable'],
  ]
  test.each(rows)('%i is %o', async (status, errorClass, call) => {
    const error = await errorOf(call())
    if (!(error instanceof Refused)) throw error
    expect(error.constructor).toBe(errorClass)
    expect(error).toMatchObject({ status, name: errorClass.name, problem: { status, title: expect.any(String) } })
    expect(error.message).toContain(`${error.request.method} ${error.request.url} → ${status} `)
  })

  test('401 is Unauthenticated, with the challenge among the headers', async () => {
    const client = here.client('cook', { authenticate: () => ({}) })
    const error = await errorOf(client.pizzas.menu.Pizza.get({ id: 1 }))
    if (!(error instanceof Unauthenticated)) throw error
    expect(error.headers.get('www-authenticate')).toContain('Basic realm=')
  })

  test('412 is PreconditionFailed; of what is gone meanwhile there is nothing current', async () => {
    const pizza = await menu().Pizza.create({ name: 'Short-lived', price: 1 })
    const client = here.client('cook', {
      transport: (request) =>
        request.method === 'PATCH'
          ? Promise.resolve(
              Response.json(
                { title: 'Precondition Failed', status: 412 },
                { status: 412, headers: { 'content-type': 'application/problem+json' } },
              ),
            )
          : here.transport(request),
    })
    const same = await client.pizzas.menu.Pizza.get({ id: pizza.id })
    await pizza.delete()
    const error = await errorOf(same.update({ price: 2 }))
    if (!(error instanceof PreconditionFailed)) throw error
    expect(error.current).toBeUndefined()
  })

  test('503 says when to try again', async () => {
    const error = await errorOf(menu().Pizza.close())
    expect(error).toMatchObject({ retryAfter: 7 })
  })
})

describe('Unavailable.retryAfter', () => {
  const answering = async (headers: Record<string, string>): Promise<unknown> => {
    const transport: Transport = async () => new Response(null, { status: 429, headers })
    return await errorOf(connect({ service: 'http://h/', transport, retries: 0 }).send({ url: 'http://h/x' }))
  }
  test.each([
    ['seconds', '120', 120],
    ['a date that is past', 'Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['nonsense', 'soon', undefined],
  ])('reads %s', async (_, value, seconds) => {
    expect(await answering({ 'retry-after': value })).toMatchObject({ retryAfter: seconds })
  })
  test('reads a date', async () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString()
    expect((await answering({ 'retry-after': inAMinute })) as Unavailable).toSatisfy(
      ({ retryAfter = 0 }: Unavailable) => retryAfter > 57 && retryAfter <= 60,
    )
  })
  test('is undefined without the header', async () => {
    expect(await answering({})).toMatchObject({
      retryAfter: undefined,
      message: 'GET http://h/x → 429 without a problem document',
    })
  })
})

describe('an answer that is none of this system', () => {
  const answering = async (response: Response): Promise<unknown> =>
    await errorOf(
      connect({ service: 'http://h/', transport: async () => response, retries: 0 }).pizzas!.Pizza!.get({ id: 1 }),
    )

  test.each([
    [
      'HTML',
      new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }),
      'the content is no JSON (text/html)',
    ],
    [
      'JSON that is none',
      new Response('{', { headers: { 'content-type': 'application/json' } }),
      'the content is no JSON (application/json)',
    ],
    ['octets of no type', new Response(new Uint8Array([1])), 'the content is no JSON (no type)'],
    ['another document', Response.json([1]), 'is no contract of a service'],
    ['nothing', new Response(null, { status: 204 }), 'is no contract of a service'],
    [
      'a redirect to no URL',
      new Response(null, { status: 308, headers: { location: 'http://[' } }),
      'leads to http://[',
    ],
    ['a redirect without a place', new Response(null, { status: 302 }), 'leads to another place'],
  ])('%s is UnexpectedAnswer', async (_, response, message) => {
    const error = await answering(response)
    if (!(error instanceof UnexpectedAnswer)) throw error
    expect(error.message).toBe(`GET http://h/-/contract → ${response.status}: ${message}`)
    expect([error.status, error.request]).toEqual([response.status, { method: 'GET', url: 'http://h/-/contract' }])
  })

  test('an error page of a proxy is Refused by its status', async () => {
    const page = new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } })
    expect(await answering(page)).toMatchObject({
      name: 'Unavailable',
      problem: { status: 502, title: 'without a problem document' },
    })
  })

  test('without a problem document keeps a little of what it says', async () => {
    const page = new Response(`<p>no\n  route</p>${'.'.repeat(999)}`, { status: 404 })
    const error = await answering(page)
    expect(error).toMatchObject({
      problem: { code: 'without-problem', detail: expect.stringMatching(/^<p>no route<\/p>\.{180,190}$/) },
    })
  })

  test.each([
    ['another status', { title: 'Not Found', status: 404 }],
    ['no status', { title: 'Not Found' }],
  ])('a problem document with %s has that of the answer (RFC 9457 §3.1.2)', async (_, problem) => {
    const headers = { 'content-type': 'application/problem+json' }
    const error = await answering(Response.json(problem, { status: 500, headers }))
    expect(error).toMatchObject({ name: 'Refused', status: 500, problem: { title: 'Not Found', status: 500 } })
    const empty = await answering(Response.json({}, { status: 403, headers }))
    expect(empty).toMatchObject({ name: 'Forbidden', problem: { title: 'without a title', status: 403 } })
  })

  const problem = { headers: { 'content-type': 'application/problem+json' } }
  test.each<[string, () => Response, boolean]>([
    ['410 of the service', () => Response.json({ title: 'Gone', status: 410 }, { ...problem, status: 410 }), true],
    ['404 of the service', () => Response.json({ title: 'Not Found' }, { ...problem, status: 404 }), true],
    ['404 of a gateway', () => new Response('<h1>no route</h1>', { status: 404 }), false],
    ['500 that says 404', () => Response.json({ title: 'x', status: 404 }, { ...problem, status: 500 }), false],
    ['403 that says 410', () => Response.json({ title: 'x', status: 410 }, { ...problem, status: 403 }), false],
    ['304', () => new Response(null, { status: 304 }), false],
    ['204', () => new Response(null, { status: 204 }), true],
  ])('delete() answered by %s', async (_, response, isDone) => {
    const client = here.client('cook', {
      transport: (request) => (request.method === 'DELETE' ? Promise.resolve(response()) : here.transport(request)),
    })
    const pizza = await client.pizzas.menu.Pizza.get({ id: 1 })
    expect(await errorOf(pizza.delete())).toEqual(isDone ? 'no error' : expect.any(SlumberError))
  })

  test.each([['an instance', 'Pizza/-/get', () => here.client(), 'the content is no instance']])(
    'a document in place of %s',
    async (_, path, _client, message) => {
      const client = here.client('cook', {
        transport: (request) =>
          request.url.includes(path) ? Promise.resolve(Response.json({ id: 1 })) : here.transport(request),
      })
      expect(String(await errorOf(client.pizzas.menu.Pizza.get({ id: 1 })))).toContain(message)
    },
  )

  test('a document in place of a page, a value that is not of its type', async () => {
    const client = here.client('cook', {
      transport: async (request) => {
        if (request.url.endsWith('/Pizza')) return Response.json([])
        const response = await here.transport(request)
        if (!request.url.includes('/-/get')) return response
        const body = (await response.json()) as object
        return Response.json({ ...body, price: true })
      },
    })
    expect(String(await errorOf(client.pizzas.menu.Pizza.page()))).toContain('the content is no page of instances')
    expect(String(await errorOf(client.pizzas.menu.Pizza.get({ id: 1 })))).toContain('"price" of Pizza is no decimal')
  })
})

describe('no answer', () => {
  test('is ConnectionFailed, with the cause', async () => {
    const cause = new Error('cut')
    const error = await errorOf(connect({ service: 'http://h/', transport: () => Promise.reject(cause) }).a!.B!.page())
    if (!(error instanceof ConnectionFailed)) throw error
    expect(error).toMatchObject({
      cause,
      message: 'GET http://h/-/contract: no connection (cut)',
      request: { method: 'GET', url: 'http://h/-/contract' },
    })
    expect(error).not.toBeInstanceOf(TimedOut)
  })

  test('an answer that breaks off is ConnectionFailed', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) })
    const error = await errorOf(
      connect({ service: 'http://h/', transport: async () => new Response(body) }).a!.B!.page(),
    )
    expect(error).toBeInstanceOf(ConnectionFailed)
  })

  test('within the timeout is TimedOut, whether the transport knows of signals or not', async () => {
    const silent: Transport = () => new Promise(() => {})
    const endless: Transport = async () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }))
    for (const transport of [silent, endless]) {
      const error = await errorOf(connect({ service: 'http://h/', transport, timeout: 20 }).a!.B!.page())
      if (!(error instanceof TimedOut)) throw error
      expect(error.message).toBe('GET http://h/-/contract: no answer in 20 ms')
      expect(error).toBeInstanceOf(ConnectionFailed)
    }
  })
})

test('every error is a SlumberError', () => {
  for (const errorClass of [
    Conflict,
    ConnectionFailed,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    TimedOut,
    Unauthenticated,
    Unavailable,
    UnexpectedAnswer,
  ]) {
    expect(errorClass.prototype).toBeInstanceOf(SlumberError)
  }
})
