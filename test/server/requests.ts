// Requests as somebody might make them up: most nearly right, some hostile, for the fuzz test.
import * as fc from 'fast-check'
import type { Asked } from './fixture.ts'

export interface Made extends Asked {
  readonly method: string
  readonly path: string
}

const some = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items)
const mostly = <T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>, weight = 6): fc.Arbitrary<T | U> =>
  fc.oneof({ weight, arbitrary: right }, { weight: 1, arbitrary: wrong })

const text = fc.string({ maxLength: 6, unit: 'binary' })
const id = fc.integer({ min: 1, max: 6 })
const date = some('2026-01-31T12:00:00Z', '2025-06-01T00:00:00+02:00', '0000-01-01T00:00:00+14:00')
const city = some('http://atlas.test/slumber/atlas/geo/City/1', 'slumber://world/geo/City/2', 'slumber://no/geo/City/1')
const size = some('s', 'm', 'l')

interface Shape {
  readonly fields: Readonly<Record<string, fc.Arbitrary<unknown>>>
  readonly keys: fc.Arbitrary<string>
  readonly relations: readonly string[]
}

const ids = id.map(String)
const models: Readonly<Record<string, Shape>> = {
  Shop: {
    fields: { id, name: text, slug: text, active: some(true, false, null), city },
    keys: ids,
    relations: ['pizzas', 'stocks'],
  },
  Pizza: {
    fields: {
      id,
      name: text,
      price: some<unknown>('9.50', 7, 0.5, 1e-7, '-1'),
      forSale: fc.boolean(),
      maxExtraToppings: fc.nat(3),
      exclusiveToId: id,
    },
    keys: ids,
    relations: ['exclusiveTo', 'prices'],
  },
  Price: { fields: { id, pizzaId: id, date, madeAt: date }, keys: ids, relations: ['pizza', 'sizes'] },
  SizePrice: { fields: { id, priceId: id, size, amount: some<unknown>('1', 2) }, keys: ids, relations: ['price'] },
  Crust: { fields: { code: text, name: text }, keys: some('thn', 'thk', 'new'), relations: ['stocks'] },
  Category: { fields: { id, name: text, parentId: id }, keys: ids, relations: ['parent', 'children'] },
  Stock: {
    fields: { shopId: id, crustCode: some('thn', 'thk'), quantity: fc.integer() },
    keys: some('1,thn', '1,thk', '3,thn', '9,no'),
    relations: ['shop', 'crust'],
  },
  Sample: {
    fields: {
      id,
      whole: fc.maxSafeInteger(),
      real: fc.double(),
      decimal: mostly(some<unknown>('1.5', 2), fc.double().map(String), 1),
      big: fc.bigInt().map(String),
      huge: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
      flag: fc.boolean(),
      word: fc.string({ unit: 'binary', maxLength: 20 }),
      size,
      at: date,
      bytes: some('AQ==', '', 'A'),
      json: fc.jsonValue({ maxDepth: 2 }),
      city,
    },
    keys: ids,
    relations: [],
  },
}

const oddNames = some('pk', 'owner', 'recipe', 'webAddress', '__proto__', 'toString', 'valueOf', 'nothing')
const oddValues = fc.oneof(
  some<unknown>(null, true, [], {}, 2 ** 53, -0, 1e300, '9223372036854775807', '1'.repeat(40), { $ne: 1 }),
  some<unknown>('\0', 'a\0b', '\ud800', 'x'.repeat(300), '', '-', '..', '~', 'a/b', "'; --"),
  fc.jsonValue({ maxDepth: 2 }),
)

const oddKeys = fc.oneof(
  some(
    '',
    '-',
    '.',
    '..',
    '%2F',
    '%00',
    '%zz',
    '%ff',
    '~',
    '~YS9i',
    '~AA',
    ',',
    '1,',
    '01',
    '1e3',
    '1%2E0',
    '*',
    "';--",
  ),
  some('9007199254740993', '9007199254740991', 'a%0D%0Ab', '%F0%9F%8D%95', '{pk}', 'x'.repeat(9000)),
  text.map((key) => encodeURIComponent(key.toWellFormed())),
)
const oddPaths = fc.oneof(
  some(
    '/',
    '',
    '/menu',
    '/menu/',
    '/-/contract',
    '/-/health',
    '/-/ready',
    '/-/',
    '//',
    '/menu//',
    '/nothing/',
    '/%2F/',
  ),
  fc.webPath(),
)

