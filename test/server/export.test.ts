// `limit=all`: every row of a list at once, where the model allows it, sent while it is read.
import { beforeEach, describe, expect, test } from 'vitest'
import { app, model } from 'slumberjs/server'
import { serving } from './fixture.ts'
import * as tables from './tables.ts'

const models = {
  Category: model(tables.categories, {
    export: true,
    references: { parentId: { inverse: 'children' } },
    access: { read: ({ name }) => (name === 'admin' ? true : { id: { lte: 1_500 } }) },
  }),
  Crust: model(tables.crusts),
}

describe.each([
  ['', serving({ apps: [app('menu', models)] })],
  [', in transactions', serving({ apps: [app('menu', models)], begin: () => Promise.resolve() })],
] as const)('an export%s', (_, api) => {
  const count = 2_345

  beforeEach(async () => {
    await api.sql('DELETE FROM category')
    await api.sql(
      `INSERT INTO category WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
       SELECT i, 'c' || (i % 7), CASE i WHEN 1 THEN NULL ELSE 1 END FROM n`,
    )
  })

  test.each(['json', 'ndjson', 'csv', 'xml'])('is written as %s, each row once', async (format) => {
    const { status, text, headers } = await api.get(`/menu/Category?limit=all&format=${format}&sort=name&fields=id`)
    expect([status, headers.has('etag'), headers.has('link')]).toEqual([200, false, false])
    const ids = [...text.matchAll(format === 'csv' ? /^(\d+)/gm : /id(?:":| type="number">)(\d+)/g)].map(([, id]) => id)
    expect([ids.length, new Set(ids).size]).toEqual([count, count])
  })

  test('is filtered and under the rules, and can be counted', async () => {
    const asked = { as: 'guest', headers: { prefer: 'count=exact' } }
    const { body, headers } = await api.get('/menu/Category?limit=all&name__in=c1&name__in=c2', asked)
    const expected = Array.from({ length: 1_500 }, (_each, index) => index + 1).filter((id) => [1, 2].includes(id % 7))
    expect(body.map(({ id }: { id: number }) => id)).toEqual(expected)
    expect(headers.get('total-count')).toBe(String(expected.length))
  })

  test('is there for data arrays and for QUERY', async () => {
    expect((await api.get('/menu/Category/1/children?limit=all')).body).toHaveLength(count - 1)
    const json = { id: { gt: 1_000 } }
    expect((await api.ask('QUERY', '/menu/Category?limit=all', { json })).body).toHaveLength(count - 1_000)
  })

  test('is not there without the word of the model, as HAL, or together with a place or rows inside', async () => {
    const statuses = async (...queries: string[]): Promise<number[]> =>
      await Promise.all(queries.map(async (query) => (await api.get(`/menu/${query}`)).status))
    expect(await statuses('Crust?limit=all', 'Category?limit=all&format=hal')).toEqual([400, 406])
    const { body } = await api.get('/menu/Crust?limit=all')
    expect(body.errors[0].detail).toBe('must be a number from 1 to 1000: menu.Crust does not give all rows at once')
    expect(
      await statuses('Category?limit=all&offset=1', 'Category?limit=all&after=x', 'Category?limit=all&expand=parent'),
    ).toEqual([400, 400, 400])
  })
})
