// Services of the same program are asked without a socket; what else there is goes the other way.
import {
  basic,
  connect,
  inProcess,
  NotFound,
  PreconditionFailed,
  TimedOut,
  UnexpectedAnswer,
  type Served,
  type ServedFetch,
} from 'slumberjs'
import { describe, expect, test } from 'vitest'
import type { Services } from '../../types/services.ts'
import { fixture } from '../fixture/client.ts'
import { deferred, errorOf } from './fixture.ts'

const here = fixture()
type LightAnswer = NonNullable<ServedFetch['answer']>
type LightRequest = Parameters<LightAnswer>[0]
const otherwise = async ({ url }: Request): Promise<Response> => Response.json({ otherwise: url })

describe('services', () => {
  const client = () =>
    connect<Services>({
      directory: here.system.directoryUrl,
      authenticate: basic('cook', 'cook-demo'),
      transport: inProcess([here.system.pizzas, here.system.atlas], () => Promise.reject(new Error('no socket'))),
    })

  test('are read, followed to one another, written and deleted; the directory is theirs too', async () => {
    const { pizzas } = client()
    const shop = await pizzas.menu.Shop.get({ slug: 'alta-moda' })
    expect((await shop.city?.get())?.name).toBe('Naples')
    const pizza = await pizzas.menu.Pizza.create({ name: 'Näher', price: '9.5' })
    await pizza.update({ limit: 2 })
    expect(await pizzas.menu.Pizza.filter({ name: 'Näher' }).all({ max: 1 })).toHaveLength(1)
    await pizza.delete()
    expect(await errorOf(pizzas.menu.Pizza.get({ id: pizza.id }))).toBeInstanceOf(NotFound)
  })

  test('hold conditions: a stale update is 412, with the state now', async () => {
    const { Pizza } = client().pizzas.menu
    const [mine, theirs] = [await Pizza.get({ id: 1 }), await Pizza.get({ id: 1 })]
    await theirs.update({ price: '8' })
    const error = await errorOf(mine.update({ price: '9' }))
    if (!(error instanceof PreconditionFailed)) throw error
    expect(error.current).toMatchObject({ price: '8' })
  })
})

describe('by the longest URL at a segment', () => {
  const named = (name: string, url: string): Served => ({
    url,
    fetch: ({ url: asked }) => Response.json({ [name]: asked }),
  })
  const transport = inProcess(
    [
      named('all', 'http://h/slumber/'),
      named('pizzas', 'http://h/slumber/pizzas/'),
      named('archive', 'http://h/slumber/pizzas/archive'),
      named('other', 'https://h:444/'),
    ],
    otherwise,
  )
  const client = connect({ service: 'http://h/slumber/pizzas/', transport })

  test.each([
    ['pizzas', 'http://h/slumber/pizzas/menu/Pizza/1'],
    ['pizzas', 'http://h/slumber/pizzas/'],
    ['pizzas', 'http://h/slumber/pizzas'],
    ['pizzas', 'http://h/slumber/pizzas?x=/y'],
    ['pizzas', 'http://H:80/slumber/pizzas/x'],
    ['pizzas', 'http://h/slumber/pizzas/archived'],
    ['archive', 'http://h/slumber/pizzas/archive'],
    ['archive', 'http://h/slumber/pizzas/archive/x'],
    ['all', 'http://h/slumber/pizzas-evil/'],
    ['all', 'http://h/slumber/pizzas/../x'],
    ['other', 'https://h:444/anything'],
    ['otherwise', 'https://h/slumber/pizzas/'],
    ['otherwise', 'http://h:81/slumber/pizzas/'],
    ['otherwise', 'http://h.test/slumber/pizzas/'],
    ['otherwise', 'http://h/other'],
  ])('%s answers %s', async (name, url) => {
    const { href } = new URL(url)
    expect((await client.get(url)).content).toEqual({ [name]: href })
    expect(await (await transport(new Request(url))).json()).toEqual({ [name]: href }) // for programs that wrap it
  })

  test('a service answers for the directory, at its URL alone', async () => {
    const state = { directoryUrl: 'http://h/slumber/' }
    const only = inProcess([{ ...named('pizzas', 'http://h/slumber/pizzas/'), state }], otherwise)
    const contentOf = async (url: string): Promise<unknown> => await (await only(new Request(url))).json()
    expect(await contentOf('http://h/slumber/')).toEqual({ pizzas: 'http://h/slumber/' })
    expect(await contentOf('http://h/slumber/x')).toEqual({ otherwise: 'http://h/slumber/x' })
  })

  test('what is no URL is said at once', () => {
    expect(() => inProcess([named('x', '/slumber/')])).toThrow(TypeError)
  })
})

