// Configuring models: conversions, operations with places, parameters and schemas, built-in ones removed or replaced, apps of others.
import { describe, expect, test } from 'vitest'
import { app, configure, everyTable, model, operation, Problem, service, type AppDefinition } from 'slumberjs/server'
import { query } from 'slumberjs/http'
import { serve } from 'slumberjs/node'
import { z } from 'zod'
import { askService, base, directory, hal, menu, principal, serving, testScheme } from './fixture.ts'
import * as tables from './tables.ts'
import { categories, crusts, pizzas, prices, shops, stocks } from './tables.ts'

const run = (): void => undefined

const api = serving({
  convert: { bytes: { encode: (value: Uint8Array) => value.length, type: 'integer' } },
  apps: [
    menu({
      Pizza: model(pizzas, {
        display: 'name',
        exclude: ['recipe'],
        convert: {
          price: { type: 'number', encode: Number, decode: cents },
          maxExtraToppings: (value: number) => `up to ${value}`,
        },
        operations: {
          delete: false,
          receipt: operation.instance(
            { GET: { run: ({ instance, params }) => ({ of: instance['name'], ...params }) } },
            { path: '/:year{[0-9]{4}}/:month?' },
          ),
          order: operation.instance(
            {
              POST: {
                input: z.object({ quantity: z.int() }),
                output: z.object({ ordered: z.int() }),
                query: { urgent: query.boolean({ default: false }) },
                permissions: ['orders.add_order'],
                run: ({ input, query: { urgent } }) => ({ ordered: input.quantity, urgent }),
              },
            },
            { mount: '/checkout/:pk/now', path: '/:how?' },
          ),
        },
      }),
      Crust: model(crusts, { operations: { instances: false, get: false, data: false } }),
      Category: model(categories, { operations: { create: false, update: false } }),
      Stock: model(stocks, {
        operations: {
          top: operation.model(
            {
              GET: {
                query: {
                  limit: query.integer({ minimum: 1, maximum: 10, default: 3 }),
                  shop: query.integer({ list: true }),
                },
                run: ({ query: values, params }) => ({ ...values, ...params }),
              },
            },
            { path: '/:year{[0-9]+}/:rest{.+}' },
          ),
          today: operation.model({ GET: { run: () => 'today' } }, { mount: '/menu/today' }),
          pick: operation.instance({ GET: { run: ({ instance }) => instance['quantity'] } }, { mount: '/pick/:pk' }),
          pickAny: operation.model({ GET: { run: () => 'any' } }, { mount: '/pick/any' }),
        },
      }),
      Shop: model(shops, {
        exclude: ['owner'],
        operations: {
          create: operation.model({
            POST: {
              input: z.object({ name: z.string() }),
              run: async ({ input, tx }) => {
                await tx.insert(shops).values({ name: input.name, slug: input.name.toLowerCase() })
                return { made: input.name }
              },
            },
          }),
          delete: operation.instance({
            DELETE: {
              run: ({ instance, params }) => {
                throw new Problem(409, `${instance.name} stays.`, { code: 'stays', members: { params } })
              },
            },
          }),
        },
        access: { delete: { id: { ne: 2 } } },
      }),
    }),
    app('contrib.empty', {}, { configuration: { pageSize: 5 } }),
  ],
})

function cents(json: unknown): string {
  if (typeof json !== 'number' || !Number.isInteger(json * 4)) throw new RangeError('must be a quarter')
  return json.toFixed(2)
}

const serviceOf = (definition: AppDefinition) =>
  service('pizzas', {
    url: `${base}/`,
    directory,
    database: api.database,
    authenticate: [testScheme],
    apps: [definition],
  })

const allow = async (path: string, as = 'admin'): Promise<string | null> =>
  (await api.ask('OPTIONS', path, { as })).headers.get('allow')

