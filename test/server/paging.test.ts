// Lists in order and in pages: NULLs last, every row once, cursors that cannot be made up or carried elsewhere.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askService, base, directory, menu, serving, testScheme } from './fixture.ts'
import { model, service } from 'slumberjs/server'
import { samples } from './tables.ts'

const api = serving({ apps: [menu({ Newest: model(samples, { newestFirst: true }) })] })

const keys = async (path: string): Promise<unknown[]> =>
  (await api.get(path)).body.map((row: { id: unknown }) => row.id)

const linkOf = (headers: Headers, rel: string): string | undefined =>
  new RegExp(`<([^>]*)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]

describe('sort', () => {
  test.each(['whole', 'real', 'decimal', 'huge', 'at'])('by %s, NULLs last in both directions', async (field) => {
    expect(await keys(`/menu/Sample?sort=${field}`)).toEqual([1, 2, 3, 4])
    expect(await keys(`/menu/Sample?sort=-${field}`)).toEqual([3, 2, 1, 4])
  })

  test('by several fields, the key last', async () => {
    expect(await keys('/menu/Sample?sort=flag,-id')).toEqual([1, 3, 2, 4])
    expect(await keys('/menu/Sample?sort=-flag')).toEqual([2, 3, 1, 4])
  })

  test('is by key unless asked for, newest first where the model says so', async () => {
    expect(await keys('/menu/Sample')).toEqual([1, 2, 3, 4])
    expect(await keys('/menu/Newest')).toEqual([4, 3, 2, 1])
    expect(await keys('/menu/Newest?sort=flag')).toEqual([1, 3, 2, 4])
  })
})

describe('pages', () => {
  test('have 50 rows unless asked for, and links to themselves, the next and the first', async () => {
    await api
      .sql(`INSERT INTO crust SELECT printf('c%03d', value), 'c' FROM generate_series(1, 60)`)
      .catch(async () => {
        for (let index = 1; index <= 60; index++) await api.sql(`INSERT INTO crust VALUES ('c${100 + index}', 'c')`)
      })
    const first = await api.get('/menu/Crust')
    expect([first.body.length, linkOf(first.headers, 'self'), linkOf(first.headers, 'first')]).toEqual([
      50,
      `${base}/menu/Crust`,
      undefined,
    ])
    const next = linkOf(first.headers, 'next') ?? ''
    const second = await api.get(next)
    expect([second.body.length, linkOf(second.headers, 'next')]).toEqual([12, undefined])
    expect([linkOf(second.headers, 'self'), linkOf(second.headers, 'first')]).toEqual([next, `${base}/menu/Crust`])
    expect(linkOf((await api.ask('HEAD', '/menu/Crust')).headers, 'next')).toBe(next)
  })

  test('an exactly full last page has no next', async () => {
    expect(linkOf((await api.get('/menu/Pizza?limit=4')).headers, 'next')).toBeUndefined()
  })

  test('a row that appears behind the cursor is seen, one that appears before is not', async () => {
    const next = linkOf((await api.get('/menu/Crust?limit=1')).headers, 'next') ?? ''
    await api.sql(`INSERT INTO crust VALUES ('aaa', 'x'), ('zzz', 'x')`)
    expect((await api.get(next)).body.map((row: { code: string }) => row.code)).toEqual(['thn'])
    expect((await api.get(`${next}&limit=9`.replace('limit=1&', ''))).body.at(-1).code).toBe('zzz')
  })
})

const someOf = <T>(...items: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(...items, null)
const row = fc.record({
  whole: someOf(0, 1, -1, Number.MAX_SAFE_INTEGER),
  real: someOf(0, 0.1, 0.30000000000000004, 0.3, -1e300, 5e-324),
  decimal: someOf('1.5', '2', '123456789012345', '-0.000001'),
  huge: someOf('9223372036854775807', '-9223372036854775808', '9007199254740993', '9007199254740992'),
  flag: someOf(true, false),
  word: someOf('', 'a', 'A', 'ä', 'é', '\u{1F355}', "'", 'a b'),
  size: someOf('s', 'm'),
  at: someOf('2026-01-31T12:00:00.001Z', '2026-01-31T12:00:00Z', '0000-01-01T00:00:00-14:00'),
})
const field = fc.constantFrom('whole', 'real', 'decimal', 'huge', 'flag', 'word', 'size', 'at', 'id')
const sorts = fc
  .uniqueArray(field, { maxLength: 4 })
  .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, `-${name}`))))

/** Follows `next` from a first page; gives the keys in the order of their appearance. */
async function walk(path: string, most: number): Promise<unknown[]> {
  const seen: unknown[] = []
  for (let url: string | undefined = path; url !== undefined;) {
    const { status, body, headers, text } = await api.get(url)
    if (status !== 200) throw new Error(text)
    seen.push(...body.map((item: { id: unknown }) => item.id))
    if (seen.length > most) throw new Error(`${seen.length} rows where there are ${most}`)
    url = linkOf(headers, 'next')
  }
  return seen
}

test('whatever the rows, the sort and the page size: every row exactly once, in the order of one page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      sorts,
      fc.integer({ min: 1, max: 5 }),
      async (rows, sort, limit) => {
        await api.sql('DELETE FROM sample')
        for (const [index, json] of rows.entries()) {
          expect((await api.post('/menu/Sample', { id: index + 1, ...json })).status).toBe(201)
        }
        const query = sort.length === 0 ? '' : `&sort=${sort.join(',')}`
        const whole = await walk(`/menu/Sample?limit=1000${query}`, rows.length)
        expect([whole.length, new Set(whole)]).toEqual([rows.length, new Set(rows.map((_, index) => index + 1))])
        expect(await walk(`/menu/Sample?limit=${limit}${query}`, rows.length)).toEqual(whole)
      },
    ),
    { numRuns: 120 },
  )
})

test('times that are finer in the database than a Date can say do not stop the walk', async () => {
  await api.sql(`DELETE FROM size_price`)
  await api.sql(`DELETE FROM price`)
  await api.sql(`INSERT INTO price VALUES (1, 1, 1577836800.25, 0), (2, 1, 1577836800.5, 0), (3, 1, 1577836800.75, 0)`)
  for (const sort of ['date', '-date']) {
    expect(new Set(await walk(`/menu/Price?limit=1&sort=${sort}`, 3))).toEqual(new Set([1, 2, 3]))
  }
})

describe('A050 a cursor', () => {
  const cursorOf = async (path: string, as = 'admin'): Promise<string> =>
    new URL(linkOf((await api.get(path, { as })).headers, 'next') ?? '').searchParams.get('after') ?? ''
  const follow = async (path: string, cursor: string, as = 'admin') =>
    (await api.get(`${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(cursor)}`, { as })).status

  test('is good for its list, whatever the page size and the fields', async () => {
    const cursor = await cursorOf('/menu/Pizza?limit=2&forSale=true&price__gt=1')
    for (const query of [
      'forSale=true&price__gt=1',
      'price__gt=1&forSale=true&limit=1',
      'forSale=true&price__gt=1&fields=id',
    ]) {
      expect(await follow(`/menu/Pizza?${query}`, cursor)).toBe(200)
    }
  })

  test.each([
    '/menu/Pizza?price__gt=2',
    '/menu/Pizza?sort=name',
    '/menu/Pizza?sort=-id',
    '/menu/Shop',
    '/menu/Category/1/children',
  ])('of another list is refused on %s', async (path) => {
    expect(await follow(path, await cursorOf('/menu/Pizza?limit=1'))).toBe(400)
  })

  test('of another user is refused', async () => {
    const cursor = await cursorOf('/menu/Pizza?limit=1', 'ada')
    expect([await follow('/menu/Pizza', cursor, 'ada'), await follow('/menu/Pizza', cursor, 'bob')]).toEqual([200, 400])
  })

  test('of another data array, and given twice, is refused', async () => {
    await api.sql(`INSERT INTO price VALUES (9, 3, 1, 0)`)
    const cursor = await cursorOf('/menu/Pizza/1/prices?limit=1')
    expect(await follow('/menu/Pizza/1/prices', cursor)).toBe(200)
    expect(await follow('/menu/Pizza/3/prices', cursor)).toBe(400)
    expect(await follow(`/menu/Pizza/1/prices?after=${cursor}`, cursor)).toBe(400)
  })

  test('with any character changed, added or taken away is refused', async () => {
    const cursor = await cursorOf('/menu/Pizza?limit=1&sort=-price')
    const alphabet = 'A B a b 0 1 _ - . ~'.split(' ')
    const edit = fc.tuple(fc.nat(cursor.length), fc.constantFrom(...alphabet, ''), fc.integer({ min: 0, max: 1 }))
    await fc.assert(
      fc.asyncProperty(edit, async ([at, character, removed]) => {
        const changed = cursor.slice(0, at) + character + cursor.slice(at + removed)
        fc.pre(changed !== cursor)
        expect(await follow('/menu/Pizza?sort=-price', changed)).toBe(400)
      }),
      { numRuns: 150 },
    )
    for (const made of ['', '.', 'a.b.c', 'WzFd', 'WzFd.AAAAAAAAAAAAAAAAAAAAAA']) {
      expect(await follow('/menu/Pizza', made)).toBe(400)
    }
  })

  test('is good on another process with the same secret, and on none with another', async () => {
    const made = (secret: string): ReturnType<typeof service> =>
      service('pizzas', {
        url: `${base}/`,
        directory,
        database: api.database,
        apps: [menu()],
        authenticate: [testScheme],
        secret,
      })
    const first = await askService(made('one'), 'GET', '/menu/Pizza?limit=1')
    const next = linkOf(first.headers, 'next') ?? ''
    expect((await askService(made('one'), 'GET', next)).status).toBe(200)
    expect((await askService(made('two'), 'GET', next)).status).toBe(400)
  })
})
