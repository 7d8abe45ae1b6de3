// Every operator on every type that allows it, and filters along relations in both directions.
import { describe, expect, test } from 'vitest'
import { serving } from './fixture.ts'

const api = serving()

/** The keys of what a list gives. */
async function ids(path: string): Promise<unknown[]> {
  const { status, body, text } = await api.get(path)
  if (status !== 200) throw new Error(text)
  return body.map((row: { id: unknown }) => row.id)
}

/** Rows 1 to 3 of Sample have rising values in every column; row 4 is all NULL. */
const ordered: readonly (readonly [field: string, low: string, middle: string, high: string])[] = [
  ['whole', '1', '2', '3'],
  ['real', '1.5', '2.5', '3.5'],
  ['decimal', '1.50', '2.5', '3.500'],
  ['huge', '5', '10', '15'],
  ['at', '1970-01-01T00:00:01Z', '1970-01-01T02:00:02%2B02:00', '1970-01-01T00:00:03.000Z'],
]
const equalityOnly: typeof ordered = [
  ['big', '5', '10', '15'],
  [
    'city',
    'http://atlas.test/slumber/atlas/geo/City/1',
    'slumber://atlas/geo/City/2',
    'http://atlas.test/slumber/atlas/geo/City/3',
  ],
]

describe.each([...ordered, ...equalityOnly, ['size', 's', 'm', 'l'] as const])('%s', (field, low, middle, high) => {
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

describe.each(ordered)('%s', (field, _, middle) => {
  test.each([
    ['lt', [1]],
    ['lte', [1, 2]],
    ['gt', [3]],
    ['gte', [2, 3]],
  ])('%s', async (operator, expected) => {
    expect(await ids(`/menu/Sample?${field}__${operator}=${middle}`)).toEqual(expected)
  })
})

describe('boolean', () => {
  test.each([
    ['flag=true', [2, 3]],
    ['flag=false', [1]],
    ['flag__ne=true', [1, 4]],
    ['flag__in=true&flag__in=false', [1, 2, 3]],
    ['flag__nin=true', [1, 4]],
    ['flag__isnull=true', [4]],
  ])('%s', async (query, expected) => {
    expect(await ids(`/menu/Sample?${query}`)).toEqual(expected)
  })
})

describe('text', () => {
  test.each([
    ['word=Apple', [1]],
    ['word=apple', []],
    ['word__ne=Apple', [2, 3, 4]],
    ['word__lt=apricot', [1, 3]],
    ['word__gte=Banana', [2, 3]],
    ['word__contains=pp', [1]],
    ['word__contains=AP', []],
    ['word__icontains=AP', [1, 2]],
    ['word__startswith=ap', [2]],
    ['word__istartswith=AP', [1, 2]],
    ['word__endswith=e', [1]],
    ['word__iendswith=T', [2]],
    ['word__iexact=bANANA', [3]],
    ['word__in=Apple&word__in=Banana', [1, 3]],
    ['word__isnull=true', [4]],
    ['word__contains=%25', []],
    ['word__contains=_', []],
    ["word='%20OR%201=1--", []],
    ['word__contains=', [1, 2, 3]],
    ['word__endswith=', [1, 2, 3]],
    ['word__endswith=a-longer-text', []],
  ])('%s', async (query, expected) => {
    expect(await ids(`/menu/Sample?${query}`)).toEqual(expected)
  })

  test('wildcards of LIKE are plain characters', async () => {
    await api.patch('/menu/Sample/4', { word: '100%_sure' })
    expect(await ids('/menu/Sample?word__contains=%25_')).toEqual([4])
    expect(await ids('/menu/Sample?word__startswith=1__')).toEqual([])
  })
})

test.each(['json', 'bytes'])('%s may be asked whether it is there, and nothing else', async (field) => {
  expect(await ids(`/menu/Sample?${field}__isnull=true`)).toEqual([4])
  for (const operator of ['eq', 'in', 'gt', 'contains']) {
    expect((await api.get(`/menu/Sample?${field}__${operator}=1`)).status).toBe(400)
  }
})

test('no row can have a choice that is none: a question with the answer no', async () => {
  expect(await ids('/menu/Sample?size=xl')).toEqual([])
})

test('pk is the key, under every operator and along relations', async () => {
  expect(await ids('/menu/Pizza?pk=2')).toEqual([2])
  expect(await ids('/menu/Pizza?pk__in=1&pk__in=3')).toEqual([1, 3])
  expect(await ids('/menu/Pizza?exclusiveTo.pk=1')).toEqual([3])
  expect((await api.get('/menu/Crust?pk=thn')).body).toHaveLength(1)
  expect((await api.get('/menu/Stock?pk=1,thn')).status).toBe(400)
})

describe('relations', () => {
  test.each([
    ['Pizza?exclusiveTo.name=Alta%20Moda', [3]],
    ['Pizza?exclusiveTo.slug__startswith=da', [4]],
    ['Pizza?exclusiveTo.active__isnull=true', [4]],
    ['Pizza?exclusiveToId__isnull=true', [1, 2]],
    ['Pizza?prices.date__gte=2021-01-01T00:00:00Z', [1]],
    ['Pizza?prices.sizes.size=l', [3]],
    ['Pizza?prices.sizes.amount__lt=8', [1]],
    ['SizePrice?price.pizza.name=Margherita', [1, 2]],
    ['SizePrice?price.pizza.exclusiveTo.slug=alta-moda', [3]],
    ['Shop?pizzas.name__contains=nica', [2]],
    ['Shop?stocks.crust.code=thk', [1]],
    ['Category?parent.name=Food', [2]],
    ['Category?children.children.name=Vegan', [1]],
    ['Category?parent.parent.id=1', [3]],
    ['Pizza?exclusiveTo.name=Alta%20Moda&price__lt=5', []],
  ])('%s', async (query, expected) => {
    expect(await ids(`/menu/${query}`)).toEqual(expected)
  })

  test('ne along a relation asks for a related row that differs', async () => {
    expect(await ids('/menu/Pizza?exclusiveTo.name__ne=Alta%20Moda')).toEqual([4])
  })
})

test('several filters hold together', async () => {
  expect(await ids('/menu/Pizza?price__gte=6&price__lt=9.25&forSale=true')).toEqual([1, 2])
})
