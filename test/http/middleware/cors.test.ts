// Cross-origin resource sharing: section L of the HTTP checklist.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Resource, type Middleware, type Principal, type Scheme } from 'slumberjs/http'
import { cors, type CorsOptions } from '../../../src/http/middleware/cors.ts'
import { Article, ask } from '../fixture.ts'

const page = 'https://a.example'

const nobody: Scheme = {
  challenge: 'Basic realm="test"',
  authenticate: async (): Promise<Principal | undefined> => undefined,
}

/** `/articles/1/` for these pages; nobody can log in if it is closed. */
const articleFor = (options: Partial<CorsOptions> = {}, schemes: readonly Scheme[] = []) => {
  const shared = cors({ origin: [page], ...options })
  return class extends Article {
    override readonly middleware: readonly Middleware[] = [shared]
    override readonly schemes: readonly Scheme[] = schemes
  }
}

class ReadOnly extends Resource {
  override readonly middleware: readonly Middleware[] = [cors({ origin: [page] })]
  GET(): unknown {
    return 'read'
  }
}

const preflight = (resource: Parameters<typeof ask>[0], headers: Readonly<Record<string, string>>) =>
  ask(resource, 'OPTIONS', { headers: { origin: page, 'access-control-request-method': 'GET', ...headers } })

/** What an answer says to browsers. */
const said = (response: Response): Record<string, string> =>
  Object.fromEntries(
    [...response.headers]
      .filter(([name]) => name.startsWith('access-control-'))
      .map(([name, value]) => [name.slice('access-control-'.length), value]),
  )

const varies = (response: Response): readonly string[] => (response.headers.get('vary') ?? '').split(', ')

describe('an answer', () => {
  test('H246 may be read by pages of an allowed origin', async () => {
    const response = await ask(articleFor(), 'GET', { headers: { origin: page } })
    expect(response.status).toBe(200)
    expect(said(response)).toMatchObject({ 'allow-origin': page })
    expect(varies(response)).toContain('origin')
  })

  test('H247 to another origin is what a program would get, without a mark', async () => {
    for (const method of ['GET', 'DELETE']) {
      const response = await ask(articleFor(), method, { headers: { origin: 'https://b.example' } })
      expect(response.ok).toBe(true)
      expect(said(response)).toEqual({})
      expect(varies(response)).toContain('origin')
    }
  })

  test('without Origin says that with one it would be another', async () => {
    const response = await ask(articleFor(), 'GET')
    expect(said(response)).toEqual({})
    expect(varies(response)).toContain('origin')
  })

  test('H253 lets pages read what a program has to know', async () => {
    const exposed = said(await ask(articleFor(), 'GET', { headers: { origin: page } }))['expose-headers']?.split(', ')
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
    const own = await ask(articleFor({ exposedHeaders: ['X-Total'] }), 'GET', { headers: { origin: page } })
    expect(said(own)['expose-headers']).toBe('x-total')
    const none = await ask(articleFor({ exposedHeaders: [] }), 'GET', { headers: { origin: page } })
    expect(said(none)).toEqual({ 'allow-origin': page })
  })

  test('H255 that is an error is marked as well', async () => {
    class Failing extends Article {
      override readonly middleware: readonly Middleware[] = [cors({ origin: [page] })]
      override GET(): unknown {
        throw new Error('a fault')
      }
    }
    const asked = { origin: page }
    const answers = [
      [401, await ask(articleFor({}, [nobody]), 'GET', { headers: asked })],
      [406, await ask(articleFor(), 'GET', { headers: { ...asked, accept: 'image/png' } })],
      [412, await ask(articleFor(), 'DELETE', { headers: { ...asked, 'if-match': '"old"' } })],
      [405, await ask(ReadOnly, 'DELETE', { headers: asked })],
      [500, await ask(Failing, 'GET', { headers: asked })],
    ] as const
    for (const [status, response] of answers) {
      expect(response.status).toBe(status)
      expect(said(response)).toMatchObject({ 'allow-origin': page })
      expect(varies(response)).toContain('origin')
    }
  })

  test('a 304 too', async () => {
    const response = await ask(articleFor(), 'GET', { headers: { origin: page, 'if-none-match': '"v1"' } })
    expect(response.status).toBe(304)
    expect(said(response)).toMatchObject({ 'allow-origin': page })
  })

  test('H250 credentials are allowed with the word true, and to named origins', async () => {
    const resource = articleFor({ credentials: true })
    const answers = [await ask(resource, 'GET', { headers: { origin: page } }), await preflight(resource, {})]
    for (const response of answers) {
      expect(said(response)).toMatchObject({ 'allow-origin': page, 'allow-credentials': 'true' })
    }
    expect(said(await ask(resource, 'GET', { headers: { origin: 'https://b.example' } }))).toEqual({})
    expect(() => cors({ origin: '*', credentials: true })).toThrow(TypeError)
    expect(() => cors({ origin: ['*'], credentials: true })).toThrow(TypeError)
    expect(said(await ask(articleFor(), 'GET', { headers: { origin: page } }))).not.toHaveProperty('allow-credentials')
  })
})

