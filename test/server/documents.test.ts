// The documents that tell a client what is there: service, app, model, contract, directory.
import { describe, expect, test } from 'vitest'
import { query } from 'slumberjs/http'
import { app, model, operation, service, type AppDefinition } from 'slumberjs/server'
import { z } from 'zod'
import { askService, base, directory, menu, serving, testScheme } from './fixture.ts'
import { pizzas, samples, shops } from './tables.ts'

/** Of a library that cannot tell its JSON Schema. */
const plainSchema = {
  '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
} as const

const api = serving({
  apps: [menu(), app('site.news', {}, { configuration: { pageSize: 5 } })],
  directoryUrl: 'http://pizzas.test/slumber/',
})

describe('the service document', () => {
  test('has the services, the apps, their configuration and the caller', async () => {
    const { status, body } = await api.get('/')
    expect(status).toBe(200)
    expect(body).toEqual({
      name: 'pizzas',
      services: directory,
      apps: { menu: `${base}/menu/`, 'site.news': `${base}/site/news/` },
      configuration: { menu: {}, 'site.news': { pageSize: 5 } },
      user: 'admin',
    })
  })

  test.each([
    ['menu.Pizza', 'the name of an app and a model'],
    ['enu.Pizza', undefined],
    ['Pizza', undefined],
    ['menu.Nothing', undefined],
    ['', undefined],
    ['.Pizza', undefined],
  ])('?model=%s', async (wanted, found) => {
    const { status, headers } = await api.get(`/?model=${wanted}`)
    expect(status).toBe(found === undefined ? 404 : 302)
    expect(headers.get('location')).toBe(found === undefined ? null : `${base}/menu/Pizza/-/model`)
  })

  test('?model= is not answered 304: without the condition it would be a redirect (RFC 9110 §13.2.1)', async () => {
    const etag = (await api.get('/')).headers.get('etag') ?? ''
    expect((await api.get('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await api.get('/?model=menu.Pizza', { headers: { 'if-none-match': etag } })).status).toBe(302)
  })

  test('the app of ?model= is matched by its name before the end of a longer one', async () => {
    const big = app('big.menu', { Sample: model(samples) })
    const where = async (wanted: string, ...apps: AppDefinition[]): Promise<string | null> => {
      const made = service('pizzas', {
        url: `${base}/`,
        directory,
        database: api.database,
        apps,
        authenticate: [testScheme],
      })
      return (await askService(made, 'GET', `/?model=${wanted}`)).headers.get('location')
    }
    expect(await where('menu.Sample', big, menu())).toBe(`${base}/menu/Sample/-/model`)
    expect(await where('big.menu.Sample', big, menu())).toBe(`${base}/big/menu/Sample/-/model`)
    expect(await where('menu.Sample', big)).toBe(`${base}/big/menu/Sample/-/model`)
  })
})

test('the app document lists its models', async () => {
  const { body } = await api.get('/menu/')
  expect(body.name).toBe('menu')
  expect(body.models).toMatchObject({ Pizza: `${base}/menu/Pizza`, Stock: `${base}/menu/Stock` })
  expect((await api.get('/site/news/')).body).toEqual({ name: 'site.news', models: {} })
})

describe('the model document', () => {
  test('says of every field what it is', async () => {
    const { body } = await api.get('/menu/Pizza/-/model')
    expect(body).toMatchObject({
      name: 'Pizza',
      app: 'menu',
      url: `${base}/menu/Pizza`,
      key: ['id'],
      unique: [['name']],
    })
    expect(Object.keys(body.fields)).toEqual(['id', 'name', 'forSale', 'price', 'maxExtraToppings', 'exclusiveToId'])
    expect(body.fields).toMatchObject({
      id: { kind: 'value', type: 'integer', required: false, unique: true },
      name: { kind: 'value', type: 'string', label: 'Name', required: true, nullable: false, unique: true },
      forSale: { type: 'boolean', required: false, nullable: false },
      price: { type: 'decimal', required: true },
      maxExtraToppings: {
        type: 'integer',
        label: 'Max extra toppings',
        required: false,
        nullable: true,
        unique: false,
      },
      exclusiveToId: { kind: 'object', model: `${base}/menu/Shop`, nullable: true },
    })
  })

  test('knows properties, remote keys, choices, lengths and what is read-only', async () => {
    const fieldsOf = async (name: string) => (await api.get(`/menu/${name}/-/model`)).body.fields
    expect((await fieldsOf('Shop')).webAddress).toMatchObject({
      kind: 'property',
      readOnly: true,
      label: 'Web address',
    })
    expect((await fieldsOf('Shop')).city).toMatchObject({
      kind: 'remote',
      type: 'reference',
      model: 'http://atlas.test/slumber/atlas/geo/City',
    })
    expect((await fieldsOf('SizePrice')).size).toMatchObject({ choices: ['s', 'm', 'l'] })
    expect((await fieldsOf('Crust')).name).toMatchObject({ maxLength: 10 })
    expect((await fieldsOf('Price')).madeAt).toMatchObject({ readOnly: true, required: false, type: 'date-time' })
  })

  test('knows references, data arrays, unique sets and operations', async () => {
    const { body: size } = await api.get('/menu/SizePrice/-/model')
    expect(size.references).toEqual({ price: { field: 'priceId', model: `${base}/menu/Price`, nullable: false } })
    expect(size.unique).toEqual([['priceId', 'size']])
    const { body: pizza } = await api.get('/menu/Pizza/-/model')
    expect(pizza.dataArrays).toEqual({
      prices: { model: `${base}/menu/Price`, href: `${base}/menu/Pizza/{+pk}/prices` },
    })
    expect(pizza.operations.model.create).toEqual({
      href: `${base}/menu/Pizza`,
      methods: ['POST'],
      permissions: ['menu.add_pizza'],
      input: { POST: { $ref: `${base}/menu/Pizza/-/schema#/$defs/create` } },
    })
    expect(pizza.operations.model.instances).toEqual({
      href: `${base}/menu/Pizza{?params*}`,
      methods: ['GET', 'QUERY'],
    })
    expect(Object.keys(pizza.operations.model)).toEqual(['instances', 'create', 'get', 'query'])
    expect(Object.keys(pizza.operations.instance)).toEqual(['data', 'update', 'replace', 'delete'])
    const { body: category } = await api.get('/menu/Category/-/model')
    expect([category.references.parent.model, category.dataArrays.children.model]).toEqual([category.url, category.url])
    expect((await api.get('/menu/Stock/-/model')).body).toMatchObject({ key: ['shopId', 'crustCode'] })
  })
})

describe('the model document, of what a model was given,', () => {
  const configured = serving({
    apps: [
      menu({
        Pizza: model(pizzas, {
          exclude: ['recipe'],
          bulk: true,
          fields: {
            price: { read: (user) => user.can('menu.see_prices') },
            maxExtraToppings: { write: false },
            label: { read: ({ name }) => name !== 'ada' },
          },
          properties: { label: (pizza) => pizza.name.toUpperCase() },
          operations: {
            delete: false,
            replace: operation.instance({ PUT: { permissions: [], input: z.object({ a: z.int() }), run: () => 1 } }),
            order: operation.instance(
              {
                POST: {
                  input: z.object({ size: z.enum(['s', 'm']) }),
                  output: z.object({ number: z.int() }),
                  query: { express: query.boolean({ default: false }) },
                  run: () => ({ number: 1 }),
                },
                DELETE: { run: () => undefined },
              },
              { path: '/:year{[0-9]+}/:month?' },
            ),
            written: operation.instance({
              POST: { inputSchema: { type: 'object', required: ['a'] }, input: plainSchema, run: () => 1 },
            }),
            plain: operation.model({ POST: { input: plainSchema, run: () => 1 } }, { mount: '/plain/:word' }),
          },
        }),
        Shop: model(shops, { exclude: ['owner'], fields: { city: { read: false } } }),
      }),
    ],
  })
  const documentOf = async (name: string, as = 'admin') => (await configured.get(`/menu/${name}/-/model`, { as })).body

  test('tells the operators, ranges and choices of a field', async () => {
    const { fields } = await documentOf('Sample')
    expect(fields.word.operators).toEqual(expect.arrayContaining(['eq', 'isnull', 'lt', 'range', 'icontains']))
    expect(fields.flag.operators).toEqual(['eq', 'ne', 'in', 'nin', 'isnull'])
    expect(fields.bytes.operators).toEqual(['isnull'])
    expect((await documentOf('Crust')).fields.name.operators).toContain('iexact')
  })

  test('tells by method what an operation takes and answers, and where it is', async () => {
    const { operations } = await documentOf('Pizza')
    expect(operations.instance.order).toMatchObject({
      href: `${base}/menu/Pizza/{+pk}/order/{year}{/month}`,
      methods: ['POST', 'DELETE'],
      permissions: ['menu.change_pizza'],
      parameters: { POST: [{ name: 'express', required: false, schema: { type: 'boolean', default: false } }] },
      input: { POST: { type: 'object', properties: { size: { enum: ['s', 'm'] } }, required: ['size'] } },
      output: { POST: { type: 'object', properties: { number: { type: 'integer' } } } },
    })
    expect(operations.instance.written.input).toEqual({ POST: { type: 'object', required: ['a'] } })
    expect(operations.model.plain).toEqual({
      href: `${base}/plain/{word}`,
      methods: ['POST'],
      permissions: ['menu.change_pizza'],
      input: { POST: {} },
    })
  })

  test('has no operation that was removed, tells of one that was replaced, and of those of many rows', async () => {
    const { operations } = await documentOf('Pizza')
    expect(Object.keys(operations.instance)).toEqual(['data', 'update', 'replace', 'order', 'written'])
    expect(operations.instance.replace).toMatchObject({
      href: `${base}/menu/Pizza/{+pk}`,
      methods: ['PUT'],
      input: { PUT: { properties: { a: { type: 'integer' } } } },
    })
    expect(operations.instance.replace.permissions).toBeUndefined()
    expect(operations.model.update).toMatchObject({ href: `${base}/menu/Pizza`, methods: ['PATCH'] })
  })

  test('S7 GET of an operation without a handler for it describes what it takes', async () => {
    const { status, body } = await configured.get('/menu/Pizza/1/order/2026')
    expect([status, body.methods]).toEqual([200, ['POST', 'DELETE']])
    expect(body.input.POST.properties.size.enum).toEqual(['s', 'm'])
  })

  test('has no field that the caller may not read, and marks those that some may not', async () => {
    const [all, less] = [await documentOf('Pizza'), await documentOf('Pizza', 'ada')]
    expect(all.fields.price).toMatchObject({ optional: true, readOnly: false })
    expect(all.fields.maxExtraToppings).toMatchObject({ readOnly: true })
    expect(all.fields.maxExtraToppings.optional).toBeUndefined()
    expect([less.fields.price, less.fields.label]).toEqual([undefined, undefined])
    expect(all.fields.label).toMatchObject({ kind: 'property', optional: true })
    const shop = await documentOf('Shop')
    expect([shop.fields.city, shop.references.city]).toEqual([undefined, undefined])
    const contract = (await configured.get('/-/contract', { as: 'ada' })).body
    const { operations: _, ...told } = less // of the caller; the contract is for programs that ask for several
    expect(contract.apps.menu.models.Pizza).toMatchObject(told)
    const schema = (await configured.get('/menu/Pizza/-/schema', { as: 'ada' })).text
    expect([schema.includes('price'), schema.includes('label')]).toEqual([false, false])
  })

  test('is one document, with one tag, for all who see the same', async () => {
    const tagFor = async (as: string) => (await configured.get('/menu/Pizza/-/model', { as })).headers.get('etag')
    expect(await tagFor('clerk')).toBe(await tagFor('bob'))
    expect(await tagFor('clerk')).not.toBe(await tagFor('ada'))
    const all = ['add', 'change', 'delete'].map((action) => `menu.${action}_pizza`)
    const asAdmin = `clerk menu.see_prices,orders.add_order,orders.view_order,${all.join(',')}`
    expect(await tagFor(asAdmin)).toBe(await tagFor('admin'))
    expect(await tagFor('clerk menu.see_prices')).not.toBe(await tagFor('admin'))
  })
})

test('the contract is all model documents in one', async () => {
  const { body } = await api.get('/-/contract')
  expect(body).toMatchObject({ service: 'pizzas', url: `${base}/` })
  expect(Object.keys(body.apps)).toEqual(['menu', 'site.news'])
  expect(body.apps.menu.models.Pizza).toEqual((await api.get('/menu/Pizza/-/model')).body)
})

test('the directory answers at its own URL', async () => {
  expect((await api.get('http://pizzas.test/slumber/')).body).toEqual({ services: directory })
  const { status, headers } = await api.get('http://pizzas.test/slumber')
  expect([status, headers.get('location')]).toEqual([308, 'http://pizzas.test/slumber/'])
})

test.each(['/', '/menu/', '/menu/Pizza/-/model', '/menu/Pizza/-/schema', '/-/contract', '/-/openapi.json'])(
  '%s has a tag and is read-only',
  async (path) => {
    const { headers } = await api.get(path)
    const etag = headers.get('etag') ?? ''
    expect((await api.get(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await api.ask('HEAD', path)).headers.get('etag')).toBe(etag)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const refused = await api.ask(method, path)
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    }
    expect((await api.get(`${path}?nothing=1`)).body).toMatchObject({ code: 'invalid-parameter' })
  },
)