const operators =
  'eq ne lt lte gt gte in nin range isnull has contains icontains startswith istartswith endswith iendswith iexact regex'.split(
    ' ',
  )

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Relations to expand, of one step or two. */
function expansions(relations: readonly string[]): fc.Arbitrary<string> {
  const step = mostly(some(...relations, 'pizza', 'prices', 'shop'), oddNames)
  return fc.array(fc.array(step, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }).map((paths) => {
    return paths.map((path) => path.join('.')).join(',')
  })
}

/** The name of a parameter about what is expanded. */
function narrowing(relations: readonly string[]): fc.Arbitrary<string> {
  const word = mostly(some('limit', 'sort', 'fields', 'id__gt', 'pk'), oddNames)
  return fc.tuple(some(...relations, 'nothing'), word).map(([relation, last]) => `with.${relation}.${last}`)
}

/** A filter as a tree of JSON. */
function filters(fields: Shape['fields'], relations: readonly string[]): fc.Arbitrary<string> {
  const name = mostly(some(...Object.keys(fields)), oddNames)
  const operand = mostly(fc.oneof(...Object.values(fields)), oddValues)
  const comparison = fc.oneof(
    operand,
    fc.dictionary(some(...operators), fc.oneof(operand, fc.array(operand)), { maxKeys: 2 }),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.dictionary(name, comparison, { maxKeys: 2 }),
      fc.dictionary(some('and', 'or'), fc.array(tie('tree'), { maxLength: 2 }), { maxKeys: 1 }),
      fc.dictionary(mostly(some('not', ...relations), oddNames), tie('tree'), { maxKeys: 1 }),
    ),
  }))
  return tree.map((value) => JSON.stringify(value))
}

/** A filter, a sort or another parameter of a list of this model. */
function parameter({ fields, relations }: Shape): fc.Arbitrary<[string, string]> {
  const names = Object.keys(fields)
  const own = fc
    .constantFrom(...names)
    .chain((name) => fc.tuple(fc.constant(name), some(...operators), mostly(fields[name] ?? text, oddValues)))
    .map(([name, operator, value]): [string, string] => [`${name}__${operator}`, written(value)])
  const along = fc
    .tuple(some(...relations, 'nothing'), mostly(some('id', 'name', 'pk', 'code'), oddNames), some(...operators), ids)
    .map(([relation, name, operator, value]): [string, string] => [`${relation}.${name}__${operator}`, value])
  const sorts = mostly(some(...names, ...names.map((name) => `-${name}`)), oddNames)
  const list = fc.array(sorts, { maxLength: 3 }).map(String)
  return fc.oneof(
    { weight: 5, arbitrary: own },
    { weight: 2, arbitrary: along },
    { weight: 1, arbitrary: fc.tuple(oddNames, text) },
    { weight: 3, arbitrary: fc.tuple(some('sort', 'fields'), list) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('expand'), expansions(relations)) },
    { weight: 1, arbitrary: fc.tuple(narrowing(relations), mostly(some('1', '2', 'id', '-id'), text)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('where'), mostly(filters(fields, relations), text)) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        some('limit', 'offset', 'after', 'before', 'format'),
        mostly(some('1', '2', 'hal', 'csv', 'xml'), text),
      ),
    },
  )
}

