// Pages in both directions, by cursor and by offset, in orders that lead through references, and how many rows there are.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { app, model } from 'slumberjs/server'
import { base, hal, serving, type Api } from './fixture.ts'
import * as tables from './tables.ts'

const api = serving()
const ruled = serving({
  apps: [
    app('ruled', {
      Shop: model(tables.shops, {
        exclude: ['owner'],
        access: { read: ({ name }) => (name === 'admin' ? true : { id: { ne: 1 } }) },
      }),
      Pizza: model(tables.pizzas, {
        exclude: ['recipe'],
        access: { read: ({ name }) => (name === 'admin' ? true : { id: { gt: 1 } }) },
      }),
    }),
  ],
})

const linkOf = (headers: Headers, rel: string): string | undefined =>
  new RegExp(`<([^>]*)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]

/** The keys page by page, from one URL on in one direction. */
async function walk(from: string | undefined, rel: 'next' | 'prev', asked: Api = api): Promise<unknown[][]> {
  const pages: unknown[][] = []
  for (let url = from; url !== undefined;) {
    const { status, body, headers, text } = await asked.get(url)
    if (status !== 200) throw new Error(text)
    pages.push(body.map((row: { id: unknown }) => row.id))
    if (pages.length > 30) throw new Error('the walk does not end')
    url = linkOf(headers, rel)
  }
  return pages
}

/** The links of the last page of a walk forwards. */
async function lastUrl(path: string, asked: Api = api): Promise<string> {
  let url = path
  for (;;) {
    const next = linkOf((await asked.get(url)).headers, 'next')
    if (next === undefined) return url
    url = next
  }
}

describe('sort along references', () => {
  const ids = async (path: string, as = 'admin'): Promise<unknown[]> =>
    (await (path.startsWith('/ruled') ? ruled : api).get(path, { as })).body.map((row: { id: unknown }) => row.id)

  test('by a column of what is referred to; what refers to nothing is last in both directions', async () => {
    expect(await ids('/menu/Pizza?sort=exclusiveTo.name')).toEqual([3, 4, 1, 2])
    expect(await ids('/menu/Pizza?sort=-exclusiveTo.name,-id')).toEqual([4, 3, 2, 1])
    expect(await ids('/menu/SizePrice?sort=price.pizza.name,-size')).toEqual([1, 2, 3])
    expect(await ids('/menu/SizePrice?sort=-price.pizza.name,size')).toEqual([3, 2, 1])
    expect(await ids('/menu/Category?sort=-parent.parent.name,-parent.pk')).toEqual([3, 2, 1])
  })

  test('a row that may not be read is as none: its values order nothing', async () => {
    expect(await ids('/ruled/Pizza?sort=-exclusiveTo.name')).toEqual([4, 3, 1, 2])
    const before = await ids('/ruled/Pizza?sort=exclusiveTo.name', 'guest')
    expect(before).toEqual([4, 2, 3])
    await ruled.sql(`UPDATE shop SET name = 'Zzz' WHERE id = 1`)
    expect(await ids('/ruled/Pizza?sort=exclusiveTo.name', 'guest')).toEqual(before)
  })

  test.each([
    'prices.id',
    'nothing.name',
    'exclusiveTo',
    'exclusiveTo.owner',
    'exclusiveTo.nothing',
    'exclusiveTo.city.id',
  ])('by %s is refused', async (name) => {
    const { status, body } = await api.get(`/menu/Pizza?sort=${name}`)
    expect([status, body.errors[0].parameter]).toEqual([400, 'sort'])
  })
})

test('every row once, forwards and backwards, whatever the rows, the order and the page size', async () => {
  const some = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items)
  const row = fc.record({
    whole: some(0, 1, null),
    real: some(0, 0.1, 0.30000000000000004, null),
    word: some('', 'a', 'A', 'é', null),
    at: some(1000, 1001, null),
  })
  const sorts = fc
    .uniqueArray(some('whole', 'real', 'word', 'at'), { maxLength: 3 })
    .chain((names) => fc.tuple(...names.map((name) => some(name, `-${name}`))))
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 9 }),
      sorts,
      fc.integer({ min: 1, max: 4 }),
      async (rows, sort, limit) => {
        await api.sql('DELETE FROM sample')
        const values = rows.map(({ whole, real, word, at }, index) => {
          const literals = [index + 1, whole, real, word === null ? null : `'${word}'`, at]
          return `(${literals.map((literal) => literal ?? 'NULL').join(', ')})`
        })
        await api.sql(`INSERT INTO sample (id, whole, real, word, at) VALUES ${values.join(', ')}`)
        const query = sort.length === 0 ? '' : `&sort=${sort.join(',')}`
        const [whole = []] = await walk(`/menu/Sample?limit=1000${query}`, 'next')
        const path = `/menu/Sample?limit=${limit}${query}`
        expect((await walk(path, 'next')).flat()).toEqual(whole)
        expect((await walk(await lastUrl(path), 'prev')).toReversed().flat()).toEqual(whole)
      },
    ),
    { numRuns: 40 },
  )
})

test('every row once in both directions along references that are shared, missing or not to be read', async () => {
  for (let id = 5; id <= 14; id++) {
    await ruled.sql(
      `INSERT INTO pizza (id, name, price, exclusive_to) VALUES (${id}, 'p${id}', 1, ${['NULL', 1, 2][id % 3]})`,
    )
  }
  for (const sort of ['exclusiveTo.name', '-exclusiveTo.name,-name', 'exclusiveTo.active,exclusiveTo.pk']) {
    const path = `/ruled/Pizza?sort=${sort}`
    const [whole = []] = await walk(`${path}&limit=1000`, 'next', ruled)
    expect(whole).toHaveLength(14)
    for (const limit of [1, 3, 7]) {
      expect((await walk(`${path}&limit=${limit}`, 'next', ruled)).flat()).toEqual(whole)
      expect((await walk(await lastUrl(`${path}&limit=${limit}`, ruled), 'prev', ruled)).toReversed().flat()).toEqual(
        whole,
      )
    }
  }
})

describe('links', () => {
  test('lead to the page before, which leads back', async () => {
    const first = await api.get('/menu/Pizza?limit=2', hal)
    expect(Object.keys(first.body._links)).toEqual(['self', 'next'])
    const second = await api.get(first.body._links.next.href, hal)
    expect(Object.keys(second.body._links)).toEqual(['self', 'first', 'prev'])
    const back = await api.get(second.body._links.prev.href, hal)
    expect(Object.keys(back.body._links)).toEqual(['self', 'first', 'next'])
    expect(back.body._embedded).toEqual(first.body._embedded)
    expect((await api.get(back.body._links.next.href, hal)).body._embedded).toEqual(second.body._embedded)
    expect(second.body._links.first.href).toBe(`${base}/menu/Pizza?limit=2`)
  })

  test('A050 a cursor of another list or caller does not lead backwards either', async () => {
    const next = linkOf((await api.get('/menu/Pizza?limit=1')).headers, 'next') ?? ''
    const cursor = new URL(next).searchParams.get('after') ?? ''
    expect((await api.get(`/menu/Pizza?before=${cursor}`)).status).toBe(200)
    expect((await api.get(`/menu/Pizza?before=${cursor}`, { as: 'ada' })).status).toBe(400)
    expect((await api.get(`/menu/Pizza?before=${cursor}&sort=name`)).status).toBe(400)
    expect((await api.get(`/menu/Pizza?before=${cursor}x`)).status).toBe(400)
    expect((await api.get(`/menu/Pizza?before=${cursor}&after=${cursor}`)).status).toBe(400)
  })
})

describe('offset', () => {
  test('passes over rows, and goes on by cursors', async () => {
    const { body, headers } = await api.get('/menu/Pizza?offset=1&limit=2')
    expect(body.map(({ id }: { id: number }) => id)).toEqual([2, 3])
    expect(await walk(linkOf(headers, 'next'), 'next')).toEqual([[4]])
    expect(await walk(linkOf(headers, 'prev'), 'prev')).toEqual([[1]])
    expect((await api.get('/menu/Pizza?offset=99')).body).toEqual([])
    expect(linkOf((await api.get('/menu/Pizza?offset=0')).headers, 'prev')).toBeUndefined()
  })

  test.each(['-1', 'x', '', '1.5', '10001', '99999999999'])('%j is refused, and the limit is named', async (offset) => {
    const { status, body } = await api.get(`/menu/Pizza?offset=${offset}`)
    expect([status, body.errors[0].parameter]).toEqual([400, 'offset'])
    expect(body.detail).toContain('10000')
  })

  test('is not taken together with a cursor, nor twice', async () => {
    const next = linkOf((await api.get('/menu/Pizza?limit=1')).headers, 'next') ?? ''
    expect((await api.get(`${next}&offset=1`)).status).toBe(400)
    expect((await api.get('/menu/Pizza?offset=1&offset=1')).status).toBe(400)
  })
})

describe('Prefer: count=exact', () => {
  const count = { headers: { prefer: 'count=exact' } }

  test('tells how many rows there are on all pages, and that it was heard', async () => {
    const { headers, body } = await api.get('/menu/Pizza?limit=1&price__gt=6', count)
    expect([headers.get('total-count'), headers.get('preference-applied'), body.length]).toEqual([
      '3',
      'count=exact',
      1,
    ])
    expect(headers.get('vary')).toContain('prefer')
    expect((await api.get('/menu/Pizza')).headers.has('total-count')).toBe(false)
    expect((await api.ask('HEAD', '/menu/Pizza', count)).headers.get('total-count')).toBe('4')
    const asked = { headers: { accept: 'application/hal+json', ...count.headers } }
    expect((await api.get('/menu/Pizza/1/prices?limit=1', asked)).body.total).toBe(2)
    expect((await api.ask('QUERY', '/menu/Pizza', { json: { id: 1 }, ...count })).headers.get('total-count')).toBe('1')
  })

  test('A054 counts only what may be seen', async () => {
    expect((await ruled.get('/ruled/Pizza', { as: 'guest', ...count })).headers.get('total-count')).toBe('3')
  })

  test('is in the tag', async () => {
    const before = await api.get('/menu/Pizza?limit=1', count)
    await api.sql(`INSERT INTO pizza (id, name, price) VALUES (9, 'x', 1)`)
    const conditional = { headers: { ...count.headers, 'if-none-match': before.headers.get('etag') ?? '' } }
    expect((await api.get('/menu/Pizza?limit=1', conditional)).status).toBe(200)
  })
})
