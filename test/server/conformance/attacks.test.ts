// The attack cases that a database has a part in: refused, nothing is changed, and what is hidden cannot be told from nothing.
import { describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { dialects, menuOver, servingOn } from '../dialects.ts'
import type { Answer, Asked } from '../fixture.ts'
import { expectRefused, keysOf, lastingText, linkOf } from './asking.ts'
import { attacks } from './attack-cases.ts'

const may =
  'clerk menu.change_pizza,menu.add_pizza,menu.delete_pizza,menu.delete_bulk,menu.change_shop,menu.delete_shop'
const clerk: Asked = { as: may }

const isAdmin = (user: { readonly name: string }): boolean => user.name === 'admin'

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(
    dialect,
    ({ shops, pizzas, prices, crusts }) => ({
      apps: [
        menuOver(dialect, {
          Shop: model(shops, {
            display: 'name',
            exclude: ['owner'],
            access: { read: (user) => isAdmin(user) || { slug: { ne: 'alta-moda' } } },
          }),
          Pizza: model(pizzas, {
            display: 'name',
            exclude: ['recipe'],
            fields: { maxExtraToppings: { read: isAdmin } },
            access: { read: (user) => isAdmin(user) || { id: { ne: 3 } } },
          }),
          Price: model(prices),
          Bulk: model(crusts, { bulk: true }),
        }),
      ].map((app) => ({
        ...app,
        models: Object.fromEntries(Object.entries(app.models).filter(([name]) => name !== 'SizePrice')),
      })),
    }),
    'once',
  )

  test.each(attacks.map((attack) => [attack.id, attack.what, attack] as const))('%s %s', async (_, __, attack) => {
    const { method, path, asked, status, says = '' } = attack
    const before = method === 'GET' ? '' : await api.dump()
    const answer = await api.ask(method, path, { ...asked, ...clerk })
    expect(status).toContain(answer.status)
    expect(answer.text).toContain(says)
    if (method !== 'GET') expect(await api.dump()).toBe(before)
  })

  /** Requests that name something, which may be hidden or not there at all. */
  const naming: readonly (readonly [what: string, ask: (name: string) => Promise<Answer>])[] = [
    ...[
      (name: string) => `?${name}=1`,
      (name: string) => `?${name}__gt=1`,
      (name: string) => `?${name}__isnull=true`,
      (name: string) => `?sort=-${name}`,
      (name: string) => `?fields=id,${name}`,
      (name: string) => `?expand=${name}`,
      (name: string) => `?prices.pizza.${name}=1`,
      (name: string) => `?where=${encodeURIComponent(JSON.stringify({ [name]: 1 }))}`,
      (name: string) => `/-/get?${name}=1`,
      (name: string) => `/1?fields=${name}`,
    ].map((path) => [path('…'), (name: string) => api.get(`/menu/Pizza${path(name)}`, clerk)] as const),
    ['PATCH', (name) => api.patch('/menu/Pizza/1', { [name]: 1 }, clerk)],
    ['PUT', (name) => api.put('/menu/Pizza/1', { name: 'x', price: '1', [name]: 1 }, clerk)],
    ['POST', (name) => api.post('/menu/Pizza', { name: 'x', price: '1', [name]: 1 }, clerk)],
    ...['add', 'replace', 'test'].map(
      (op) => [`JSON Patch ${op}`, (name: string) => jsonPatch({ op, path: `/${name}`, value: 1 })] as const,
    ),
    ['JSON Patch copy', (name) => jsonPatch({ op: 'copy', from: `/${name}`, path: '/name' })],
    ['JSON Patch remove', (name) => jsonPatch({ op: 'remove', path: `/${name}` })],
  ]
  const jsonPatch = (operation: object): Promise<Answer> => {
    const headers = { 'content-type': 'application/json-patch+json' }
    return api.ask('PATCH', '/menu/Pizza/1', { ...clerk, json: [operation], headers })
  }

  test.each(naming)('A043 A046 a hidden name is answered as one that is nobody’s: %s', async (_, ask) => {
    for (const hidden of ['recipe', 'maxExtraToppings']) {
      const unknown = 'x'.repeat(hidden.length)
      const [one, other] = [await ask(hidden), await ask(unknown)]
      expect([one.status, lastingText(one).replaceAll(hidden, unknown)]).toEqual([other.status, lastingText(other)])
      expect(one.status).toBeGreaterThanOrEqual(400)
    }
  })

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'QUERY', 'POST'])(
    'A053 a row that may not be read is answered as one that is not there: %s',
    async (method) => {
      const tag = (await api.get('/menu/Shop/1')).headers.get('etag') ?? ''
      const content = ['PUT', 'PATCH', 'POST', 'QUERY'].includes(method) ? { json: { name: 'x', slug: 'y' } } : {}
      for (const headers of [
        {},
        { 'if-none-match': tag },
        { 'if-none-match': '*' },
        { 'if-match': tag },
        { 'if-match': '*' },
        { range: 'bytes=0-1' },
      ]) {
        if (method === 'PUT' && !('if-match' in headers)) continue // it would create one of the two
        const ask = async (key: number): Promise<unknown> => {
          const answer = await api.ask(method, `/menu/Shop/${key}`, { ...clerk, ...content, headers })
          return [answer.status, answer.headers.get('etag'), answer.headers.get('allow'), lastingText(answer)]
        }
        expect(await ask(1)).toEqual(JSON.parse(JSON.stringify(await ask(7)).replaceAll('/7', '/1')))
      }
    },
  )

  test('A054 the total and the pages count the rows that may be read', async () => {
    const { headers, body } = await api.get('/menu/Pizza?limit=2', { ...clerk, headers: { prefer: 'count=exact' } })
    expect([headers.get('total-count'), body.length]).toEqual(['3', 2])
    expect(await keysOf(api, '/menu/Pizza', clerk)).toEqual([1, 2, 4])
    expect(await keysOf(api, '/menu/Pizza?offset=2', clerk)).toEqual([4])
  })

  test('A046 A054 what may not be read changes nothing in any answer', async () => {
    const paths = [
      '/menu/Pizza?sort=-price&limit=2',
      '/menu/Pizza?exclusiveTo.name__contains=a',
      '/menu/Pizza?exclusiveTo.active=true&sort=exclusiveTo.name',
      '/menu/Shop?pizzas.price__gt=1',
      '/menu/Shop/1/pizzas',
      '/menu/Pizza?expand=exclusiveTo',
      '/menu/Price?sort=pizza.name&limit=1',
      '/menu/Pizza/3',
    ]
    const answers = async (): Promise<unknown[]> => {
      const all = []
      for (const path of paths) {
        const asked = { ...clerk, headers: { prefer: 'count=exact', accept: 'application/hal+json' } }
        const answer = await api.get(path, asked)
        const { status, headers } = answer
        all.push([path, status, headers.get('etag'), headers.get('total-count'), lastingText(answer)])
      }
      return all
    }
    const before = await answers()
    await api.sql(`UPDATE shop SET name = 'Aaa', active = NULL, owned_by = 'x' WHERE id = 1`)
    await api.sql(`UPDATE pizza SET name = 'Aaa', price = 999 WHERE id = 3`)
    await api.sql(`UPDATE pizza SET recipe = 'Aaa', max_extra_toppings = 77`)
    expect(await answers()).toEqual(before)
  })

  test('A050 a cursor is good for its list, its query and its caller alone', async () => {
    const next = new URL(linkOf(await api.get('/menu/Sample?limit=1&sort=-word', clerk), 'next') ?? '')
    const cursor = next.searchParams.get('after') ?? ''
    expect((await api.get(next.href, clerk)).status).toBe(200)
    const refused = async (path: string, as: Asked = clerk): Promise<void> =>
      expectRefused(api, () => api.get(path, as), { status: 400 })
    await refused(next.href, { as: 'admin' })
    await refused(`/menu/Pizza?sort=-name&after=${cursor}`)
    await refused(`/menu/Sample?sort=word&after=${cursor}`)
    await refused(`/menu/Sample?sort=-word&id__gt=0&after=${cursor}`)
    await refused(`/menu/Sample?sort=-word&after=${cursor.slice(0, -1)}`)
    await refused(`/menu/Sample?sort=-word&after=${cursor.replace('.', 'A.')}`)
    await refused(`/menu/Sample?sort=-word&before=${cursor}&after=${cursor}`)
    await refused('/menu/Sample?after=WzFd.AAAAAAAAAAAAAAAAAAAAAA')
  })

  // Anything but linear time would not end within the time that a test has.
  test.each(['(a+)+$', 'aaaa', '0000', '%_', '\\%', '1,', '2026-01-', 'P1Y', 'é', ' \t', '"x",', '*/*;q=0.1,', '{[('])(
    'A063 no parser is slow: %j again and again',
    async (part) => {
      const [long, header] = [`${part.repeat(20_000)}!`, encodeURI(part).repeat(400)]
      for (const name of ['word', 'at', 'decimal', 'huge', 'whole', 'flag', 'size']) {
        const { status } = await api.ask('QUERY', '/menu/Sample', { ...clerk, json: { [name]: long } })
        expect([200, 422]).toContain(status)
      }
      const ask = await api.ask('QUERY', '/menu/Sample', { ...clerk, json: { word: { icontains: long } } })
      expect([200, 422]).toContain(ask.status)
      const names = [
        'accept',
        'accept-language',
        'if-none-match',
        'if-modified-since',
        'prefer',
        'range',
        'link',
        'cookie',
      ]
      for (const name of [...names, 'content-type', 'traceparent', 'forwarded']) {
        const { status } = await api.ask('QUERY', '/menu/Sample', { ...clerk, body: '{}', headers: { [name]: header } })
        expect(status).toBeLessThan(500)
      }
    },
  )

  test('A068 there are no jobs that respond-async could pile up: every request is answered itself', async () => {
    const headers = { prefer: 'respond-async, wait=0' }
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => api.get(`/menu/Sample?limit=${index + 1}`, { ...clerk, headers })),
    )
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, null])
    }
  })

  test('A057 what is no model is in no document', async () => {
    const documents = ['/', '/menu/', '/-/contract', '/menu/Price/-/model', '/menu/Price/-/schema', '/-/openapi.json']
    for (const path of [...documents, '/menu/Price/1?format=hal', '/menu/Price?format=html']) {
      const { status, text } = await api.get(path)
      expect([status, text]).toEqual([200, expect.not.stringMatching(/SizePrice|size_price|owned_by|recipe|slumber_/)])
    }
  })
})
