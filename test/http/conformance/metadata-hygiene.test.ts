// The habits of RFC 9205: registered statuses, structured fields, validators, URLs without users, clean text. Section N of the checklist.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { connect } from 'slumberjs'
import { parseDictionary, parseItem, parseList } from 'structured-headers'
import { beforeEach, describe, expect, test } from 'vitest'
import * as http from 'slumberjs/http'
import { problemTypes } from '../../../src/http/problems/problem-types.ts'
import { silentLogger } from '../../../src/wire/index.ts'
import { running } from '../../node/fixture.ts'
import { ask as askRaw } from '../../node/raw-client.ts'
import { ask, reset } from './fixture.ts'
import { askApp } from './fixture-2.ts'

beforeEach(reset)

describe('H276 every status is in the IANA registry', () => {
  const ranges = [
    [100, 104],
    [200, 208],
    [226, 226],
    [300, 305],
    [307, 308],
    [400, 417],
    [421, 426],
    [428, 429],
    [431, 431],
    [451, 451],
    [500, 508],
    [510, 511],
  ] as const
  const isRegistered = (status: number): boolean => ranges.some(([first, last]) => first <= status && status <= last)

  test('of those that the tables end with', () => {
    const endings = [...http.aboutTheRequest, ...http.aboutTheTarget].flatMap(({ yes, no }) => [yes, no])
    const statuses = endings.flatMap((ending) => (ending === 'next' ? [] : ending.statuses))
    expect(statuses.length).toBeGreaterThan(20)
    expect(statuses.filter((status) => !isRegistered(status))).toEqual([])
  })

  test('of those that handlers are offered', () => {
    const statuses = Object.entries(http).flatMap(([name, value]) =>
      /^[A-Z_]+$/.test(name) && typeof value === 'function' && 'status' in value ? [value.status] : [],
    )
    expect(statuses.length).toBeGreaterThan(30)
    expect(statuses.filter((status) => !isRegistered(status))).toEqual([])
  })

  test('of those that problems have', () => {
    expect(problemTypes.filter(({ status }) => !isRegistered(status))).toEqual([])
  })
})

describe('H278 fields', () => {
  const source = fileURLToPath(new URL('../../../src/', import.meta.url))
  // OpenAPI has members with x-, which are no fields (OpenAPI 3.1 §4.9).
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?!.*openapi).*\.ts$/.test(file),
  )

  test('have no X-, but for one of the Fetch standard, one that the project was asked for, one of a library that is never sent, and those of proxies', () => {
    const known = ['x-content-type-options', 'x-slumber-trace', 'x-hono-already-sent']
    const ofProxies = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] // read, and never sent
    const codings = ['x-gzip', 'x-compress'] // no fields: names of RFC 9110 §8.4.1
    const found = files.flatMap((file) => {
      const names = readFileSync(`${source}${file}`, 'utf8').matchAll(/(?<=['"`])x-[a-z0-9-]+/gi)
      return Array.from(names, ([name]) => name.toLowerCase())
    })
    expect(found.length).toBeGreaterThan(3)
    expect([...new Set(found)].filter((name) => ![...known, ...ofProxies, ...codings].includes(name))).toEqual([])
  })

  test('that are new are Structured Fields', async () => {
    const field = async (name: string, path: string, asked = {}): Promise<string> => {
      const value = (await ask(path, asked)).headers.get(name)
      expect([name, value]).toEqual([name, expect.any(String)])
      return value ?? ''
    }
    expect(parseList(await field('ratelimit', '/limited/'))[0]?.[0]).toBe('default')
    expect(parseList(await field('ratelimit-policy', '/limited/'))[0]?.[1].get('q')).toBe(2)
    expect(parseList(await field('cache-groups', '/articles/'))[0]?.[0]).toBe('articles')
    const post = { method: 'POST', body: '{"title":"New"}' }
    expect(parseList(await field('cache-group-invalidation', '/articles/', post))[0]?.[0]).toBe('articles')
    expect(parseList(await field('accept-query', '/articles/', { method: 'OPTIONS' })).map(([type]) => type)).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
    ])
    expect(parseItem(await field('deprecation', '/deprecated/'))[0]).toBeInstanceOf(Date)
    const order = { method: 'POST', body: '{}', headers: { 'idempotency-key': '"a"' } }
    await ask('/orders/', order)
    expect(parseItem(await field('idempotency-replayed', '/orders/', order))[0]).toBe(true)
  })

  test('that are configured are, too: CDN-Cache-Control, and the trace', async () => {
    class Traced extends http.resource('/') {
      override trace = true
      override caching = { maxAge: 60, cdn: 'max-age=600, stale-if-error=60' }
      GET = (): unknown => 1
    }
    const { headers } = await askApp(http.router([Traced], { logger: silentLogger }), '/')
    expect(parseDictionary(headers.get('cdn-cache-control') ?? '').get('max-age')?.[0]).toBe(600)
    expect(parseList(headers.get('x-slumber-trace') ?? '').length).toBeGreaterThan(10)
  })
})

