// Access rules: what may not be read does not exist, what may not be written is 403, and a refused write leaves nothing.
import { describe, expect, test } from 'vitest'
import { model, type Filter, type Principal } from 'slumberjs/server'
import { hal, menu, serving } from './fixture.ts'
import { categories, crusts, pizzas, prices, shops } from './tables.ts'

const asked: string[] = []
const ownShops = (user: Principal): Filter | boolean => user.superuser || { owner: user.name }

const api = serving({
  apps: [
    menu({
      // By a column that nobody sees.
      Shop: model(shops, {
        display: 'name',
        exclude: ['owner'],
        access: {
          read: async (user) => {
            asked.push(`shops of ${user.name}`)
            await Promise.resolve()
            return ownShops(user)
          },
        },
      }),
      // Along a relation.
      Pizza: model(pizzas, {
        display: 'name',
        exclude: ['recipe'],
        access: {
          read: (user) => user.superuser || { or: [{ exclusiveToId: null }, { exclusiveTo: { owner: user.name } }] },
          create: { price: { gte: 5 } },
          update: { not: { name: 'Margherita' }, price: { lt: 100 } },
          delete: (user) => user.superuser || { forSale: false },
        },
      }),
      Price: model(prices, {
        references: { pizzaId: { inverse: 'prices' } },
        access: { read: { pk: { in: [1, 3] } } },
      }),
      Crust: model(crusts, {
        access: { create: false, delete: false, read: true, update: () => Promise.resolve(true) },
      }),
      Category: model(categories, {
        references: { parentId: { inverse: 'children' } },
        access: { read: (): Filter => ({ nothing: 1 }) },
      }),
    }),
  ],
})

const all = 'menu.add_pizza,menu.change_pizza,menu.delete_pizza,menu.add_crust,menu.change_crust,menu.delete_crust'
const clerk = { as: `clerk ${all}` }
const admin = { as: 'admin' }
const idsOf = async (path: string, who: { readonly as: string }) =>
  (await api.get(path, who)).body.map(({ id }: { id: number }) => id)

describe('a read rule hides rows', () => {
  test('from the list, the instance and HEAD, as if there were none', async () => {
    expect([await idsOf('/menu/Shop', clerk), await idsOf('/menu/Shop', admin)]).toEqual([[1], [1, 2, 3]])
    expect([await idsOf('/menu/Pizza', clerk), await idsOf('/menu/Pizza', admin)]).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
    ])
    const withoutId = (text: string): string => text.replace(/"requestId":"[^"]*"/, '')
    const [hidden, absent] = [await api.get('/menu/Shop/2', clerk), await api.get('/menu/Shop/99', clerk)]
    expect([hidden.status, withoutId(hidden.text)]).toEqual([404, withoutId(absent.text)])
    expect((await api.ask('HEAD', '/menu/Shop/2', clerk)).status).toBe(404)
  })

  test('H055 from every write and condition: 404 like a row that is not there', async () => {
    const before = await api.dump()
    const headers = { 'if-match': '*' }
    expect((await api.patch('/menu/Pizza/4', { price: 7 }, clerk)).status).toBe(404)
    expect((await api.delete('/menu/Pizza/4', { ...clerk, headers })).status).toBe(404)
    expect((await api.get('/menu/Pizza/4', { ...clerk, headers: { 'if-none-match': '*' } })).status).toBe(404)
    expect(await api.dump()).toBe(before)
  })

  test('a PUT over one is a create that meets what it cannot see: 409, and nothing is written', async () => {
    const before = await api.dump()
    const { status, body } = await api.put('/menu/Pizza/4', { name: 'x', price: '7' }, clerk)
    expect([status, body.code]).toEqual([409, 'not-unique'])
    expect(await api.dump()).toBe(before)
  })

  test('from get', async () => {
    expect((await api.get('/menu/Shop/-/get?slug=da-luigi', clerk)).status).toBe(404)
    expect((await api.get('/menu/Shop/-/get?slug=da-luigi', admin)).status).toBe(200)
  })

  test('from data arrays: their rows, and the arrays of hidden rows', async () => {
    expect(await idsOf('/menu/Pizza/1/prices', admin)).toEqual([1])
    expect((await api.get('/menu/Shop/2/pizzas', clerk)).status).toBe(404)
    expect(await idsOf('/menu/Shop/1/pizzas', clerk)).toEqual([3])
  })

  test('A046 from filters along relations, in both directions', async () => {
    expect(await idsOf('/menu/Pizza?exclusiveTo.name=Da%20Luigi', clerk)).toEqual([])
    expect(await idsOf('/menu/Pizza?exclusiveTo.name=Da%20Luigi', admin)).toEqual([4])
    expect(await idsOf('/menu/Pizza?prices.id=2', admin)).toEqual([])
    expect(await idsOf('/menu/Shop?pizzas.prices.id=3', clerk)).toEqual([1])
    await api.sql(`UPDATE pizza SET exclusive_to = 2 WHERE id = 3`)
    expect(await idsOf('/menu/Price?pizza.name=Moda%20Speciale', clerk)).toEqual([])
    expect(await idsOf('/menu/Price?pizza.name=Moda%20Speciale', admin)).toEqual([3])
  })

  test('from titles', async () => {
    await api.sql(`UPDATE pizza SET exclusive_to = 2 WHERE id = 1`)
    await api.sql(`UPDATE shop SET owned_by = NULL WHERE id = 2`)
    const { text } = await api.get('/menu/Pizza', { ...clerk, ...hal })
    expect(text).toContain('Alta Moda')
    expect(text).not.toContain('Da Luigi')
  })

  test('from references: to refer to a hidden row is to refer to none', async () => {
    const before = await api.dump()
    const referTo = async (id: number, who: { readonly as: string }): Promise<unknown> => {
      const { status, body } = await api.patch('/menu/Pizza/2', { exclusiveToId: id }, who)
      return [status, body.code, body.detail, body.errors]
    }
    const nothing = [
      409,
      'foreign-key',
      '#/exclusiveToId refers to no menu.Shop.',
      [{ pointer: '#/exclusiveToId', detail: 'refers to no menu.Shop' }],
    ]
    expect([await referTo(2, clerk), await referTo(99, clerk)]).toEqual([nothing, nothing])
    expect((await api.post('/menu/Pizza', { name: 'x', price: 9, exclusiveToId: 3 }, clerk)).status).toBe(409)
    expect(await api.dump()).toBe(before)
    expect(await referTo(1, clerk)).toMatchObject([200, undefined, undefined, undefined])
    expect(await referTo(2, admin)).toMatchObject([200, undefined, undefined, undefined])
  })

  test('but not a reference that is there already: what GET gave can be put back', async () => {
    await api.sql(`UPDATE shop SET owned_by = NULL WHERE id = 1`)
    await api.sql(`UPDATE shop SET owned_by = 'clerk' WHERE id = 3`)
    await api.sql(`UPDATE pizza SET exclusive_to = NULL WHERE id = 3`)
    const { body } = await api.get('/menu/Pizza/3', clerk)
    expect((await api.put('/menu/Pizza/3', { ...body, price: '13' }, clerk)).status).toBe(204)
  })
})

