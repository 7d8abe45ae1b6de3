// Who is counted together by a rate limit, whatever else of a request changes: over sockets, and from addresses of one network.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { memoryStore, resource, router, type Principal, type Router, type Scheme } from 'slumberjs/http'
import { serve, type Server } from 'slumberjs/node'
import { silentLogger } from '../../src/wire/index.ts'
import { ask } from './raw-client.ts'

/** `Authorization: Bearer ada.1`: there are many tokens of one name. */
const tokens: Scheme = {
  challenge: 'Bearer realm="tests"',
  authenticate({ headers }) {
    const [, name] = /^bearer (\w+)\./i.exec(headers.get('authorization') ?? '') ?? []
    return Promise.resolve(name === undefined ? undefined : principal(name))
  },
}

function principal(name: string): Principal {
  return { name, superuser: false, can: () => false }
}

const count = 3
let handled = 0

/** Anybody's, by address. */
class Login extends resource('/Login/:realm') {
  override rateLimit = { count, by: 'address' } as const
  POST(): unknown {
    return ++handled
  }
}

/** Of those who have a name, by it. */
class Notes extends resource('/notes') {
  override rateLimit = { count }
  override schemes = [tokens]
  POST(): unknown {
    return ++handled
  }
}

const newApp = (): Router => router([Login, Notes], { logger: silentLogger, defaults: { sharedStore: memoryStore() } })

describe('A067 a limit that is used up stays so over a socket', () => {
  let app = newApp()
  let server: Server | undefined
  beforeAll(async () => {
    server = await serve((request, info) => app.fetch(request, info))
  })
  beforeEach(() => {
    app = newApp()
    handled = 0
  })
  afterAll(() => server?.close())

  interface Sent {
    readonly target?: string
    readonly lines?: string
    readonly json?: string
    readonly method?: string
  }
  const send = async ({
    method = 'POST',
    target = '/Login/a',
    lines = '',
    json = '{}',
  }: Sent = {}): Promise<number> => {
    const head = `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server?.port}\r\n${lines}`
    const content = `Content-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`
    return (await ask(server?.port ?? 0, head + content)).status
  }
  const useUp = async (sent?: Sent): Promise<void> => {
    for (let index = 0; index < count; index++) expect(await send(sent)).toBe(200)
    expect(await send(sent)).toBe(429)
  }

  test.each<readonly [what: string, status: number, sent: Sent]>([
    ['another field in the content', 429, { json: '{"user":"b","key":"2"}' }],
    ['no member at all', 429, { json: '[]' }],
    ['an address in X-Forwarded-For', 429, { lines: 'X-Forwarded-For: 192.0.2.7\r\n' }],
    ['one in x-forwarded-for', 429, { lines: 'x-forwarded-for: 192.0.2.8\r\nX-FORWARDED-FOR: 192.0.2.9\r\n' }],
    ['one in Forwarded', 429, { lines: 'Forwarded: for="[2001:db8::1]"\r\n' }],
    ['one in X-Real-IP', 429, { lines: 'X-Real-Ip: 192.0.2.7\r\nTrue-Client-IP: 192.0.2.7\r\n' }],
    ['another agent', 429, { lines: 'USER-AGENT: another\r\n' }],
    ['credentials', 429, { lines: 'Authorization: Bearer ada.1\r\n' }],
    ['a query', 400, { target: '/Login/a?b=1' }],
    ['another parameter of the path', 429, { target: '/Login/b' }],
    ['a path in other octets', 429, { target: '/%4Cogin/a' }],
    ['another case of the path', 404, { target: '/login/a' }],
    ['a slash at the end', 308, { target: '/Login/a/' }],
    ['two slashes', 400, { target: '//Login//a' }],
    ['a dot segment', 400, { target: '/x/../Login/a' }],
    ['another method', 405, { method: 'PUT' }],
    ['the preflight of one', 204, { method: 'OPTIONS', lines: 'Access-Control-Request-Method: POST\r\n' }],
  ])('with %s', async (_, status, sent) => {
    await useUp()
    const answered = await send(sent)
    expect(handled).toBe(count)
    expect([status, 429]).toContain(answered)
  })

  test('and all of these together take no more than it allows', async () => {
    const targets = ['/Login/a', '/Login/b', '/Login/a?b', '/%4Cogin/a', '/login/a', '/Login/a/', '//Login/a']
    for (const target of targets) await send({ target, lines: `X-Forwarded-For: 192.0.2.${target.length}\r\n` })
    expect(handled).toBe(count)
  })

  test('with any credentials of the same name, in any case of the field', async () => {
    const by = (field: string): Sent => ({ target: '/notes', lines: `${field}\r\n` })
    await useUp(by('Authorization: Bearer ada.1'))
    for (const field of ['AUTHORIZATION: Bearer ada.2', 'authorization: bearer ada.3', 'Authorization:Bearer ada.4 ']) {
      expect(await send(by(field))).toBe(429)
    }
    expect(handled).toBe(count)
    expect(await send(by('Authorization: Bearer grace.1'))).toBe(200)
  })
})

describe('A067 an IPv6 address is counted with its /64', () => {
  const post = async (app: Router, peer: string): Promise<number> =>
    (await app.fetch(new Request('http://h/Login/a', { method: 'POST' }), { peer })).status

  test('whichever of the 2^64 asks', async () => {
    const app = newApp()
    const hops = Array.from({ length: 20 }, (_, index) => `2001:db8:1:2::${index.toString(16)}`)
    const spellings = ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:0:0:0:99%eth0', '2001:db8:1:2::1:2:3']
    const statuses = []
    for (const peer of [...hops, ...spellings]) statuses.push(await post(app, peer))
    expect(statuses).toEqual([200, 200, 200, ...Array.from({ length: 20 }, () => 429)])
  })

  test('and not with another one, nor IPv4 with it', async () => {
    const app = newApp()
    for (let index = 0; index <= count; index++) await post(app, '2001:db8:1:2::1')
    expect(await post(app, '2001:db8:1:3::1')).toBe(200)
    expect(await post(app, '192.0.2.1')).toBe(200)
  })

  test('an IPv4 address by itself, mapped into IPv6 or not', async () => {
    const app = newApp()
    const peers = ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201', '192.0.2.1', '::ffff:c000:0201']
    const statuses = []
    for (const peer of peers) statuses.push(await post(app, peer))
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    expect([await post(app, '192.0.2.2'), await post(app, '::ffff:c000:203')]).toEqual([200, 200])
  })
})
