// Field rules: what a caller may not read is, for them, not there; what they may not write is refused.
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { app, model, service, type FieldRule } from 'slumberjs/server'
import { askService, base, directory, hal, menu, serving, testScheme } from './fixture.ts'
import { crusts, pizzas, prices, shops } from './tables.ts'

const asked: string[] = []
const mayRead: FieldRule = async (user) => {
  asked.push(user.name)
  await Promise.resolve()
  return user.can('hr.view')
}

const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, {
        display: 'name',
        properties: { margin: (pizza) => `${pizza.price} of ${pizza.recipe}`, plain: (pizza) => pizza.id },
        fields: {
          recipe: { read: mayRead, write: (user) => user.can('hr.change') },
          price: { write: (user) => user.can('hr.change') },
          margin: { read: mayRead },
          maxExtraToppings: { read: false, write: true },
          exclusiveToId: { read: mayRead },
        },
      }),
      Shop: model(shops, { display: 'name', exclude: ['owner'], fields: { slug: { read: mayRead } } }),
      Price: model(prices, { references: { pizzaId: { inverse: 'prices' } } }),
    }),
  ],
})

beforeEach(() => api.sql(`UPDATE pizza SET recipe = 'tomato'`))

const permissions = 'menu.add_pizza,menu.change_pizza,menu.change_shop,menu.add_shop'
const clerk = { as: `clerk ${permissions}` }
const writer = { as: `writer ${permissions},hr.change` }
const boss = { as: `boss ${permissions},hr.view,hr.change` }
const pizza = (row: object): string[] => Object.keys(row)

