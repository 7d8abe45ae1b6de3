// What negotiation says in its answers: Vary, types, codings. Section D of the HTTP checklist; the plain cases are in cases-2.json.
import { gunzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { resource, router, type Representation } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask, reset } from './fixture.ts'
import { askApp, Everything } from './fixture-2.ts'

beforeEach(reset)

describe('H071 the worked example of the RFC', () => {
  const accept = 'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5'
  const qualities = {
    'text/plain;format=flowed': 1,
    'text/plain': 0.7,
    'image/jpeg': 0.5,
    'text/plain;format=fixed': 0.4,
    'text/html': 0.3,
    'text/html;level=3': 0.3,
  }
  const written = (mediaType: string, index: number): Representation => ({
    name: `r${index}`,
    mediaType,
    showsLinks: false,
    write: () => '',
  })
  const types = Object.entries(qualities)
  const pairs = types
    .flatMap((one) => types.map((other) => [one, other] as const))
    .filter(([one, other]) => one !== other)

  test.each(pairs)('%s or %s: the better one, and of equals the first', async ([one, better], [other, worse]) => {
    class Offering extends resource('/') {
      override produces = [one, other].map(written)
      GET = (): unknown => 1
    }
    const response = await askApp(router([Offering], { logger: silentLogger }), '/', { headers: { accept } })
    expect(response.headers.get('content-type')).toBe(better >= worse ? one : other)
  })
})

test('H085 what is sent in a coding can be decoded, and is what is sent without', async () => {
  const response = await ask('/gzip/', { headers: { 'accept-encoding': 'br;q=0.5, gzip' } })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(await response.arrayBuffer()).toString()).toBe(await (await ask('/gzip/')).text())
})

test('a Blob can be sent in a coding as well', async () => {
  class Stored extends resource('/') {
    override encodings = ['gzip' as const]
    GET = (): unknown => new Blob(['a,b\r\n'], { type: 'text/csv' })
  }
  const app = router([Stored], { logger: silentLogger })
  const response = await askApp(app, '/', { headers: { 'accept-encoding': 'gzip' } })
  expect(gunzipSync(await response.arrayBuffer()).toString()).toBe('a,b\r\n')
  expect(response.headers.get('content-type')).toBe('text/csv')
})

describe('Vary', () => {
  const app = router([Everything], { logger: silentLogger })
  const varyOf = ({ headers }: Response): readonly string[] => (headers.get('vary') ?? '').split(', ').toSorted()
  const all = ['accept', 'accept-encoding', 'accept-language', 'cookie', 'origin', 'prefer']

  const answers: readonly (readonly [status: number, asked: Parameters<typeof askApp>[2], path?: string])[] = [
    [200, {}],
    [200, { method: 'HEAD' }],
    [304, { headers: { 'if-none-match': '"v1"' } }],
    [304, { method: 'HEAD', headers: { 'if-none-match': '*' } }],
    [400, { headers: { 'if-none-match': 'v1' } }],
    [404, {}, '/everything/9/'],
    [405, { method: 'DELETE' }],
    [406, { headers: { accept: 'text/csv' } }],
    [412, { headers: { 'if-match': '"x"' } }],
    [501, { method: 'FROB' }],
  ]

  const asked = answers.map(([status, init, path = '/everything/1/']) => [status, init, path] as const)
  test.each(asked)('H090 is the same on %i: %j', async (status, init, path) => {
    const response = await askApp(app, path, init)
    expect(response.status).toBe(status)
    expect(varyOf(response)).toEqual(all)
  })

  test('H090 does not depend on what the request holds', async () => {
    const headers = {
      accept: 'text/html',
      'accept-language': 'fr',
      cookie: 'a=b',
      prefer: 'return=minimal',
      origin: 'null',
    }
    expect(varyOf(await askApp(app, '/everything/1/', { headers }))).toEqual(all)
  })

  test('H200 has Prefer where the content depends on it, and the tag tells the two apart', async () => {
    const minimal = await askApp(app, '/everything/1/', { headers: { prefer: 'return=minimal' } })
    const full = await askApp(app, '/everything/1/')
    expect([await minimal.json(), await full.json()]).toEqual([{ id: 1 }, { id: 1, title: 'One' }])
    expect([minimal.headers.get('etag'), full.headers.get('etag')]).toEqual(['"v1.-minimal"', '"v1"'])
    for (const response of [minimal, full]) expect(varyOf(response)).toContain('prefer')
  })

  test('H200 has it as soon as a handler looks, without being told', async () => {
    class Looking extends resource('/') {
      GET = (): unknown => this.exchange.preferences.return ?? 'nothing'
    }
    const looking = router([Looking], { logger: silentLogger })
    expect(varyOf(await askApp(looking, '/'))).toEqual(['prefer'])
    expect(varyOf(await askApp(looking, '/', { method: 'OPTIONS' }))).toEqual([''])
  })
})

