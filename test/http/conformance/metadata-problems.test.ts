// Problem documents: their members, their formats, and what they must not tell. Section I of the HTTP checklist.
import { beforeEach, describe, expect, test } from 'vitest'
import { Problem, problemTypeOf, problemTypes, problemTypesResource, resource, router } from 'slumberjs/http'
import { silentLogger } from '../../../src/wire/index.ts'
import { ask, logged, reset, type Asked } from './fixture.ts'
import { askApp } from './fixture-2.ts'

beforeEach(reset)

const putArticle = { method: 'PUT', body: '{"title":"New"}' } as const

const refusals: readonly (readonly [status: number, path: string, asked: Asked, title: string])[] = [
  [400, '/articles/?where=1', {}, 'Bad Request'],
  [400, '/articles/%zz', {}, 'Bad Request'],
  [401, '/guarded/1/', {}, 'Unauthorized'],
  [403, '/guarded/1/', { headers: { authorization: 'Bearer fay' } }, 'Forbidden'],
  [404, '/articles/999/', {}, 'Not Found'],
  [404, '/nowhere', {}, 'Not Found'],
  [405, '/ro/', { method: 'DELETE' }, 'Method Not Allowed'],
  [406, '/articles/1/', { headers: { accept: 'text/csv' } }, 'Not Acceptable'],
  [409, '/articles/', { method: 'POST', body: '{"title":"One"}' }, 'Conflict'],
  [410, '/gone/1/', {}, 'Gone'],
  [
    411,
    '/needs-length/',
    { method: 'POST', body: '1', headers: { 'transfer-encoding': 'chunked' } },
    'Length Required',
  ],
  [412, '/articles/1/', { ...putArticle, headers: { 'if-match': '"x"' } }, 'Precondition Failed'],
  [413, '/articles/', { method: 'POST', body: `{"title":"${'x'.repeat(2_000_000)}"}` }, 'Content Too Large'],
  [414, `/articles/?${'x'.repeat(9_000)}`, {}, 'URI Too Long'],
  [415, '/articles/', { method: 'POST', body: 'a', headers: { 'content-type': 'text/csv' } }, 'Unsupported Media Type'],
  [416, '/blob/1', { headers: { range: 'bytes=100-' } }, 'Range Not Satisfiable'],
  [422, '/articles/', { method: 'POST', body: '{"title":1}' }, 'Unprocessable Content'],
  [428, '/strict/1/', putArticle, 'Precondition Required'],
  [500, '/failing/program/', {}, 'Internal Server Error'],
  [501, '/articles/', { method: 'FROB' }, 'Not Implemented'],
  [502, '/failing/garbage/', {}, 'Bad Gateway'],
  [503, '/down/', {}, 'Service Unavailable'],
  [504, '/failing/hangs/', {}, 'Gateway Timeout'],
]

describe.each(refusals)('%i %s', (status, path, asked, title) => {
  test('H188 is a problem document with the status of the status line, and a type or none: about:blank', async () => {
    const response = await ask(path, asked)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json$/)
    const document = await response.json()
    expect(document.status).toBe(status)
    expect(document.title).toBe(title)
    expect(['undefined', 'string']).toContain(typeof document.type)
    expect(['undefined', 'string']).toContain(typeof document.detail)
  })

  test('H189 without a type it has the phrase of its status as title', async () => {
    const { title: given, type = 'about:blank' } = await (await ask(path, asked)).json()
    expect([type, given]).toEqual(['about:blank', title])
  })
})

test('H188 429 too', async () => {
  for (let count = 0; count < 2; count++) await ask('/limited/')
  const response = await ask('/limited/')
  expect(response.status).toBe(429)
  expect(await response.json()).toMatchObject({ status: 429, title: 'Too Many Requests' })
})

