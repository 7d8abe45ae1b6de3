// Lists in order and in pages, over every database: NULLs last, every row once, nothing lost to a Date or a double.
import { beforeAll, describe, expect, test } from 'vitest'
import { dialects, servingOn, type DialectApi } from '../dialects.ts'
import { keysOf, linkOf } from './asking.ts'

/** Follows a link from page to page; gives the keys of each page. */
async function walk(api: DialectApi, path: string, rel: 'next' | 'prev' = 'next'): Promise<unknown[][]> {
  const pages: unknown[][] = []
  for (let url: string | undefined = path; url !== undefined;) {
    const answer = await api.get(url)
    if (answer.status !== 200) throw new Error(answer.text)
    pages.push(answer.body.map((row: Readonly<Record<string, unknown>>) => row['id']))
    if (pages.length > 50) throw new Error('It does not come to an end.')
    url = linkOf(answer, rel)
  }
  return pages
}

/** The first page from the end: where a walk by `next` ends. */
async function lastPage(api: DialectApi, path: string): Promise<string> {
  for (let url = path; ;) {
    const next = linkOf(await api.get(url), 'next')
    if (next === undefined) return url
    url = next
  }
}

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect)

  test.each(['whole', 'real', 'decimal', 'huge', 'at', 'micro'])('sort by %s, NULLs last both ways', async (field) => {
    expect(await keysOf(api, `/menu/Sample?sort=${field}`)).toEqual([1, 2, 3, 4])
    expect(await keysOf(api, `/menu/Sample?sort=-${field}`)).toEqual([3, 2, 1, 4])
  })

  test('sort by several fields, the key last', async () => {
    expect(await keysOf(api, '/menu/Sample?sort=flag,-id')).toEqual([1, 3, 2, 4])
    expect(await keysOf(api, '/menu/Sample?sort=-flag')).toEqual([2, 3, 1, 4])
    expect(await keysOf(api, '/menu/Sample?sort=-flag,-word')).toEqual([2, 3, 1, 4])
  })

  describe('over rows with NULLs and ties', () => {
    const copied = servingOn(dialect, undefined, 'once')
    beforeAll(async () => {
      for (const id of [1, 2, 3, 4]) {
        const { body } = await copied.get(`/menu/Sample/${id}`)
        await copied.put(`/menu/Sample/${id + 4}`, { ...body, id: id + 4 })
      }
    })

    test.each(['id', 'whole', 'real', 'decimal', 'huge', 'flag', 'word', 'at', 'micro'])(
      'pages by %s show every row once, both ways',
      async (field) => {
        for (const sort of [field, `-${field}`]) {
          const whole = await keysOf(copied, `/menu/Sample?sort=${sort}`)
          expect(new Set(whole)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]))
          const path = `/menu/Sample?sort=${sort}&limit=3`
          expect((await walk(copied, path)).flat()).toEqual(whole)
          const back = await walk(copied, await lastPage(copied, path), 'prev')
          expect(back.toReversed().flat()).toEqual(whole)
        }
      },
    )
  })

  test('times that are finer than a Date can say do not stop the walk', async () => {
    const times: readonly string[] =
      dialect.kind === 'sqlite'
        ? ['1577836800000.25', '1577836800000.5', '1577836800000.75']
        : ["'2020-01-01 00:00:00.000001'", "'2020-01-01 00:00:00.000002'", "'2020-01-01 00:00:00.0009'"]
    for (const [index, time] of times.entries()) {
      await api.sql(`UPDATE price SET pizza_id = 2, date = ${time} WHERE id = ${index + 1}`)
    }
    expect((await walk(api, '/menu/Price?limit=1&sort=date')).flat()).toEqual([1, 2, 3])
    expect((await walk(api, '/menu/Price?limit=1&sort=-date')).flat()).toEqual([3, 2, 1])
  })

  test('doubles that look alike do not stop the walk', async () => {
    const values = [0.1, 0.30000000000000004, 0.3, 1e-300, -1e300, 5e-324, 0.1 + Number.EPSILON / 8]
    for (const [index, real] of values.entries()) await api.put(`/menu/Sample/${index + 10}`, { real })
    const seen = (await walk(api, '/menu/Sample?limit=1&sort=real&id__gte=10')).flat()
    const expected = values.map((real, index) => ({ real, id: index + 10 }))
    expect(seen).toEqual(expected.toSorted((a, b) => a.real - b.real || a.id - b.id).map(({ id }) => id))
  })

  test('a data array is paged as a collection is', async () => {
    expect(await walk(api, '/menu/Pizza/1/prices?limit=1&sort=-date')).toEqual([[2], [1]])
  })

  test('a row that appears behind the cursor is seen, one that appears before is not', async () => {
    const next = linkOf(await api.get('/menu/Crust?limit=1'), 'next') ?? ''
    await api.sql(`INSERT INTO crust VALUES ('aaa', 'x'), ('zzz', 'x')`)
    expect((await walk(api, next.replace('limit=1', 'limit=9'))).length).toBe(1)
    expect(await keysOf(api, next.replace('limit=1', 'limit=9'))).toEqual(['thn', 'zzz'])
  })
})