describe('Content-Type', () => {
  test.each([
    ['/articles/1/', {}, 'application/json'],
    ['/articles/1/', { method: 'HEAD' }, 'application/json'],
    ['/articles/1/', { headers: { accept: 'text/html' } }, 'text/html; charset=utf-8'],
    ['/articles/1/', { headers: { accept: 'application/xml' } }, 'application/xml'],
    ['/blob/1', {}, 'application/octet-stream'],
    ['/blob/1', { headers: { range: 'bytes=0-1' } }, 'application/octet-stream'],
    ['/blob/1', { headers: { range: 'bytes=200-' } }, 'application/problem+json'],
    ['/articles/', { method: 'POST', body: '{"title":"New"}' }, 'application/json'],
    ['/articles/', { method: 'POST', body: '{' }, 'application/problem+json'],
    ['/multi/', {}, 'application/json'],
    ['/job/', { method: 'POST', headers: { prefer: 'respond-async' } }, 'application/json'],
    ['/articles/999/', {}, 'application/problem+json'],
    ['/articles/999/', { headers: { accept: 'text/html' } }, 'text/html; charset=utf-8'],
    ['/articles/999/', { headers: { accept: 'application/xml' } }, 'application/problem+xml'],
    ['/nothing-at-all', {}, 'application/problem+json'],
    ['/down/', {}, 'application/problem+json'],
    ['/failing/program/', {}, 'application/problem+json'],
    ['/guarded/1/', {}, 'application/problem+json'],
  ])('H092 of what has content, %s %j', async (path, asked, type) => {
    const response = await ask(path, asked)
    expect(response.headers.get('content-type')).toBe(type)
    expect((await response.text()) === '').toBe('method' in asked && asked.method === 'HEAD')
  })

  test.each([
    ['/articles/3/', { method: 'DELETE' }],
    ['/articles/1/', { method: 'OPTIONS' }],
    ['/articles/1/', { headers: { 'if-none-match': '*' } }],
    ['/form-reset/', { method: 'POST' }],
    ['/search/', { method: 'POST' }],
  ])('H092 is not of what has none, %s %j', async (path, asked) => {
    const response = await ask(path, asked)
    expect([response.headers.get('content-type'), await response.text()]).toEqual([null, ''])
  })
})

test('H093 there is no Content-Location but where the program knows one', async () => {
  class Located extends resource('/articles/:id/') {
    override exists(): boolean {
      // Settled before the conditions, so that a 304 has it, too.
      this.exchange.fields['content-location'] = `/articles/${this.params.id}.json`
      return true
    }
    override entityTag = (): string => 'v1'
    GET = (): unknown => ({ id: 1 })
  }
  const app = router([Located], { logger: silentLogger })
  for (const [status, headers] of [
    [200, {}],
    [304, { 'if-none-match': '"v1"' }],
  ] as const) {
    const response = await askApp(app, '/articles/1/', { headers })
    expect([response.status, response.headers.get('content-location')]).toEqual([status, '/articles/1.json'])
  }
  expect((await ask('/articles/1/')).headers.has('content-location')).toBe(false)
})
