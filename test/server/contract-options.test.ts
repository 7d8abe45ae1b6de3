// What a program says of its tables for `ContractOf` alone is held against them when the service is made.
import { describe, expect, test } from 'vitest'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { basic } from 'slumberjs/auth'
import { app, model, service, type ModelDefinition, type Service } from 'slumberjs/server'
import { pizzaPrices, pizzas, shops, twins } from '../client/fixture/tables.ts'

const of = (models: Readonly<Record<string, ModelDefinition>>): Service =>
  service(null, {
    url: 'http://localhost/',
    database: drizzle({ client: createClient({ url: 'file::memory:' }) }),
    apps: [app('menu', models)],
    authenticate: [basic(async () => undefined)],
  })

describe('what is true is taken', () => {
  test('unique columns and sets, a key of several columns, the table of a reference', () => {
    const made = of({
      Pizza: model(pizzas, { unique: ['name'], key: ['id'] }),
      PizzaPrice: model(pizzaPrices, {
        unique: [['date', 'pizzaId']],
        references: { pizzaId: { to: pizzas } },
      }),
      Twin: model(twins, { key: ['fromCity', 'toCity'] }),
    })
    expect(made.instanceUrl('menu.Twin', { fromCity: 7, toCity: 8 })).toBe('http://localhost/menu/Twin/7,8')
  })
})

describe('what is not is refused', () => {
  test.each([
    ['a column that is not unique', { Pizza: model(pizzas, { unique: ['price'] }) }, 'unique names "price"'],
    ['another key', { Twin: model(twins, { key: ['fromCity'] }) }, '"key" cannot name another'],
    [
      'another table',
      { Pizza: model(pizzas), Price: model(pizzaPrices, { references: { pizzaId: { to: shops } } }) },
      'references says that "pizzaId" refers to a table that it does not',
    ],
  ])('%s', (_, models, message) => {
    expect(() => of(models)).toThrow(message)
  })
})