describe('a conversion', () => {
  test('shows a column another way, in every representation of a row', async () => {
    expect((await api.get('/menu/Pizza/1')).body).toMatchObject({ price: 7.5, maxExtraToppings: 'up to 3' })
    expect((await api.get('/menu/Pizza/2')).body).toMatchObject({ price: 6, maxExtraToppings: null })
    expect((await api.get('/menu/Pizza?fields=price')).body[2]).toEqual({ price: 12.5 })
    expect((await api.get('/menu/Pizza/1', hal)).body.price).toBe(7.5)
  })

  test('with a way back is written and compared in its own form', async () => {
    const { status, body } = await api.patch('/menu/Pizza/1', { price: 8.25 })
    expect([status, body.price]).toEqual([200, 8.25])
    expect(await api.sql('SELECT price FROM pizza WHERE id = 1')).toEqual([{ price: 8.25 }])
    expect((await api.get('/menu/Pizza?price__gt=8.5')).body.map(({ id }: { id: number }) => id)).toEqual([3, 4])
  })

  test('that refuses a value says why, with the pointer', async () => {
    const { status, body } = await api.patch('/menu/Pizza/1', { price: 8.1 })
    expect([status, body.errors]).toEqual([422, [{ pointer: '#/price', detail: 'must be a quarter' }]])
  })

  test('without a way back makes the field read-only, and what GET gave can be put back', async () => {
    const wrong = await api.patch('/menu/Pizza/1', { maxExtraToppings: 4 })
    expect([wrong.status, wrong.body.errors]).toEqual([
      422,
      [{ pointer: '#/maxExtraToppings', detail: 'is read-only' }],
    ])
    const { body } = await api.get('/menu/Pizza/1')
    expect((await api.put('/menu/Pizza/1', body)).status).toBe(204)
    expect((await api.get('/menu/Pizza?maxExtraToppings=3')).status).toBe(400)
    expect((await api.get('/menu/Pizza?maxExtraToppings__isnull=true')).body).toHaveLength(2)
  })

  test('of a type is for all its columns, unless an app or a column says otherwise', async () => {
    expect((await api.get('/menu/Sample/1')).body.bytes).toBe(1)
    const upper = { encode: (value: string) => value.toUpperCase() }
    const made = service('pizzas', {
      url: `${base}/`,
      directory,
      database: api.database,
      authenticate: [testScheme],
      convert: {
        string: { encode: () => 'of the service' },
        boolean: { encode: (value: boolean) => (value ? 'yes' : 'no') },
      },
      apps: [
        app(
          'menu',
          {
            Pizza: model(pizzas, { exclude: ['recipe'] }),
            Crust: model(crusts, { convert: { name: (name: string) => name.length } }),
          },
          { convert: { string: upper } },
        ),
      ],
    })
    expect((await askService(made, 'GET', '/menu/Pizza/1')).body).toMatchObject({ name: 'MARGHERITA', forSale: 'yes' })
    expect((await askService(made, 'GET', '/menu/Crust/thn')).body).toEqual({ code: 'thn', name: 4 })
  })

  test('is in the model document', async () => {
    const { body } = await api.get('/menu/Pizza/-/model')
    expect(body.fields).toMatchObject({
      price: { type: 'number', readOnly: false },
      maxExtraToppings: { type: 'json', readOnly: true },
    })
  })

  test('of the key or of no column is refused', () => {
    const make = (options: object) => () =>
      service(null, {
        url: `${base}/`,
        database: api.database,
        apps: [app('a', { Crust: model(crusts, options) })],
        authenticate: [testScheme],
      })
    expect(make({ convert: { code: String } })).toThrow('the column "code" is a key')
    expect(make({ convert: { nothing: String } })).toThrow('convert names "nothing", which is no column')
  })
})

describe('a built-in operation that was removed', () => {
  test('is no method, not in Allow, and not in the documents', async () => {
    const { status, headers } = await api.delete('/menu/Pizza/1')
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, PATCH, OPTIONS'])
    expect(await allow('/menu/Pizza/1')).toBe('GET, HEAD, PUT, PATCH, OPTIONS')
    const { body } = await api.get('/menu/Pizza/-/model')
    expect(Object.keys(body.operations.instance)).toEqual(['data', 'update', 'replace', 'receipt', 'order'])
  })

  test('is removed wherever it can be reached', async () => {
    expect((await api.get('/menu/Crust')).headers.get('allow')).toBe('POST, OPTIONS')
    expect((await api.get('/menu/Crust/-/get?code=thn')).status).toBe(404)
    expect((await api.ask('OPTIONS', '/menu/Crust/-/get')).status).toBe(404)
    expect((await api.get('/menu/Crust/thn')).headers.get('allow')).toBe('PUT, PATCH, DELETE, OPTIONS')
    expect((await api.patch('/menu/Crust/thn', { name: 'Thinner' })).status).toBe(200)
  })

  test('create is not there by PUT either', async () => {
    const before = await api.dump()
    expect((await api.post('/menu/Category', { name: 'x' })).status).toBe(405)
    expect((await api.put('/menu/Category/9', { name: 'x' })).status).toBe(404)
    expect((await api.patch('/menu/Category/1', { name: 'x' })).status).toBe(405)
    expect(await api.dump()).toBe(before)
    expect((await api.put('/menu/Category/1', { name: 'All food' })).status).toBe(204)
  })
})

