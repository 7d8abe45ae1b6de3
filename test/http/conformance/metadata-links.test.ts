// Links, deprecation, timings and what else an answer says of itself. Sections I and N of the HTTP checklist.
import LinkHeader from 'http-link-header'
import { parseItem } from 'structured-headers'
import { beforeEach, describe, expect, test } from 'vitest'
import { at, contentDisposition, CREATED, Entity, OK, Resource, resource, router, type Router } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask, reset } from './fixture.ts'
import { askApp, bearer, linkedApp } from './fixture-2.ts'

beforeEach(reset)

const ofOneMessage = ['request-id', 'date']

/** Read by another program. Targets are resolved against the URL that was asked for. */
const linksOf = ({ headers }: Response, url: string): Record<string, string> => {
  const { refs } = LinkHeader.parse(headers.get('link') ?? '')
  return Object.fromEntries(refs.map(({ rel, uri }) => [rel, new URL(uri, url).href]))
}

describe('H193 links', () => {
  test('of pages lead from one to the next and back', async () => {
    await ask('/articles/', { method: 'POST', body: '{"title":"Four"}' })
    await ask('/articles/', { method: 'POST', body: '{"title":"Five"}' })
    const response = await ask('/articles/?page=2')
    expect(response.headers.get('link')).toBe('</articles/?page=1>; rel="prev", </articles/?page=3>; rel="next"')
    const seen: unknown[] = []
    for (let url: string | undefined = 'http://h/articles/'; url !== undefined;) {
      const page: Response = await ask(url)
      seen.push(...(await page.json()))
      url = linksOf(page, url)['next']
    }
    expect(seen).toHaveLength(5)
  })

  test('are resolved against the target', async () => {
    const response = await ask('/articles/?page=2')
    expect(linksOf(response, 'http://h/articles/?page=2')).toEqual({ prev: 'http://h/articles/?page=1' })
  })
})

describe('H195 a root', () => {
  test('names what there is, for a parser of others; templates, which the field has not, are left out', async () => {
    const response = await askApp(linkedApp('/api'), '/api/')
    expect(linksOf(response, 'http://h/api/')).toEqual({
      'service-desc': 'http://h/api/openapi.json',
      describedby: 'http://h/api/docs',
      collection: 'http://h/api/notes/',
      item: 'http://h/api/notes/a%20b%20%C3%BC',
      alternate: 'http://h/api/?format=html',
      type: 'https://schema.example/Service',
    })
    expect(LinkHeader.parse(response.headers.get('link') ?? '').rel('describedby')[0]).toMatchObject({
      'title*': { value: 'Über, "alles"; und mehr' },
    })
  })
})

describe('H277 a client that follows links', () => {
  test.each(['', '/api', '/deep/er/v2'])('works below %j', async (prefix) => {
    const app = linkedApp(prefix)
    const root = `http://h${prefix}/`
    const links = linksOf(await askApp(app, root), root)
    const made = await askApp(app, links['collection'] ?? '', { method: 'POST' })
    expect(made.status).toBe(303)
    const location = new URL(made.headers.get('location') ?? '', links['collection']).href
    expect(location).toBe(`http://h${prefix}/notes/made`)
    expect(await (await askApp(app, location)).json()).toEqual({ id: 'made' })
  })

  test('is led by redirects that keep the prefix', async () => {
    const response = await askApp(linkedApp('/api'), '/api/notes?a=b')
    expect([response.status, response.headers.get('location')]).toEqual([308, '/api/notes/?a=b'])
  })
})

describe('H218 HEAD of a list', () => {
  test.each(['/articles/', '/articles/?page=2'])('has the links of GET: %s', async (path) => {
    const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)]
    expect(get.headers.get('link')).toMatch(/rel="(?:next|prev)"/)
    const fields = ({ headers }: Response) =>
      Object.fromEntries([...headers].filter(([name]) => !ofOneMessage.includes(name)))
    expect(fields(head)).toEqual(fields(get))
    expect(await head.text()).toBe('')
  })
})

test.each([
  ['/articles/', {}],
  ['/articles/1/', { accept: 'text/html' }],
  ['/articles/1/', { 'if-none-match': '*' }],
  ['/articles/1/', { 'if-match': '"x"' }],
  ['/articles/999/', {}],
  ['/nowhere', { accept: 'application/xml' }],
  ['/blob/1', {}],
  ['/gzip/', { 'accept-encoding': 'gzip' }],
  ['/languages/', { 'accept-language': 'fr' }],
  ['/cors/1/', { origin: 'https://a.example' }],
  ['/guarded/1/', {}],
  ['/deprecated/', {}],
  ['/multi/', {}],
  ['/moved/1/', {}],
  ['/down/', {}],
  ['/failing/program/', {}],
])('HEAD says what GET says, and has no content: %s %j', async (path, headers) => {
  const [head, get] = [await ask(path, { method: 'HEAD', headers }), await ask(path, { headers })]
  const fieldsOf = (response: Response) =>
    Object.fromEntries([...response.headers].filter(([name]) => !ofOneMessage.includes(name)))
  expect([head.status, fieldsOf(head)]).toEqual([get.status, fieldsOf(get)])
  expect(await head.text()).toBe('')
})

