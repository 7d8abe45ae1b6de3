// Who waits no longer: by a signal or by time, before, during and between the tries; and nobody else is touched.
import { connect, ConnectionFailed, TimedOut, type Credentials, type Transport } from 'slumberjs'
import { serve } from 'slumberjs/node'
import { describe, expect, test } from 'vitest'
import { fixture } from '../fixture/client.ts'
import { deferred, errorOf, root, scripted, type Outcome } from './fixture.ts'

const url = `${root}x`
const reason = new Error('gone')

describe('a signal', () => {
  test('that is none is a TypeError, and leaves no timer behind', async () => {
    const signal = new AbortController() as unknown as AbortSignal // the types refuse it
    const { client, requests } = scripted([200])
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    expect(await errorOf(client.get(url, { signal }))).toBeInstanceOf(TypeError)
    expect(await errorOf(client.with({ signal }).get(url))).toBeInstanceOf(TypeError)
    expect([timers(), requests]).toEqual([before, []])
  })

  test('that is aborted before: nothing is sent', async () => {
    const { client, requests } = scripted([200])
    expect(await errorOf(client.get(url, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    expect(requests).toEqual([])
  })

  test('that is aborted while the answer is waited for: the transport is told', async () => {
    const controller = new AbortController()
    let told: unknown
    const { client, requests } = scripted([
      (request) => {
        request.signal.addEventListener('abort', () => (told = request.signal.reason))
        controller.abort(reason)
        return new Promise(() => {})
      },
    ])
    expect(await errorOf(client.get(url, { signal: controller.signal }))).toBe(reason)
    expect([told, requests.length]).toEqual([reason, 1])
  })

  test('that is aborted while the content is read: the stream is cancelled', async () => {
    const controller = new AbortController()
    const cancelled = deferred()
    const endless = (): ReadableStream =>
      new ReadableStream({
        pull: () => {
          controller.abort(reason)
          return new Promise<void>(() => {})
        },
        cancel: () => cancelled.resolve(),
      })
    const { client } = scripted([() => new Response(endless())])
    expect(await errorOf(client.get(url, { signal: controller.signal }))).toBe(reason)
    await cancelled.promise
  })

  test('that is aborted between two tries: there is no second one', async () => {
    const controller = new AbortController()
    const { client, requests } = scripted([503], { backoff: 1e6, timeout: 1e9 })
    const call = errorOf(client.get(url, { signal: controller.signal }))
    setTimeout(() => controller.abort(reason), 20)
    expect(await call).toBe(reason)
    expect(requests).toHaveLength(1)
  })

  test('that is aborted at the moment in which an answer comes that would be tried again', async () => {
    const controller = new AbortController()
    const transport: Transport = async () => {
      queueMicrotask(() => queueMicrotask(() => controller.abort(reason)))
      return new Response(null, { status: 503 })
    }
    const client = connect({ service: root, transport, backoff: 1e6, timeout: 1e9 })
    expect(await errorOf(client.get(url, { signal: controller.signal }))).toBe(reason)
  })

  test('rejects with whatever the reason is', async () => {
    const { client } = scripted([200])
    expect(await errorOf(client.get(url, { signal: AbortSignal.abort('why not') }))).toBe('why not')
    expect(await errorOf(client.get(url, { signal: AbortSignal.abort() }))).toMatchObject({ name: 'AbortError' })
  })

  test('that is aborted afterwards changes nothing, and is no longer listened to', async () => {
    const controller = new AbortController()
    let listeners = 0
    const { signal } = controller
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    signal.addEventListener = (...input: Parameters<typeof add>) => {
      listeners++
      add(...input)
    }
    signal.removeEventListener = (...input: Parameters<typeof remove>) => {
      listeners--
      remove(...input)
    }
    const { client } = scripted([503, 'cut', 200])
    expect(await client.get(url, { signal })).toMatchObject({ status: 200 })
    expect(listeners).toBe(0)
    controller.abort(reason)
  })

  test('of many calls at once has one listener: Node warns of more than ten', async () => {
    const { signal } = new AbortController()
    const most = { now: 0, ever: 0 }
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    signal.addEventListener = (...input: Parameters<typeof add>) => {
      most.ever = Math.max(most.ever, (most.now += 1))
      add(...input)
    }
    signal.removeEventListener = (...input: Parameters<typeof remove>) => {
      most.now -= 1
      remove(...input)
    }
    const { client, requests } = scripted([200])
    await Promise.all(Array.from({ length: 20 }, () => client.get(url, { signal })))
    expect([requests.length, most]).toEqual([20, { now: 0, ever: 1 }])
  })

  test('ends all calls that it is of, whatever became of some of them before', async () => {
    const controller = new AbortController()
    const { client } = scripted([200, 'silence'])
    const get = (): Promise<unknown> => errorOf(client.get(url, { signal: controller.signal }))
    const calls = [get(), get(), get()]
    expect(await calls[0]).toBe('no error')
    controller.abort(reason)
    expect(await Promise.all(calls.slice(1))).toEqual([reason, reason])
  })

  test('ends the waiting for credentials', async () => {
    const controller = new AbortController()
    const authenticate: Credentials = () => {
      queueMicrotask(() => controller.abort(reason))
      return new Promise(() => {})
    }
    const { client, requests } = scripted([200], { authenticate })
    expect(await errorOf(client.get(url, { signal: controller.signal }))).toBe(reason)
    expect(requests).toEqual([])
  })

  test('of one call leaves the same call of another alone', async () => {
    const controller = new AbortController()
    const gate = deferred<Response>()
    const { client, requests } = scripted([async () => (await gate.promise).clone()])
    const mine = errorOf(client.get(url, { signal: controller.signal }))
    const theirs = [client.get(url), client.get(url)]
    await new Promise((resolve) => setImmediate(resolve)) // all are under way
    controller.abort(reason)
    expect(await mine).toBe(reason)
    gate.resolve(Response.json({ fine: true }))
    expect((await Promise.all(theirs)).map(({ content }) => content)).toEqual([{ fine: true }, { fine: true }])
    expect(requests).toHaveLength(2) // mine went alone
  })

  test('over a socket: the server sees the connection end', async () => {
    const ended = deferred()
    const controller = new AbortController()
    const server = await serve((request) => {
      request.signal.addEventListener('abort', () => ended.resolve())
      controller.abort(reason)
      return new Promise<Response>(() => {})
    })
    const client = connect({ service: `${server.url}/` })
    expect(await errorOf(client.get(`${server.url}/x`, { signal: controller.signal }))).toBe(reason)
    await ended.promise
    await server.close()
  })
})

describe('time', () => {
  test('`tryTimeout` ends one try, and the next one may succeed', async () => {
    const { client, requests } = scripted(['silence', 200], { tryTimeout: 20 })
    expect(await client.get(url)).toMatchObject({ status: 200 })
    expect(requests).toHaveLength(2)
  })

  test('`tryTimeout` of one call is its own, also where it is longer', async () => {
    const late: Outcome = () => new Promise((resolve) => setTimeout(() => resolve(Response.json({})), 30))
    const { client, requests } = scripted([late], { tryTimeout: 5, retries: 0 })
    expect(await errorOf(client.get(url))).toBeInstanceOf(TimedOut)
    expect(await client.get(url, { tryTimeout: 60_000 })).toMatchObject({ status: 200 })
    expect(await client.with({ tryTimeout: 60_000 }).get(url)).toMatchObject({ status: 200 })
    expect(requests).toHaveLength(3)
  })

  test('`timeout` ends the call; that of one call is its own', async () => {
    const { client } = scripted(['silence'], { tryTimeout: 60_000 })
    const error = await errorOf(client.get(url, { timeout: 30 }))
    expect(error).toBeInstanceOf(TimedOut)
    expect(String(error)).toMatch(/: no answer in (?:29|30) ms$/)
    const { client: other } = scripted(['silence'], { timeout: 30 })
    expect(await errorOf(other.get(url))).toBeInstanceOf(TimedOut)
  })

  test('ends content that comes too slowly, and cancels it', async () => {
    const cancelled = deferred()
    const body = new ReadableStream({ pull: () => new Promise<void>(() => {}), cancel: () => cancelled.resolve() })
    const { client } = scripted([() => new Response(body)], { timeout: 20 })
    expect(await errorOf(client.get(url))).toBeInstanceOf(TimedOut)
    await cancelled.promise
  })

  test('ends the waiting for credentials', async () => {
    const { client, requests } = scripted([200], { authenticate: () => new Promise(() => {}), timeout: 20 })
    expect(await errorOf(client.get(url))).toBeInstanceOf(TimedOut)
    expect(requests).toEqual([])
  })

  test('covers redirects', async () => {
    const { client } = scripted([Response.redirect(`${root}y`, 307), 'silence'], { timeout: 30, tryTimeout: 60_000 })
    expect(await errorOf(client.get(url))).toMatchObject({ name: 'TimedOut', request: { url: `${root}y` } })
  })
})

describe('client.with', () => {
  const here = fixture()

  test('everything that comes from it is aborted by its signal; the client itself is not', async () => {
    const controller = new AbortController()
    const client = here.client()
    const { pizzas } = client.with({ signal: controller.signal })
    const pizza = await pizzas.menu.Pizza.get({ id: 3 })
    const list = pizzas.menu.Pizza.limit(1)
    const first = await list.page()
    here.requests.length = 0
    controller.abort(reason)
    const calls = [
      pizzas.menu.Pizza.get({ id: 1 }),
      pizzas.menu.Pizza.create({ name: 'Never', price: '1' }),
      pizzas.menu.Pizza.topSellers({ count: 1 }),
      list.page(),
      list.all({ max: 9 }),
      first.next(),
      pizza.update({ price: '99' }),
      pizza.delete(),
      pizza.refresh(),
      pizza.placeOrder({ quantity: 1 }),
      pizza.prices.page(),
      pizza.exclusiveTo?.get(),
    ]
    for (const call of calls) expect(await errorOf(Promise.resolve(call))).toBe(reason)
    expect(here.requests).toEqual([])
    const same = await client.pizzas.menu.Pizza.get({ id: 3 })
    expect([same.price, same.url]).toEqual([pizza.price, pizza.url])
  })

  test('a contract that is being fetched is waited for no longer, and is there for others', async () => {
    const controller = new AbortController()
    const gate = deferred()
    const client = here.client('cook', {
      transport: async (request) => {
        if (request.url.endsWith('/-/contract')) await gate.promise
        return await here.transport(request)
      },
    })
    const mine = errorOf(client.with({ signal: controller.signal }).pizzas.menu.Pizza.get({ id: 1 }))
    const theirs = client.pizzas.menu.Pizza.get({ id: 1 })
    const agent = errorOf(client.with({ signal: controller.signal }).get(here.system.directory.pizzas))
    controller.abort(reason)
    expect([await mine, await agent]).toEqual([reason, reason])
    gate.resolve()
    expect((await theirs).name).toBe('Margherita')
    expect(here.requests.filter((request) => request.endsWith('/-/contract'))).toHaveLength(1)
  })

  test('its timeout is that of each request', async () => {
    const silent: Transport = (request) =>
      request.url.includes('/Pizza') ? new Promise(() => {}) : here.transport(request)
    const client = here.client('cook', { transport: silent })
    await client.pizzas.menu.Shop.get({ id: 1 })
    expect(await errorOf(client.with({ timeout: 20 }).pizzas.menu.Pizza.get({ id: 1 }))).toBeInstanceOf(TimedOut)
  })

  test('options add up; those of a call come first', async () => {
    const signal = AbortSignal.abort(reason)
    const client = here.client().with({ signal }).with({ timeout: 5_000 })
    expect(await errorOf(client.pizzas.menu.Pizza.get({ id: 1 }))).toBe(reason)
    const own = new AbortController()
    const known = here.client()
    await known.pizzas.menu.Pizza.get({ id: 1 })
    expect(
      await known.with({ signal }).get(`${here.system.directory.pizzas}menu/Pizza/1`, { signal: own.signal }),
    ).toMatchObject({ status: 200 })
  })

  test('its time to live reaches the cache with every request', async () => {
    const ttls: (number | undefined)[] = []
    const client = here.client('cook', {
      cache: {
        step: (next) => (message) => {
          ttls.push(message.ttl)
          return next(message)
        },
      },
    })
    const { Pizza } = client.with({ ttl: 60 }).pizzas.menu
    await Pizza.get({ id: 1 })
    await Pizza.page()
    await client.pizzas.menu.Pizza.get({ id: 1 })
    expect(ttls).toEqual([undefined, undefined, 60, 60, undefined])
  })

  test('a client of a client has the same services: nothing is asked for again', async () => {
    const client = await here.warmClient()
    await client.with({}).with({ timeout: 9_999 }).pizzas.menu.Pizza.get({ id: 1 })
    expect(here.requests).toEqual(['GET /pizzas/menu/Pizza/-/get?id=1'])
  })
})

test('a transport that fails with what is no Error is ConnectionFailed', async () => {
  const { client } = scripted([() => Promise.reject('no reason')], { retries: 0 }) // oxlint-disable-line typescript/prefer-promise-reject-errors -- transports of others do
  expect(await errorOf(client.get(url))).toMatchObject({ name: 'ConnectionFailed', cause: 'no reason' })
  expect(await errorOf(client.get(url))).toBeInstanceOf(ConnectionFailed)
})