describe('H190 the type of a problem leads to its explanation', () => {
  class Refusing extends resource('/refusing/:code') {
    GET(): never {
      const { status = 500, code } = problemTypeOf(this.params.code) ?? { code: this.params.code }
      throw new Problem(status, 'In words of this time.', { code })
    }
  }
  const app = router([problemTypesResource('/problems/:code'), Refusing], {
    logger: silentLogger,
    defaults: { problemTypes: '/problems/' },
  })

  test.each(problemTypes)('$code', async ({ code, status, title, explanation }) => {
    const problem = await (await askApp(app, `/refusing/${code}`)).json()
    expect(problem).toMatchObject({ status, type: `/problems/${code}` })
    const response = await askApp(app, problem.type)
    expect([response.status, await response.json()]).toEqual([200, { code, status, title, explanation }])
    expect(response.headers.get('etag')).toMatch(/^"[^"]+"$/)
    const page = await askApp(app, problem.type, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.text()).toContain(`<h1>${title}</h1>`)
  })

  test.each([
    ['/nowhere', {}, 'not-found'],
    ['/refusing/x', { method: 'DELETE' }, 'method-not-allowed'],
    ['/refusing/x?y=1', {}, 'invalid-parameter'],
    ['/problems/not-found', { headers: { accept: 'image/png' } }, 'not-acceptable'],
  ])('of the layer’s own, too: %s is %s', async (path, asked, code) => {
    const { type } = await (await askApp(app, path, asked)).json()
    expect(type).toBe(`/problems/${code}`)
    expect((await askApp(app, type)).status).toBe(200)
  })

  test('a type that there is not is 404', async () => {
    expect((await askApp(app, '/problems/nothing')).status).toBe(404)
  })
})

describe('H191 the format follows Accept', () => {
  test.each([
    ['application/xml', 'application/problem+xml'],
    ['application/problem+xml', 'application/problem+xml'],
    ['application/xml, application/json;q=0.9', 'application/problem+xml'],
    ['application/json, application/xml;q=0.9', 'application/problem+json'],
    ['application/problem+json', 'application/problem+json'],
    ['text/html, application/xml;q=0.9, */*;q=0.8', 'text/html; charset=utf-8'],
    ['*/*', 'application/problem+json'],
    ['image/png', 'application/problem+json'],
    ['text/csv;q=1, application/json;q=0', 'application/problem+json'],
  ])('%s: %s', async (accept, type) => {
    const response = await ask('/nowhere', { headers: { accept } })
    expect([response.status, response.headers.get('content-type')]).toEqual([404, type])
  })

  test('as XML it has the namespace and the order of appendix B', async () => {
    const response = await ask('/articles/', {
      method: 'POST',
      body: '{"title":1}',
      headers: { accept: 'application/xml' },
    })
    const body = await response.text()
    expect(body).toMatch(
      /^<\?xml [^>]+\?>\n<problem xmlns="urn:ietf:rfc:7807"><title>Unprocessable Content<\/title><status>422</,
    )
    expect(body).toContain('<pointer>#/title</pointer>')
  })
})

describe('H192 what a program says to itself is not told', () => {
  const secrets = /secret|SELECT|password|\/etc|\.ts|at \w+ \(|node_modules/

  test.each(['application/json', 'application/xml', 'text/html'])('as %s', async (type) => {
    const response = await ask('/failing/program/', { headers: { accept: `${type}, */*;q=0.1` } })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toMatch(secrets)
    for (const [, value] of response.headers) expect(value).not.toMatch(secrets)
  })

  test('but logged, under the id that the answer has', async () => {
    const response = await ask('/failing/program/')
    const { requestId } = await response.json()
    expect(requestId).toBe(response.headers.get('request-id'))
    const error = expect.objectContaining({ message: expect.stringContaining('secret') })
    expect(logged).toContainEqual(['error', { requestId, error }, 'a handler failed'])
  })

  test.each([
    ['a thrown text', 'secret text'],
    ['a cause', new Problem(409, 'No.', { cause: new Error('secret: SELECT 1') })],
    [
      'an error of a driver',
      Object.assign(new Error('SELECT password FROM users'), { code: 'SQLITE_ERROR', query: 'SELECT 1' }),
    ],
    [
      'an error that claims a status',
      Object.assign(new Error('secret'), { status: 404, headers: { 'x-secret': 'secret' } }),
    ],
  ])('%s', async (_name, thrown) => {
    class Throwing extends resource('/') {
      GET(): never {
        // oxlint-disable-next-line typescript/only-throw-error -- programs do
        throw thrown
      }
    }
    const response = await askApp(router([Throwing], { logger: silentLogger }), '/')
    expect([409, 500]).toContain(response.status)
    expect(await response.text()).not.toMatch(secrets)
    for (const [, value] of response.headers) expect(value).not.toMatch(secrets)
  })

  test('nor is what a caller sent as a secret', async () => {
    const asked = { headers: { authorization: 'Bearer hunter2-secret', cookie: 'session=secret' } }
    const response = await ask('/guarded/1/', asked)
    expect(response.status).toBe(401)
    expect(await response.text()).not.toMatch(secrets)
  })
})
