// A service for pages of other origins: the option `middleware` with `cors(…)` around every resource.
import { describe, expect, test } from 'vitest'
import { cors, type Middleware } from 'slumberjs/http'
import { service } from 'slumberjs/server'
import { askService, base, directory, menu, serving, testScheme, type Answer, type Asked } from './fixture.ts'

const api = serving()
const page = 'https://shop.example'

const withMiddleware = (...middleware: readonly Middleware[]): ReturnType<typeof service> =>
  service('pizzas', {
    url: `${base}/`,
    directory,
    database: api.database,
    apps: [menu()],
    authenticate: [testScheme],
    middleware,
  })

const ask = (method: string, path: string, asked: Asked = {}, origin = page): Promise<Answer> =>
  askService(withMiddleware(cors({ origin: [page] })), method, path, {
    ...asked,
    headers: { ...asked.headers, origin },
  })

const preflight = (path: string, wanted: string, origin = page): Promise<Answer> =>
  ask(
    'OPTIONS',
    path,
    {
      as: '',
      headers: {
        'access-control-request-method': wanted,
        'access-control-request-headers': 'authorization,idempotency-key,if-match,prefer,x-other',
      },
    },
    origin,
  )

/** What the client reads of answers, besides the fields that every page may. */
const needed = [
  'age',
  'cache-groups',
  'content-encoding',
  'date',
  'etag',
  'location',
  'retry-after',
  'total-count',
  'vary',
]

/** All but what differs from one answer to the next. */
const told = ({ status, headers, text }: Answer): unknown => [
  status,
  [...headers].filter(([name]) => name !== 'request-id'),
  text,
]

describe('a preflight, which has no credentials', () => {
  test('allows what the client sends', async () => {
    const { status, headers } = await preflight('/menu/Pizza/1', 'PATCH')
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(page)
    expect(headers.get('access-control-allow-methods')?.split(', ')).toEqual(
      expect.arrayContaining(['PATCH', 'PUT', 'DELETE']),
    )
    expect(headers.get('access-control-allow-headers')).toBe('authorization, idempotency-key, if-match, prefer')
  })

  test('is answered alike whatever is there, so that nobody learns a name or a method', async () => {
    const expected = told(await preflight('/menu/Pizza/1', 'DELETE'))
    for (const path of [
      '/menu/Pizza',
      '/menu/Price/1',
      '/menu/Pizza/999',
      '/nothing/here',
      '/',
      '/-/health',
      '/-/contract',
    ]) {
      expect([path, told(await preflight(path, 'DELETE'))]).toEqual([path, expected])
    }
  })

  test('allows nothing to pages of other origins', async () => {
    const { headers } = await preflight('/menu/Pizza/1', 'PATCH', 'https://evil.example')
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  test('is 401 where nothing answers it', async () => {
    const headers = { origin: page, 'access-control-request-method': 'GET' }
    const house: Middleware = {
      name: 'house',
      response: (_resource, answer) => answer.with({ headers: { via: 'house' } }),
    }
    const plain = withMiddleware(house)
    for (const path of ['/menu/Pizza/1', '/nothing/here']) {
      const { status, headers: said } = await askService(plain, 'OPTIONS', path, { as: '', headers })
      expect([path, status, said.get('via')]).toEqual([path, 401, 'house'])
    }
  })
})

describe('other answers', () => {
  test.each<[number, string, string, Asked]>([
    [200, 'GET', '/menu/Pizza/1', {}],
    [200, 'GET', '/-/contract', {}],
    [200, 'GET', '/-/health', { as: '' }],
    [308, 'GET', '/menu/Pizza/', {}],
    [401, 'GET', '/menu/Pizza/1', { as: '' }],
    [401, 'GET', '/menu/Pizza/1', { as: 'nobody' }],
    [403, 'DELETE', '/menu/Pizza/1', { as: 'guest' }],
    [404, 'GET', '/menu/Pizza/999', {}],
    [405, 'PUT', '/menu/Pizza', { json: {} }],
    [412, 'PATCH', '/menu/Pizza/1', { json: { price: '1' }, headers: { 'if-match': '"other"' } }],
    [204, 'OPTIONS', '/menu/Pizza/1', {}],
  ])('%i %s %s may be read by the page, with what a program needs', async (status, method, path, asked) => {
    const answer = await ask(method, path, asked)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
    expect(answer.headers.get('access-control-expose-headers')?.split(', ')).toEqual(expect.arrayContaining(needed))
    expect(answer.headers.get('vary')).toMatch(/\borigin\b/)
  })

  test('are marked for no other origin, and without the option for none', async () => {
    const stranger = await ask('GET', '/menu/Pizza/1', {}, 'https://evil.example')
    const without = await api.get('/menu/Pizza/1', { headers: { origin: page } })
    for (const { status, headers } of [stranger, without]) {
      expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null])
    }
  })
})
