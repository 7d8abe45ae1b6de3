// The OpenAPI document of a service: valid, whole, small, and what the service really has.
import { getTableColumns } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, test } from 'vitest'
import { query } from 'slumberjs/http'
import { app, model, operation, service, silentLogger, type Principal } from 'slumberjs/server'
import { z } from 'zod'
import { operators } from '../../src/wire/index.ts'
import { expectValid, targets } from '../http/openapi/openapi-document.ts'
import { askService, base, directory, menu, serving, testScheme } from './fixture.ts'
import { app as proxied, close } from './openapi-service/app.ts'
import { crusts, pizzas, prices, samples, shops } from './tables.ts'

const api = serving({
  apps: [
    menu({
      Shop: model(shops, { exclude: ['owner'], operations: { delete: false, get: false } }),
      Price: model(prices, { references: { pizzaId: { inverse: 'prices' } }, bulk: true }),
      Pizza: model(pizzas, {
        exclude: ['recipe'],
        fields: { price: { read: (user) => user.can('menu.see_prices') } },
        operations: {
          order: operation.instance(
            {
              POST: {
                input: z.object({ size: z.enum(['s', 'm', 'l']) }),
                output: z.object({ number: z.int() }),
                query: { express: query.boolean({ default: false }) },
                permissions: [],
                run: () => ({ number: 1 }),
              },
            },
            { path: '/:year{[0-9]+}' },
          ),
          count: operation.model({ GET: { run: () => 1 } }, { public: true, mount: '/count-pizzas' }),
        },
      }),
      Crust: model(crusts, { public: true }),
    }),
    app('site.news', {}),
  ],
})

const getColumnNames = (): string[] => Object.keys(getTableColumns(samples))

/** By the name of the column, where 1 will not do. */
const examples: Readonly<Record<string, string>> = {
  flag: 'true',
  size: 's',
  at: '2026-01-01T00:00:00Z',
  city: 'http://atlas.test/slumber/atlas/geo/City/1',
}

// Loosely typed, so that tests can go where they want.
// oxlint-disable-next-line typescript/no-explicit-any -- as of JSON
async function documentFor(as = 'admin'): Promise<any> {
  return (await api.get('/-/openapi.json', { as })).body
}