describe('a built-in operation that was replaced', () => {
  test('runs instead, at the same URL and with the same permission', async () => {
    const { status, body } = await api.post('/menu/Shop', { name: 'Nuovo' })
    expect([status, body]).toEqual([200, { made: 'Nuovo' }])
    expect((await api.get('/menu/Shop/-/get?slug=nuovo')).body.name).toBe('Nuovo')
    expect((await api.post('/menu/Shop', { name: 'x' }, { as: 'clerk' })).body.permissions).toEqual(['menu.add_shop'])
    expect((await api.post('/menu/Shop', { title: 'x' })).status).toBe(422)
    expect((await api.delete('/menu/Shop/1', { as: 'clerk' })).body.permissions).toEqual(['menu.delete_shop'])
  })

  test('leaves the other methods as they are', async () => {
    expect((await api.get('/menu/Shop')).body).toHaveLength(3)
    expect(await allow('/menu/Shop')).toContain('POST')
    expect(await allow('/menu/Shop/1')).toBe('GET, HEAD, PUT, PATCH, DELETE, OPTIONS')
    const { status, headers } = await api.ask('BREW', '/menu/Shop')
    expect([status, headers.get('allow')]).toEqual([501, null])
  })

  test('leaves no way around it', async () => {
    const others = serviceOf(
      app('menu', {
        Crust: model(crusts, {
          bulk: true,
          operations: {
            instances: operation.model({ GET: { run: () => 'mine' } }),
            create: operation.model({ POST: { run } }),
            update: operation.instance({ PATCH: { run: () => 'mine' } }),
            delete: operation.instance({ DELETE: { run } }),
          },
        }),
      }),
    )
    const before = await api.dump()
    const ask = async (method: string, path: string, json?: unknown): Promise<unknown> => {
      const { status, headers, body } = await askService(others, method, path, json === undefined ? {} : { json })
      return status === 405 ? headers.get('allow') : [status, body]
    }
    expect(await ask('GET', '/menu/Crust')).toEqual([200, 'mine'])
    expect(await ask('QUERY', '/menu/Crust', {})).toBe('GET, HEAD, POST, OPTIONS')
    expect(await ask('PATCH', '/menu/Crust', [{ code: 'thn', name: 'x' }])).toBe('GET, HEAD, POST, OPTIONS')
    expect(await ask('DELETE', '/menu/Crust?code=thk')).toBe('GET, HEAD, POST, OPTIONS')
    expect(await ask('PATCH', '/menu/Crust/thn', undefined)).toEqual([200, 'mine'])
    expect(((await ask('PUT', '/menu/Crust/new', { name: 'x' })) as unknown[])[0]).toBe(404)
    expect(await api.dump()).toBe(before)
  })

  test('is under the rules of the one it replaces', async () => {
    expect((await api.delete('/menu/Shop/1')).body.code).toBe('stays')
    expect((await api.delete('/menu/Shop/2')).body.code).toBe('forbidden')
    expect((await api.delete('/menu/Shop/99')).status).toBe(404)
  })
})

