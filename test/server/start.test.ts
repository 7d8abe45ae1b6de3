// What contradicts itself is refused when the service is made, with a word on what to do.
import {
  blob,
  customType,
  integer,
  primaryKey,
  sqliteTable,
  text,
  type SQLiteColumnBuilderBase,
} from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import {
  app,
  model,
  operation,
  service,
  type AppDefinition,
  type ModelDefinitions,
  type ServiceOptions,
} from 'slumberjs/server'
import { remoteForeignKey } from 'slumberjs/sqlite'
import { z } from 'zod'
import { base, directory, menu, serving, testScheme } from './fixture.ts'
import { crusts, pizzas, prices, shops } from './tables.ts'

const api = serving()

const make =
  (apps: readonly AppDefinition[], options: Partial<ServiceOptions> = {}, name: string | null = 'pizzas') =>
  (): void => {
    service(name, { url: `${base}/`, directory, database: api.database, apps, authenticate: [testScheme], ...options })
  }
const models = (given: ModelDefinitions): AppDefinition[] => [app('menu', given)]
const run = (): void => undefined
const column = <Columns extends Record<string, SQLiteColumnBuilderBase>>(extra: Columns) =>
  sqliteTable('t', { id: integer().primaryKey(), ...extra })

test('the fixture’s own models are not refused', () => {
  expect(make([menu()])).not.toThrow()
})

describe('names that would mean two things', () => {
  test.each<readonly [string, ModelDefinitions, string]>([
    [
      'a column named like what is embedded',
      { T: model(column({ _embedded: text() })) },
      '"_embedded" has a reserved name',
    ],
    ['a reserved column', { T: model(column({ url: text() })) }, 'menu.T: the column "url" has a reserved name'],
    [
      'a reserved property',
      { T: model(column({}), { properties: { display: () => 1 } }) },
      'the property "display" has a reserved name',
    ],
    [
      'a reserved operation',
      { T: model(column({}), { operations: { update: operation.instance({ POST: { run } }) } }) },
      'the operation "update" replaces a built-in one: it must be operation.instance({ PATCH: … })',
    ],
    [
      'a property and a column',
      { T: model(column({ a: text() }), { properties: { a: () => 1 } }) },
      '"a" is both a column and a property; rename one',
    ],
    [
      'a data array and an operation',
      { Pizza: model(pizzas), Shop: model(shops, { operations: { pizzas: operation.instance({ POST: { run } }) } }) },
      '"pizzas" is both a data array and an operation',
    ],
    [
      'a reference and a column',
      { Shop: model(shops), Pizza: model(pizzas, { references: { exclusiveToId: 'price' } }) },
      '"price" is both a column and a reference',
    ],
    [
      'two references',
      {
        Shop: model(shops),
        T: model(column({ aId: integer().references(() => shops.id), a_id: integer().references(() => shops.id) })),
      },
      'two references would be called "a"',
    ],
    [
      'two data arrays',
      {
        Shop: model(shops),
        A: model(pizzas, { references: { exclusiveToId: { inverse: 'all' } } }),
        B: model(column({ shopId: integer().references(() => shops.id) }), {
          references: { shopId: { inverse: 'all' } },
        }),
      },
      'two data arrays would be called "all"; name one: model(table, { references: { shopId: { inverse',
    ],
    [
      'a built-in operation',
      { T: model(column({}), { operations: { query: operation.model({ POST: { run } }) } }) },
      'the operation "query" has the name of a built-in one',
    ],
    [
      'the model document',
      { T: model(column({}), { operations: { model: operation.model({ GET: { run } }) } }) },
      'the operation "model" has the name of a built-in one',
    ],
    [
      'an operation no URL can hold',
      { T: model(column({}), { operations: { 'a/b': operation.instance({ GET: { run } }) } }) },
      '"a/b" cannot name the operation',
    ],
    [
      'a data array no URL can hold',
      { Pizza: model(pizzas), Price: model(prices, { references: { pizzaId: { inverse: 'a b' } } }) },
      '"a b" cannot name the data array',
    ],
    ['a column no parameter can name', { T: model(column({ 'a.b': text() })) }, '"a.b" cannot name a column'],
    ['a model no URL can hold', { 'a-b': model(crusts) }, 'App "menu": "a-b" cannot name a model'],
  ])('%s', (_, given, message) => {
    expect(make(models(given))).toThrow(TypeError)
    expect(make(models(given))).toThrow(message)
  })

  test.each<readonly [string, AppDefinition[], string]>([
    ['two apps of one name', [app('a', {}), app('a', {})], 'would have one URL'],
    [
      'an app and a model',
      [app('a', { b: model(crusts) }), app('a.b', {})],
      `The app a.b and the model a.b would have one URL: ${base}/a/b`,
    ],
    ['an app that is no name', [app('a..b', {})], 'App "a..b": a name is words joined by dots'],
    ['an app that is no path', [app('a/b', {})], 'a name is words joined by dots'],
    ['an app with the name of what is about the service', [app('-', {})], 'a name is words joined by dots'],
  ])('%s', (_, apps, message) => {
    expect(make(apps)).toThrow(message)
  })
})

