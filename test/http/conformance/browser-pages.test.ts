// What browsers are told: by pages of this service, and about it to pages of others. Section L of the HTTP checklist.
import { beforeEach, describe, expect, test } from 'vitest'
import { at, cors, html, json, memoryStore, OK, resource, router, type Middleware, type Router } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask, dump, reset } from './fixture.ts'
import { askApp, bearer } from './fixture-2.ts'

beforeEach(reset)

const page = 'https://a.example'

test('H249 a preflight does nothing, whatever it asks for', async () => {
  const before = dump()
  for (const method of ['DELETE', 'PUT', 'PATCH', 'POST', 'FROB']) {
    const headers = {
      origin: page,
      'access-control-request-method': method,
      'access-control-request-headers': 'if-match',
    }
    const response = await ask('/cors/3/', { method: 'OPTIONS', headers })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, PUT, PATCH, DELETE')
  }
  expect(dump()).toBe(before)
})

describe('H250 credentials', () => {
  class Open extends resource('/') {
    GET = (): unknown => 1
  }
  const said = async (app: Router, origin: string): Promise<readonly (string | null)[]> => {
    const { headers } = await askApp(app, '/', { headers: { origin, cookie: 'a=b' } })
    return [headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]
  }
  const withCors = (...options: Parameters<typeof cors>) =>
    router([at('/', Open, { middleware: [cors(...options)] })], { logger: silentLogger })

  test('are allowed to origins that are named, and to no others', async () => {
    const app = withCors({ origin: [page], credentials: true })
    expect(await said(app, page)).toEqual([page, 'true'])
    const others = ['https://b.example', 'null', '*', `${page}.evil.example`]
    for (const other of others) expect(await said(app, other)).toEqual([null, null])
  })

  test('are never allowed beside *', async () => {
    expect(await said(withCors({ origin: '*' }), page)).toEqual(['*', null])
    expect(() => withCors({ origin: '*', credentials: true })).toThrow(TypeError)
  })
})

test('H253 pages may read the fields that a program needs', async () => {
  const { headers } = await ask('/cors/1/', { headers: { origin: page } })
  const exposed = headers.get('access-control-expose-headers')?.split(', ')
  const needed = [
    'etag',
    'location',
    'link',
    'allow',
    'retry-after',
    'ratelimit',
    'ratelimit-policy',
    'preference-applied',
  ]
  expect(exposed).toEqual(expect.arrayContaining(needed))
  expect(exposed).not.toContain('*')
})

describe('H255 errors can be read by pages that may read the rest', () => {
  class Faulty extends resource('/faulty/:how?') {
    override middleware = [cors({ origin: [page] })]
    override schemes = [bearer]
    override allowsAnonymous = true
    override rateLimit = { count: 1, window: 60 }
    override isAvailable = (): boolean => this.params.how !== 'down'
    GET(): unknown {
      const circle: unknown[] = []
      if (this.params.how === 'unwritable') return [circle, circle.push(circle)]
      throw new Error('failed')
    }
  }
  class Throwing extends resource('/throwing/') {
    override middleware: readonly Middleware[] = [
      cors({ origin: [page] }),
      {
        name: 'throwing',
        response: () => {
          throw new Error('failed')
        },
      },
    ]
    GET = (): unknown => 1
  }
  const make = (): Router =>
    router([Faulty, Throwing], {
      logger: silentLogger,
      middleware: [cors({ origin: [page] })],
      defaults: { sharedStore: memoryStore() },
    })

  test.each([
    [500, '/faulty'],
    [500, '/faulty/unwritable'],
    [500, '/throwing/'],
    [503, '/faulty/down'],
    [400, '/faulty?x=1'],
    [404, '/nowhere'],
    [400, '/%zz'],
  ])('%i %s', async (status, path) => {
    const response = await askApp(make(), path, { headers: { origin: page } })
    expect(response.status).toBe(status)
    expect(response.headers.get('access-control-allow-origin')).toBe(page)
    expect(response.headers.get('vary')).toContain('origin')
  })

  test('429', async () => {
    const app = make()
    await askApp(app, '/faulty')
    const response = await askApp(app, '/faulty', { headers: { origin: page } })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([429, page])
    expect(response.headers.get('access-control-expose-headers')).toContain('retry-after')
  })
})

describe('H257 a page', () => {
  const policyOf = ({ headers }: Response): ReadonlyMap<string, string> =>
    new Map(
      (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ')
        return [name, sources.join(' ')]
      }),
    )

  test.each([
    ['/articles/1/', 200],
    ['/articles/', 200],
    ['/articles/999/', 404],
    ['/nowhere', 404],
    ['/down/', 503],
  ])('runs and loads nothing of others, and stands in no frame: %s', async (path, status) => {
    const response = await ask(path, { headers: { accept: 'text/html' } })
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
    const policy = policyOf(response)
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('frame-ancestors')).toBe("'none'")
    expect(policy.get('base-uri')).toBe("'none'")
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|data:/)
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('may have a policy of its own', async () => {
    class Styled extends resource('/') {
      override produces = [html, json]
      GET = (): unknown => OK('<p>', { 'content-type': 'text/html', 'Content-Security-Policy': "default-src 'self'" })
    }
    const { headers } = await askApp(router([Styled], { logger: silentLogger }), '/')
    expect(headers.get('content-security-policy')).toBe("default-src 'self'")
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })

  test.each([
    ['/articles/1/', {}],
    ['/articles/1/', { method: 'OPTIONS' }],
    ['/articles/3/', { method: 'DELETE' }],
    ['/articles/1/', { headers: { 'if-none-match': '*' } }],
    ['/blob/1', { headers: { range: 'bytes=0-9' } }],
    ['/moved/1/', {}],
    ['/nowhere', {}],
    ['/failing/program/', {}],
  ])('H257 no type is guessed of anything: %s %j', async (path, asked) => {
    expect((await ask(path, asked)).headers.get('x-content-type-options')).toBe('nosniff')
  })
})
