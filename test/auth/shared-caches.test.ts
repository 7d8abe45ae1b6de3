// A cache between callers and a service: it keeps what is everybody's, and nothing of what one of them was answered. The cache is
// undici's, in its shared mode; `SHARED_CACHE=http://127.0.0.1:3199 ORIGIN_PORT=3198` puts another one in its place, a Squid that
// listens at the one and asks the other, say.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { text } from 'node:stream/consumers'
import { Agent, cacheStores, interceptors, type Dispatcher } from 'undici'
import { basic as basicOf, bearer, connect, httpCache, memoryStore } from 'slumberjs'
import { basic } from 'slumberjs/auth'
import { CREATED, NOT_FOUND, router, resource } from 'slumberjs/http'
import { serve, type Server } from 'slumberjs/node'
import type { Scheme, Service } from 'slumberjs/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accounting, as, directory } from './fixture.ts'
import { fieldsOf, notes, shopScheme } from './signatures/fixture.ts'

const system = accounting()
const cookies: Scheme = {
  challenge: 'Cookie realm="tests"',
  authenticate: ({ headers }) =>
    headers.get('cookie') === 'session=clerk' ? { name: 'clerk', superuser: false, can: () => true } : undefined,
}

/** A cache may remember an earlier run. */
const run = randomUUID()
const words = new Map<string, string>([[run, 'for everybody']])

class Word extends resource('/words/:name') {
  override caching = { visibility: 'public', maxAge: 60, groups: ['words'] } as const
  GET(): unknown {
    const found = words.get(this.params.name)
    return found === undefined ? NOT_FOUND : { found }
  }
  PUT(): unknown {
    words.set(this.params.name, 'new')
    return CREATED({ found: 'new' }, { location: this.url.pathname })
  }
}

const otherCache = process.env['SHARED_CACHE']

/** The requests that reached the origin, and the origin. */
const arrived: string[] = []
let origin: Server
let kitchen: Service
let agent: Agent
let shared: Dispatcher

beforeAll(async () => {
  kitchen = system.kitchen([shopScheme(), cookies, basic(system.verify)])
  const open = router([Word])
  origin = await serve(
    (request: Request) => {
      const { pathname } = new URL(request.url)
      arrived.push(`${request.method} ${pathname}`)
      return pathname.startsWith('/words/') ? open.fetch(request) : kitchen.fetch(request)
    },
    { port: Number(process.env['ORIGIN_PORT'] ?? 0) },
  )
  agent = new Agent()
  shared =
    otherCache !== undefined
      ? agent
      : agent.compose(interceptors.cache({ type: 'shared', store: new cacheStores.MemoryCacheStore() }))
  await connect({
    service: directory.kitchen,
    authenticate: basicOf('admin', 'admin-demo'),
    transport: kitchen.fetch,
  }).post(notes, { words: 'secret' })
})

afterAll(async () => {
  await agent.close()
  await origin.close()
})

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<Answered> {
  const asked = {
    origin: new URL(otherCache ?? origin.url).origin,
    path,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  }
  const answer = await shared.request(asked)
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
}

const list = new URL(notes).pathname

describe('A096 a shared cache', () => {
  test('keeps what is for everybody', async () => {
    arrived.length = 0
    for (let times = 0; times < 2; times++) expect((await ask(`/words/${run}`)).text).toContain('for everybody')
    expect(arrived).toEqual([`GET /words/${run}`])
  })

  test.each([
    ['Basic', (): Record<string, string> => ({ authorization: as('clerk') })],
    ['a cookie', (): Record<string, string> => ({ cookie: 'session=clerk' })],
    ['a signature', (): Record<string, string> => fieldsOf({})],
  ])('has nothing for others of what was answered to a caller by %s', async (_, credentials) => {
    const first = await ask(list, credentials())
    expect([first.status, first.text]).toEqual([200, expect.stringContaining('secret')])
    expect(first.headers['cache-control']).toMatch(/private|no-store/)
    arrived.length = 0
    const second = await ask(list)
    expect([second.status, arrived.length]).toEqual([401, 1])
    expect(second.text).not.toContain('secret')
    expect((await ask(list, credentials())).text).toContain('secret')
    expect(arrived).toHaveLength(2)
  })
})