describe('further parts of a path', () => {
  test('are given to the handler, decoded', async () => {
    expect((await api.get('/menu/Pizza/1/receipt/2026')).body).toEqual({ of: 'Margherita', year: '2026' })
    expect((await api.get('/menu/Pizza/1/receipt/2026/J%C3%A4nner')).body).toMatchObject({ month: 'Jänner' })
    expect((await api.get('/menu/Stock/-/top/1/a/b%20c')).body).toMatchObject({ year: '1', rest: 'a/b c' })
  })

  test.each([
    '/menu/Pizza/1/receipt',
    '/menu/Pizza/1/receipt/26',
    '/menu/Pizza/1/receipt/2026/a/b',
    '/menu/Pizza/1/receipt/2026/a%2Fb',
    '/menu/Pizza/1/receipt/2026/%zz',
    '/menu/Pizza/1/receipt/2026/%2E%2E',
    '/menu/Pizza/1/receipt/2026//',
    '/menu/Pizza/99/receipt/2026',
    '/menu/Stock/-/top/1',
  ])('%s is 404', async (path) => {
    expect((await api.get(path)).status).toBe(404)
  })

  test('are in the URI templates and links', async () => {
    const { body } = await api.get('/menu/Pizza/-/model')
    expect(body.operations.instance.receipt.href).toMatch(
      /^http:\/\/pizzas\.test\/slumber\/pizzas\/menu\/Pizza\/\{\+pk\}\/receipt\/\{year\}\{\/month\}/,
    )
    const { _links: links } = (await api.get('/menu/Pizza/1', hal)).body
    expect(links.receipt).toEqual({ href: `${base}/menu/Pizza/1/receipt/{year}{/month}`, templated: true })
    expect(links.order).toEqual({ href: `${base}/checkout/1/now` })
  })
})

describe('a mounted operation', () => {
  test('is at its own URI, and nowhere else', async () => {
    expect((await api.post('/checkout/1/now', { quantity: 2 })).body).toEqual({ ordered: 2, urgent: false })
    expect((await api.post('/checkout/1/now/quick?urgent=true', { quantity: 2 })).body).toEqual({
      ordered: 2,
      urgent: true,
    })
    expect((await api.post('/menu/Pizza/1/order', { quantity: 2 })).status).toBe(404)
    expect((await api.post('/checkout/99/now', { quantity: 2 })).status).toBe(404)
    expect((await api.post('/checkout/x/now', { quantity: 2 })).status).toBe(404)
    expect((await api.get('/menu/today')).body).toBe('today')
    expect((await api.get('/pick/1,thn')).body).toBe(5)
    expect((await api.get('/pick/1%2Cthn')).status).toBe(404)
    expect((await api.get('/pick/any')).body).toBe('any')
    expect((await api.ask('GET', '/checkout/1/now/')).status).toBe(308)
    expect((await api.post('/checkout/1/now', { quantity: 2 }, { as: '' })).status).toBe(401)
  })

  test('where it would never be reached, or means two things, is refused', () => {
    const make =
      (of: 'instance' | 'model', mount: string, second = false) =>
      () => {
        const handlers = { GET: { run } }
        const op = of === 'model' ? operation.model(handlers, { mount }) : operation.instance(handlers, { mount })
        service(null, {
          url: `${base}/`,
          database: api.database,
          apps: [app('menu', { Crust: model(crusts, { operations: { op, ...(second ? { other: op } : {}) } }) })],
          authenticate: [testScheme],
        })
      }
    expect(make('model', '/menu/Crust/x')).toThrow('is taken by the app "menu"')
    expect(make('model', '/menu')).toThrow('is taken by the app "menu"')
    expect(make('model', '/-/health')).toThrow('must begin with a word of its own')
    expect(make('model', '/:word')).toThrow('must begin with a word of its own')
    expect(make('model', '/x/:pk')).toThrow('no part ":pk"')
    expect(make('instance', '/x')).toThrow('the part ":pk"')
    expect(make('instance', '/x/:rest{.+}/:pk')).toThrow('the part ":pk"')
    expect(make('model', 'x')).toThrow('the operation "op"')
    expect(make('model', '/x', true)).toThrow('have one mount')
    expect(make('instance', '/x/:pk')).not.toThrow()
  })
})

describe('declared query parameters', () => {
  test('are given as values, with their defaults', async () => {
    expect((await api.get('/menu/Stock/-/top/1/x?shop=1&shop=2')).body).toMatchObject({ limit: 3, shop: [1, 2] })
  })

  test('that are wrong or unknown are 400, with the parameter', async () => {
    const { status, body } = await api.get('/menu/Stock/-/top/1/x?limit=11&offset=1')
    expect([status, body.code]).toEqual([400, 'invalid-parameter'])
    expect(body.errors.map(({ parameter }: { parameter: string }) => parameter)).toEqual(['limit', 'offset'])
    expect((await api.get('/menu/Pizza/1/receipt/2026?limit=1')).status).toBe(400)
  })
})

