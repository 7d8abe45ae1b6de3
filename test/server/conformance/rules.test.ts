// Access rules on every path to a row, over every database: rows that somebody may not see do not exist for them.
import { describe, expect, test } from 'vitest'
import { model, type Filter } from 'slumberjs/server'
import { dialects, menuOver, servingOn } from '../dialects.ts'
import { hal } from '../fixture.ts'
import { expectRefused, keysOf } from './asking.ts'

const owns = (user: { readonly name: string }): Filter => ({ exclusiveTo: { owner: user.name } })

describe.each(dialects)('$name', (dialect) => {
  let rule: Filter = {}
  const api = servingOn(dialect, ({ pizzas, prices, crusts, samples }) => ({
    apps: [
      menuOver(dialect, {
        Pizza: model(pizzas, {
          display: 'name',
          exclude: ['recipe'],
          access: {
            read: (user) => (user.name === 'admin' ? true : { or: [{ exclusiveToId: null }, owns(user)] }),
            update: (user) => (user.name === 'admin' ? true : owns(user)),
            create: { price: { lt: 100 } },
            delete: (user) => user.name === 'admin',
          },
        }),
        Price: model(prices, { references: { pizzaId: { inverse: 'prices' } } }),
        Crust: model(crusts, { display: 'name', access: { read: { code: { ne: 'hidden' } } } }),
        Sample: model(samples, { access: { read: () => rule } }),
      }),
    ],
  }))
  const clerk = { as: 'clerk menu.change_pizza,menu.add_pizza,menu.delete_pizza,menu.add_price,menu.add_stock' }
  const luigi = { as: 'luigi menu.change_pizza' }

  test('a row that may not be read is 404 on every path to it', async () => {
    await expectRefused(api, () => api.get('/menu/Pizza/3', luigi), { status: 404 })
    await expectRefused(api, () => api.get('/menu/Pizza/3/prices', luigi), { status: 404 })
    await expectRefused(api, () => api.get('/menu/Pizza/-/get?name=Moda%20Speciale', luigi), { status: 404 })
    await expectRefused(api, () => api.patch('/menu/Pizza/3', { price: '1' }, luigi), { status: 404 })
    expect((await api.get('/menu/Pizza/3', clerk)).status).toBe(200)
  })

  test('lists, data arrays and filters along relations have the rows that may be read', async () => {
    expect(await keysOf(api, '/menu/Pizza', clerk)).toEqual([1, 2, 3])
    expect(await keysOf(api, '/menu/Pizza', luigi)).toEqual([1, 2, 4])
    expect(await keysOf(api, '/menu/Pizza?limit=2&sort=-id', luigi)).toEqual([4, 2])
    expect(await keysOf(api, '/menu/Shop/1/pizzas', luigi)).toEqual([])
    expect(await keysOf(api, '/menu/Shop/1/pizzas', clerk)).toEqual([3])
    expect(await keysOf(api, '/menu/Shop?pizzas.price__gt=0', luigi)).toEqual([2])
    expect(await keysOf(api, '/menu/Price?pizza.name__startswith=Moda', luigi)).toEqual([])
    expect(await keysOf(api, '/menu/Price?pizza.name__startswith=Moda', clerk)).toEqual([3])
  })

  test('what a row refers to has no title for those who may not read it', async () => {
    const title = async (as: object): Promise<unknown> =>
      (await api.get('/menu/Price/3', { ...hal, ...as })).body._links.pizza.title
    expect([await title(clerk), await title(luigi)]).toEqual(['Moda Speciale', undefined])
  })

  test('a reference to a row that may not be read leads to nothing', async () => {
    await api.sql(`INSERT INTO crust VALUES ('hidden', 'x')`)
    const write = () => api.post('/menu/Stock', { shopId: 3, crustCode: 'hidden' }, clerk)
    await expectRefused(api, write, { status: 409, code: 'foreign-key', pointers: ['#/crustCode'] })
  })

  test('an update rule holds before the write and after it', async () => {
    await expectRefused(api, () => api.patch('/menu/Pizza/1', { price: '1' }, clerk), {
      status: 403,
      code: 'forbidden',
    })
    await expectRefused(api, () => api.patch('/menu/Pizza/3', { exclusiveToId: 2 }, clerk), {
      status: 403,
      code: 'forbidden',
    })
    expect((await api.patch('/menu/Pizza/3', { price: '1' }, clerk)).status).toBe(200)
  })

  test('a create rule holds for the row that was made, or nothing was', async () => {
    const create = () => api.post('/menu/Pizza', { name: 'Dear', price: '100' }, clerk)
    await expectRefused(api, create, { status: 403, code: 'forbidden' })
    const put = () => api.put('/menu/Pizza/50', { name: 'Dear', price: '100' }, clerk)
    await expectRefused(api, put, { status: 403, code: 'forbidden' })
  })

  test('a delete rule of false is 403', async () => {
    await expectRefused(api, () => api.delete('/menu/Pizza/2', clerk), { status: 403 })
  })

  test('what may be created but not seen is 201 without content', async () => {
    const { status, text } = await api.post('/menu/Crust', { code: 'hidden', name: 'H' })
    expect([status, text, (await api.get('/menu/Crust/hidden')).status]).toEqual([201, '', 404])
  })

  test.each<readonly [Filter, readonly number[]]>([
    [{ whole: 2 }, [2]],
    [{ not: { whole: 2 } }, [1, 3, 4]],
    [{ not: { whole: { gt: 1 } } }, [1, 4]],
    [{ not: { not: { whole: { gt: 1 } } } }, [2, 3]],
    [{ or: [{ flag: false }, { word: null }] }, [1, 4]],
    [{ or: [] }, []],
    [{ and: [{ whole: { gte: 2 } }, { real: { lt: 3 } }] }, [2]],
    [{ at: { gt: new Date(1_500) } }, [2, 3]],
    [{ at: new Date(1_000) }, [1]],
    [{ huge: { lte: 10n } }, [1, 2]],
    [{ decimal: { gte: '2.50' } }, [2, 3]],
    [{ size: { in: ['s', 'l'] } }, [1, 3]],
    [{ word: { icontains: 'AP' }, flag: true }, [2]],
  ])('the rule %o', async (given, expected) => {
    rule = given
    expect(await keysOf(api, '/menu/Sample')).toEqual(expected)
    for (const id of [1, 2, 3, 4]) {
      expect((await api.get(`/menu/Sample/${id}`)).status).toBe(expected.includes(id) ? 200 : 404)
    }
  })
})