describe('H279 what tells its state', () => {
  test.each([
    '/articles/',
    '/articles/1/',
    '/weak/1/',
    '/comma/',
    '/blob/1',
    '/public/',
    '/versions/1/v3/',
    '/gzip/',
    '/languages/',
  ])('has a validator, which saves the next GET its content: %s', async (path) => {
    const first = await ask(path)
    const tag = first.headers.get('etag')
    expect([first.status, tag]).toEqual([200, expect.stringMatching(/^(?:W\/)?"[^"]*"$/)])
    const second = await ask(path, { headers: { 'if-none-match': tag ?? '' } })
    expect([second.status, await second.text()]).toEqual([304, ''])
  })
})

describe('H280 unknown parameters', () => {
  test.each(['/articles/', '/articles/1/', '/single/', '/blob/1', '/public/'])(
    'are 400 of %s, with those there are',
    async (path) => {
      for (const query of ['where=1', 'title__in=1', 'page[]=1', '__proto__=1', 'constructor=1', 'page=1&where=1']) {
        const response = await ask(`${path}?${query}`)
        expect([response.status, (await response.json()).code]).toEqual([400, 'invalid-parameter'])
      }
    },
  )

  test('a parameter given twice is not two values of which one is chosen', async () => {
    expect((await ask('/articles/?page=1&page=2')).status).toBe(400)
  })
})

describe('H282 a user in a URL', () => {
  const server = running()

  test('cannot be said by a Request, and is 400 on a socket', async () => {
    expect(() => new Request('http://u:p@h/')).toThrow(TypeError)
    for (const target of ['http://u:p@h/', 'http://u@h/', 'http://@h/']) {
      expect((await askRaw(server.port, `GET ${target} HTTP/1.1\r\nHost: h\r\n\r\n`)).status).toBe(400)
    }
    expect(server.calls).toEqual([])
  })

  test('is refused by the client, which sends nothing and repeats no password', async () => {
    const sent: string[] = []
    const transport = async (request: Request): Promise<Response> => {
      sent.push(request.url)
      return Response.json({})
    }
    const client = connect({ directory: { pizzas: 'http://h/pizzas/' }, transport })
    const refused = client.send({ method: 'GET', url: 'http://ada:hunter2@h/pizzas/' })
    await expect(refused).rejects.toThrow('a user or password')
    await expect(refused).rejects.not.toThrow('hunter2')
    expect(sent).toEqual([])
  })
})

describe('H283 text', () => {
  const line = '\u2028\u2029</script><script>alert(1)</script><!--\ud800\u0000é€🌍'
  class Showing extends http.resource('/') {
    static content: unknown = { line, [line]: [line] }
    override produces = [http.json, http.hal, http.html, http.xml, http.csv, http.ndjson, http.text]
    GET = (): unknown => Showing.content
    POST(): never {
      throw new http.Problem(422, line, { members: { line } })
    }
  }
  const app = http.router([Showing], { logger: silentLogger })
  const strict = (octets: ArrayBuffer): string =>
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)

  test.each(['json', 'hal', 'html', 'xml', 'csv', 'ndjson', 'text'])(
    'is UTF-8 as %s, whatever it holds',
    async (format) => {
      for (const method of ['GET', 'POST']) {
        const accept = { json: 'application/json', html: 'text/html', xml: 'application/xml' }[format] ?? '*/*'
        const response = await askApp(app, `/?format=${format}`, { method, headers: { accept } })
        expect(response.status).toBe(method === 'GET' ? 200 : 422)
        expect(strict(await response.arrayBuffer())).not.toBe('')
      }
    },
  )

  test('comes back from JSON as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        Showing.content = value
        const text = strict(await (await askApp(app, '/')).arrayBuffer())
        expect(text).toBe(JSON.stringify(value))
        expect(JSON.stringify(JSON.parse(text))).toBe(text)
      }),
      { numRuns: 50 },
    )
    Showing.content = { line, [line]: [line] }
  })

  test('in a page no script is made of it, where U+2028 would end a line', async () => {
    for (const method of ['GET', 'POST']) {
      const page = await (await askApp(app, '/?format=html', { method, headers: { accept: 'text/html' } })).text()
      expect(page).not.toMatch(/<script|<!--/i)
      expect(page).toContain('&lt;/script&gt;')
    }
  })
})