test('GET of an operation without that handler describes its input', async () => {
  const { status, body } = await api.get('/checkout/1/now')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    methods: ['POST'],
    permissions: ['orders.add_order'],
    input: { POST: { type: 'object', required: ['quantity'] } },
    output: { POST: { type: 'object', required: ['ordered'] } },
  })
  expect((await api.ask('PUT', '/checkout/1/now')).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
})

describe('Allow', () => {
  test('tells the caller what they may do, in answer to OPTIONS', async () => {
    expect(await allow('/menu/Category/1', 'clerk')).toBe('GET, HEAD, OPTIONS')
    expect(await allow('/menu/Category/1', 'clerk menu.delete_category')).toBe('GET, HEAD, DELETE, OPTIONS')
    expect(await allow('/menu/Category/1', 'clerk menu.change_category')).toBe('GET, HEAD, PUT, OPTIONS')
    expect(await allow('/menu/Price/1')).toBe('GET, HEAD, OPTIONS') // update and delete are false by rule
    expect(await allow('/menu/Price/99')).toBe('GET, HEAD, PUT, OPTIONS') // where there is none, one may be made
    expect(await allow('/checkout/1/now', 'clerk')).toBe('GET, HEAD, OPTIONS')
    expect(await allow('/checkout/1/now', 'clerk orders.add_order')).toBe('GET, HEAD, POST, OPTIONS')
  })

  test('of a method that is not there tells the same, and a refusal what is missing', async () => {
    const post = async (as: string): Promise<string | null> =>
      (await api.post('/menu/Category/1', {}, { as })).headers.get('allow')
    expect(await post('admin')).toBe('GET, HEAD, PUT, DELETE, OPTIONS')
    expect(await post('clerk')).toBe('GET, HEAD, OPTIONS')
    expect((await api.delete('/menu/Category/1', { as: 'clerk' })).body.permissions).toEqual(['menu.delete_category'])
  })
})

describe('viewPermission', () => {
  const viewing = serving({
    apps: [
      menu({
        Shop: model(shops, { display: 'name', exclude: ['owner'], viewPermission: true }),
        Pizza: model(pizzas, { display: 'name', exclude: ['recipe'] }),
      }),
    ],
  })

  test('is asked for wherever rows are read', async () => {
    for (const path of ['/menu/Shop', '/menu/Shop/1', '/menu/Shop/-/get?slug=alta-moda']) {
      const { status, body } = await viewing.get(path, { as: 'clerk' })
      expect([status, body.permissions]).toEqual([403, ['menu.view_shop']])
      expect((await viewing.get(path, { as: 'clerk menu.view_shop' })).status).toBe(200)
    }
    expect((await viewing.get('/menu/Shop/1/pizzas', { as: 'clerk' })).status).toBe(404)
    expect((await viewing.patch('/menu/Shop/1', { name: 'x' }, { as: 'clerk menu.change_shop' })).status).toBe(403)
    expect((await viewing.ask('OPTIONS', '/menu/Shop', { as: 'clerk' })).headers.get('allow')).toBe('OPTIONS')
  })

  test('hides rows from filters and titles', async () => {
    const filter = '/menu/Pizza?exclusiveTo.name=Alta%20Moda'
    expect((await viewing.get(filter, { as: 'clerk' })).body).toEqual([])
    expect((await viewing.get(filter, { as: 'clerk menu.view_shop' })).body).toHaveLength(1)
    expect((await viewing.get('/menu/Pizza/3', { as: 'clerk', ...hal })).text).not.toContain('Alta Moda')
  })

  test('is not needed to create, whose answer then shows nothing', async () => {
    const { status, text, headers } = await viewing.post(
      '/menu/Shop',
      { name: 'n', slug: 'n' },
      { as: 'c menu.add_shop' },
    )
    expect([status, text, headers.get('location')]).toEqual([201, '', `${base}/menu/Shop/4`])
  })
})

