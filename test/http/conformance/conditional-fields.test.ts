// Validators, and what a 304 says. Section G of the HTTP checklist; the plain cases are in cases-2.json.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { json, resource, router, xml } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask, reset, rows } from './fixture.ts'
import { askApp, Greeting } from './fixture-2.ts'

beforeEach(reset)
afterEach(() => void vi.useRealTimers())

/** All fields but those of one message alone. */
const fieldsOf = (response: Response): Record<string, string> => {
  const { 'request-id': _, ...fields } = Object.fromEntries(response.headers)
  return fields
}

describe('H146 a 304', () => {
  test('has exactly the fields of the 200 that guide caches, and no content', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00.900Z'), toFake: ['Date'] })
    for (const method of ['GET', 'HEAD']) {
      const headers = { origin: 'https://a.example', 'if-none-match': '"v1"' }
      const response = await ask('/cors/1/', { method, headers })
      expect(response.status).toBe(304)
      expect(await response.text()).toBe('')
      expect(fieldsOf(response)).toEqual({
        date: 'Thu, 01 Jan 2026 00:00:00 GMT',
        etag: '"v1"',
        vary: 'accept, origin',
        'cache-control': 'no-cache',
        'cache-groups': '"articles"',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': 'https://a.example',
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': expect.any(String),
      })
    }
  })

  test('has them as the 200 has: each format and coding its own tag, Expires, the language unsaid', async () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z'), toFake: ['Date'] })
    const app = router([Greeting], { logger: silentLogger })
    const ask304 = async (path: string, headers: Record<string, string>): Promise<void> => {
      const asked = path === '/greeting/' ? askApp.bind(null, app) : ask
      const ok = fieldsOf(await asked(path, { headers }))
      const response = await asked(path, { headers: { ...headers, 'if-none-match': String(ok['etag']) } })
      expect(response.status).toBe(304)
      const kept = ['date', 'etag', 'vary', 'cache-control', 'expires', 'x-content-type-options']
      const expected = Object.entries(ok).filter(([name]) => kept.includes(name) || name === 'cache-groups')
      expect(fieldsOf(response)).toEqual(Object.fromEntries(expected))
    }
    await ask304('/greeting/', {})
    await ask304('/articles/1/', { accept: 'text/html' })
    await ask304('/gzip/', { 'accept-encoding': 'gzip' })
    await ask304('/languages/', { 'accept-language': 'fr' })
    await ask304('/public/', {})
    await ask304('/versions/1/v3/', {})
  })

  test('has Last-Modified where there is no tag to tell the state', async () => {
    class Dated extends resource('/') {
      override lastModified = (): Date => new Date('1994-11-06T08:49:37Z')
      GET = (): unknown => 1
    }
    const LM = 'Sun, 06 Nov 1994 08:49:37 GMT'
    const response = await askApp(router([Dated], { logger: silentLogger }), '/', {
      headers: { 'if-modified-since': LM },
    })
    expect([response.status, response.headers.get('last-modified')]).toEqual([304, LM])
  })
})

test('H152 only the one format of dates is sent', async () => {
  const { headers } = await ask('/articles/1/')
  for (const name of ['date', 'last-modified']) {
    expect(headers.get(name)).toMatch(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/)
  }
})

test('H168 Last-Modified is never later than Date, and a later If-Modified-Since still finds the state', async () => {
  rows.articles.set(1, { id: 1, title: 'One', version: 1, modified: 'Sat, 06 Nov 2094 08:49:37 GMT' })
  const { headers } = await ask('/articles/1/')
  const [modified, date] = [headers.get('last-modified') ?? '', headers.get('date') ?? '']
  expect(Date.parse(modified)).toBeLessThanOrEqual(Date.parse(date))
  expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(5_000)
})

describe('H169 the strong tag differs', () => {
  const tagOf = async (path: string, headers: Record<string, string> = {}): Promise<string | null> =>
    (await ask(path, { headers })).headers.get('etag')

  test('between formats and codings', async () => {
    const tags = [
      await tagOf('/gzip/'),
      await tagOf('/gzip/', { 'accept-encoding': 'gzip' }),
      await tagOf('/gzip/', { accept: 'application/xml' }),
      await tagOf('/gzip/', { accept: 'application/xml', 'accept-encoding': 'gzip' }),
      await tagOf('/gzip/', { accept: 'text/html' }),
    ]
    expect(new Set(tags).size).toBe(5)
    for (const tag of tags) expect(tag).toMatch(/^"[^"]+"$/)
  })

  test('between languages, and between selections of members', async () => {
    expect(await tagOf('/languages/', { 'accept-language': 'fr' })).not.toBe(await tagOf('/languages/'))
    class Selected extends resource('/:fields?') {
      override produces = [json, xml]
      override entityTag = (): string => 'v1'
      override variant = (): string => this.params.fields ?? ''
      GET = (): unknown => ({ id: 1, ...(this.params.fields === 'id' ? {} : { title: 'One' }) })
    }
    const app = router([Selected], { logger: silentLogger })
    const tags = []
    for (const path of ['/', '/id', '/?format=xml', '/id?format=xml']) {
      tags.push((await askApp(app, path)).headers.get('etag'))
    }
    expect(new Set(tags).size).toBe(4)
  })

  test('from state to state', async () => {
    const before = await tagOf('/articles/1/')
    await ask('/articles/1/', { method: 'PUT', body: '{"title":"New"}' })
    expect(await tagOf('/articles/1/')).not.toBe(before)
  })
})

describe('H170 the tag of a state is the same', () => {
  const asked = [
    ['/articles/1/', {}],
    ['/articles/1/', { headers: { accept: 'application/xml' } }],
    ['/articles/', { method: 'QUERY', body: '{"title":"One"}' }],
    ['/gzip/', { headers: { 'accept-encoding': 'gzip' } }],
  ] as const

  test('in another process: all modules loaded anew', async () => {
    vi.resetModules()
    const other = await import('./fixture.ts')
    expect(other.ask).not.toBe(ask)
    for (const [path, init] of asked) {
      const [here, there] = [await ask(path, init), await other.ask(path, init)]
      expect([here.status, there.status]).toEqual([200, 200])
      expect(there.headers.get('etag')).toMatch(/^(?:W\/)?"[^"]+"$/)
      expect(there.headers.get('etag')).toBe(here.headers.get('etag'))
    }
  })
})