describe('a field that a caller may not read', () => {
  test('is in no representation', async () => {
    const shown = ['id', 'name', 'forSale', 'price', 'plain']
    const all = ['id', 'name', 'forSale', 'price', 'exclusiveToId', 'recipe', 'margin', 'plain']
    for (const [who, names] of [
      [clerk, shown],
      [boss, all],
    ] as const) {
      expect(pizza((await api.get('/menu/Pizza/1', who)).body)).toEqual(names)
      expect(pizza((await api.get('/menu/Pizza', who)).body[0])).toEqual(names)
      expect(pizza((await api.get('/menu/Pizza/-/get?name=Margherita', who)).body)).toEqual(names)
      expect(pizza((await api.patch('/menu/Pizza/1', {}, who)).body)).toEqual(names)
    }
    const { body } = await api.get('/menu/Pizza/3', { ...clerk, ...hal })
    expect(Object.keys(body._links)).not.toContain('exclusiveTo')
    expect(Object.keys((await api.get('/menu/Pizza/3', { ...boss, ...hal })).body._links)).toContain('exclusiveTo')
  })

  test('is, in every question, as unknown as one that does not exist', async () => {
    const told = async (path: string, name: string): Promise<unknown> => {
      const { status, text } = await api.get(path.replaceAll('NAME', name), clerk)
      return [status, text.replaceAll(name, 'NAME').replace(/"requestId":"[^"]*"/, '')]
    }
    for (const path of [
      '/menu/Pizza?NAME=1',
      '/menu/Pizza?NAME__gt=1',
      '/menu/Pizza?sort=NAME',
      '/menu/Pizza?fields=NAME',
      '/menu/Pizza/1?fields=NAME',
      '/menu/Price?pizza.NAME=1',
      '/menu/Price?sort=pizza.NAME',
      '/menu/Pizza/-/get?NAME=1',
      '/menu/Pizza?expand=NAME',
    ]) {
      const [status] = (await told(path, 'nothing')) as [number]
      expect([path, status]).toEqual([path, 400])
      expect([path, await told(path, 'recipe')]).toEqual([path, await told(path, 'nothing')])
    }
    expect((await api.get('/menu/Pizza?recipe=tomato', boss)).body).toHaveLength(4)
  })

  test('hides the relation that it holds, in both directions', async () => {
    expect((await api.get('/menu/Pizza?exclusiveTo.name=Alta%20Moda', clerk)).status).toBe(400)
    expect((await api.get('/menu/Pizza?exclusiveTo.name=Alta%20Moda', boss)).body).toHaveLength(1)
    expect((await api.get('/menu/Shop?pizzas.id=3', clerk)).status).toBe(400)
    expect((await api.get('/menu/Shop?pizzas.id=3', boss)).body).toHaveLength(1)
    expect((await api.get('/menu/Shop/1/pizzas', clerk)).status).toBe(404)
    expect((await api.get('/menu/Shop/1/pizzas', boss)).body).toHaveLength(1)
    expect(Object.keys((await api.get('/menu/Shop/1', { ...clerk, ...hal })).body._links)).not.toContain('pizzas')
  })

  test('cannot be guessed by the tag of the row', async () => {
    const tag = async (who: object) => (await api.get('/menu/Pizza/1', who)).headers.get('etag')
    const [hidden, seen] = [await tag(clerk), await tag(boss)]
    await api.sql(`UPDATE pizza SET recipe = 'tomato 2' WHERE id = 1`)
    expect(await tag(clerk)).toBe(hidden)
    expect(await tag(boss)).not.toBe(seen)
  })

  test('is not in the documents that its caller reads', async () => {
    const fields = async (who: object) => Object.keys((await api.get('/menu/Pizza/-/model', who)).body.fields)
    expect(await fields(clerk)).not.toContain('recipe')
    expect(await fields(clerk)).not.toContain('margin')
    expect(await fields(boss)).toContain('recipe')
    expect((await api.get('/-/contract', clerk)).text).not.toContain('recipe')
  })
})

describe('a field that a caller may not write', () => {
  test('is refused as read-only where they may read it, and as unknown where they may not', async () => {
    const faults = async (json: object, who: object) => {
      const { status, body } = await api.patch('/menu/Pizza/1', json, who)
      return [status, body.errors?.[0]]
    }
    expect(await faults({ price: '9' }, clerk)).toEqual([422, { pointer: '#/price', detail: 'is read-only' }])
    expect(await faults({ recipe: 'x' }, clerk)).toEqual([422, { pointer: '#/recipe', detail: 'is not known' }])
    expect(await faults({ nothing: 'x' }, clerk)).toEqual([422, { pointer: '#/nothing', detail: 'is not known' }])
    expect((await faults({ price: '9', recipe: 'x' }, boss))[0]).toBe(200)
  })

  test('may be written without being read, by who may', async () => {
    const { status, body } = await api.patch('/menu/Pizza/1', { maxExtraToppings: 9, recipe: 'blind' }, writer)
    expect([status, body]).toMatchObject([200, { id: 1 }])
    expect(Object.keys(body)).not.toContain('recipe')
    expect(await api.sql('SELECT recipe, max_extra_toppings AS m FROM pizza WHERE id = 1')).toEqual([
      { recipe: 'blind', m: 9 },
    ])
  })

  test('keeps its value when what GET gave is put back', async () => {
    const { body } = await api.get('/menu/Pizza/3', clerk)
    const before = await api.dump()
    expect((await api.put('/menu/Pizza/3', body, clerk)).status).toBe(204)
    expect(await api.dump()).toBe(before)
  })
})

test('what the database refuses is told without the names of hidden fields', async () => {
  await api.sql('CREATE UNIQUE INDEX one_slug ON shop (slug, name)')
  const made = service('pizzas', {
    url: `${base}/`,
    directory,
    database: api.database,
    apps: [app('menu', { Shop: model(shops, { exclude: ['owner'], fields: { slug: { read: mayRead } } }) })],
    authenticate: [testScheme],
    rule: { slug: 'alta-moda' }, // which a new row gets
  })
  const post = (who: object) => askService(made, 'POST', '/menu/Shop', { json: { name: 'x' }, ...who })
  const [hidden, seen] = [await post(clerk), await post(boss)]
  await api.sql('DROP INDEX one_slug')
  expect([hidden.status, hidden.body.code, hidden.body.errors]).toEqual([409, 'not-unique', undefined])
  expect(hidden.text).not.toContain('slug')
  expect([seen.status, seen.body.errors]).toEqual([409, [{ pointer: '#/slug', detail: 'is taken' }]])
})

test('a rule is asked once for a request', async () => {
  asked.length = 0
  await api.get('/menu/Pizza?sort=name&name__ne=x', { ...boss, ...hal })
  expect(asked.length).toBeLessThanOrEqual(4) // once for each of the fields under it, of two models
})

test('whatever is asked, no answer has what is hidden', async () => {
  const words = [
    'recipe',
    'margin',
    'name',
    'price',
    'exclusiveTo',
    'exclusiveTo.slug',
    'prices.pizza.recipe',
    'slug',
    'id',
  ]
  const word = fc.constantFrom(...words)
  const parameter = fc.oneof(
    fc
      .tuple(word, fc.constantFrom('', '__startswith', '__ne', '__gt', '__isnull'), fc.constantFrom('s', '1', 'true'))
      .map(([name, operator, value]) => `${name}${operator}=${value}`),
    word.map((name) => `sort=${name}`),
    word.map((name) => `fields=id,${name}`),
    word.map((name) => `expand=${name}`),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(parameter, { maxLength: 3 }), fc.boolean(), async (parameters, isHal) => {
      const { status, text } = await api.get(`/menu/Pizza?${parameters.join('&')}`, { ...clerk, ...(isHal ? hal : {}) })
      expect(text).not.toContain('tomato')
      expect(text).not.toContain('alta-moda')
      if (status === 200) expect(text).not.toMatch(/recipe"|margin"/)
    }),
    { numRuns: 80 },
  )
})

describe('field rules that cannot be', () => {
  const make = (fields: object) => () =>
    service(null, {
      url: `${base}/`,
      database: api.database,
      apps: [app('menu', { Crust: model(crusts, { fields }) })],
      authenticate: [testScheme],
    })

  test('are refused when the service is made', () => {
    expect(make({ code: { read: false } })).toThrow('the key "code" is in URLs and cannot have a field rule')
    expect(make({ nothing: { read: false } })).toThrow('fields names "nothing", which is no column')
    expect(make({ name: { read: false } })).not.toThrow()
  })

  test('or are a fault of the program where they give no yes or no', async () => {
    const made = service(null, {
      url: `${base}/`,
      database: api.database,
      apps: [app('menu', { Crust: model(crusts, { fields: { name: { read: (() => ({ id: 1 })) as never } } }) })],
      authenticate: [testScheme],
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    })
    const request = new Request(`${base}/menu/Crust`, { headers: { authorization: 'Test admin' } })
    expect((await made.fetch(request)).status).toBe(500)
  })
})
