// Options that do not exist, or are of another shape, as a program without types may write them: refused at the start, with what there is.
import { describe, expect, test } from 'vitest'
import {
  app,
  configure,
  model,
  operation,
  pageOf,
  service,
  type ModelDefinition,
  type ModelOptions,
} from 'slumberjs/server'
import { base, directory, menu, serving, testScheme } from './fixture.ts'
import { pizzas, prices } from './tables.ts'

const api = serving()

const serve = (Pizza: unknown) => (): void => {
  const apps = [menu({ Pizza: Pizza as ModelDefinition })]
  service('pizzas', { url: `${base}/`, directory, database: api.database, apps, authenticate: [testScheme] })
}
const make = (options: object) => serve(model(pizzas, options as ModelOptions<typeof pizzas>))
const handlers = (given: object) => ({ operations: { quote: operation.model(given) } })
const run = (): void => undefined

describe('a model is refused', () => {
  test.each<readonly [object, string]>([
    [
      { acess: { read: false } },
      'model(table, …) has no "acess"; there are: key, unique, display, properties, references,',
    ],
    [{ constructor: 1 }, 'has no "constructor"'],
    [{ display: 5 }, 'display must be the name of a column, or a function of the row'],
    [{ exclude: 'recipe' }, 'exclude must be a list of names'],
    [{ owns: [prices] }, 'owns must be a list of names'],
    [
      {
        operations: { cheapest: operation.model({ GET: { output: pageOf('menu.Piza'), run: ({ page }) => page() } }) },
      },
      'the operation "cheapest" gives "menu.Piza", which is no model; there are: ',
    ],
    [{ properties: { cheap: true } }, 'properties.cheap must be a function of the row, or { type, value }'],
    [{ properties: { cheap: { type: 'boolean' } } }, 'properties.cheap needs value'],
    [{ properties: { cheap: { value: () => true } } }, 'properties.cheap needs type'],
    [{ properties: { cheap: { type: 'bool', value: () => true } } }, 'properties.cheap.type must be one of: integer,'],
    [
      { properties: { cheap: { type: 'boolean', value: true } } },
      'properties.cheap.value must be a function of the row',
    ],
    [
      { references: { exclusiveToId: { nam: 'x' } } },
      'references.exclusiveToId has no "nam"; there are: name, inverse',
    ],
    [{ through: { x: 'prices' } }, 'through.x must be a Drizzle table'],
    [{ public: 'yes' }, 'public must be true or false'],
    [{ serviceRule: true }, 'serviceRule must be false, or left out'],
    [{ version: 'v' }, 'version names "v", which is no column; there are: id, name,'],
    [{ lastModified: 'at' }, 'lastModified names "at", which is no column'],
    [{ bulk: 5 }, 'bulk must be true, false or { items, octets }'],
    [{ on: [run] }, 'on must be hooks, or a list of them'],
    [{ on: { beforeCreate: true } }, 'the hook "beforeCreate" must be a function'],
    [{ convert: { price: { encod: Number } } }, 'convert.price has no "encod"; there are: encode, decode, type'],
    [{ convert: { price: { decode: String } } }, 'convert.price needs encode, which says what JSON shows'],
    [{ convert: { price: { encode: Number, type: 'float' } } }, 'convert.price.type must be one of: integer, number,'],
  ])('with %j', (options, message) => {
    expect(make(options)).toThrow(TypeError)
    expect(make(options)).toThrow(
      `Model menu.Pizza: ${message.startsWith('has no') ? 'model(table, …) ' : ''}${message}`,
    )
  })

  test.each<readonly [object, string]>([
    [{ access: 'read' }, 'access must be an object: { read, create, update, delete }'],
    [{ access: { read: undefined } }, 'access.read must be true, false, a filter, or a function of the caller'],
    [{ access: { read: 'yes' } }, 'access.read must be true, false, a filter, or a function of the caller'],
    [{ access: { read: [{ id: 1 }] } }, 'access.read must be true, false, a filter, or a function of the caller'],
    [{ access: { read: { and: { id: 1 } } } }, 'the read rule #/and takes a list of filters'],
    [{ access: { read: { or: ['x'] } } }, 'the read rule #/or/0 takes a filter: an object of'],
    [{ access: { read: { exclusiveTo: 1 } } }, 'the read rule #/exclusiveTo takes a filter: an object of'],
    [{ access: { read: { price: {} } } }, 'the read rule #/price compares with nothing'],
    [{ fields: { price: () => false } }, 'fields.price must be an object: { read, write }'],
    [{ fields: { price: false } }, 'fields.price must be an object: { read, write }'],
    [{ fields: { price: { read: undefined } } }, 'fields.price.read must be true, false, or a function of the caller'],
    [{ fields: { price: { read: { id: 1 } } } }, 'fields.price.read must be true, false, or a function of the caller'],
    [{ rulesFrom: true }, 'rulesFrom must be a function of the caller and of what is asked about'],
    [{ rulesFrom: undefined }, 'model(table, …) has "rulesFrom", but it is undefined, which closes nothing; leave it'],
    [{ access: undefined }, 'model(table, …) has "access", but it is undefined, which closes nothing; leave it out'],
    [{ fields: undefined }, 'model(table, …) has "fields", but it is undefined, which closes nothing; leave it out'],
    [{ exclude: undefined }, 'model(table, …) has "exclude", but it is undefined, which closes nothing; leave it'],
    [{ operations: undefined }, 'model(table, …) has "operations", but it is undefined, which closes nothing; leave'],
    [{ operations: { delete: undefined } }, 'the operation "delete" must be made by operation.model or .instance'],
  ])('with a rule that would be passed over: %o', (options, message) => {
    expect(make(options)).toThrow(`Model menu.Pizza: ${message}`)
  })

  test.each<readonly [object, string]>([
    [{ get: { run } }, ' has a handler for "get"; there may be: GET, POST, PUT, PATCH, DELETE'],
    [{ GET: run }, ': its handler for GET must be an object: { run }'],
    [{ GET: {} }, ': its handler for GET needs a function "run"'],
    [{ GET: { run, permission: [] } }, ': its handler for GET has no "permission"; there are: run, input,'],
    [{ POST: { run, caching: {} } }, ': its handler for POST has "caching", which is for GET alone'],
    [{ GET: { run, caching: 5 } }, ': its handler for GET has "caching" that is no object'],
    [{ GET: { run, caching: { maxAge: -1 } } }, ': its handler for GET has a wrong caching: times are whole seconds'],
    [{ GET: { run, permissions: undefined } }, ': its handler for GET has "permissions", but it is undefined, which'],
    [{ POST: { run, input: { a: 1 } } }, ': its handler for POST has an input that is no Standard Schema'],
  ])('with an operation of %o', (given, message) => {
    expect(make(handlers(given))).toThrow(`Model menu.Pizza: the operation "quote"${message}`)
  })

  test('with an operation at a place that there is not', () => {
    const quote = operation.model({ GET: { run } }, { mout: '/x' } as object)
    expect(make({ operations: { quote } })).toThrow(
      'the operation "quote" has no option "mout"; there are: path, mount,',
    )
  })

  test('that is none', () => {
    const message = 'App "menu": "Pizza" must be made by model(…) of a Drizzle table or view.'
    expect(serve(pizzas)).toThrow(message)
    expect(serve(model(undefined as unknown as typeof pizzas))).toThrow(message)
    expect(serve(undefined)).toThrow(message)
  })

  test('that somebody else configures wrongly', () => {
    const configured = configure(app('menu', { Pizza: model(pizzas) }), { Pizza: { displya: 'x' } as object })
    expect(serve(configured.models.Pizza)).toThrow('has no "displya"')
  })
})

test('what is undefined is not given', () => {
  expect(
    make({
      display: undefined,
      bulk: undefined,
      on: undefined,
      convert: { price: { encode: Number, decode: undefined } },
    }),
  ).not.toThrow()
})