describe('a public model', () => {
  const open = serving({
    apps: [
      menu({
        Pizza: model(pizzas, {
          display: 'name',
          exclude: ['recipe'],
          public: true,
          access: { read: (user) => user.name !== '' || { forSale: true } },
          operations: { secret: operation.instance({ GET: { run: () => 1 } }) },
        }),
        Price: model(prices, { public: true, references: { pizzaId: { inverse: 'prices' } } }),
      }),
    ],
  })
  const nobody = { as: '' }

  test('is read without credentials, under its rules', async () => {
    expect((await open.get('/menu/Pizza', nobody)).body).toHaveLength(3)
    expect((await open.get('/menu/Pizza', { as: 'ada' })).body).toHaveLength(4)
    expect((await open.get('/menu/Pizza/1', nobody)).status).toBe(200)
    expect((await open.get('/menu/Pizza/4', nobody)).status).toBe(404)
    expect((await open.get('/menu/Pizza/1/prices', nobody)).body).toHaveLength(2)
    expect((await open.get('/menu/Pizza/-/get?name=Marinara', nobody)).body.id).toBe(2)
    expect((await open.ask('HEAD', '/menu/Pizza/1', nobody)).status).toBe(200)
    expect((await open.get('/menu/Pizza', nobody)).headers.get('vary')).toContain('authorization')
  })

  test('is only read', async () => {
    expect((await open.ask('OPTIONS', '/menu/Pizza/1', nobody)).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      expect((await open.ask(method, '/menu/Pizza/1', { ...nobody, json: {} })).status).toBe(401)
    }
    expect((await open.post('/menu/Pizza', {}, nobody)).status).toBe(401)
    expect((await open.get('/menu/Pizza/1/secret', nobody)).status).toBe(401)
    expect((await open.get('/menu/Shop/1/pizzas', nobody)).status).toBe(401)
    expect((await open.get('/menu/Shop', nobody)).status).toBe(401)
    expect((await open.get('/', nobody)).status).toBe(401)
  })

  test('shows nothing of models that are not', async () => {
    expect((await open.get('/menu/Pizza?exclusiveTo.name=Alta%20Moda', nobody)).body).toEqual([])
    expect((await open.get('/menu/Pizza/3', { ...nobody, ...hal })).text).not.toContain('Alta Moda')
  })

  test('answers wrong credentials with 401', async () => {
    expect((await open.get('/menu/Pizza', { as: 'nobody' })).status).toBe(401)
  })
})

describe('configure', () => {
  const theirs = app(
    'menu',
    {
      Shop: model(shops, {
        exclude: ['owner'],
        properties: { shout: (shop) => shop.name.toUpperCase(), slugLength: (shop) => shop.slug.length },
        operations: { open: operation.instance({ POST: { run } }), close: operation.instance({ POST: { run } }) },
        access: { read: { id: { lte: 2 } }, delete: false },
        on: { beforeUpdate: () => ({ active: true }) },
      }),
      Crust: model(crusts),
    },
    { configuration: { pageSize: 5, colour: 'red' } },
  )
  test('adds to the options of a model, and the last one wins', async () => {
    const made = serviceOf(
      configure(
        theirs,
        {
          Shop: {
            display: 'name',
            exclude: ['active'],
            properties: { shout: (shop) => `${shop.name}!` },
            operations: { open: false, delete: false, create: false },
            access: { read: { id: 1 } },
            on: { beforeUpdate: ({ values }) => ({ slug: `${String(values['active'])}-slug` }) },
          },
        },
        { configuration: { colour: 'blue' } },
      ),
    )
    const { body } = await askService(made, 'GET', '/menu/Shop', hal)
    const items: Record<string, unknown>[] = body._embedded.items ?? Object.values(body._embedded)[0]
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      id: 1,
      shout: 'Alta Moda!',
      slugLength: 9,
      _links: { self: { title: 'Alta Moda' } },
    })
    expect(items[0]).not.toHaveProperty('owner')
    expect(items[0]).not.toHaveProperty('active')
    const document = (await askService(made, 'GET', '/menu/Shop/-/model')).body
    expect(Object.keys(document.operations.instance)).toEqual(['data', 'update', 'replace', 'close'])
    expect(Object.keys(document.operations.model)).not.toContain('create')
    expect((await askService(made, 'GET', '/')).body.configuration).toEqual({ menu: { pageSize: 5, colour: 'blue' } })
    const patched = await askService(made, 'PATCH', '/menu/Shop/1', { json: { name: 'Altra' } })
    expect([patched.status, patched.body.slug]).toEqual([200, 'true-slug'])
  })

  test('leaves the app of the others as it was', async () => {
    configure(theirs, { Shop: { operations: { delete: false } } })
    const { body } = await askService(serviceOf(theirs), 'GET', '/-/contract')
    expect(Object.keys(body.apps.menu.models.Shop.operations.instance)).toContain('delete')
  })

  test('of a model that is not there is refused, with those there are', () => {
    expect(() => configure(theirs, { Shops: {} } as object)).toThrow(
      'App "menu" has no model "Shops"; there are: Shop, Crust.',
    )
  })

  test('that removes what never was is refused when the service is made', () => {
    const wrong = configure(theirs, { Crust: { operations: { nothing: false } } })
    expect(() => serviceOf(wrong)).toThrow(
      'operations removes "nothing", which is no built-in operation; there are: instances, create,',
    )
  })
})