describe('a preflight', () => {
  test('H057 is answered before anybody is asked who they are', async () => {
    const response = await preflight(articleFor({}, [nobody]), { 'access-control-request-method': 'PUT' })
    expect(response.status).toBe(204)
    expect(said(response)).toEqual({ 'allow-origin': page, 'allow-methods': 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS' })
    expect(varies(response)).toEqual(
      expect.arrayContaining(['origin', 'access-control-request-method', 'access-control-request-headers']),
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe('')
  })

  test('H249 names no method that the resource has not, and does nothing', async () => {
    const response = await preflight(ReadOnly, { 'access-control-request-method': 'DELETE' })
    expect(response.status).toBe(204)
    expect(said(response)['allow-methods']).toBe('GET, HEAD, OPTIONS')

    const narrowed = await preflight(articleFor({ methods: ['PUT', 'POST'] }), {
      'access-control-request-method': 'DELETE',
    })
    expect(said(narrowed)['allow-methods']).toBe('PUT')

    let deleted = 0
    class Counting extends Article {
      override readonly middleware: readonly Middleware[] = [cors({ origin: [page], methods: ['POST'] })]
      override DELETE(): never {
        deleted++
        throw new Error('never asked')
      }
    }
    expect(said(await preflight(Counting, { 'access-control-request-method': 'DELETE' }))).toEqual({
      'allow-origin': page,
    })
    expect(deleted).toBe(0)
  })

  test('from another origin is a 204 that allows nothing', async () => {
    const response = await preflight(articleFor(), { origin: 'https://b.example' })
    expect(response.status).toBe(204)
    expect(said(response)).toEqual({})
    expect(varies(response)).toContain('origin')
  })

  test('H251 fields are named, Authorization among them, and only those that are allowed', async () => {
    const asked = (names: string) => ({ 'access-control-request-headers': names })
    expect(said(await preflight(articleFor(), asked('authorization')))['allow-headers']).toBe('authorization')
    const some = await preflight(articleFor(), asked('X-Evil,if-match , Content-Type,\u00e9, *'))
    expect(said(some)['allow-headers']).toBe('content-type, if-match')
    expect(said(await preflight(articleFor(), asked('x-evil')))).not.toHaveProperty('allow-headers')
    expect(
      said(await preflight(articleFor({ headers: ['X-Own'] }), asked('x-own,authorization')))['allow-headers'],
    ).toBe('x-own')
    expect(() => cors({ origin: [page], headers: ['*'] })).toThrow(TypeError)
    expect(() => cors({ origin: [page], methods: ['*'] })).toThrow(TypeError)
    expect(() => cors({ origin: [page], exposedHeaders: ['*'] })).toThrow(TypeError)
  })

  test('may be remembered for as long as is said', async () => {
    expect(said(await preflight(articleFor({ maxAge: 3600 }), {}))['max-age']).toBe('3600')
    expect(said(await preflight(articleFor({ maxAge: 0 }), {}))['max-age']).toBe('0')
    for (const maxAge of [-1, 1.5, Number.NaN]) expect(() => cors({ origin: [page], maxAge })).toThrow(TypeError)
  })

  test('without Origin, or without the method that is meant, is a plain OPTIONS', async () => {
    for (const headers of [{ origin: page }, { 'access-control-request-method': 'PUT' }]) {
      const response = await ask(articleFor(), 'OPTIONS', { headers })
      expect(response.headers.get('allow')).toContain('PUT')
      expect(said(response)).not.toHaveProperty('allow-methods')
    }
    expect((await ask(articleFor({}, [nobody]), 'OPTIONS', { headers: { origin: page } })).status).toBe(401)
  })
})

describe('an origin', () => {
  const isAllowed = async (origin: string, options?: Partial<CorsOptions>) =>
    'allow-origin' in said(await ask(articleFor(options), 'GET', { headers: { origin } }))

  test('H252 null is no origin, unless it is listed', async () => {
    expect(await isAllowed('null')).toBe(false)
    expect(await isAllowed('null', { origin: '*' })).toBe(false)
    expect(await isAllowed('null', { origin: () => true })).toBe(false)
    expect(await isAllowed('null', { origin: ['null'] })).toBe(true)
  })

  test('H254 is compared whole', async () => {
    const others = [
      'https://a.example.evil.com',
      'https://a.example:444',
      'http://a.example',
      'https://a.exampl',
      'https://xa.example',
      'https://A.example',
      'https://a.example/',
      'https://a.example.',
      `${page}, ${page}`,
      '',
      '*',
    ]
    for (const origin of others) expect([origin, await isAllowed(origin)]).toEqual([origin, false])
  })

  test('is taken as browsers write it', async () => {
    for (const origin of ['https://A.Example', 'https://a.example:443', 'https://a.example/']) {
      expect(await isAllowed(page, { origin: [origin] })).toBe(true)
    }
    expect(await isAllowed('http://a.example:8080', { origin: ['http://a.example:8080'] })).toBe(true)
    expect(await isAllowed('https://xn--mnchen-3ya.example', { origin: ['https://münchen.example'] })).toBe(true)
  })

  test.each([
    'a.example',
    '',
    '*',
    'https://*.a.example',
    'https://a.example/path',
    'https://a.example?',
    'https://u@a.example',
    'file:///',
    'app://a',
    'https://',
  ])('what is none is a TypeError: %j', (origin) => expect(() => cors({ origin: [origin] })).toThrow(TypeError))

  test('may be any: the answer says *', async () => {
    const response = await ask(articleFor({ origin: '*' }), 'GET', { headers: { origin: 'https://b.example' } })
    expect(said(response)).toMatchObject({ 'allow-origin': '*' })
    expect(varies(response)).toContain('origin')
  })

  test('may be asked of a function, whose only yes is true', async () => {
    const seen: string[] = []
    const origin = (asked: string) => {
      seen.push(asked)
      return asked.startsWith('chrome-extension://')
    }
    expect(await isAllowed('chrome-extension://abc', { origin })).toBe(true)
    expect(await isAllowed(page, { origin })).toBe(false)
    for (const text of [`${page}, ${page}`, `${page}/x`, 'x y', 'null', '', '://', 'https://u@h']) {
      expect([text, await isAllowed(text, { origin })]).toEqual([text, false])
    }
    expect(seen).toEqual(['chrome-extension://abc', page])
    // A program without types may give an async function: its promise is no yes.
    const promised = (async () => true) as unknown as () => boolean
    expect(await isAllowed(page, { origin: promised })).toBe(false)
  })

  test('whatever is sent, nothing but what is listed is written back', async () => {
    const resource = articleFor({ credentials: true })
    const text = fc.string({
      unit: fc.constantFrom('a', '.', 'https://', 'example', ':', '443', '@', ',', ' ', '/', 'null', '*'),
    })
    await fc.assert(
      fc.asyncProperty(text, text, async (origin, names) => {
        const headers = { origin, 'access-control-request-headers': names }
        expect(said(await ask(resource, 'GET', { headers }))['allow-origin'] ?? page).toBe(page)
        expect(said(await preflight(resource, headers))['allow-origin'] ?? page).toBe(page)
      }),
    )
  })
})
