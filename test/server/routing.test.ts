// Paths: nested apps, the one spelling of each URL, hostile ones, and keys of any text.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { app, model, service } from 'slumberjs/server'
import { askService, base, directory, menu, serving, testScheme } from './fixture.ts'
import { samples } from './tables.ts'

const nested = [app('site', { Sample: model(samples) }), app('site.old.news', { Sample: model(samples) })]
const api = serving({ apps: [menu(), ...nested], directoryUrl: 'http://pizzas.test/slumber/' })

const place = async (path: string): Promise<unknown> => {
  const { status, headers } = await api.get(path)
  return [status, headers.get('location')?.replace(base, '') ?? null]
}

describe('nested apps', () => {
  test.each([
    ['/site/', 200],
    ['/site/Sample', 200],
    ['/site/Sample/1', 200],
    ['/site/old/news/', 200],
    ['/site/old/news/Sample/1', 200],
    ['/site/old/', 404],
    ['/site/old', 404],
    ['/site/old/Sample', 404],
    ['/site/news/', 404],
  ])('%s is %i', async (path, status) => {
    expect((await api.get(path)).status).toBe(status)
  })
})

describe('H100 the other spelling is 308 to the right one, and keeps the query', () => {
  test.each([
    ['', '/'],
    ['/menu', '/menu/'],
    ['/menu?x=1&y=%20', '/menu/?x=1&y=%20'],
    ['/site/old/news', '/site/old/news/'],
    ['/menu/Pizza/', '/menu/Pizza'],
    ['/menu/Pizza/?sort=-id', '/menu/Pizza?sort=-id'],
    ['/menu/Pizza/1/', '/menu/Pizza/1'],
    ['/menu/Pizza/1/prices/', '/menu/Pizza/1/prices'],
    ['/menu/Pizza/-/model/', '/menu/Pizza/-/model'],
    ['/-/contract/', '/-/contract'],
  ])('%j leads to %j', async (wrong, right) => {
    expect(await place(base + wrong)).toEqual([308, right])
  })

  test('whatever the method', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
      expect((await api.ask(method, '/menu/Pizza/1/')).status).toBe(308)
    }
  })
})

test.each([
  '//',
  '/menu//',
  '/nothing',
  '/nothing/',
  '/menu/pizza',
  '/Menu/',
  '/menu/Pizza/99',
  '/menu/Pizza/1/prices/1',
  '/menu/Pizza/-/nothing',
  '/menu/Pizza/-/',
  '/menu/Pizza/-',
  '/menu/Pizza//1',
  '/menu//Pizza',
  '//menu/Pizza',
  '/menu/Pizza/1//',
  '/menu/Pizza///////',
  '/menu/%50izza',
  '/men%75/',
  '/menu%2FPizza',
  '/menu/Pizza%2F1',
  '/menu/Pizza/%31',
  '/menu/Pizza/01',
  '/menu/Pizza/1.0',
  '/menu/Pizza/1e0',
  '/menu/Pizza/+1',
  '/menu/Pizza/-0',
  '/menu/Pizza/ 1',
  '/menu/Pizza/1,1',
  '/menu/Pizza/~MQ',
  '/menu/Pizza/~',
  '/menu/Pizza/%00',
  '/menu/Pizza/%zz',
  '/menu/Pizza/9007199254740993',
  '/menu/Pizza/1;x=1',
  '/menu/Stock/1',
  '/menu/Stock/1,thn,',
  '/menu/Stock/1,%74hn',
  '/menu/Stock/thn,1',
  '/menu/Crust/a%2Fb',
  '/menu/Crust/~YS9i=',
  '/menu/Pizza/constructor',
  '/menu/constructor',
  '/-/constructor',
  '/-/__proto__',
  '/menu/Pizza/1/constructor',
  '/-/contract/x',
  'http://pizzas.test/',
  'http://pizzas.test/slumber/nothing',
])('H031 %s is 404', async (path) => {
  expect((await api.get(path)).status).toBe(404)
})

test('dot segments are gone before they reach us, encoded or not', async () => {
  expect((await api.get('/menu/Pizza/../Shop/./1')).body.slug).toBe('alta-moda')
  expect((await api.get('/menu/Pizza/%2e%2e/Shop/1')).body.slug).toBe('alta-moda')
})

test('H102 no path makes a redirect leave the service', async () => {
  const paths = fc.array(
    fc.constantFrom('menu', 'Pizza', '1', '', '.', '%2F', '%5C', '\\', '//evil.test', '@evil.test', '-'),
    { maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(paths, async (segments) => {
      const { status, headers } = await api.get(`/${segments.join('/')}`)
      if (status === 308) expect(headers.get('location')?.startsWith(`${base}/`)).toBe(true)
      else expect([200, 404]).toContain(status)
    }),
    { numRuns: 300 },
  )
})

test('a path of many thousand slashes is refused like any other', async () => {
  expect((await api.get('/'.repeat(20_000))).status).toBe(414)
  expect((await api.get('/'.repeat(8_000))).status).toBe(404)
})

test('the host does not matter: a service hangs below any', async () => {
  const answer = await askService(api.service, 'GET', 'http://elsewhere.test:8080/slumber/pizzas/menu/Pizza/1')
  expect([answer.status, answer.headers.get('link')?.includes(`<${base}/menu/Pizza/1>`)]).toEqual([200, true])
})

test('a service without a name may be the whole host', async () => {
  const whole = service(null, {
    url: 'http://whole.test',
    database: api.database,
    apps: [app('site', {})],
    authenticate: [testScheme],
  })
  expect((await askService(whole, 'GET', '/')).body).toMatchObject({
    name: null,
    services: {},
    apps: { site: 'http://whole.test/site/' },
  })
  expect((await askService(whole, 'GET', '/site')).status).toBe(308)
  expect(() =>
    service(null, { url: 'http://whole.test', directory, database: api.database, apps: [], authenticate: [] }),
  ).toThrow(TypeError)
})

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    '-',
    '.',
    '..',
    '~',
    '~YS9i',
    'a/b',
    'a\\b',
    'a,b',
    ',',
    '%2F',
    '%',
    '?',
    '#',
    'a b',
    '+',
    '\r\n',
    '\t',
    '\u007f',
    '\u0085',
    '\u2028',
    'Ünï',
    '\u{1F355}',
    "'",
    '"',
    '<>',
    '-/model',
    'a'.repeat(500),
    '//evil',
    ':',
    '@',
    ';',
    '=',
  ),
)

test('any text as key goes from create through Location to GET, and to no other row', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (code) => {
      const created = await api.post('/menu/Crust', { code, name: 'x' })
      if (code.includes('\0') || !code.isWellFormed()) {
        expect(created.status).toBe(422)
        return
      }
      if (created.status === 409) return
      expect(created.status).toBe(201)
      const location = created.headers.get('location') ?? ''
      expect(location).toMatch(/^[!-~]+$/)
      expect((await api.get(location)).body).toEqual({ code, name: 'x' })
      expect((await api.patch(location, { name: 'y' })).status).toBe(200)
      expect((await api.get(`/menu/Crust/-/get?pk=${encodeURIComponent(code)}`)).headers.get('content-location')).toBe(
        location,
      )
      const stock = await api.put(`/menu/Stock/1,${location.slice(`${base}/menu/Crust/`.length)}`, {})
      expect([stock.status, stock.body?.crustCode]).toEqual([201, code])
      expect((await api.delete(stock.headers.get('location') ?? '')).status).toBe(204)
      expect((await api.delete(location)).status).toBe(204)
      expect((await api.get(location)).status).toBe(404)
    }),
    { numRuns: 250 },
  )
})
