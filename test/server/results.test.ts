// What operations return: a bigint is written as the string of its digits, as on the wire everywhere.
import { describe, expect, test } from 'vitest'
import { model, operation } from 'slumberjs/server'
import { menu, serving } from './fixture.ts'
import { pizzas } from './tables.ts'

const large = 2n ** 64n
const digits = '18446744073709551616'
const api = serving({
  apps: [
    menu({
      Pizza: model(pizzas, {
        display: 'name',
        exclude: ['recipe'],
        properties: { code: ({ id }) => BigInt(id) + large },
        operations: {
          total: operation.model({ GET: { run: () => ({ total: large, of: [1n, { two: 2n }] }) } }),
          sum: operation.model({ POST: { permissions: [], run: () => large } }),
          each: operation.model({ GET: { run: () => [1n, 2n].values() } }),
        },
      }),
    }),
  ],
})

describe('a bigint', () => {
  test('in what an operation returns is a string of its digits', async () => {
    expect((await api.get('/menu/Pizza/-/total')).body).toEqual({ total: digits, of: ['1', { two: '2' }] })
    expect((await api.post('/menu/Pizza/-/sum', undefined)).body).toBe(digits)
    expect((await api.get('/menu/Pizza/-/each')).body).toEqual(['1', '2'])
  })

  test('in a computed property is one in every representation, and may be sent back', async () => {
    const code = String(large + 1n)
    for (const format of ['json', 'hal', 'ndjson', 'csv', 'xml', 'html']) {
      expect((await api.get(`/menu/Pizza?format=${format}&fields=id,code&id=1`)).text).toContain(code)
    }
    const { body } = await api.get('/menu/Pizza/1')
    expect(body.code).toBe(code)
    expect((await api.put('/menu/Pizza/1', body)).status).toBe(204)
    const patch = {
      headers: { 'content-type': 'application/json-patch+json' },
      json: [{ op: 'replace', path: '/name', value: 'Uno' }],
    }
    expect((await api.ask('PATCH', '/menu/Pizza/1', patch)).body.name).toBe('Uno')
  })
})

test('a list as HTML has the name of its model as title', async () => {
  expect((await api.get('/menu/Pizza?format=html')).text).toContain('<title>Pizza</title>')
})