function content({ fields }: Shape): fc.Arbitrary<Asked> {
  const right = fc.record(fields, { noNullPrototype: true })
  const partial = fc.record(fields, { requiredKeys: [], noNullPrototype: true })
  const odd = fc.dictionary(fc.oneof(some(...Object.keys(fields)), oddNames), oddValues, { maxKeys: 2 })
  const objects = fc.oneof(
    { weight: 4, arbitrary: right },
    { weight: 4, arbitrary: partial },
    { weight: 2, arbitrary: fc.tuple(right, odd).map(([a, b]) => ({ ...a, ...b })) },
    { weight: 1, arbitrary: odd },
  )
  const json = { 'content-type': 'application/json' }
  const broken = some('', '[', '{"a":1,"a":2}', '"x"', '[]', 'null', '\ufeff{}', '{"__proto__":1}', '['.repeat(99))
  return fc.oneof(
    { weight: 12, arbitrary: objects.map((value): Asked => ({ body: JSON.stringify(value), headers: json })) },
    { weight: 1, arbitrary: broken.map((body): Asked => ({ body, headers: json })) },
    { weight: 1, arbitrary: some<Asked>({}, { body: 'a=1', headers: { 'content-type': 'text/plain' } }) },
  )
}

const conditions = fc.record(
  {
    accept: some('*/*', 'application/json', 'application/hal+json', 'text/html', ';;'),
    'if-match': some('*', '"x"', 'x', 'W/"x"', ''),
    'if-none-match': some('*', '"x"', '"', ''),
    prefer: some('return=minimal', 'return=representation', ',;='),
    'content-encoding': some('identity', 'gzip'),
  },
  { requiredKeys: [] },
)

function requestTo(name: string, shape: Shape): fc.Arbitrary<Made> {
  const parameters = fc.array(parameter(shape), { minLength: 1, maxLength: 3 })
  const query = parameters.map((list) => `?${new URLSearchParams(list)}`)
  const key = mostly(shape.keys, oddKeys, 4)
  const member = some(...shape.relations, 'order', 'best', 'nothing', '')
  const paths = fc.oneof(
    { weight: 6, arbitrary: query.map((search) => ['GET', `/menu/${name}${search}`] as const) },
    { weight: 5, arbitrary: fc.constant(['POST', `/menu/${name}`] as const) },
    {
      weight: 2,
      arbitrary: mostly(fc.constant(''), query).map((search) => ['QUERY', `/menu/${name}${search}`] as const),
    },
    {
      weight: 8,
      arbitrary: fc
        .tuple(some('GET', 'PUT', 'PATCH', 'DELETE'), key)
        .map(([method, one]) => [method, `/menu/${name}/${one}`] as const),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(some('GET', 'POST', 'PUT', 'DELETE'), key, member, mostly(fc.constant(''), query, 2))
        .map(([method, one, part, search]) => [method, `/menu/${name}/${one}/${part}${search}`] as const),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(some('GET', 'PUT', 'POST'), some('model', 'get', 'best', 'order', ''), query)
        .map(([method, part, search]) => [method, `/menu/${name}/-/${part}${search}`] as const),
    },
  )
  return fc
    .tuple(paths, content(shape), mostly(fc.constant({}), conditions, 3))
    .map(([[method, path], asked, headers]) => made(method, path, asked, headers))
}

function made(method: string, path: string, { body, headers }: Asked, more: Asked['headers']): Made {
  const takesBody = method !== 'GET' && method !== 'HEAD'
  return { method, path, headers: { ...headers, ...more }, ...(takesBody && body !== undefined ? { body } : {}) }
}

const toModels = fc.oneof(...Object.entries(models).map(([name, shape]) => requestTo(name, shape)))
const oddMethods = fc
  .tuple(some('HEAD', 'OPTIONS', 'QUERY', 'BREW', 'get'), toModels)
  .map(([method, { path, headers }]) => made(method, path, {}, headers))
const toOddPaths = fc
  .tuple(some('GET', 'POST', 'PUT', 'PATCH', 'DELETE'), oddPaths, conditions)
  .map(([method, path, headers]) => made(method, path, {}, headers))

export const requests: fc.Arbitrary<Made> = fc.oneof(
  { weight: 12, arbitrary: toModels },
  { weight: 1, arbitrary: oddMethods },
  { weight: 1, arbitrary: toOddPaths },
)