test('everyTable names all tables of a schema, with options for some', async () => {
  const made = service('pizzas', {
    url: `${base}/`,
    directory,
    database: api.database,
    authenticate: [testScheme],
    apps: [app('all', everyTable(tables, { Pizzas: { exclude: ['recipe'] } }))],
  })
  const { body } = await askService(made, 'GET', '/all/')
  expect(Object.keys(body.models)).toEqual([
    'Shops',
    'Pizzas',
    'Prices',
    'SizePrices',
    'Crusts',
    'Categories',
    'Stocks',
    'Samples',
  ])
  expect((await askService(made, 'GET', '/all/Pizzas/1')).body).not.toHaveProperty('recipe')
  expect(() => everyTable(tables, { Pizza: {} })).toThrow('The schema has no table for "Pizza"; there are: Shops,')
})

test('several services live in one process, with apps of dotted names and without models', async () => {
  const other = service(null, {
    url: 'http://other.test/',
    database: api.database,
    authenticate: [testScheme],
    apps: [app('contrib.deep.menu', { Crust: model(crusts) })],
  })
  expect((await askService(other, 'GET', '/contrib/deep/menu/Crust/thn')).status).toBe(200)
  expect((await askService(other, 'GET', '/menu/Crust/thn')).status).toBe(404)
  expect((await api.get('/contrib/empty/')).body).toEqual({ name: 'contrib.empty', models: {} })
  expect((await api.get('/')).body.configuration['contrib.empty']).toEqual({ pageSize: 5 })
})

describe('Server-Timing', () => {
  const timed = serving({ serverTiming: true })

  test('tells the stages of a request, where it is enabled', async () => {
    const stages = async (method: string, path: string, asked = {}) => {
      const { headers } = await timed.ask(method, path, asked)
      return (headers.get('server-timing') ?? '').split(', ').map((entry) => entry.split(';')[0])
    }
    expect(new Set(await stages('GET', '/menu/Pizza'))).toEqual(new Set(['auth', 'decide', 'database', 'represent']))
    expect(await stages('PATCH', '/menu/Pizza/1', { json: { price: '9' } })).toContain('database')
    expect((await timed.get('/menu/Pizza/1')).headers.get('server-timing')).toMatch(
      /^(?:\w+;dur=\d+(?:\.\d)?(?:, |$)){4}$/,
    )
    expect((await api.get('/menu/Pizza')).headers.has('server-timing')).toBe(false)
  })
})

test('answer() takes what is less than a Request, and answers as fetch() does', async () => {
  const headers = new Headers({ authorization: 'Test admin' })
  const request = {
    method: 'GET',
    url: `${base}/menu/Pizza/1?fields=id`,
    headers,
    body: null,
    signal: new AbortController().signal,
    arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)),
  }
  const response = await api.service.answer(request)
  expect([response.status, await response.json()]).toEqual([200, { id: 1 }])
  const known = await api.service.answer({ ...request, headers: new Headers() }, { principal: principal('robot') })
  expect(known.status).toBe(200)
})

test('a server of Node takes the service as it is', async () => {
  const server = await serve(api.service)
  try {
    const headers = { authorization: 'Test admin' }
    const response = await fetch(`${server.url}/slumber/pizzas/menu/Pizza/1?fields=id`, { headers })
    expect([response.status, await response.json()]).toEqual([200, { id: 1 }])
    const refused = await fetch(`${server.url}/slumber/pizzas/menu/Pizza/1`)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Test realm="tests"'])
  } finally {
    await server.close()
  }
})
