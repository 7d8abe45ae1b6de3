// Rules that do not depend on the caller are checked when the service is made, and so are the names of rules.
import { expect, test } from 'vitest'
import { model, service, type ModelOptions } from 'slumberjs/server'
import { base, directory, menu, serving, testScheme } from './fixture.ts'
import { pizzas } from './tables.ts'

const api = serving()

const make = (options: object) => (): void => {
  const given = options as ModelOptions<typeof pizzas> // as a program without types may write them
  const apps = [menu({ Pizza: model(pizzas, given) })]
  service('pizzas', { url: `${base}/`, directory, database: api.database, apps, authenticate: [testScheme] })
}

test.each([
  [
    'an unknown column',
    { read: { ownr: 'x' } },
    'Model menu.Pizza: the read rule #/ownr is not known: menu.Pizza has no "ownr"',
  ],
  ['one behind a relation', { update: { exclusiveTo: { nam: 1 } } }, 'the update rule #/exclusiveTo/nam is not known'],
  [
    'one in an alternative',
    { delete: { or: [{ id: 1 }, { not: { x: 1 } }] } },
    'the delete rule #/or/1/not/x is not known',
  ],
  ['a name of URLs', { read: { price__gt: 5 } }, 'one inside the other, it is {"price":{"gt":…}}.'],
  ['an unknown operator', { read: { name: { like: 'x' } } }, '"like" is no operator for "name"'],
  ['a value of another type', { read: { id: 'x' } }, 'the read rule #/id '],
  [
    'a choice that there is not',
    { read: { prices: { sizes: { size: 'xl' } } } },
    'the read rule #/prices/sizes/size must be one of: s, m, l',
  ],
  ['an empty filter', { create: {} }, 'the create rule is an empty filter'],
  ['an unknown action', { raed: true }, 'access has no "raed"; there are: read, create, update, delete'],
])('a rule with %s is refused', (_, access, message) => {
  expect(make({ access })).toThrow(TypeError)
  expect(make({ access })).toThrow(message)
})

test('a field rule for an unknown action is refused', () => {
  expect(make({ fields: { price: { raed: () => false } } })).toThrow(
    'fields.price has no "raed"; there are: read, write',
  )
})

test('rules with hidden columns, relations, lists and the key are not refused', () => {
  const read = {
    recipe: null,
    exclusiveTo: { owner: { ne: 'x' } },
    id: { in: [1, 2] },
    or: [{ pk: 1 }, { not: { name: 'x' } }],
  }
  expect(make({ exclude: ['recipe'], access: { read } })).not.toThrow()
})

test('an operation that is not made by operation.model is refused, with words', () => {
  const operations = { cheapest: { GET: { run: () => 1 } } }
  expect(make({ operations })).toThrow('Model menu.Pizza: the operation "cheapest" must be made by operation.model')
})

test('owned rows of a model that nothing refers to are refused, with words', () => {
  expect(() => {
    const apps = [{ ...menu(), models: { Pizza: model(pizzas, { owns: ['lines'] }) } }]
    service('pizzas', { url: `${base}/`, directory, database: api.database, apps, authenticate: [testScheme] })
  }).toThrow('owns names "lines", which is no data array; no model of this service refers to it')
})
