// Section A of the HTTP checklist, as far as one parsed header section is judged: version, Host, target, method, sizes.
import { METHODS } from 'node:http'
import { describe, test } from 'vitest'
import { HOST, running } from './fixture.ts'
import { expect } from './problem-matcher.ts'
import { ask, askAndSeeClosed } from './raw-client.ts'

const server = running({ authorities: ['h'] })
const open = running()

describe('Host', () => {
  test('H001 HTTP/1.1 without Host is 400 and closes', async () => {
    expect(await askAndSeeClosed(server.port, 'GET / HTTP/1.1\r\n\r\n')).toBeProblem(400)
    expect(server.calls).toEqual([])
  })

  test.each(['Host: a\r\nHost: b\r\n', 'Host: h\r\nHost: h\r\n', 'HOST: h\r\nX: y\r\nhost: other\r\n'])(
    'H002 more than one Host line is 400: %j',
    async (lines) => {
      expect(await ask(server.port, `GET / HTTP/1.1\r\n${lines}\r\n`)).toBeProblem(400)
      expect(server.calls).toEqual([])
    },
  )

  test('H002 a second Host line is seen behind any number of fields', async () => {
    const fields = 'a:b\r\n'.repeat(3_000)
    expect(await ask(server.port, `GET / HTTP/1.1\r\n${HOST}${fields}Host: other\r\n\r\n`)).toBeProblem(400)
    expect(server.calls).toEqual([])
  })

  test.each([
    'user@h',
    'h/p?x=',
    'a b',
    'h:99999',
    '',
    'h:',
    'h:8x',
    ':80',
    '[::1',
    '[h]',
    '[::1]x',
    'a%41',
    'h\\x',
    'h, h',
  ])('H003 Host with illegal characters, userinfo, a path or a bad port is 400: %j', async (host) => {
    expect(await ask(open.port, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toBeProblem(400)
    expect(open.calls).toEqual([])
  })

  test.each(['h', 'H:80', 'example.org:8080', '127.0.0.1', '[::1]:80', 'xn--bcher-kva.example', 'a_b.example'])(
    'a well-formed Host is taken where no authorities are configured: %s',
    async (host) => {
      expect((await ask(open.port, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status).toBe(200)
    },
  )

  test('an IPv4 address that the URL standard does not read is 400', async () => {
    expect(await ask(open.port, 'GET / HTTP/1.1\r\nHost: 1.2.3.256\r\n\r\n')).toBeProblem(400)
  })

  test('HTTP/1.0 needs no Host', async () => {
    const answer = await ask(server.port, 'GET /a HTTP/1.0\r\n\r\n')
    expect(JSON.parse(answer.body)).toMatchObject({ url: 'http://h/a' })
  })
})

describe('forms of the target', () => {
  test('H004 the authority of an absolute-form target wins over Host', async () => {
    const origin = await ask(server.port, `GET /articles/1/?a=b HTTP/1.1\r\n${HOST}\r\n`)
    const absolute = await ask(server.port, `GET http://h/articles/1/?a=b HTTP/1.1\r\n${HOST}\r\n`)
    const otherHost = await ask(server.port, 'GET HTTP://H/articles/1/?a=b HTTP/1.1\r\nHost: other.example\r\n\r\n')
    expect([origin.status, absolute.status, otherHost.status]).toEqual([200, 200, 200])
    expect(absolute.body).toBe(origin.body)
    expect(otherHost.body).toBe(origin.body)
  })

  test.each([
    ['GET http://other.example/ HTTP/1.1', 'Host: h'],
    ['GET http://other.example/ HTTP/1.1', 'Host: other.example'],
    ['GET / HTTP/1.1', 'Host: other.example'],
    ['OPTIONS * HTTP/1.1', 'Host: other.example'],
  ])('H005 an authority that is not configured is 421: %s, %s', async (line, host) => {
    const answer = await ask(server.port, `${line}\r\n${host}\r\n\r\n`)
    expect(answer).toBeProblem(421)
    expect(answer.headers).not.toHaveProperty('location')
    expect(answer.headers).not.toHaveProperty('link')
    expect(answer.body).not.toContain('other.example')
    expect(server.calls).toEqual([])
  })

  test('H006 a scheme that is not the connection’s is 421', async () => {
    expect(await ask(server.port, `GET https://h/articles/1/ HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(421)
    expect(await ask(open.port, `GET https://h/articles/1/ HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(421)
    expect([...server.calls, ...open.calls]).toEqual([])
  })

  test.each(['OPTIONS *', 'OPTIONS http://h'])('H007 %s asks about the whole server', async (line) => {
    const answer = await ask(server.port, `${line} HTTP/1.1\r\n${HOST}\r\n`, { method: 'OPTIONS' })
    expect(answer.status).toBe(204)
    const methods = [
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      ...METHODS.filter((it) => it === 'QUERY'),
    ]
    expect(answer.headers['allow']?.split(', ').toSorted()).toEqual(methods.toSorted())
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers).not.toHaveProperty('content-type')
    expect(answer.headers).not.toHaveProperty('content-length')
    expect(server.calls).toEqual([])
  })

  test.each(['GET', 'POST', 'DELETE'])('H008 asterisk-form with %s is 400', async (method) => {
    expect(await ask(server.port, `${method} * HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(400)
    expect(server.calls).toEqual([])
  })

  test.each(['http://', 'http:///a', 'http://u:p@h/', 'http://h:99999/', 'http:h/a'])(
    'an absolute-form target without a proper authority is 400: %s',
    async (target) => {
      expect(await ask(server.port, `GET ${target} HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(400)
      expect(server.calls).toEqual([])
    },
  )

  test('a target without a path is the root', async () => {
    const answer = await ask(server.port, `GET http://h?a=b HTTP/1.1\r\n${HOST}\r\n`)
    expect(JSON.parse(answer.body)).toMatchObject({ url: 'http://h/?a=b' })
    expect((await ask(server.port, `GET http://h HTTP/1.1\r\n${HOST}\r\n`)).status).toBe(200)
  })
})

describe('method and version', () => {
  test.each(['FOO', 'GETX', 'X-1'])('H010 a method no resource knows is 501: %s', async (method) => {
    expect(await ask(server.port, `${method} / HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(501)
  })

  test.each(['PROPFIND', 'TRACE', 'LOCK', 'SEARCH', 'M-SEARCH', 'SOURCE', 'DESCRIBE'])(
    'H011 a registered method that nothing here implements is 501 and never reflected: %s',
    async (method) => {
      const answer = await ask(server.port, `${method} /secret HTTP/1.1\r\n${HOST}X-Secret: 12345\r\n\r\n`)
      expect(answer).toBeProblem(501)
      expect(answer.body).not.toMatch(/12345|secret/i)
      expect(server.calls).toEqual([])
    },
  )

  test.each(['get', 'Get', 'pOST'])('H012 methods are case-sensitive: %s is 501', async (method) => {
    expect(await ask(server.port, `${method} / HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(501)
    expect(server.calls).toEqual([])
  })

  test.each(['CONNECT h:80', 'CONNECT other.example:443'])('H013 %s is 501 and closes', async (line) => {
    expect(await askAndSeeClosed(server.port, `${line} HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(501)
  })

  test.each(['HTTP/2.0', 'HTTP/3.0', 'HTTP/0.9'])('H018 %s is 505 and closes', async (version) => {
    const answer = await askAndSeeClosed(server.port, `GET / ${version}\r\n${HOST}\r\n`)
    expect(answer).toBeProblem(505)
    expect(answer.version).toBe('HTTP/1.1')
    expect(server.calls).toEqual([])
  })

  test('H018 the preface of HTTP/2 is 505', async () => {
    expect(await askAndSeeClosed(server.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toBeProblem(505)
  })

  test.skipIf(!METHODS.includes('QUERY'))('QUERY reaches the application with its content', async () => {
    const answer = await ask(server.port, `QUERY /a HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nhi`)
    expect(JSON.parse(answer.body)).toMatchObject({ method: 'QUERY', content: 'hi' })
  })
})

describe('sizes', () => {
  test('H021 a target of 8000 octets works, one of 9000 is 414', async () => {
    const path = (octets: number) => `/${'a'.repeat(octets - 1)}`
    expect((await ask(server.port, `GET ${path(8_000)} HTTP/1.1\r\n${HOST}\r\n`)).status).toBe(200)
    expect((await ask(server.port, `GET ${path(8_192)} HTTP/1.1\r\n${HOST}\r\n`)).status).toBe(200)
    expect(await ask(server.port, `GET ${path(8_193)} HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(414)
    expect(await ask(server.port, `GET ${path(9_000)} HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(414)
    expect(await ask(server.port, `GET ${path(30_000)} HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(414)
    expect(server.calls).toHaveLength(2)
  })

  test('H020 a header section over the limit is 431 and closes', async () => {
    const answer = await askAndSeeClosed(server.port, `GET / HTTP/1.1\r\n${HOST}X: ${'a'.repeat(30_000)}\r\n\r\n`)
    expect(answer).toBeProblem(431)
    expect(server.calls).toEqual([])
  })
})

describe('paths', () => {
  test.each([
    '/articles/%2e%2e/admin/',
    '/articles/../admin/',
    '/articles/.%2E/admin/',
    '/articles/./1',
    '/articles/%2e',
    '/..',
    '/a/.?x=y',
    '/articles/1%2F2/',
    '/articles/1%2f2/',
    '//articles/1/',
    '/articles//1/',
    '/a//',
    '/a%5Cb',
    '/a\\b',
    '/\\other.example/',
    '/a%00',
    '/a%zz',
    '/a%4',
    '/a%',
    '/a#b',
    '/a?b#c',
  ])('H031 a path that two readers could read as two resources is 400: %s', async (path) => {
    expect(await ask(server.port, `GET ${path} HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(400)
    expect(await ask(server.port, `GET http://h${path} HTTP/1.1\r\n${HOST}\r\n`)).toBeProblem(400)
    expect(server.calls).toEqual([])
  })

  test.each([
    '/',
    '/a/',
    '/a.b/..c/...',
    '/a%20b/%C3%A9',
    '/-/model',
    '/a?b=//../%zz%2F\\',
    '/a/~YQ?%00',
    '/?',
    '/%2ea',
  ])('H031 any other path reaches the application as one path: %s', async (path) => {
    const answer = await ask(server.port, `GET ${path} HTTP/1.1\r\n${HOST}\r\n`)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({ url: `http://h${path}` })
  })
})
