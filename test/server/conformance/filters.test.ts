// Every operator on every type that allows it, and filters along relations, over every database.
import { describe, expect, test } from 'vitest'
import { dialects, servingOn } from '../dialects.ts'
import { keysOf } from './asking.ts'

/** Rows 1 to 3 of Sample have rising values in every column; row 4 is all NULL. */
const ordered: readonly (readonly [field: string, low: string, middle: string, high: string])[] = [
  ['whole', '1', '2', '3'],
  ['real', '1.5', '2.5', '3.5'],
  ['decimal', '1.50', '2.5', '3.500'],
  ['huge', '5', '10', '15'],
  ['at', '1970-01-01T00:00:01Z', '1970-01-01T02:00:02%2B02:00', '1970-01-01T00:00:03.000Z'],
]

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect, undefined, 'once')
  const ids = (query: string): Promise<unknown[]> => keysOf(api, `/menu/Sample?${query}`)

  describe.each([...ordered, ['size', 's', 'm', 'l'] as const])('%s', (field, low, middle, high) => {
    test('is compared for equality', async () => {
      expect(await ids(`${field}=${middle}`)).toEqual([2])
      expect(await ids(`${field}__eq=${middle}`)).toEqual([2])
      expect(await ids(`${field}__ne=${middle}`)).toEqual([1, 3, 4])
      expect(await ids(`${field}__in=${low}&${field}__in=${high}`)).toEqual([1, 3])
      expect(await ids(`${field}__nin=${low}&${field}__nin=${high}`)).toEqual([2, 4])
      expect(await ids(`${field}__isnull=true`)).toEqual([4])
      expect(await ids(`${field}__isnull=false`)).toEqual([1, 2, 3])
    })
  })

  test.each(ordered)('%s is compared for order', async (field, _, middle) => {
    expect(await ids(`${field}__lt=${middle}`)).toEqual([1])
    expect(await ids(`${field}__lte=${middle}`)).toEqual([1, 2])
    expect(await ids(`${field}__gt=${middle}`)).toEqual([3])
    expect(await ids(`${field}__gte=${middle}`)).toEqual([2, 3])
  })

  test.each([
    ['flag=true', [2, 3]],
    ['flag=false', [1]],
    ['flag__ne=true', [1, 4]],
    ['flag__in=true&flag__in=false', [1, 2, 3]],
    ['flag__nin=true', [1, 4]],
    ['json__isnull=true', [4]],
    ['word=Apple', [1]],
    ['word=apple', []],
    ['word__ne=Apple', [2, 3, 4]],
    ['word__lt=apricot', [1, 3]],
    ['word__gte=Banana', [2, 3]],
    ['word__contains=pp', [1]],
    ['word__contains=AP', []],
    ['word__contains=', [1, 2, 3]],
    ['word__icontains=AP', [1, 2]],
    ['word__startswith=A', [1]],
    ['word__startswith=a', [2]],
    ['word__istartswith=a', [1, 2]],
    ['word__endswith=e', [1]],
    ['word__endswith=E', []],
    ['word__iendswith=LE', [1]],
    ['word__iexact=aPPLE', [1]],
    ['word__iexact=appl', []],
    ['word__in=Apple&word__in=Banana', [1, 3]],
    ['word__isnull=true', [4]],
    ["word='%20OR%201=1--", []],
    ['word__endswith=', [1, 2, 3]],
    ['word__endswith=a-longer-text', []],
    ['word__range=Apple&word__range=Banana', [1, 3]],
    ['whole__gte=1&whole__lt=3&flag=true', [2]],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  test.each([
    'size=xl',
    'size__eq=S',
    'size__ne=xl',
    'size__in=s&size__in=xl',
    'size__nin=xl&size__nin=s',
    'size__lt=xl',
    'size__gte=xl',
    'size__range=l&size__range=xl',
  ])('%s asks for what is no choice of the column, and is told the choices', async (query) => {
    const { status, body } = await api.get(`/menu/Sample?${query}`)
    const [parameter = ''] = query.split('=')
    const detail = 'must be one of: s, m, l'
    expect([status, body.code, body.errors]).toEqual([400, 'invalid-parameter', [{ parameter, detail }]])
  })

  test('what a newcomer writes is refused with how it is written', async () => {
    const detailOf = async (query: string): Promise<unknown> => (await api.get(`/menu/Pizza?${query}`)).body.detail
    for (const query of ['page=2', 'order=name', 'price[gte]=5']) {
      expect(await detailOf(query)).toMatch(
        /prices\.…; and of the list itself: sort, fields, expand, where, limit, .*\.$/,
      )
    }
    expect(await detailOf('prise__gt=5')).toMatch(/prices\.…\.$/)
    expect(await detailOf('fields=name,,id')).toMatch(/^"fields" names "", which menu\.Pizza does not have/)
    expect(await detailOf('where={"price__gt":5}')).toContain('; one inside the other, it is {"price":{"gt":…}}.')
    const asked = await api.ask('QUERY', '/menu/Pizza', { json: { 'exclusiveTo.name': 'x' } })
    expect(asked.body.errors[0].detail).toContain('it is {"exclusiveTo":{"name":…}}')
    expect((await api.ask('QUERY', '/menu/Pizza', { json: { price: { between: [1, 2] } } })).body.detail).toMatch(
      /^#\/price\/between cannot be used: "between" is no operator for "price"/,
    )
  })

  test('a filter that is JSON is told so, too; a part of a text need not be a choice', async () => {
    const where = encodeURIComponent('{"size":{"in":["s","xl"]}}')
    const { status, body } = await api.get(`/menu/Sample?where=${where}`)
    const detail = 'must be one of: s, m, l'
    expect([status, body.errors]).toEqual([400, [{ parameter: 'where', pointer: '#/size/in/1', detail }]])
    const asked = await api.ask('QUERY', '/menu/Sample', { json: { or: [{ not: { size: 'xl' } }] } })
    expect([asked.status, asked.body.errors]).toEqual([422, [{ pointer: '#/or/0/not/size', detail }]])
    expect(await ids('size__contains=x')).toEqual([])
    expect(await ids('size__startswith=m')).toEqual([2])
    expect(await ids('size__iexact=XL')).toEqual([])
    expect(await ids('size__in=s&size__in=l')).toEqual([1, 3])
  })

  test.each(['%', '_', '\\', "'", '"', '*', '[a]', '{', '$1', '?', ':a', '\u{1F355}', ' '])(
    'there are no wildcards and nothing to escape: %j',
    async (text) => {
      const value = encodeURIComponent(text)
      const word = `a${text}b`
      await api.put('/menu/Sample/9', { word })
      for (const [operator, operand] of [
        ['eq', `a${value}b`],
        ['in', `a${value}b`],
        ['contains', value],
        ['icontains', value],
        ['startswith', `a${value}`],
        ['istartswith', `A${value}`],
        ['endswith', `${value}b`],
        ['iendswith', `${value}B`],
        ['iexact', `A${value}B`],
      ]) {
        expect([operator, await ids(`word__${operator}=${operand}`)]).toEqual([operator, [9]])
      }
      expect(await ids(`word=${value}`)).toEqual([])
      expect((await api.delete('/menu/Sample/9')).status).toBe(204)
    },
  )

  test('numbers of 64 bits keep every digit', async () => {
    const [large, next] = ['9007199254740993', '9007199254740992']
    for (const [id, huge] of [large, next].entries()) await api.put(`/menu/Sample/${id + 10}`, { huge })
    expect((await api.get('/menu/Sample/10')).body.huge).toBe(large)
    expect(await ids(`huge=${large}`)).toEqual([10])
    expect(await ids(`huge__gt=${next}`)).toEqual([10])
    expect(await ids(`huge__in=${next}&huge__in=1`)).toEqual([11])
    for (const id of [10, 11]) await api.delete(`/menu/Sample/${id}`)
  })

  test.each([
    ['/menu/Pizza?exclusiveTo.name=Alta Moda', [3]],
    ['/menu/Pizza?exclusiveTo.active__isnull=true', [4]],
    ['/menu/Pizza?exclusiveToId__isnull=true&price__lt=7', [2]],
    ['/menu/Shop?pizzas.price__gt=10', [1]],
    ['/menu/Shop?stocks.crust.name=Thin', [1, 2]],
    ['/menu/Pizza?prices.sizes.size=l', [3]],
    ['/menu/Pizza?prices.sizes.amount__gt=7&forSale=true', [1, 3]],
    ['/menu/Category?parent.parent.name=Food', [3]],
    ['/menu/Category?children.children.name=Vegan', [1]],
    ['/menu/Crust?stocks.shop.pizzas.id=4', ['thn']],
    ['/menu/Pizza/1/prices?date__gt=2020-06-01T00:00:00Z', [2]],
    ['/menu/Price?date=2020-01-01T00:00:00Z', [1, 3]],
    ['/menu/Pizza?exclusiveTo.slug__startswith=da', [4]],
    ['/menu/Pizza?exclusiveTo.name__ne=Alta Moda', [4]],
    ['/menu/Pizza?exclusiveTo.name=Alta Moda&price__lt=5', []],
    ['/menu/Pizza?prices.date__gte=2021-01-01T00:00:00Z', [1]],
    ['/menu/Pizza?prices.sizes.amount__lt=8', [1]],
    ['/menu/Pizza?price__gte=6&price__lt=9.25&forSale=true', [1, 2]],
    ['/menu/SizePrice?price.pizza.name=Margherita', [1, 2]],
    ['/menu/SizePrice?price.pizza.exclusiveTo.slug=alta-moda', [3]],
    ['/menu/Shop?pizzas.name__contains=nica', [2]],
    ['/menu/Shop?stocks.crust.code=thk', [1]],
    ['/menu/Category?parent.name=Food', [2]],
    ['/menu/Pizza?pk=2', [2]],
    ['/menu/Pizza?pk__in=1&pk__in=3', [1, 3]],
    ['/menu/Pizza?exclusiveTo.pk=1', [3]],
    ['/menu/Crust?pk=thn', ['thn']],
    ['/menu/Stock?shop.name=Alta Moda&quantity__gte=0&sort=quantity&fields=quantity', [undefined, undefined]],
  ])('%s', async (path, expected) => {
    expect(await keysOf(api, path)).toEqual(expected)
  })

  test('a row is found by each of its unique sets', async () => {
    expect((await api.get('/menu/Shop/-/get?slug=da-luigi')).body.id).toBe(2)
    expect((await api.get('/menu/SizePrice/-/get?priceId=1&size=m')).body.id).toBe(2)
    expect((await api.get('/menu/Price/-/get?pizzaId=1&date=2021-01-01T00:00:00Z')).body.id).toBe(2)
    expect((await api.get('/menu/Stock/-/get?shopId=1&crustCode=thk')).body.quantity).toBe(0)
    expect((await api.get('/menu/Shop/-/get?slug=Da-luigi')).status).toBe(404)
  })
})
