// QUERY (RFC 10008), its twin by POST, and `where`: one filter as a tree of JSON, wherever it stands.
import { describe, expect, test } from 'vitest'
import { base, hal, serving } from './fixture.ts'

const api = serving()

const names = (body: readonly { name: string }[]): string[] => body.map(({ name }) => name)
const linkOf = (headers: Headers, rel: string): string | undefined =>
  new RegExp(`<([^>]*)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]
const where = (tree: unknown): string => `where=${encodeURIComponent(JSON.stringify(tree))}`

const ways = [
  ['where', (tree: unknown) => api.get(`/menu/Pizza?${where(tree)}`)],
  ['QUERY', (tree: unknown) => api.ask('QUERY', '/menu/Pizza', { json: tree })],
  ['POST to the twin', (tree: unknown) => api.post('/menu/Pizza/-/query', tree)],
] as const

describe.each(ways)('%s', (way, ask) => {
  test.each([
    [{}, ['Margherita', 'Marinara', 'Moda Speciale', 'Ünica']],
    [{ name: 'Marinara' }, ['Marinara']],
    [{ maxExtraToppings: null }, ['Marinara', 'Ünica']],
    [{ price: { gte: '7.5', lt: 12.5 } }, ['Margherita', 'Ünica']],
    [{ price: { range: [6, '7.5'] } }, ['Margherita', 'Marinara']],
    [{ id: { in: [1, 3] } }, ['Margherita', 'Moda Speciale']],
    [{ id: { in: [] } }, []],
    [{ id: { nin: [] }, forSale: true }, ['Margherita', 'Marinara', 'Moda Speciale']],
    [{ pk: 2 }, ['Marinara']],
    [{ or: [{ name: 'Marinara' }, { price: { gt: 10 } }] }, ['Marinara', 'Moda Speciale']],
    [{ or: [] }, []],
    [{ and: [{ price: { gt: 6 } }, { price: { lt: 9 } }] }, ['Margherita']],
    [{ not: { maxExtraToppings: { gt: 3 } } }, ['Margherita', 'Marinara', 'Ünica']],
    [{ exclusiveTo: { name: { icontains: 'moda' } } }, ['Moda Speciale']],
    [{ not: { exclusiveTo: {} } }, ['Margherita', 'Marinara']],
    [{ prices: { sizes: { size: 'l' } } }, ['Moda Speciale']],
    [{ prices: { date: '2020-01-01T00:00:00Z', sizes: { size: 'm' } } }, ['Margherita']],
  ])('%j', async (tree, expected) => {
    const { status, body } = await ask(tree)
    expect([status, names(body)]).toEqual([200, expected])
  })

  test.each([
    [[], '#'],
    ['x', '#'],
    [null, '#'],
    [{ nothing: 1 }, '#/nothing'],
    [{ recipe: 'x' }, '#/recipe'],
    [{ price: { over: 1 } }, '#/price/over'],
    [{ price: { gte: 'x' } }, '#/price/gte'],
    [{ price: {} }, '#/price'],
    [{ price: [1] }, '#/price'],
    [{ price: { eq: { toString: 1 } } }, '#/price/eq'],
    [{ price: { in: [{ valueOf: 1 }] } }, '#/price/in/0'],
    [{ price: { range: [1] } }, '#/price/range'],
    [{ name: { contains: 5 } }, '#/name/contains'],
    [{ name: 'a\0b' }, '#/name'],
    [{ name: '\ud800' }, '#/name'],
    [{ forSale: { gt: true } }, '#/forSale/gt'],
    [{ or: {} }, '#/or'],
    [{ or: [{ price: 'x' }] }, '#/or/0/price'],
    [{ not: [] }, '#/not'],
    [{ exclusiveTo: 1 }, '#/exclusiveTo'],
    [{ exclusiveTo: { owner: 'clerk' } }, '#/exclusiveTo/owner'],
    [{ exclusiveTo: { name: { like: 'x' } } }, '#/exclusiveTo/name/like'],
    [{ exclusiveTo: { pizzas: { exclusiveTo: { pizzas: { id: 1 } } } } }, '#/exclusiveTo/pizzas/exclusiveTo/pizzas'],
  ])('%j is refused, and where it is wrong is said', async (tree, pointer) => {
    const { status, body } = await ask(tree)
    const expected = way === 'where' ? { parameter: 'where', pointer } : { pointer }
    expect(status).toBe(way === 'where' ? 400 : 422)
    expect(body.errors[0]).toMatchObject(expected)
    expect(body.errors[0].detail).not.toBe('')
  })

  test('A060 too many comparisons, values and levels are refused, and the limit is named', async () => {
    const refused = way === 'where' ? 400 : 422
    const many = await ask({ or: Array.from({ length: 60 }, () => ({ id: 1 })) })
    expect([many.status, many.text.includes('100')]).toEqual([refused, true])
    const values = Array.from({ length: 300 }, (_, index) => index)
    const lists = await ask({ and: Array.from({ length: 7 }, () => ({ id: { in: values } })) })
    expect([lists.status === refused || lists.status === 414, /2000|long/.test(lists.text)]).toEqual([true, true])
    const deep = await ask(Array.from({ length: 15 }).reduce<object>((inner) => ({ not: inner }), { id: 1 }))
    expect([deep.status, deep.text.includes('10 levels')]).toEqual([refused, true])
  })
})

test('a hidden field in a tree cannot be told from one that does not exist', async () => {
  const [hidden, random] = await Promise.all(
    ['recipe', 'xecipe'].map((name) => api.ask('QUERY', '/menu/Pizza', { json: { [name]: 'secret-dough' } })),
  )
  const masked = (text = ''): string => text.replaceAll(/[rx]ecipe|"requestId":"[^"]*"/g, '…')
  expect([hidden?.status, masked(hidden?.text)]).toEqual([random?.status, masked(random?.text)])
})

describe('QUERY', () => {
  test('is announced, with what it can read', async () => {
    for (const path of ['/menu/Pizza', '/menu/Pizza/1/prices']) {
      const { headers } = await api.ask('OPTIONS', path)
      expect([headers.get('allow')?.includes('QUERY'), headers.get('accept-query')]).toEqual([
        true,
        '"application/json"',
      ])
    }
  })

  test('works on a data array, and so does its twin', async () => {
    const json = { date: { lt: '2020-06-01T00:00:00Z' } }
    const asked = await api.ask('QUERY', '/menu/Pizza/1/prices', { json })
    const twin = await api.post('/menu/Pizza/1/prices/-/query', json)
    expect([asked.body.length, twin.body]).toEqual([1, asked.body])
    expect((await api.post('/menu/Pizza/9/prices/-/query', json)).status).toBe(404)
  })

  test('needs content of its type', async () => {
    expect((await api.ask('QUERY', '/menu/Pizza')).status).toBe(400)
    const text = { headers: { 'content-type': 'text/plain' }, body: 'x' }
    expect((await api.ask('QUERY', '/menu/Pizza', text)).status).toBe(415)
    const broken = { headers: { 'content-type': 'application/json' }, body: '{"id":1,"id":2}' }
    expect((await api.ask('QUERY', '/menu/Pizza', broken)).status).toBe(400)
    expect((await api.ask('QUERY', '/menu/Pizza', { ...broken, body: '' })).status).toBe(400)
  })

  test('takes filters, sort and paging in the URL, so that its links are followed with the same content', async () => {
    const json = { price: { gte: 6 } }
    const first = await api.ask('QUERY', '/menu/Pizza?sort=-price&limit=2&forSale=true', { json })
    expect(names(first.body)).toEqual(['Moda Speciale', 'Margherita'])
    const next = linkOf(first.headers, 'next') ?? ''
    const second = await api.ask('QUERY', next, { json })
    expect(names(second.body)).toEqual(['Marinara'])
    expect((await api.ask('QUERY', next, { json: { price: { gte: 5 } } })).status).toBe(400)
    expect((await api.get(next)).status).toBe(400)
    const prev = await api.ask('QUERY', linkOf(second.headers, 'prev') ?? '', { json })
    expect(prev.body).toEqual(first.body)
  })

  test('is conditional: its tag is of the content, too', async () => {
    const json = { id: 1 }
    const { headers } = await api.ask('QUERY', '/menu/Pizza', { json })
    const conditional = { headers: { 'if-none-match': headers.get('etag') ?? '' } }
    expect((await api.ask('QUERY', '/menu/Pizza', { json, ...conditional })).status).toBe(304)
    expect((await api.ask('QUERY', '/menu/Pizza', { json: { pk: 1 }, ...conditional })).status).toBe(200)
  })

  test('A053 needs credentials, and finds only what may be seen', async () => {
    expect((await api.ask('QUERY', '/menu/Pizza', { json: {}, as: '' })).status).toBe(401)
    expect((await api.post('/menu/Pizza/-/query', {}, { as: '' })).status).toBe(401)
  })

  test('changes nothing and needs no permission, unlike a POST', async () => {
    const before = await api.dump()
    expect((await api.post('/menu/Pizza/-/query', {}, { as: 'guest' })).status).toBe(200)
    expect(await api.dump()).toBe(before)
  })

  test('the twin knows POST only, and its links lead to itself', async () => {
    expect((await api.get('/menu/Pizza/-/query')).headers.get('allow')).toBe('POST, OPTIONS')
    const { body } = await api.post('/menu/Pizza/-/query?limit=1', {}, hal)
    expect(body._links.self.href).toBe(`${base}/menu/Pizza/-/query?limit=1`)
    expect((await api.post(body._links.next.href, {})).body).toHaveLength(1)
  })
})

describe('where', () => {
  test.each(['', '{', '{"id":1,"id":2}', '{"__proto__":{}}', `${'{"not":'.repeat(70)}1${'}'.repeat(70)}`])(
    '%j is no JSON that is taken',
    async (text) => {
      const { status, body } = await api.get(`/menu/Pizza?where=${encodeURIComponent(text)}`)
      expect([status, body.errors[0].parameter]).toEqual([400, 'where'])
    },
  )

  test('stands beside other filters, and in cursors', async () => {
    const tree = where({ price: { gt: 6 } })
    const { body, headers } = await api.get(`/menu/Pizza?${tree}&forSale=true&limit=1`)
    expect(names(body)).toEqual(['Margherita'])
    const next = linkOf(headers, 'next') ?? ''
    expect(names((await api.get(next)).body)).toEqual(['Moda Speciale'])
    expect((await api.get(next.replace(/where=[^&]*&/, ''))).status).toBe(400)
  })
})
