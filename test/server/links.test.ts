// URLs from code: of models, instances and their operations, with further parts of the path and a query.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { model, operation } from 'slumberjs/server'
import { base, menu, serving } from './fixture.ts'
import { categories, crusts, pizzas, prices, stocks } from './tables.ts'

const run = ({ params }: { readonly params: object }): object => ({ ...params })

const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, {
        exclude: ['recipe'],
        operations: {
          delete: false,
          order: operation.instance({ POST: { run } }),
          receipt: operation.instance({ GET: { run } }, { path: '/:year{[0-9]+}/:note?' }),
          top: operation.model({ GET: { run } }, { path: '/:count?' }),
          checkout: operation.instance({ POST: { run } }, { mount: '/checkout/:pk/now', path: '/:how?' }),
          today: operation.model({ GET: { run } }, { mount: '/today' }),
        },
      }),
      Price: model(prices, { references: { pizzaId: { inverse: 'prices' } } }),
      Category: model(categories, { references: { parentId: { inverse: 'children' } } }),
      Stock: model(stocks, { references: { crustCode: 'crust' } }),
      Crust: model(crusts, { operations: { note: operation.instance({ GET: { run } }, { path: '/:text{.+}' }) } }),
    }),
  ],
})

const below = (path: string): string => `${base}${path}`

describe('the URL of a model', () => {
  test.each([
    [{}, '/menu/Pizza'],
    [{ operation: 'instances', query: { limit: 5, sort: '-price' } }, '/menu/Pizza?limit=5&sort=-price'],
    [{ operation: 'create' }, '/menu/Pizza'],
    [{ operation: 'get', query: { name: 'Ü & co' } }, '/menu/Pizza/-/get?name=%C3%9C+%26+co'],
    [{ operation: 'top' }, '/menu/Pizza/-/top'],
    [{ operation: 'top', params: { count: 5 } }, '/menu/Pizza/-/top/5'],
    [{ operation: 'today', query: { tag: ['a', 'b'], none: undefined } }, '/today?tag=a&tag=b'],
  ])('with %j', (options, path) => {
    expect(api.service.modelUrl('menu.Pizza', options)).toBe(below(path))
    expect(api.service.modelUrl(pizzas, options)).toBe(below(path))
  })
})

describe('the URL of an instance', () => {
  test.each([
    [{}, '/menu/Pizza/3'],
    [{ operation: 'data' }, '/menu/Pizza/3'],
    [{ operation: 'update' }, '/menu/Pizza/3'],
    [{ operation: 'prices', query: { limit: 2 } }, '/menu/Pizza/3/prices?limit=2'],
    [{ operation: 'order' }, '/menu/Pizza/3/order'],
    [{ operation: 'receipt', params: { year: 2026 } }, '/menu/Pizza/3/receipt/2026'],
    [{ operation: 'receipt', params: { year: 2026, note: 'a b?' } }, '/menu/Pizza/3/receipt/2026/a%20b%3F'],
    [{ operation: 'checkout' }, '/checkout/3/now'],
    [{ operation: 'checkout', params: { how: 'slow' } }, '/checkout/3/now/slow'],
  ])('with %j', (options, path) => {
    expect(api.service.instanceUrl('menu.Pizza', 3, options)).toBe(below(path))
    expect(api.service.instanceUrl(pizzas, { id: 3, name: 'whatever' }, options)).toBe(below(path))
  })

  test('has composite keys, and keys that cannot stand in a path', () => {
    expect(api.service.instanceUrl(stocks, { shopId: 1, crustCode: 'a,b' })).toBe(below('/menu/Stock/1,a%2Cb'))
    expect(api.service.instanceUrl('menu.Crust', 'a/b')).toBe(below('/menu/Crust/~YS9i'))
  })

  test('is nothing for no instance', () => {
    const none: number | null = null
    expect(api.service.instanceUrl('menu.Pizza', none)).toBeUndefined()
    expect(api.service.instanceUrl('menu.Pizza', undefined, { operation: 'order' })).toBeUndefined()
    expect(api.service.instanceUrl('menu.Pizza', { id: null })).toBeUndefined()
    expect(api.service.instanceUrl('menu.Stock', { shopId: 1 })).toBeUndefined()
  })

  test('whatever the key and the parts are, leads where they are read back', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((given) => given.isWellFormed())
    await fc.assert(
      fc.asyncProperty(text, text, async (code, note) => {
        fc.pre(!code.includes('\0') && note.split('/').every((part) => /^(?!\.{0,2}$)[^\0\\]*$/.test(part)))
        await api.client.execute({ sql: 'INSERT OR IGNORE INTO crust VALUES (?, ?)', args: [code, 'x'] })
        const url = api.service.instanceUrl('menu.Crust', code, { operation: 'note', params: { text: note } })
        const { status, body } = await api.get(url)
        expect([status, body]).toEqual([200, { text: note }])
      }),
      { numRuns: 40 },
    )
  })
})

describe('what is not there', () => {
  test('is an error that names what is', () => {
    const { service } = api
    expect(() => service.modelUrl('menu.Piza')).toThrow(
      'There is no model "menu.Piza"; there are: menu.Shop, menu.Pizza,',
    )
    expect(() => service.modelUrl('menu.Pizza', { operation: 'order' })).toThrow(
      'Model menu.Pizza: there is no operation "order" of the model; there are: instances, create, get, top, today.',
    )
    expect(() => service.instanceUrl('menu.Pizza', 1, { operation: 'delete' })).toThrow(
      'there is no operation "delete" of the instance; there are: data, update, replace, order, receipt, checkout, prices',
    )
    expect(() => service.instanceUrl('menu.Pizza', 1, { operation: 'receipt' })).toThrow('needs for "year"')
    expect(() => service.instanceUrl('menu.Pizza', 1, { operation: 'receipt', params: { year: 'x' } })).toThrow(
      TypeError,
    )
    expect(() => service.instanceUrl('menu.Pizza', 1, { operation: 'order', params: { a: 1 } })).toThrow(TypeError)
    expect(() => service.instanceUrl('menu.Stock', 1)).toThrow('a key is given as an object with shopId, crustCode')
  })
})