describe('the same way as over a socket', () => {
  const answering = (answer: () => Response | Promise<Response>, options: object = {}): ReturnType<typeof connect> =>
    connect({
      service: 'http://h/',
      transport: inProcess([{ url: 'http://h/', fetch: answer }]),
      retries: 0,
      ...options,
    })
  const get = (client: ReturnType<typeof connect>): Promise<unknown> => errorOf(client.get('http://h/x'))

  test('a service that fails is ConnectionFailed, and tried again', async () => {
    let calls = 0
    const client = answering(
      () => {
        calls++
        throw new Error('broken')
      },
      { retries: 1, backoff: 1 },
    )
    expect(await get(client)).toMatchObject({ name: 'ConnectionFailed', cause: new Error('broken') })
    expect(calls).toBe(2)
  })

  test('one that says nothing is TimedOut', async () => {
    expect(await get(answering(() => new Promise(() => {}), { timeout: 15 }))).toBeInstanceOf(TimedOut)
  })

  test('an answer that is too long is UnexpectedAnswer, and cancelled', async () => {
    const cancelled = deferred()
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_024)),
      cancel: () => cancelled.resolve(),
    })
    expect(await get(answering(() => new Response(body), { maxAnswerSize: 9_000 }))).toBeInstanceOf(UnexpectedAnswer)
    await cancelled.promise
  })

  test('redirects are followed as anywhere', async () => {
    let calls = 0
    const client = answering(() => (calls++ === 0 ? Response.redirect('http://h/y') : Response.json({})))
    expect(await client.get('http://h/x')).toMatchObject({ request: { url: 'http://h/y' } })
  })

  test('the service learns that nobody waits any longer', async () => {
    const controller = new AbortController()
    const told = deferred()
    const fetch = (request: Request): Promise<Response> => {
      request.signal.addEventListener('abort', () => told.resolve())
      controller.abort(new Error('gone'))
      return new Promise(() => {})
    }
    const client = connect({ service: 'http://h/', transport: inProcess([{ url: 'http://h/', fetch }]) })
    expect(await errorOf(client.get('http://h/x', { signal: controller.signal }))).toEqual(new Error('gone'))
    await told.promise
  })
})

describe('a service that takes less than a Request', () => {
  const asked: string[] = []
  const said = (way: string, { method, url, headers }: Pick<Request, 'method' | 'url'> & Told): Response => {
    asked.push(way)
    return Response.json([method, url, headers.get('Accept'), headers.get('x-none'), headers.has('X-Note')])
  }
  type Told = { readonly headers: Pick<Headers, 'get' | 'has'> }
  const fetch: ServedFetch = Object.assign((request: Request) => said('fetch', request), {
    answer: (request: LightRequest) => said('answer', request),
  })
  const client = connect({
    service: 'http://h/',
    transport: inProcess([{ url: 'http://h/', fetch }]),
  })
  const ways = async (call: Promise<{ readonly content: unknown }>): Promise<readonly unknown[]> => {
    asked.length = 0
    const { content } = await call
    return [content, ...asked]
  }

  test('is asked in that way for what it reads alike: the URL is normalised, names are found in any case', async () => {
    const call = client.get('http://H:80/a/../x', { accept: 'text/plain', headers: { 'X-Note': 'a b' } })
    expect(await ways(call)).toEqual([['GET', 'http://h/x', 'text/plain', null, true], 'answer'])
  })

  test('gets a Request of what has content, and of fields that one changes', async () => {
    expect(await ways(client.post('http://h/x', {}, { accept: 'a/b' }))).toEqual([
      ['POST', 'http://h/x', 'a/b', null, false],
      'fetch',
    ])
    expect(await ways(client.get('http://h/x', { accept: ' a/b ' }))).toEqual([
      ['GET', 'http://h/x', 'a/b', null, false],
      'fetch',
    ])
  })

  test('never sees a field that cannot be sent', async () => {
    asked.length = 0
    const error = await errorOf(client.get('http://h/x', { headers: { 'x-note': 'a\nb' } }))
    const message = 'GET http://h/x: such a method, URL or field cannot be sent.'
    expect([error, ...asked]).toEqual([expect.objectContaining({ message })])
  })

  test('is not asked past what a program has put around its `fetch`', async () => {
    const { pizzas } = here.system
    const seen: string[] = []
    const wrapped = (request: Request): Promise<Response> => {
      seen.push(new URL(request.url).pathname)
      return pizzas.fetch(request)
    }
    const asking = connect({
      service: pizzas.url,
      authenticate: basic('cook', 'cook-demo'),
      transport: inProcess([{ ...pizzas, fetch: wrapped }]),
    })
    const { status } = await asking.get(`${pizzas.url}menu/Pizza/1`)
    expect([status, ...seen]).toEqual([200, expect.stringMatching(/\/menu\/Pizza\/1$/)])
  })

  test('learns that nobody waits any longer', async () => {
    const controller = new AbortController()
    const told = deferred()
    const answer: LightAnswer = ({ signal }) => {
      signal.addEventListener('abort', () => told.resolve())
      controller.abort(new Error('gone'))
      return new Promise(() => {})
    }
    const transport = inProcess([{ url: 'http://h/', fetch: Object.assign(() => Response.error(), { answer }) }])
    const waiting = connect({ service: 'http://h/', transport }).get('http://h/x', { signal: controller.signal })
    expect(await errorOf(waiting)).toEqual(new Error('gone'))
    await told.promise
  })
})