test('A097 what is no part of the key of a cache changes no answer, or is in Vary', async () => {
  const path = (each: string): string => new URL(each, kitchen.url).pathname
  const unkeyed = {
    'x-forwarded-host': 'evil.test',
    'x-forwarded-scheme': 'gopher',
    'x-forwarded-proto': 'gopher',
    'x-forwarded-prefix': '/evil',
    'x-original-url': '/evil',
    forwarded: 'host=evil.test;proto=gopher',
    origin: 'https://evil.test',
    referer: 'https://evil.test/',
    prefer: 'count=exact',
    'accept-language': 'eo',
    'user-agent': 'evil.test',
  }
  const shown = ({ status, headers, text: content }: Answered): unknown => {
    const { date: _, 'request-id': id, age: ___, vary: ____, ...rest } = headers
    return { status, rest, content: content.replaceAll(String(id), '') }
  }
  for (const each of ['', '-/openapi.json', 'kitchen/Note', 'kitchen/Note/1', 'kitchen/Note/-/model', 'nothing']) {
    for (const accept of ['application/json', 'application/hal+json', 'text/html']) {
      const usual = { authorization: as('clerk'), accept }
      const plain = shown(await ask(path(each), usual))
      for (const [name, value] of Object.entries(unkeyed)) {
        const answer = await ask(path(each), { ...usual, [name]: value })
        const varies = String(answer.headers['vary'] ?? '').split(/, */)
        expect(answer.text).not.toContain('evil')
        if (!varies.includes(name)) expect(shown(answer), `${name} at ${each} as ${accept}`).toEqual(plain)
      }
    }
  }
})

describe('A099 nothing that a cache would not look at changes an answer', () => {
  test('the content of a GET', async () => {
    const { port } = new URL(origin.url)
    const send = async (more: string): Promise<string> => {
      const socket = connectSocket(Number(port), '127.0.0.1')
      await once(socket, 'connect')
      const head = `GET /words/${run} HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: close\r\n`
      socket.write(head + more)
      const answer = await text(socket)
      return answer.replaceAll(/(?:date|request-id): [^\r]*\r\n/gi, '')
    }
    const plain = await send('\r\n')
    expect(plain).toContain('for everybody')
    const body = '{"name":"other"}'
    const fields = `content-type: application/json\r\ncontent-length: ${body.length}\r\n`
    const withContent = await send(`${fields}\r\n${body}`)
    expect(withContent === plain || !withContent.startsWith('HTTP/1.1 2')).toBe(true)
    expect(withContent).not.toContain('other')
  })

  test('a parameter that is given twice', async () => {
    for (const query of ['limit=1&limit=2', 'format=json&format=hal', 'fields=id&fields=words']) {
      expect([query, (await ask(`${list}?${query}`, { authorization: as('clerk') })).status]).toEqual([query, 400])
    }
  })
})

describe('A100 the cache of a client', () => {
  test.each(['private, max-age=60', 'private="", max-age=60', 'private="set-cookie", max-age=60', 'max-age=60'])(
    'keeps apart what two users were answered, with Cache-Control: %s',
    async (control) => {
      const seen: (string | null)[] = []
      const store = memoryStore()
      const transport = (request: Request): Promise<Response> => {
        const who = request.headers.get('authorization')
        seen.push(who)
        return Promise.resolve(Response.json({ who }, { headers: { 'cache-control': control, etag: '"1"' } }))
      }
      const answers = []
      for (const token of ['a', 'b', 'a', 'b']) {
        const client = connect({
          service: directory.kitchen,
          authenticate: bearer(token),
          cache: httpCache({ store }),
          transport,
        })
        answers.push((await client.get(notes)).content)
      }
      expect(answers).toEqual(['a', 'b', 'a', 'b'].map((token) => ({ who: `Bearer ${token}` })))
      expect(seen).toEqual(['Bearer a', 'Bearer b'])
    },
  )
})

describe('A101 what was not there, and is made', () => {
  test('is there for a shared cache at once', async () => {
    const first = await ask(`/words/new-${run}`)
    expect([first.status, first.headers['cache-control']]).toEqual([404, 'no-store'])
    const made = await ask(`/words/new-${run}`, { 'content-type': 'application/json' }, 'PUT', '{}')
    expect([made.status, made.headers['cache-group-invalidation']]).toEqual([201, '"words"'])
    expect((await ask(`/words/new-${run}`)).status).toBe(200)
  })

  test('is there for the cache of a client at once', async () => {
    const client = connect({
      service: directory.kitchen,
      authenticate: basicOf('admin', 'admin-demo'),
      cache: httpCache(),
      transport: kitchen.fetch,
    })
    const url = `${notes}/4711`
    await expect(client.get(url)).rejects.toThrow('404')
    await client.put(url, { words: 'there' })
    expect((await client.get(url)).content).toMatchObject({ words: 'there' })
  })
})
