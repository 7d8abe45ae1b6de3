// What answers say to caches. Section J of the HTTP checklist; the plain cases are in cases-2.json.
import { parseList } from 'structured-headers'
import { beforeEach, describe, expect, test } from 'vitest'
import { at, NO_CONTENT, OK, resource, router, SEE_OTHER, type Caching } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask, reset, type Asked } from './fixture.ts'
import { askApp, bearer } from './fixture-2.ts'

beforeEach(reset)

const put = { method: 'PUT', body: '{"title":"New"}' } as const

/** A status, and a request that is answered with it. */
const answers: readonly (readonly [status: number, path: string, asked: Asked])[] = [
  [200, '/articles/1/', {}],
  [200, '/articles/1/', { method: 'HEAD' }],
  [200, '/articles/1/', put],
  [200, '/articles/', { method: 'QUERY', body: '{}' }],
  [201, '/articles/', { method: 'POST', body: '{"title":"New"}' }],
  [202, '/job/', { method: 'POST', headers: { prefer: 'respond-async' } }],
  [204, '/articles/3/', { method: 'DELETE' }],
  [204, '/articles/1/', { method: 'OPTIONS' }],
  [
    204,
    '/cors/1/',
    { method: 'OPTIONS', headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' } },
  ],
  [205, '/form-reset/', { method: 'POST' }],
  [206, '/blob/1', { headers: { range: 'bytes=0-1' } }],
  [300, '/multi/', {}],
  [303, '/search/', { method: 'POST' }],
  [304, '/articles/1/', { headers: { 'if-none-match': '*' } }],
  [307, '/temp/1/', {}],
  [308, '/moved/1/', {}],
  [308, '/articles', {}],
  [400, '/articles/?where=1', {}],
  [401, '/guarded/1/', {}],
  [403, '/guarded/1/', { headers: { authorization: 'Bearer fay' } }],
  [404, '/articles/999/', {}],
  [404, '/nowhere', {}],
  [405, '/ro/', { method: 'DELETE' }],
  [406, '/articles/1/', { headers: { accept: 'text/csv' } }],
  [409, '/articles/2/', { method: 'DELETE' }],
  [410, '/gone/1/', {}],
  [412, '/articles/1/', { headers: { 'if-match': '"x"' } }],
  [413, '/articles/', { method: 'POST', body: `{"title":"${'x'.repeat(2_000_000)}"}` }],
  [414, `/articles/?${'x'.repeat(9_000)}`, {}],
  [415, '/articles/', { method: 'POST', body: 'a', headers: { 'content-type': 'text/csv' } }],
  [416, '/blob/1', { headers: { range: 'bytes=100-' } }],
  [422, '/articles/', { method: 'POST', body: '{"title":1}' }],
  [428, '/strict/1/', put],
  [500, '/failing/program/', {}],
  [501, '/articles/', { method: 'FROB' }],
  [502, '/failing/garbage/', {}],
  [503, '/down/', {}],
  [504, '/failing/hangs/', {}],
]

describe.each(answers)('%i %s', (status, path, asked) => {
  test('H219 says how it may be kept, so that no cache has to guess', async () => {
    const response = await ask(path, asked)
    expect(response.status).toBe(status)
    // Either it is not kept, or it is asked about, or it says for how long it is fresh.
    expect(response.headers.get('cache-control')).toMatch(/\b(?:no-store|no-cache|max-age=\d+)\b/)
  })

  test('H220 is nobody else’s once it is known who asks', async () => {
    const headers = { ...asked.headers, signature: 'ada' }
    const known = await ask(path.replace('/articles/1/', '/guarded/1/'), {
      ...asked,
      headers,
      info: { principal: ada },
    })
    expect(known.headers.get('cache-control')).toMatch(/\b(?:no-store|private)\b/)
  })
})

const ada = { name: 'ada', superuser: false, can: () => true }

test.each(answers.filter(([status]) => status >= 400))('H229 %i is not stored: %s', async (_status, path, asked) => {
  expect((await ask(path, asked)).headers.get('cache-control')).toBe('no-store')
})

test('H229 429 is not stored either', async () => {
  for (let count = 0; count < 2; count++) await ask('/limited/')
  const response = await ask('/limited/')
  expect([response.status, response.headers.get('cache-control')]).toEqual([429, 'no-store'])
})

class Cached extends resource('/cached/') {
  override schemes = [bearer]
  override allowsAnonymous = true
  GET = (): unknown => 1
  PUT = (): unknown => NO_CONTENT
}
const cached = (caching: Caching) => router([at('/cached/', Cached, { caching })], { logger: silentLogger })
const fieldsOf = async (caching: Caching, headers: Record<string, string> = {}, method = 'GET'): Promise<Headers> =>
  (await askApp(cached(caching), '/cached/', { method, headers })).headers

const known = { authorization: 'Bearer ada' }

describe('H220 what a known caller is answered', () => {
  test.each([
    [{}, 'private, no-cache'],
    [{ maxAge: 60 }, 'private, max-age=60'],
    [{ noStore: true }, 'no-store'],
  ])('with %j is %s', async (caching, control) => {
    expect((await fieldsOf(caching, known)).get('cache-control')).toBe(control)
  })
})

describe('H221 public', () => {
  test('is what was asked for', async () => {
    expect((await fieldsOf({ visibility: 'public', maxAge: 60, sharedMaxAge: 600 }, known)).get('cache-control')).toBe(
      'public, max-age=60, s-maxage=600',
    )
  })

  test.each([{}, { maxAge: 60 }, { maxAge: 60, visibility: 'private' }] as const)(
    'is not there unasked: %j',
    async (caching) => {
      for (const headers of [{}, known] as const) {
        expect((await fieldsOf(caching, headers)).get('cache-control')).not.toMatch(/public|s-maxage/)
      }
    },
  )

  test('is never beside a cookie, wherever that comes from', async () => {
    const cookie = 'id=1; HttpOnly'
    class Baking extends resource('/:how/') {
      override caching = { visibility: 'public' as const, maxAge: 60, sharedMaxAge: 600 }
      override middleware = [
        {
          name: 'session',
          response: (_resource: unknown, answer: ReturnType<typeof OK>) =>
            this.params.how === 'middleware' ? answer.with({ headers: { 'Set-Cookie': cookie } }) : undefined,
        },
      ]
      GET(): unknown {
        if (this.params.how === 'response') return new Response('1', { headers: { 'set-cookie': cookie } })
        return OK(1, this.params.how === 'handler' ? { 'Set-Cookie': [cookie, 'b=c'] } : {})
      }
    }
    const app = router([Baking], { logger: silentLogger })
    for (const how of ['handler', 'middleware', 'response']) {
      const { headers } = await askApp(app, `/${how}/`)
      expect(headers.getSetCookie()[0]).toBe(cookie)
      expect(headers.get('cache-control')).toBe('private, max-age=60')
    }
    expect((await askApp(app, '/none/')).headers.get('cache-control')).toBe('public, max-age=60, s-maxage=600')
  })
})

describe('H223 Expires', () => {
  test('is left out beside an age', async () => {
    const headers = await fieldsOf({ maxAge: 3600 })
    expect([headers.get('cache-control'), headers.get('expires')]).toEqual(['max-age=3600', null])
  })

  test('names the same second, where a date was given', async () => {
    const headers = await fieldsOf({ maxAge: new Date(Date.now() + 3_600_000) })
    const age = Number(/max-age=(\d+)/.exec(headers.get('cache-control') ?? '')?.[1])
    expect(Math.abs(Date.parse(headers.get('expires') ?? '') - (Date.now() + age * 1_000))).toBeLessThan(20_000)
  })
})

test('H225 immutable is where it was asked for, and needs a time', async () => {
  expect((await fieldsOf({ maxAge: 31_536_000, immutable: true })).get('cache-control')).toBe(
    'max-age=31536000, immutable',
  )
  expect(() => cached({ immutable: true })).toThrow(TypeError)
  for (const [, path, asked] of answers) {
    expect((await ask(path, asked)).headers.get('cache-control')).not.toMatch(/immutable/)
  }
})

describe('H226 a write', () => {
  class Writing extends resource('/writing/') {
    PUT = (): unknown => OK({ id: 1 }, { 'content-location': '/writing/?format=json' })
    POST = (): unknown => SEE_OTHER(undefined, { location: '/writing/1' })
    PATCH(): unknown {
      throw new Error('failed')
    }
  }
  const app = router([at('/writing/', Writing, { caching: { groups: ['w'] } })], { logger: silentLogger })

  test('that succeeds lets caches drop what it names: its target, Location, Content-Location, all of this origin', async () => {
    const base = 'http://h/writing/'
    const [put200, post303] = [await askApp(app, base, { method: 'PUT' }), await askApp(app, base, { method: 'POST' })]
    expect([put200.status, post303.status]).toEqual([200, 303])
    expect(new URL(put200.headers.get('content-location') ?? '', base).origin).toBe('http://h')
    expect(new URL(post303.headers.get('location') ?? '', base).origin).toBe('http://h')
    for (const { headers } of [put200, post303]) expect(headers.get('cache-group-invalidation')).toBe('"w"')
  })

  test('that fails lets them keep it', async () => {
    const response = await askApp(app, '/writing/', { method: 'PATCH' })
    expect([response.status, response.headers.has('cache-group-invalidation')]).toEqual([500, false])
  })
})

describe('H227 groups', () => {
  test('are Lists of Strings: on what is read, and on what writes', async () => {
    const caching = { maxAge: 60, groups: ['a b', 'articles "1"'] }
    const names = (value: string | null): readonly unknown[] => parseList(value ?? '').map(([name]) => name)
    expect(names((await fieldsOf(caching)).get('cache-groups'))).toEqual(['a b', 'articles "1"'])
    const written = await fieldsOf(caching, {}, 'PUT')
    expect(names(written.get('cache-group-invalidation'))).toEqual(['a b', 'articles "1"'])
    expect(written.has('cache-groups')).toBe(false)
    expect((await fieldsOf(caching)).has('cache-group-invalidation')).toBe(false)
  })

  test('are the same for lists and their members', async () => {
    const groups = async (path: string) => (await ask(path)).headers.get('cache-groups')
    expect([await groups('/articles/'), await groups('/articles/1/')]).toEqual(['"articles"', '"articles"'])
  })

  test('nothing is dropped by what only reads', async () => {
    for (const [method, body] of [['GET'], ['HEAD'], ['OPTIONS'], ['QUERY', '{}']] as const) {
      const asked = { method, ...(body === undefined ? {} : { body }) }
      expect((await ask('/articles/', asked)).headers.has('cache-group-invalidation')).toBe(false)
    }
  })
})

test('H230 CDN-Cache-Control is where it was asked for', async () => {
  for (const [, path, asked] of answers) {
    expect((await ask(path, asked)).headers.has('cdn-cache-control')).toBe(false)
  }
  expect((await fieldsOf({ maxAge: 60, cdn: 'max-age=600' })).get('cdn-cache-control')).toBe('max-age=600')
})
