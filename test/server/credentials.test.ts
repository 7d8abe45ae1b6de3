// Without credentials nothing is learnt: not a name, not a method, not a document.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { model, operation, Problem, service } from 'slumberjs/server'
import { askService, base, directory, menu, serving, testScheme, principal, type Answer } from './fixture.ts'
import { crusts } from './tables.ts'

const api = serving({
  directoryUrl: 'http://pizzas.test/slumber/',
  apps: [
    menu({
      Crust: model(crusts, {
        operations: {
          hello: operation.model({ POST: { run: ({ user }) => ({ hello: user.name }) } }, { public: true }),
        },
      }),
    }),
  ],
})

const withoutId = ({ status, headers, text }: Answer): unknown => [
  status,
  [...headers].filter(([name]) => name !== 'request-id'),
  text.replace(/"requestId":"[^"]*"/, ''),
]

const known = [
  '/',
  '/menu/',
  '/menu/Pizza',
  '/menu/Pizza/1',
  '/menu/Pizza/-/model',
  '/-/contract',
  'http://pizzas.test/slumber/',
]
const unknown = [
  '/nothing',
  '/menu',
  '/menu/Nothing',
  '/menu/Pizza/99',
  '/menu/Pizza/1/nothing',
  '/-/nothing',
  '/a//b/%zz',
  'http://pizzas.test/',
]

describe.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'])(
  '%s without credentials',
  (method) => {
    test('H053 is 401 with a challenge, the same on every URL, whether there is something or not', async () => {
      const answers = []
      for (const path of [...known, ...unknown]) answers.push(withoutId(await api.ask(method, path, { as: '' })))
      const [first] = answers
      expect(first).toMatchObject([
        401,
        expect.arrayContaining([['www-authenticate', 'Test realm="tests"']]),
        expect.anything(),
      ])
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    })
  },
)

test('whatever the path, method and content, the answer without credentials is one and the same', async () => {
  const first = withoutId(await api.get('/menu/Pizza', { as: '' }))
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS')
  const paths = fc.oneof(
    fc.webPath(),
    fc.constantFrom(...known),
    fc.webPath().map((path) => `/menu/Pizza${path}`),
  )
  await fc.assert(
    fc.asyncProperty(methods, paths, fc.string(), async (method, path, body) => {
      const isRead = method === 'GET'
      const answer = await api.ask(method, path, { as: '', ...(isRead ? {} : { body }) })
      expect(withoutId(answer)).toEqual(first)
    }),
    { numRuns: 200 },
  )
})

test('H054 refused credentials are 401 with the challenge again, and not stored', async () => {
  const { status, headers } = await api.get('/menu/Pizza/1', { as: 'nobody' })
  expect([status, headers.get('www-authenticate'), headers.get('cache-control')]).toEqual([
    401,
    'Test realm="tests"',
    'no-store',
  ])
})

test('a method that nobody implements is 501 for everybody', async () => {
  for (const as of ['', 'admin']) expect((await api.ask('BREW', '/menu/Pizza', { as })).status).toBe(501)
})

test('with credentials OPTIONS tells the methods, and 404 where there is nothing', async () => {
  const allow = async (path: string): Promise<unknown> => {
    const { status, headers } = await api.ask('OPTIONS', path)
    return [status, headers.get('allow')]
  }
  expect(await allow('/menu/Pizza')).toEqual([204, 'GET, HEAD, POST, QUERY, OPTIONS'])
  expect(await allow('/menu/Pizza/1')).toEqual([204, 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'])
  expect(await allow('/menu/Pizza/1/prices')).toEqual([204, 'GET, HEAD, QUERY, OPTIONS'])
  expect(await allow('/nothing')).toEqual([404, null])
})

describe('a public operation', () => {
  test('is answered without credentials, its neighbours are not', async () => {
    expect((await api.post('/menu/Crust/-/hello', {}, { as: '' })).body).toEqual({ hello: '' })
    expect((await api.post('/menu/Crust/-/hullo', {}, { as: '' })).status).toBe(401)
    expect((await api.ask('OPTIONS', '/menu/Crust/-/hello', { as: '' })).headers.get('allow')).toBe('POST, OPTIONS')
    expect((await api.get('/menu/Crust/-/hello', { as: '' })).status).toBe(405)
  })

  test('has the limits of every content', async () => {
    const large = await api.post('/menu/Crust/-/hello', 'x'.repeat(1_100_000), { as: '' })
    expect(large.status).toBe(413)
  })
})

describe('who asks', () => {
  test('may be told by the program itself, in process', async () => {
    const request = new Request(`${base}/`)
    const response = await api.service.fetch(request, { principal: principal('robot') })
    expect(await response.json()).toMatchObject({ user: 'robot' })
  })

  test('is found by the first scheme that knows the credentials', async () => {
    const asked: string[] = []
    const silent = { challenge: 'Silent', authenticate: () => Promise.resolve(void asked.push('silent')) }
    const refusing = { challenge: 'Refusing', authenticate: () => Promise.resolve('refused' as const) }
    const of = (...schemes: Parameters<typeof service>[1]['authenticate'][number][]) =>
      service('pizzas', { url: `${base}/`, directory, database: api.database, apps: [menu()], authenticate: schemes })
    expect((await askService(of(silent, testScheme, refusing), 'GET', '/')).status).toBe(200)
    expect(asked).toEqual(['silent'])
    const refused = await askService(of(refusing, testScheme), 'GET', '/')
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Refusing, Test realm="tests"'])
  })

  test('cannot be found out while the scheme cannot ask: its problem is the answer, on every URL', async () => {
    const away = {
      challenge: 'Away',
      authenticate: () => Promise.reject(new Problem(503, 'Users are away.', { headers: { 'retry-after': '7' } })),
    }
    const made = service('pizzas', {
      url: `${base}/`,
      directory,
      database: api.database,
      apps: [menu()],
      authenticate: [away],
    })
    for (const path of ['/', '/nothing']) {
      const { status, headers } = await askService(made, 'GET', path)
      expect([status, headers.get('retry-after')]).toEqual([503, '7'])
    }
    expect((await askService(made, 'GET', '/-/health')).status).toBe(200)
  })
})