describe('tables that cannot be served', () => {
  const json = customType<{ data: object }>({ dataType: () => 'json' })
  test.each<readonly [string, ModelDefinitions, string]>([
    ['without a key', { T: model(sqliteTable('t', { a: text() })) }, 'Table "t" has no primary key'],
    [
      'with a key without an order',
      { T: model(sqliteTable('t', { a: blob({ mode: 'buffer' }).primaryKey() })) },
      '"a" cannot be a key',
    ],
    [
      'with a type that does not describe itself',
      { T: model(column({ a: json() })) },
      'column "a" is of a type that does not describe itself (json)',
    ],
    ['with a hidden key', { T: model(crusts, { exclude: ['code'] }) }, 'the key "code" cannot be excluded'],
    [
      'with a reference without a name',
      { Shop: model(shops), T: model(column({ boss: integer().references(() => shops.id) })) },
      `the reference held by "boss" needs a name: model(table, { references: { boss: '…' } })`,
    ],
    [
      'with a remote key to nowhere',
      { T: model(column({ a: remoteForeignKey('slumber://nowhere/a/B') })) },
      '"a" leads nowhere. There is no service "nowhere"; the directory lists: pizzas, atlas, world',
    ],
  ])('%s', (_, given, message) => {
    expect(make(models(given))).toThrow(TypeError)
    expect(make(models(given))).toThrow(message)
  })

  test('options that name no column', () => {
    const wrong = (options: object): (() => void) => make(models({ T: model(crusts, options) }))
    expect(wrong({ exclude: ['nothing'] })).toThrow(
      'exclude names "nothing", which is no column; there are: code, name',
    )
    expect(wrong({ readOnly: ['nothing'] })).toThrow('readOnly names "nothing"')
    expect(wrong({ display: 'nothing' })).toThrow('display names "nothing"')
    expect(wrong({ references: { name: 'x' } })).toThrow('references names "name", which begins no foreign key')
  })

  test('a foreign key to a table that is not served is only a column', () => {
    const made = service('pizzas', {
      url: `${base}/`,
      directory,
      database: api.database,
      apps: models({ Pizza: model(pizzas) }),
      authenticate: [testScheme],
    })
    expect([...(made.state.apps[0]?.models.get('Pizza')?.references.keys() ?? [])]).toEqual([])
  })

  test('two references to one model name their data arrays after themselves; composite keys have them too', () => {
    const twice = column({ fromId: integer().references(() => shops.id), toId: integer().references(() => shops.id) })
    const made = service('pizzas', {
      url: `${base}/`,
      directory,
      database: api.database,
      apps: models({ Shop: model(shops), Category: model(twice) }),
      authenticate: [testScheme],
    })
    expect([...(made.state.apps[0]?.models.get('Shop')?.dataArrays.keys() ?? [])]).toEqual([
      'categoriesByFrom',
      'categoriesByTo',
    ])
    const composite = sqliteTable('c', { a: integer(), b: integer() }, (table) => [
      primaryKey({ columns: [table.a, table.b] }),
    ])
    expect(make(models({ C: model(composite) }))).not.toThrow()
  })
})

describe('operations that contradict themselves', () => {
  test('are refused', () => {
    const open = operation.model({ POST: { permissions: ['a.b'], run } }, { public: true })
    expect(make(models({ T: model(crusts, { operations: { open } }) }))).toThrow(
      '"open" is public and needs permissions',
    )
    const input = operation.model({ GET: { input: z.string(), run } })
    expect(make(models({ T: model(crusts, { operations: { input } }) }))).toThrow(
      '"input" has an input for GET, which takes no content',
    )
  })
})

describe('services that contradict themselves', () => {
  test.each<readonly [string, Partial<ServiceOptions>, string | null, string]>([
    [
      'listed elsewhere',
      { url: 'http://other.test/' },
      'pizzas',
      `The directory lists "pizzas" at ${base}/, but its url is http://other.test/`,
    ],
    ['not listed', {}, 'nothing', '"nothing"'],
    ['listed but nameless', {}, null, 'needs the name it has there'],
    ['at no URL', { url: '/slumber/' }, 'pizzas', '"url" must be an absolute http or https URL'],
    ['at a URL with a query', { url: `${base}/?x` }, 'pizzas', '"url" must be an absolute http or https URL'],
    ['with a user in its URL', { url: 'http://u:p@pizzas.test/' }, 'pizzas', '"url" must be'],
    ['with a directory at no URL', { directoryUrl: 'slumber' }, 'pizzas', '"directoryUrl" must be'],
    ['with a relative service', { directory: { ...directory, atlas: '/atlas/' } }, 'pizzas', 'atlas'],
  ])('%s', (_, options, name, message) => {
    expect(make([], options, name)).toThrow(TypeError)
    expect(make([], options, name)).toThrow(message)
  })
})
