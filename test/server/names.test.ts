// Names in a question: the longest that is known, words of lists with their operator, and one row behind several filters.
import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import { model } from 'slumberjs/server'
import { menu, serving } from './fixture.ts'

/** The samples under names that could mean something else. */
const odd = sqliteTable('sample', {
  id: integer().primaryKey(),
  limit: integer('whole'),
  a: integer('at'),
  a__gt: real('real'),
  or: text('word'),
  with: text('size'),
})

const api = serving({ apps: [menu({ Sample: model(odd) })] })

async function ids(path: string): Promise<unknown[]> {
  const { status, body, text: written } = await api.get(path)
  if (status !== 200) throw new Error(written)
  return body.map((row: { id: unknown }) => row.id)
}

describe('a field', () => {
  test('called like a parameter of lists is written with its operator', async () => {
    expect(await ids('/menu/Sample?limit__eq=2&limit=1')).toEqual([2])
    expect(await ids('/menu/Sample?limit__gte=2')).toEqual([2, 3])
    expect(await ids('/menu/Sample?sort=-limit&fields=id,limit')).toEqual([3, 2, 1, 4])
  })

  test('with an operator in its name is the longest name that is known', async () => {
    expect(await ids('/menu/Sample?a__gt=1.5')).toEqual([1])
    expect(await ids('/menu/Sample?a__gt__gt=1.5')).toEqual([2, 3])
    expect(await ids('/menu/Sample?a__gte=2000')).toEqual([2, 3])
  })

  test('called like a word of trees goes before it', async () => {
    const json = { or: { startswith: 'a' }, with: 'm' }
    expect((await api.ask('QUERY', '/menu/Sample', { json })).body).toMatchObject([{ id: 2 }])
    expect(await ids('/menu/Sample?with=m&or__isnull=false')).toEqual([2])
  })
})

test('filters through one relation speak of one row behind it, those of a list in a tree of one each', async () => {
  expect(await ids('/menu/Pizza?prices.id=1&prices.date__gte=2021-01-01T00:00:00Z')).toEqual([])
  expect(await ids('/menu/Pizza?prices.id=2&prices.date__gte=2021-01-01T00:00:00Z')).toEqual([1])
  expect(await ids('/menu/Pizza?prices.sizes.size=s&prices.sizes.amount__gt=8')).toEqual([])
  const apart = { and: [{ prices: { id: 1 } }, { prices: { date: { gte: '2021-01-01T00:00:00Z' } } }] }
  expect((await api.ask('QUERY', '/menu/Pizza', { json: apart })).body).toMatchObject([{ id: 1 }])
})

test('A048 what is no name of a list is refused, and what there is is said', async () => {
  for (const name of [
    'where[id]',
    'lookup',
    '_q',
    'filter',
    'id[]',
    'id.',
    '.id',
    'id__',
    '__id',
    'prices..id',
    'with',
  ]) {
    const { status, body } = await api.get(`/menu/Pizza?${encodeURIComponent(name)}=1`)
    expect([name, status, body.errors[0].parameter]).toEqual([name, 400, name])
  }
})

test('A070 a hundred different parameters are enough', async () => {
  const many = Array.from({ length: 101 }, (_, index) => `with.x${index}=1`).join('&')
  const { status, body } = await api.get(`/menu/Pizza?${many}`)
  expect([status, body.detail]).toEqual([400, 'At most 100 different parameters are allowed.'])
})

describe('a path through a field', () => {
  test.each([
    [
      'Shop?name.theme=x',
      '"name.theme" leads through "name", which is no relation but a field; its operators are: eq, ne,',
    ],
    [
      'Stock?shop.name.theme__gt=x',
      '"shop.name.theme__gt" leads through "name", which is no relation but a field; its',
    ],
    [
      'Stock?sort=crustCode.name',
      '"sort" names "crustCode.name", which leads through "crustCode", which is no relation but',
    ],
  ])('is told that it is no relation: %s', async (query, detail) => {
    const { status, body } = await api.get(`/menu/${query}`)
    expect([status, body.detail]).toEqual([400, expect.stringContaining(detail)])
  })
})