describe('S3 the document', () => {
  test('is valid OpenAPI 3.1 below the URL of the service, and every reference in it leads somewhere', async () => {
    const document = await documentFor()
    expect([document.openapi, document.info.title, document.servers]).toEqual(['3.1.1', 'pizzas', [{ url: base }]])
    await expectValid(document)
    expect([...targets(document)].filter(([, target]) => target === undefined)).toEqual([])
    expect(document['x-left-out']).toBeUndefined()
  })

  test('has no component that nothing leads to', async () => {
    const document = await documentFor()
    const refs = targets(document)
    const { securitySchemes, ...components } = document.components
    const names = Object.entries<object>(components).flatMap(([section, all]) =>
      Object.keys(all).map((name) => `#/components/${section}/${name}`),
    )
    expect(names.filter((name) => !refs.has(name))).toEqual([])
    expect(securitySchemes).toEqual({
      test: { type: 'apiKey', in: 'header', name: 'Authorization', description: testScheme.challenge },
    })
  })

  test('is made once, has a tag, and comes as its own media type where that is asked for', async () => {
    const { headers, text: first } = await api.get('/-/openapi.json')
    const etag = headers.get('etag') ?? ''
    expect(headers.get('content-type')).toBe('application/json')
    expect((await api.get('/-/openapi.json', { headers: { 'if-none-match': etag } })).status).toBe(304)
    const accept = 'application/vnd.oai.openapi+json;version=3.1'
    const own = await api.get('/-/openapi.json', { headers: { accept } })
    expect([own.headers.get('content-type'), own.text === first]).toEqual([accept, true])
    expect((await api.get('/-/openapi.json', { as: '' })).status).toBe(401)
  })

  test('has an operationId for each operation, each once', async () => {
    const { paths } = await documentFor()
    const ids = Object.values<object>(paths).flatMap((item) =>
      Object.values<{ operationId?: string }>(item as never).flatMap(({ operationId }) => operationId ?? []),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(
      expect.arrayContaining(['menu_Pizza_list', 'menu_Pizza_create', 'menu_Pizza_get', 'menu_Pizza_order_post']),
    )
  })

  test('has the methods that the service has', async () => {
    const { paths } = await documentFor()
    const methodsOf = (path: string): string[] =>
      Object.keys(paths[path] ?? {}).filter((key) => /^(?:get|put|post|patch|delete|x-query)$/.test(key))
    expect(methodsOf('/menu/Pizza')).toEqual(['get', 'post', 'x-query'])
    expect(methodsOf('/menu/Price')).toEqual(['get', 'post', 'x-query', 'patch', 'delete'])
    expect(methodsOf('/menu/Pizza/{pk}')).toEqual(['get', 'put', 'patch', 'delete'])
    expect(methodsOf('/menu/Shop/{pk}')).toEqual(['get', 'put', 'patch'])
    expect(methodsOf('/menu/Shop/-/get')).toEqual([])
    expect(methodsOf('/menu/Pizza/{pk}/prices')).toEqual(['get', 'x-query'])
    expect(methodsOf('/menu/Pizza/{pk}/order/{year}')).toEqual(['get', 'post'])
    expect(methodsOf('/count-pizzas')).toEqual(['get'])
    expect(methodsOf('/site/news/')).toEqual(['get'])
  })
})

test('every path of the document is one that the service answers, and its methods are in Allow', async () => {
  const { paths } = await documentFor()
  const keys: Record<string, string> = { Crust: 'thn', Stock: '1,thn' }
  const wrong: unknown[] = []
  for (const [path, item] of Object.entries<object>(paths)) {
    const [, name = ''] = /^\/menu\/(\w+)/.exec(path) ?? []
    const url = path.replace('{pk}', keys[name] ?? '1').replace('{year}', '2026')
    const { headers } = await api.ask('OPTIONS', url)
    const allowed = headers.get('allow')?.split(', ') ?? []
    const told = Object.keys(item).filter((key) => /^(?:get|put|post|patch|delete|x-query)$/.test(key))
    const methods = told.map((key) => key.replace('x-', '').toUpperCase())
    const there = allowed.filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
    if (methods.toSorted().join() !== there.toSorted().join()) wrong.push([url, methods, there])
  }
  expect(wrong).toEqual([])
})

describe('what rules close to its reader, whatever the row is', () => {
  const onlyAdmin = ({ name }: Principal): boolean => name === 'admin'
  const served = service(null, {
    url: `${base}/`,
    database: drizzle.mock(),
    authenticate: [testScheme],
    logger: silentLogger,
    apps: [
      app('a', {
        Open: model(crusts, { access: { update: { name: 'x' } } }),
        Static: model(crusts, { access: { create: false } }),
        Mine: model(crusts, { access: { update: onlyAdmin, delete: onlyAdmin } }),
        Unwritten: model(crusts, { readOnly: ['name'], bulk: true }),
        Secret: model(crusts, {
          access: { read: onlyAdmin, create: onlyAdmin, update: onlyAdmin, delete: onlyAdmin },
          operations: { count: operation.model({ GET: { run: () => 1 } }) },
        }),
        Broken: model(crusts, { access: { create: () => Promise.reject(new Error('away')) } }),
      }),
    ],
  })
  const everyPermission = ['open', 'static', 'mine', 'unwritten', 'secret', 'broken']
    .flatMap((name) => ['add', 'change', 'delete'].map((action) => `a.${action}_${name}`))
    .join(',')
  const methodsFor = async (as: string): Promise<(name: string) => string> => {
    const { body: document } = await askService(served, 'GET', '/-/openapi.json', { as })
    await expectValid(document)
    const methodsAt = (path: string): string =>
      Object.keys(document.paths[path] ?? {})
        .filter((key) => /^(?:get|put|post|patch|delete|x-query)$/.test(key))
        .join(' ')
    return (name) => `${methodsAt(`/a/${name}`)} | ${methodsAt(`/a/${name}/{pk}`)}`
  }

  test('is not in the document', async () => {
    const of = await methodsFor(`clerk ${everyPermission}`)
    expect(of('Open')).toBe('get post x-query | get put patch delete')
    expect(of('Static')).toBe('get x-query | get put patch delete')
    expect(of('Mine')).toBe('get post x-query | get put')
    expect(of('Unwritten')).toBe('get x-query patch delete | get put patch delete')
    expect(of('Broken')).toBe(of('Open'))
    const { body: document } = await askService(served, 'GET', '/-/openapi.json', { as: `clerk ${everyPermission}` })
    const ofSecret = Object.keys(document.paths).filter((path) => path.startsWith('/a/Secret'))
    expect(ofSecret).toEqual(['/a/Secret/-/model', '/a/Secret/-/schema', '/a/Secret/-/count'])
  })

  test('nor is what they hold no permission for', async () => {
    const of = await methodsFor('clerk a.change_open,a.delete_static')
    expect(of('Open')).toBe('get x-query | get put patch')
    expect(of('Static')).toBe('get x-query | get delete')
    expect(of('Unwritten')).toBe('get x-query | get')
  })

  test('is in that of whom they let', async () => {
    const of = await methodsFor('admin')
    expect(['Mine', 'Secret'].map(of)).toEqual([of('Open'), of('Open')])
    expect(of('Static')).toBe('get x-query | get put patch delete')
  })
})

describe('of a list', () => {
  test('it tells filters by rule, once a model', async () => {
    const { paths, components } = await documentFor('clerk')
    const names = paths['/menu/Pizza'].get.parameters.map(({ $ref }: { $ref: string }) => $ref.split('/').at(-1))
    expect(names).toEqual(expect.arrayContaining(['menu.Pizza-filter', 'menu.Pizza-sort', 'limit', 'after', 'expand']))
    const { schema } = components.parameters['menu.Pizza-filter']
    expect(Object.keys(schema.properties)).toEqual(['id', 'name', 'forSale', 'maxExtraToppings', 'exclusiveToId'])
    const matches = (parameter: string): boolean =>
      Object.keys(schema.patternProperties).some((pattern) => new RegExp(pattern, 'u').test(parameter))
    const yes = ['name__icontains', 'id__in', 'forSale__isnull', 'prices.date__gte', 'exclusiveTo.name', 'id__range']
    const no = ['forSale__icontains', 'price__gte', 'recipe__eq', 'nothing', 'nothing__eq', 'exclusiveTo', 'id__has']
    expect([yes.filter((name) => !matches(name)), no.filter(matches)]).toEqual([[], []])
    expect(components.parameters['menu.Pizza-fields'].schema.items.enum).not.toContain('price')
  })

  test('a filter is taken by the service if, and only if, it is told of', async () => {
    const { components } = await documentFor()
    const { properties, patternProperties } = components.parameters['menu.Sample-filter'].schema
    const patterns = Object.keys(patternProperties).map((pattern) => new RegExp(pattern, 'u'))
    const wrong: string[] = []
    for (const field of [...getColumnNames(), 'nothing']) {
      for (const operator of [undefined, ...operators, 'nothing']) {
        const name = operator === undefined ? field : `${field}__${operator}`
        const isTold =
          operator === undefined ? Object.hasOwn(properties, field) : patterns.some((each) => each.test(name))
        const value = operator === 'isnull' ? 'true' : (examples[field] ?? '1')
        const values = operator === 'range' ? [value, value] : [value]
        const parameters = new URLSearchParams(values.map((each) => [name, each]))
        const { status } = await api.get(`/menu/Sample?${parameters}`)
        if (status !== (isTold ? 200 : 400)) wrong.push(`${name} ${status}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('it tells what is answered: rows, HAL, pages and problems', async () => {
    const { paths } = await documentFor()
    const { responses, security } = paths['/menu/Pizza'].get
    expect(Object.keys(responses)).toEqual([
      '200',
      '304',
      '400',
      '401',
      '403',
      '406',
      '412',
      '414',
      '503',
      '4XX',
      '5XX',
    ])
    expect(responses['200'].content['application/json'].schema.$ref).toBe('#/components/schemas/menu.Pizza-list')
    expect(Object.keys(responses['200'].headers)).toEqual(expect.arrayContaining(['ETag', 'Link']))
    expect(security).toEqual([{ test: [] }])
    expect(paths['/menu/Crust'].get.security).toEqual([{ test: [] }, {}])
  })
})

describe('of a write', () => {
  test('it tells content, conditions, preferences and successes', async () => {
    const { paths } = await documentFor()
    const { put, patch, delete: remove } = paths['/menu/Pizza/{pk}']
    const refs = put.parameters.map(({ $ref }: { $ref: string }) => $ref.split('/').at(-1))
    expect(refs).toEqual(
      expect.arrayContaining(['If-Match', 'If-None-Match', 'Prefer-return.minimal-return.representation']),
    )
    expect(Object.keys(put.responses)).toEqual(expect.arrayContaining(['200', '201', '204', '409', '412', '422']))
    expect(put.requestBody).toMatchObject({ required: true })
    expect(Object.keys(remove.responses)[0]).toBe('204')
    expect(patch.requestBody.content).toEqual({
      'application/merge-patch+json': { schema: { $ref: '#/components/schemas/menu.Pizza-patch' } },
      'application/json': { schema: { $ref: '#/components/schemas/menu.Pizza-patch' } },
      'application/json-patch+json': { schema: { $ref: '#/components/schemas/JsonPatch' } },
    })
  })

  test('of an operation it tells what its schemas say, its parameters and its path', async () => {
    const { paths, components } = await documentFor()
    const { parameters, post } = paths['/menu/Pizza/{pk}/order/{year}']
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual(['pk', 'year'])
    expect(post.parameters[0]).toMatchObject({ name: 'express', schema: { type: 'boolean', default: false } })
    const nameOf = ({ schema }: { schema: { $ref: string } }): string => schema.$ref.split('/').at(-1) ?? ''
    const input = components.schemas[nameOf(post.requestBody.content['application/json'])]
    expect(input.properties.size.enum).toEqual(['s', 'm', 'l'])
    const output = components.schemas[nameOf(post.responses['2XX'].content['application/json'])]
    expect(output.properties.number.type).toBe('integer')
    expect(paths['/count-pizzas'].get.security).toEqual([])
  })
})

describe('what the proxy of `npm run openapi` cannot see', () => {
  afterAll(close)

  test('HAL, lists of problems and JSON Patch are as their schemas say', async () => {
    const { body: document } = await askService(proxied, 'GET', '/-/openapi.json')
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ ...document, $id: 'document' })
    const isValid = (name: string, data: unknown): unknown => {
      const validate = ajv.getSchema(`document#/components/schemas/${name}`)
      return validate?.(data) === true || validate?.errors
    }
    const accept = { headers: { accept: 'application/hal+json' } }
    const { body: list } = await askService(proxied, 'GET', '/menu/Pizza?limit=1&expand=toppings', accept)
    const { body: row } = await askService(proxied, 'GET', '/menu/Pizza/1', accept)
    expect([isValid('HalList', list), isValid('Hal', row), isValid('menu.Pizza', row)]).toEqual([true, true, true])
    expect([isValid('Hal', row._links), isValid('HalList', row)].includes(true)).toBe(false)
    const json = [
      { name: 'A', price: 1 },
      { name: 'Marinara', price: 1 },
    ]
    const { status, body: results } = await askService(proxied, 'POST', '/menu/Pizza', { json })
    expect([status, results[0].status, results[1].problem.status]).toEqual([200, 201, 409])
    expect([isValid('Results', results), isValid('menu.Pizza-create-many', json)]).toEqual([true, true])
    const patch = [
      { op: 'test', path: '/price', value: '1' },
      { op: 'remove', path: '/size' },
    ]
    const headers = { 'content-type': 'application/json-patch+json' }
    const patched = await askService(proxied, 'PATCH', results[0].location, { headers, json: patch })
    expect([patched.status, isValid('JsonPatch', patch), isValid('menu.Pizza', patched.body)]).toEqual([
      200,
      true,
      true,
    ])
  })
})

test('what a caller may not read is not in their document; equal callers get the same one', async () => {
  const [everything, less, same] = await Promise.all([
    api.get('/-/openapi.json'),
    api.get('/-/openapi.json', { as: 'clerk' }),
    api.get('/-/openapi.json', { as: 'ada' }),
  ])
  expect(everything.body.components.schemas['menu.Pizza'].required).toContain('price')
  expect(less.body.components.schemas['menu.Pizza'].required).not.toContain('price')
  expect(JSON.stringify(less.body.components.schemas['menu.Pizza-part'])).not.toContain('price')
  expect([less.text === same.text, less.headers.get('etag')]).toEqual([true, same.headers.get('etag')])
  expect(less.headers.get('etag')).not.toBe(everything.headers.get('etag'))
})

test('200 models of 15 fields make a document of less than 10 MB', async () => {
  const many = Array.from({ length: 200 }, (_, index) => {
    const columns = Array.from(
      { length: 14 },
      (_each, at) => [`field${at}`, at % 2 === 0 ? text() : integer()] as const,
    )
    const table = sqliteTable(`many${index}`, { id: integer().primaryKey(), ...Object.fromEntries(columns) })
    return [`Many${index}`, model(table)] as const
  })
  const made = service('pizzas', {
    url: `${base}/`,
    directory,
    database: api.database,
    apps: [app('many', Object.fromEntries(many))],
    authenticate: [testScheme],
  })
  const { status, text: document } = await askService(made, 'GET', '/-/openapi.json')
  expect(status).toBe(200)
  expect(document.length).toBeLessThan(10_000_000)
})