describe('a resource that is out of date', () => {
  class Old extends resource('/old/') {
    override deprecation = {
      since: new Date('2023-06-30T23:59:59.900Z'),
      sunset: new Date('2030-01-01T00:00:00Z'),
      documentation: '/docs/öld',
    }
    GET = (): unknown => new Entity({ id: 1 }, { self: { href: '/old/' } }, '"v1"')
  }
  const app = router([Old], { logger: silentLogger })

  test('H208 says since when, as a Structured Field Date, and where that is explained, beside its other links', async () => {
    const response = await askApp(app, '/old/')
    const since = response.headers.get('deprecation') ?? ''
    expect(since).toBe('@1688169599')
    expect(parseItem(since)[0]).toEqual(new Date('2023-06-30T23:59:59Z'))
    expect(linksOf(response, 'http://h/old/')).toEqual({
      deprecation: 'http://h/docs/%C3%B6ld',
      self: 'http://h/old/',
    })
  })

  test('H209 says until when, as an HTTP date after that', async () => {
    const { headers } = await askApp(app, '/old/')
    expect(headers.get('sunset')).toBe('Tue, 01 Jan 2030 00:00:00 GMT')
    expect(Date.parse(headers.get('sunset') ?? '')).toBeGreaterThan(1_688_169_599_000)
  })

  test.each([404, 405, 304])('H208 says so on every answer, %i', async (status) => {
    class Tagged extends Old {
      override exists = (): boolean => status !== 404
      override entityTag = (): string => 'v1'
    }
    const method = status === 405 ? 'DELETE' : 'GET'
    const response = await askApp(router([Tagged], { logger: silentLogger }), '/old/', {
      method,
      headers: { 'if-none-match': '"v1"' },
    })
    expect(response.status).toBe(status)
    expect([response.headers.has('deprecation'), response.headers.has('sunset')]).toEqual([true, true])
  })

  test.each([
    [{ since: new Date('2026-01-02'), sunset: new Date('2026-01-01') }],
    [{ since: new Date(Number.NaN) }],
    [{ since: new Date('2026-01-02'), sunset: new Date(Number.NaN) }],
  ])('H209 cannot end before it is out of date: %j', (deprecation) => {
    expect(() => router([at('/', Old, { deprecation })])).toThrow(TypeError)
  })
})

describe('H210 Server-Timing', () => {
  class Timed extends resource('/timed/') {
    GET(): unknown {
      this.exchange.timings.set('db', 1.23)
      this.exchange.timings.set('render', 0.04)
      return 1
    }
  }

  test('is there where it is wanted, in its syntax', async () => {
    const app = router([at('/timed/', Timed, { serverTiming: true })], { logger: silentLogger })
    expect((await askApp(app, '/timed/')).headers.get('server-timing')).toBe('db;dur=1.2, render;dur=0')
  })

  test('is not there otherwise, for nobody', async () => {
    const app = router([Timed], { logger: silentLogger, defaults: { schemes: [bearer], allowsAnonymous: true } })
    for (const headers of [{}, { authorization: 'Bearer ada' }] as const) {
      expect((await askApp(app, '/timed/', { headers })).headers.has('server-timing')).toBe(false)
    }
  })
})

test('H211 a file name beyond ASCII comes twice, and none leaves its quotes', async () => {
  const name = async (given: string): Promise<string | null> =>
    (await ask(`/blob/1?download=${encodeURIComponent(given)}`)).headers.get('content-disposition')
  expect(await name('x.txt')).toBe('attachment; filename="x.txt"')
  expect(await name('naïve "file".txt')).toBe(
    `attachment; filename="na_ve _file_.txt"; filename*=UTF-8''na%C3%AFve%20%22file%22.txt`,
  )
  expect(await name('a\r\nSet-Cookie: b=c')).toBe(contentDisposition('a__Set-Cookie: b=c'))
})

describe('H212 fields of a connection', () => {
  const names = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-connection']

  test.each(['/articles/', '/articles/1/', '/blob/1', '/gzip/', '/cors/1/', '/down/', '/failing/program/', '/nowhere'])(
    'are not set: %s',
    async (path) => {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE']) {
        const { headers } = await ask(path, {
          method,
          headers: { 'accept-encoding': 'gzip', origin: 'https://a.example' },
        })
        expect(names.filter((name) => headers.has(name))).toEqual([])
      }
    },
  )
})

describe('H213 line breaks and NUL in data', () => {
  const evil = 'a\r\nSet-Cookie: b=c\u0000\u0085é€\ud800"\\'

  class Evil extends Resource {
    GET = (): unknown => new Entity({}, { self: { href: `/${evil}`, title: evil } }, '"v1"')
    POST = (): unknown =>
      CREATED(undefined, { location: `/${evil}`, 'x-data': evil, link: `</>; rel="a"; title="${evil}"` })
    PUT = (): unknown => OK(1, { 'content-disposition': contentDisposition(evil), vary: evil })
    DELETE = (): unknown => new Response(null, { status: 204, headers: { 'x-data': encodeURIComponent('a\r\nb') } })
  }
  const app: Router = router([at('/', Evil)], { logger: silentLogger })

  test.each(['GET', 'POST', 'PUT', 'DELETE'])('reach no field of a %s, and nothing fails', async (method) => {
    const response = await askApp(app, '/', { method })
    expect(response.status).toBeLessThan(300)
    expect(response.headers.has('set-cookie')).toBe(false)
    for (const [, value] of response.headers) expect(value).not.toMatch(/[\r\n\0]/)
  })

  test('a title comes back whole, but for what is no text', async () => {
    const { refs } = LinkHeader.parse((await askApp(app, '/')).headers.get('link') ?? '')
    const title = expect.objectContaining({ value: evil.toWellFormed() })
    expect(refs).toEqual([expect.objectContaining({ rel: 'self', 'title*': title })])
  })
})
