// Filters on columns that only the tables of SQLite have here; those of all databases are in conformance/filters.test.ts.
import { describe, expect, test } from 'vitest'
import { serving } from './fixture.ts'

const api = serving()

/** The keys of what a list gives. */
async function ids(path: string): Promise<unknown[]> {
  const { status, body, text } = await api.get(path)
  if (status !== 200) throw new Error(text)
  return body.map((row: { id: unknown }) => row.id)
}

/** Rows 1 to 3 of Sample have different values in every column; row 4 is all NULL. */
describe.each([
  ['big', '5', '10', '15'],
  [
    'city',
    'http://atlas.test/slumber/atlas/geo/City/1',
    'slumber://atlas/geo/City/2',
    'http://atlas.test/slumber/atlas/geo/City/3',
  ],
])('%s', (field, low, middle, high) => {
  test.each([
    ['', `=${middle}`, [2]],
    ['eq', `=${middle}`, [2]],
    ['ne', `=${middle}`, [1, 3, 4]],
    ['in', `=${low}&${field}__in=${high}`, [1, 3]],
    ['nin', `=${low}&${field}__nin=${high}`, [2, 4]],
    ['isnull', '=true', [4]],
    ['isnull', '=false', [1, 2, 3]],
  ])('%s%s', async (operator, value, expected) => {
    expect(await ids(`/menu/Sample?${field}${operator === '' ? '' : `__${operator}`}${value}`)).toEqual(expected)
  })
})

test.each(['json', 'bytes'])('%s may be asked whether it is there, and not be compared', async (field) => {
  expect(await ids(`/menu/Sample?${field}__isnull=true`)).toEqual([4])
  for (const operator of ['eq', 'in', 'gt', 'contains']) {
    expect((await api.get(`/menu/Sample?${field}__${operator}=1`)).status).toBe(400)
  }
})

test('pk is no name of a key of two columns', async () => {
  expect((await api.get('/menu/Stock?pk=1,thn')).status).toBe(400)
})
