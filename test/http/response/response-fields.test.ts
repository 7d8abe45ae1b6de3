// The header fields of every answer: caching (section J of the HTTP checklist), the id of the request, what data may not do (I).
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CREATED,
  NO_CONTENT,
  OK,
  Problem,
  Resource,
  SEE_OTHER,
  type AnswerHeaders,
  type Caching,
  type Scheme,
} from 'slumberjs/http'
import { Article, ask, Missing, recorder } from '../fixture.ts'

const nobody: Scheme = { challenge: 'Basic realm="a"', authenticate: async () => undefined }
const principal = { name: 'ada\u001b[2J\r\n', superuser: false, can: () => true }

class Guarded extends Article {
  override get schemes(): readonly Scheme[] {
    return [nobody]
  }
}

class Failing extends Resource {
  GET(): unknown {
    throw new Error('x')
  }
}

const requests: readonly (readonly [status: number, response: () => Promise<Response>])[] = [
  [200, async () => await ask(Article, 'GET')],
  [200, async () => await ask(Article, 'HEAD')],
  [204, async () => await ask(Article, 'OPTIONS')],
  [204, async () => await ask(Article, 'PUT', { body: '1' })],
  [304, async () => await ask(Article, 'GET', { headers: { 'if-none-match': '*' } })],
  [400, async () => await ask(Article, 'PUT', { body: '{' })],
  [401, async () => await ask(Guarded, 'GET')],
  [404, async () => await ask(Missing, 'GET')],
  [405, async () => await ask(Article, 'POST')],
  [406, async () => await ask(Article, 'GET', { headers: { accept: 'a/b' } })],
  [412, async () => await ask(Article, 'GET', { headers: { 'if-match': '"x"' } })],
  [414, async () => await ask(Article, 'GET', { path: `/?${'a'.repeat(9000)}` })],
  [415, async () => await ask(Article, 'PATCH', { body: '1' })],
  [500, async () => await ask(Failing, 'GET')],
  [501, async () => await ask(Article, 'FROB')],
]

describe.each(requests)('%i', (status, request) => {
  test('H219 says how it may be cached', async () => {
    const response = await request()
    expect(response.status).toBe(status)
    expect(response.headers.get('cache-control')).toMatch(/^(?:no-store|no-cache|private, no-cache)$/)
  })

  test('has nosniff and the id of the request', async () => {
    const { headers } = await request()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('request-id')).toMatch(/^[\w-]{8,64}$/)
  })
})

describe('Cache-Control', () => {
  const of = async (response: Promise<Response>): Promise<string | null> =>
    (await response).headers.get('cache-control')

  test('H220 what a known caller gets is private', async () => {
    expect(await of(ask(Article, 'GET', { info: { principal } }))).toBe('private, no-cache')
    expect(await of(ask(Article, 'PUT', { body: '1' }))).toBe('private, no-cache')
  })

  test('H229 errors are not to be stored', async () => {
    const errors = requests.filter(([status]) => status >= 400)
    expect(errors.length).toBeGreaterThan(8)
    for (const [, request] of errors) expect(await of(request())).toBe('no-store')
  })

  test('H221 public is what a resource says, for reads that succeed', async () => {
    class Public extends Article {
      override get caching(): Caching {
        return { visibility: 'public', maxAge: 60 }
      }
    }
    expect(await of(ask(Public, 'GET'))).toBe('public, max-age=60')
    expect(await of(ask(Public, 'GET', { headers: { 'if-none-match': '"v1"' } }))).toBe('public, max-age=60')
    expect(await of(ask(Public, 'PUT', { body: '1' }))).toBe('private, no-cache')
    expect(await of(ask(Public, 'GET', { headers: { 'if-match': '"x"' } }))).toBe('no-store')
    expect((await ask(Public, 'GET')).headers.has('expires')).toBe(false)
  })

  test('H230 there is no CDN-Cache-Control unless a resource gives one', async () => {
    expect((await ask(Article, 'GET')).headers.has('cdn-cache-control')).toBe(false)
  })
})

describe('fields of the program', () => {
  const answering = async (headers: AnswerHeaders): Promise<Response> => {
    class Answering extends Article {
      override GET(): unknown {
        return OK(1, headers)
      }
    }
    return await ask(Answering, 'GET')
  }

  test('replace those of the layer, in whatever case they are written', async () => {
    const { headers } = await answering({ 'Cache-Control': 'max-age=5', ETag: '"own"', 'CONTENT-TYPE': 'text/plain' })
    expect(headers.get('cache-control')).toBe('max-age=5')
    expect(headers.get('etag')).toBe('"own"')
    expect(headers.get('content-type')).toBe('text/plain')
  })

  test('H213 no line break or NUL of data reaches a field, and nothing fails', async () => {
    const evil = 'a\r\nset-cookie: b=c\u0000€\ud800'
    class Evil extends Resource {
      GET(): unknown {
        throw new Problem(400, 'No.', { headers: { 'x-data': evil } })
      }
      POST(): unknown {
        return CREATED(1, { location: `/${evil}?a=b%20 "`, 'x-data': evil })
      }
      PUT(): unknown {
        return SEE_OTHER(undefined, { Location: evil })
      }
    }
    const encoded = 'a%0D%0Aset-cookie: b=c%00%E2%82%AC%EF%BF%BD'
    const uri = encoded.replace(' ', '%20')
    expect((await ask(Evil, 'GET')).headers.get('x-data')).toBe(encoded)
    const created = await ask(Evil, 'POST')
    expect(created.status).toBe(201)
    expect(created.headers.get('location')).toBe(`/${uri}?a=b%20%20%22`)
    expect(created.headers.get('x-data')).toBe(encoded)
    expect(created.headers.has('set-cookie')).toBe(false)
    expect((await ask(Evil, 'PUT')).headers.get('location')).toBe(uri)
  })

  test('any text can be a value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const response = await answering({ location: text, 'x-data': text })
        expect(response.status).toBe(200)
        expect(response.headers.get('location')).toMatch(/^[!-~]*$/)
      }),
    )
  })

  test('H212 hop-by-hop fields are not set', async () => {
    const { headers } = await ask(Article, 'GET')
    const names = ['connection', 'keep-alive', 'te', 'transfer-encoding', 'upgrade']
    expect(names.filter((name) => headers.has(name))).toEqual([])
  })
})

describe('the id of the request', () => {
  const idOf = async (given: string): Promise<string | null> =>
    (await ask(Article, 'GET', { headers: { 'request-id': given } })).headers.get('request-id')

  test('is that of the caller, where it can be nothing else', async () => {
    expect(await idOf('abcd-EFGH_12345678')).toBe('abcd-EFGH_12345678')
  })

  test.each(['short', 'a'.repeat(65), 'abcdefgh ijk', 'abcdefgh"', 'abcdefgh, ijklmnop', 'äbcdefgh'])(
    '%s is replaced by a new one',
    async (given) => {
      const [one, two] = [await idOf(given), await idOf(given)]
      expect(one).toMatch(/^[\w-]{36}$/)
      expect(one).not.toBe(two)
    },
  )

  test('stands in the log of the request, with the caller and the time it took', async () => {
    const { logger, entries } = recorder()
    const response = await ask(Article, 'DELETE', { path: '/a%0Ab?secret=1', info: { principal }, logger })
    const requestId = response.headers.get('request-id')
    expect(entries).toEqual([
      [
        'info',
        { requestId, method: 'DELETE', path: '/a%0Ab', status: 204, user: principal.name, ms: expect.any(Number) },
        'request',
      ],
    ])
    expect(NO_CONTENT.status).toBe(204)
  })
})