describe('a write rule', () => {
  test('that does not hold before an update or delete is 403', async () => {
    const before = await api.dump()
    const update = await api.patch('/menu/Pizza/1', { price: '8' }, clerk)
    expect([update.status, update.body.code, update.body.detail]).toEqual([
      403,
      'forbidden',
      'You may not update this row.',
    ])
    expect((await api.put('/menu/Pizza/1', { name: 'Other', price: '8' }, clerk)).status).toBe(403)
    const remove = await api.delete('/menu/Pizza/2', clerk)
    expect([remove.status, remove.body.detail]).toEqual([403, 'You may not delete this row.'])
    expect((await api.delete('/menu/Crust/thn', clerk)).status).toBe(403)
    expect(await api.dump()).toBe(before)
  })

  test('that does not hold after an update is 403 and the update is undone', async () => {
    const before = await api.dump()
    expect((await api.patch('/menu/Pizza/2', { price: '100' }, clerk)).status).toBe(403)
    expect((await api.put('/menu/Pizza/2', { name: 'Margherita 2', price: '101' }, clerk)).status).toBe(403)
    expect(await api.dump()).toBe(before)
    expect((await api.patch('/menu/Pizza/2', { price: '99.99' }, clerk)).status).toBe(200)
  })

  test('of create is asked of the new row, which is undone where it does not hold', async () => {
    const before = await api.dump()
    const post = await api.post('/menu/Pizza', { name: 'Cheap', price: '4.99' }, clerk)
    expect([post.status, post.body.detail]).toEqual([403, 'You may not create such a row.'])
    expect((await api.put('/menu/Pizza/60', { name: 'Cheap', price: '1' }, clerk)).status).toBe(403)
    expect((await api.post('/menu/Crust', { code: 'x', name: 'x' }, clerk)).status).toBe(403)
    expect(await api.dump()).toBe(before)
    expect((await api.post('/menu/Pizza', { name: 'Dear', price: '5' }, clerk)).status).toBe(201)
  })

  test('may be a promise; true lets through', async () => {
    expect((await api.patch('/menu/Crust/thn', { name: 'Thinner' }, clerk)).status).toBe(200)
    expect((await api.delete('/menu/Pizza/2', admin)).status).toBe(204)
  })

  test('needs the permission as well', async () => {
    expect((await api.patch('/menu/Pizza/2', { price: 9 }, { as: 'clerk' })).body.permissions).toEqual([
      'menu.change_pizza',
    ])
  })

  test('lets a row leave what the caller may see: 204, without content', async () => {
    await api.sql(`UPDATE shop SET owned_by = 'clerk' WHERE id = 1`)
    await api.sql(
      `CREATE TRIGGER give AFTER UPDATE OF price ON pizza BEGIN UPDATE pizza SET exclusive_to = 2 WHERE id = 3; END`,
    )
    const { status, text, headers } = await api.patch('/menu/Pizza/3', { price: 20 }, clerk)
    await api.sql('DROP TRIGGER give')
    expect([status, text, headers.get('etag')]).toEqual([204, '', null])
  })
})

test('a rule is asked once for a request, however many rows and steps', async () => {
  asked.length = 0
  await api.get('/menu/Pizza?exclusiveTo.name__ne=x&exclusiveTo.slug__ne=y', { ...clerk, ...hal })
  expect(asked).toEqual(['shops of clerk'])
})

test('a rule that is wrong is the fault of the program, never of the caller, who hears nothing of it', async () => {
  for (const path of ['/menu/Category', '/menu/Category/1', '/menu/Category?children.name=x']) {
    const response = await api.service.fetch(
      new Request(`http://pizzas.test/slumber/pizzas${path}`, { headers: { authorization: 'Test admin' } }),
    )
    expect([response.status, (await response.text()).includes('nothing')]).toEqual([500, false])
  }
})
