// What a caller is told that they may do: to a model by its documents, to one row by OPTIONS and `Allow`; always what a request would meet.
import { describe, expect, test } from 'vitest'
import { model, operation } from 'slumberjs/server'
import { menu, serving } from './fixture.ts'
import { crusts, pizzas, shops } from './tables.ts'

const begun: string[] = []
const run = (): string => 'done'

const options = {
  apps: [
    menu({
      Shop: model(shops, {
        display: 'name',
        access: {
          read: (user) => user.name !== 'luigi' || { id: { ne: 3 } },
          update: (user) => ({ owner: user.name }),
          delete: { active: false },
        },
        operations: {
          close: operation.instance({ POST: { permissions: ['menu.close_shop'], run } }),
          audit: operation.model({ POST: { permissions: ['menu.audit_shop'], run }, GET: { run } }),
        },
      }),
      Pizza: model(pizzas, {
        display: 'name',
        exclude: ['recipe'],
        operations: { create: operation.model({ POST: { permissions: [], run } }) },
      }),
      Crust: model(crusts, { display: 'name', access: { create: false } }),
    }),
  ],
} satisfies Parameters<typeof serving>[0]

const api = serving(options)
const inTransactions = serving({ ...options, begin: (_, { name }) => void begun.push(name) })

const every = ['add', 'change', 'delete'].map((action) => `menu.${action}_shop`).join(',')
const allow = async (path: string, as: string, method = 'OPTIONS'): Promise<string | null> =>
  (await api.ask(method, path, { as })).headers.get('allow')

describe('Allow', () => {
  test('tells what the rules let a caller do to this very row', async () => {
    expect(await allow('/menu/Shop/1', `clerk ${every}`)).toBe('GET, HEAD, PUT, PATCH, OPTIONS')
    expect(await allow('/menu/Shop/2', `clerk ${every}`)).toBe('GET, HEAD, OPTIONS')
    expect(await allow('/menu/Shop/3', `clerk ${every}`)).toBe('GET, HEAD, DELETE, OPTIONS')
    expect(await allow('/menu/Shop/1', 'clerk menu.delete_shop')).toBe('GET, HEAD, OPTIONS')
  })

  test('tells in a 405 what OPTIONS tells', async () => {
    for (const id of [1, 2, 3, 99]) {
      const path = `/menu/Shop/${id}`
      const refused = await api.ask('POST', path, { as: `clerk ${every}`, json: {} })
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, await allow(path, `clerk ${every}`)])
    }
  })

  test('is the same for a row that is hidden and one that is not there', async () => {
    const [hidden, none] = [
      await allow('/menu/Shop/3', `luigi ${every}`),
      await allow('/menu/Shop/99', `luigi ${every}`),
    ]
    expect(hidden).toBe(none)
    expect(await allow('/menu/Shop/3', `ada ${every}`)).not.toBe(none)
  })

  test('is true: what it names is not refused, and what it leaves out is', async () => {
    for (const id of [1, 2, 3]) {
      for (const [method, json] of [
        ['PATCH', { name: 'x' }],
        ['DELETE', undefined],
      ] as const) {
        const path = `/menu/Shop/${id}`
        const told = (await allow(path, `clerk ${every}`))?.includes(method)
        const { status } = await api.ask(method, path, { as: `clerk ${every}`, json })
        expect(status === 403, `${method} ${path}: ${status}`).toBe(told === false)
      }
    }
  })

  test('is asked in a transaction of its own where the service begins them', async () => {
    begun.length = 0
    const { headers } = await inTransactions.ask('OPTIONS', '/menu/Shop/2', { as: `clerk ${every}` })
    expect([headers.get('allow'), begun]).toEqual(['GET, HEAD, OPTIONS', ['clerk']])
  })

  test('of what stands for a built-in operation asks the permissions of that', async () => {
    expect(await allow('/menu/Pizza', 'clerk')).toBe('GET, HEAD, POST, QUERY, OPTIONS')
    expect((await api.post('/menu/Pizza', undefined, { as: 'clerk' })).status).toBe(200)
  })
})

describe('the documents of a caller', () => {
  const operationsFor = async (path: string, as: string): Promise<unknown> => {
    const { operations } = (await api.get(`${path}/-/model`, { as })).body
    return [Object.keys(operations.model), Object.keys(operations.instance)]
  }

  test('tell of no operation for which they lack a permission', async () => {
    expect(await operationsFor('/menu/Shop', 'clerk')).toEqual([['instances', 'get', 'query', 'audit'], ['data']])
    expect(await operationsFor('/menu/Shop', 'clerk menu.change_shop,menu.close_shop')).toEqual([
      ['instances', 'get', 'query', 'audit'],
      ['data', 'update', 'replace', 'close'],
    ])
    const { operations } = (await api.get('/menu/Shop/-/model', { as: 'clerk' })).body
    expect(operations.model.audit.methods).toEqual(['GET'])
  })

  test('nor of one that rules close to them', async () => {
    expect(await operationsFor('/menu/Crust', 'admin')).toEqual([
      ['instances', 'get', 'query'],
      ['data', 'update', 'replace', 'delete'],
    ])
  })

  test('tell in the contract what there is, for programs that ask for several', async () => {
    const { apps } = (await api.get('/-/contract', { as: 'clerk' })).body
    expect(Object.keys(apps.menu.models.Shop.operations.model)).toContain('create')
  })

  test('OpenAPI has neither', async () => {
    const { paths } = (await api.get('/-/openapi.json', { as: 'clerk menu.close_shop' })).body
    expect(Object.keys(paths['/menu/Shop/{pk}'])).not.toContain('patch')
    expect(Object.keys(paths['/menu/Shop/{pk}/close'])).toContain('post')
    expect(Object.keys(paths['/menu/Shop/-/audit'])).not.toContain('post')
    const less = (await api.get('/-/openapi.json', { as: 'clerk' })).body
    expect(less.paths['/menu/Shop/{pk}/close']).toBeUndefined()
  })
})
