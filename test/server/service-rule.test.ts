// A service's rule closes what it does not know: models that it does not concern say so, and a name that no model has is a fault.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  app,
  jsonLogger,
  model,
  service,
  type Filter,
  type ModelDefinitions,
  type RuleSource,
  type Service,
} from 'slumberjs/server'
import { base, serving, testScheme } from './fixture.ts'

const shelves = sqliteTable('shelf', { id: integer().primaryKey(), tenantId: integer('tenant_id').notNull() })
const items = sqliteTable('item', {
  id: integer().primaryKey(),
  shelfId: integer('shelf_id').references(() => shelves.id),
  name: text().notNull(),
})
const api = serving()
const logged: string[] = []

beforeEach(async () => {
  logged.length = 0
  await api.client.executeMultiple(`
    DROP TABLE IF EXISTS item; DROP TABLE IF EXISTS shelf;
    CREATE TABLE shelf (id integer PRIMARY KEY, tenant_id integer NOT NULL);
    CREATE TABLE item (id integer PRIMARY KEY, shelf_id integer REFERENCES shelf (id), name text NOT NULL);
    INSERT INTO shelf VALUES (1, 1), (2, 2);
    INSERT INTO item VALUES (1, 1, 'cup'), (2, 2, 'jug');`)
})

const make = (rule: RuleSource, models: ModelDefinitions): Service =>
  service(null, {
    url: `${base}/`,
    database: api.database,
    apps: [app('store', models)],
    authenticate: [testScheme],
    logger: jsonLogger({ level: 'warn', write: (line) => logged.push(line) }),
    rule,
  })
const ask = async (made: Service, method: string, path: string, json?: unknown): Promise<unknown> => {
  const headers = { authorization: 'Test admin', 'content-type': 'application/json' }
  const body = json === undefined ? {} : { body: JSON.stringify(json) }
  const response = await made.fetch(new Request(base + path, { method, headers, ...body }))
  const content = (await response.json()) as { readonly id: number }[]
  return response.status === 200 ? content.map(({ id }) => id) : response.status
}
const mine: RuleSource = () => ({ tenantId: 1 })
const both = { Shelf: model(shelves), Item: model(items) }

describe('a model that has nothing of what the service’s rule names', () => {
  test('is closed: 403, which does not say what the rule names', async () => {
    const made = make(mine, both)
    expect(await ask(made, 'GET', '/store/Shelf')).toEqual([1])
    const asked = new Request(`${base}/store/Item`, { headers: { authorization: 'Test admin' } })
    const response = await made.fetch(asked)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      code: 'forbidden',
      detail: 'store.Item is closed: the rule of the service does not say whose its rows are.',
    })
  })

  test('is told to the log, once, with what to do', async () => {
    const made = make(mine, both)
    for (const method of ['GET', 'GET', 'OPTIONS']) expect(await ask(made, method, '/store/Item')).toBe(403)
    expect(logged).toHaveLength(1)
    expect(logged.join('')).toContain('Model store.Item: it has nothing that the service')
    expect(logged.join('')).toContain('(\\"tenantId\\")')
    expect(logged.join('')).toContain('serviceRule: false')
  })

  test('is refused when the service is made, where the rule is constant', () => {
    expect(() => make({ tenantId: 1 }, both)).toThrow(
      'Model store.Item: it has nothing that the service\'s rule names ("tenantId")',
    )
    expect(() => make({ tenantId: 1 }, { ...both, Item: model(items, { serviceRule: false }) })).not.toThrow()
  })

  test('cannot be written, nor reached from others', async () => {
    const made = make(mine, both)
    expect(await ask(made, 'POST', '/store/Item', { name: 'pot' })).toBe(403)
    expect(await ask(made, 'DELETE', '/store/Item/2')).toBe(403)
    expect(await ask(made, 'GET', '/store/Shelf?items.name=jug')).toBe(403)
    expect(await ask(made, 'GET', '/store/Shelf/1/items')).toBe(403)
    expect(await api.sql('SELECT id FROM item')).toHaveLength(2)
  })

  test('is open where it says that the rule does not concern it', async () => {
    const made = make(mine, { ...both, Item: model(items, { serviceRule: false }) })
    expect(await ask(made, 'GET', '/store/Item')).toEqual([1, 2])
    expect(await ask(made, 'GET', '/store/Shelf?items.name=jug')).toEqual([])
    expect(logged).toEqual([])
  })

  test('is under the rule where that names its relation', async () => {
    const made = make(() => ({ or: [{ shelf: { tenantId: 1 } }] }), {
      ...both,
      Shelf: model(shelves, { serviceRule: false }),
    })
    expect(await ask(made, 'GET', '/store/Item')).toEqual([1])
  })
})

describe('a name in the service’s rule that no model has', () => {
  test('is a fault of every request, whatever else the rule says', async () => {
    const made = make(() => ({ tenantId: 1, ownr: 'x' }), { Shelf: model(shelves) })
    expect(await ask(made, 'GET', '/store/Shelf')).toBe(500)
    expect(logged.join('')).toContain('The service\'s rule names \\"ownr\\", which no model has')
  })

  test('is refused when the service is made, where the rule is constant', () => {
    expect(() => make({ tenntId: 1 }, { Shelf: model(shelves) })).toThrow('names "tenntId", which no model has')
    expect(() => make({ tenantId: 1 }, { Shelf: model(shelves) })).not.toThrow()
  })
})

describe('a rule with an empty part, which would open what the rest of it closes', () => {
  const parts: readonly (readonly [string, Filter, string])[] = [
    ['and: []', { tenantId: 1, and: [] }, '#/and'],
    ['and: [{}]', { tenantId: 1, and: [{}] }, '#/and/0'],
    ['or: [{}]', { or: [{ tenantId: 1 }, {}] }, '#/or/1'],
    ['not: { or: [] }', { tenantId: 1, not: { or: [] } }, '#/not/or'],
    ['nothing but and: []', { and: [] }, '#/and'],
    ['deeper', { and: [{ or: [{ tenantId: 1 }, { and: [] }] }] }, '#/and/0/or/1/and'],
  ]
  test.each(parts)(
    'of the service: %s is refused at start, or closes what a function rules',
    async (_, rule, pointer) => {
      expect(() => make(rule, both)).toThrow(`The service’s rule has at ${pointer} an empty filter`)
      const made = make(() => rule, { Shelf: model(shelves), Item: model(items) })
      for (const path of ['/store/Shelf', '/store/Item']) {
        expect([path, await ask(made, 'GET', path)]).toEqual([path, 500])
      }
      expect(await ask(made, 'POST', '/store/Item', { id: 9, name: 'pot' })).toBe(500)
      expect(logged.join()).toContain(`has at ${pointer} an empty filter`)
    },
  )

  test.each(parts)('of a model: %s', async (_, read, pointer) => {
    const unruled = { serviceRule: false } as const
    expect(() => make(mine, { Shelf: model(shelves, { ...unruled, access: { read } }) })).toThrow(
      `the read rule has at ${pointer} an empty filter`,
    )
    const made = make(mine, { Shelf: model(shelves, { ...unruled, access: { read: () => read } }) })
    expect(await ask(made, 'GET', '/store/Shelf')).toBe(500)
  })

  test('or: [] lets no row through', async () => {
    const made = make(() => ({ or: [] }), both)
    expect(await ask(made, 'GET', '/store/Shelf')).toEqual([])
  })
})
