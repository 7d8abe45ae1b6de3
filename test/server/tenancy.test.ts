// One rule for every model that has the columns: each caller lives among the rows of their tenant.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import * as fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type RuleSource } from 'slumberjs/server'
import { askService, base, hal, serving, testScheme } from './fixture.ts'

const customers = sqliteTable('customer', {
  id: integer().primaryKey({ autoIncrement: true }),
  tenantId: integer('tenant_id').notNull(),
  name: text().notNull().unique(),
})
const bills = sqliteTable('bill', {
  id: integer().primaryKey({ autoIncrement: true }),
  tenantId: integer('tenant_id').notNull(),
  customerId: integer('customer_id').references(() => customers.id),
  total: integer().notNull().default(0),
})
/** Everybody's: it has no tenant. */
const countries = sqliteTable('country', { code: text().primaryKey(), name: text().notNull() })

/** `t1-ada` is a caller of the tenant 1. */
const tenantOf = (name: string): number => Number(/^t(\d+)-/.exec(name)?.[1] ?? 0)

const apps = [
  app('shop', {
    Customer: model(customers, { display: 'name', exclude: ['tenantId'] }),
    Bill: model(bills, {
      references: { customerId: { inverse: 'bills' } },
      access: { read: (user) => user.name !== 't1-poor' || { total: { lt: 100 } } },
    }),
    Country: model(countries, { serviceRule: false }),
  }),
]
const asked: string[] = []
const api = serving({
  apps,
  rule: async (user) => {
    asked.push(user.name)
    await Promise.resolve()
    return user.name === 'root' || { tenantId: tenantOf(user.name) }
  },
})

beforeAll(() =>
  api.client.executeMultiple(`
    CREATE TABLE customer (id integer PRIMARY KEY AUTOINCREMENT, tenant_id integer NOT NULL, name text NOT NULL UNIQUE);
    CREATE TABLE bill (id integer PRIMARY KEY AUTOINCREMENT, tenant_id integer NOT NULL,
      customer_id integer REFERENCES customer (id), total integer NOT NULL DEFAULT 0);
    CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL);`),
)
beforeEach(() =>
  api.client.executeMultiple(`
    DELETE FROM bill; DELETE FROM customer; DELETE FROM country;
    INSERT INTO customer VALUES (1, 1, 'One'), (2, 2, 'Two'), (3, 1, 'Uno');
    INSERT INTO bill VALUES (1, 1, 1, 10), (2, 2, 2, 20), (3, 1, 3, 300), (4, 1, 2, 5);
    INSERT INTO country VALUES ('at', 'Austria');`),
)

const all = ['customer', 'bill', 'country'].flatMap((name) =>
  ['add', 'change', 'delete'].map((a) => `shop.${a}_${name}`),
)
const who = (name: string) => ({ as: `${name} ${all.join(',')}` })
const [one, two, root] = [who('t1-ada'), who('t2-bob'), who('root')]
const ids = async (path: string, as: { readonly as: string }): Promise<unknown> =>
  (await api.get(path, as)).body.map(({ id }: { id: number }) => id)

const dumpOf = async (): Promise<string> => JSON.stringify(await api.sql('SELECT * FROM bill ORDER BY id'))

describe('the service’s rule', () => {
  test('leaves each caller the rows of their tenant, on every path', async () => {
    expect([await ids('/shop/Bill', one), await ids('/shop/Bill', two)]).toEqual([[1, 3, 4], [2]])
    expect(await ids('/shop/Bill', root)).toEqual([1, 2, 3, 4])
    expect((await api.get('/shop/Customer/2', one)).status).toBe(404)
    expect((await api.get('/shop/Customer/2/bills', one)).status).toBe(404)
    expect(await ids('/shop/Customer/2/bills', two)).toEqual([2])
    expect(await ids('/shop/Bill?customer.name=Two', one)).toEqual([])
    expect(await ids('/shop/Customer?bills.id=4', two)).toEqual([])
    expect((await api.get('/shop/Bill/4', { ...one, ...hal })).text).not.toContain('Two')
    expect((await api.get('/shop/Customer/-/get?name=Two', one)).status).toBe(404)
  })

  test('is no rule for models that it does not concern', async () => {
    expect((await api.get('/shop/Country', one)).body).toHaveLength(1)
  })

  test('holds besides the model’s own', async () => {
    expect(await ids('/shop/Bill', who('t1-poor'))).toEqual([1, 4])
  })

  test('is asked once for a request', async () => {
    asked.length = 0
    await api.get('/shop/Bill?customer.name__ne=x', { ...one, ...hal })
    expect(asked).toEqual(['t1-ada'])
  })
})

describe('a new row', () => {
  test('belongs to the tenant of who made it', async () => {
    const { status, body } = await api.post('/shop/Bill', { total: 7 }, two)
    expect([status, body.tenantId]).toEqual([201, 2])
    const { body: customer } = await api.post('/shop/Customer', { name: 'New' }, one)
    expect(await api.sql(`SELECT tenant_id AS t FROM customer WHERE id = ${String(customer.id)}`)).toEqual([{ t: 1 }])
    expect((await api.put('/shop/Bill/77', { total: 7 }, two)).status).toBe(201)
    // Nor is it asked for where the row is replaced.
    expect((await api.put('/shop/Bill/77', { total: 8 }, two)).status).toBe(204)
    expect((await api.get('/shop/Bill/77', two)).body).toMatchObject({ tenantId: 2, total: 8 })
    expect((await api.put('/shop/Bill/77', { total: 8, tenantId: 1 }, two)).status).toBe(403)
    expect(await api.sql('SELECT tenant_id AS t FROM bill WHERE id = 77')).toEqual([{ t: 2 }])
  })

  test('cannot be made for another', async () => {
    const before = await api.sql('SELECT * FROM bill')
    expect((await api.post('/shop/Bill', { tenantId: 2 }, one)).status).toBe(403)
    expect((await api.post('/shop/Bill', { tenantId: 1 }, one)).status).toBe(201)
    expect((await api.post('/shop/Bill', { tenantId: 2 }, root)).status).toBe(201)
    expect((await api.post('/shop/Bill', {}, root)).status).toBe(422) // there is no tenant that it could be of
    expect(await api.sql('SELECT * FROM bill WHERE id <= 4')).toEqual(before)
  })

  test('cannot refer to what is another’s', async () => {
    expect((await api.post('/shop/Bill', { customerId: 2 }, one)).body.code).toBe('foreign-key')
    expect((await api.patch('/shop/Bill/1', { customerId: 2 }, one)).body.code).toBe('foreign-key')
    expect((await api.patch('/shop/Bill/1', { customerId: 3 }, one)).status).toBe(200)
  })
})

describe('what the rule gives a new row', () => {
  const requiredOf = async (as: { readonly as: string }): Promise<unknown> => {
    const { body: document } = await api.get('/shop/Bill/-/model', as)
    const { body: schema } = await api.get('/shop/Bill/-/schema', as)
    const { body: contract } = await api.get('/-/contract', as)
    const { body: openapi } = await api.get('/-/openapi.json', as)
    const { create, replace } = schema.$defs
    const kept = openapi.components.schemas
    return [
      document.fields.tenantId.required,
      contract.apps.shop.models.Bill.fields.tenantId.required,
      create.required ?? [],
      replace.required ?? [],
      kept['shop.Bill-create'].required ?? [],
    ]
  }

  test('is required of nobody, and may be given', async () => {
    expect(await requiredOf(one)).toEqual([false, false, [], [], []])
    const { body } = await api.get('/shop/Bill/-/schema', one)
    expect(body.$defs.create.properties.tenantId.type).toBe('integer')
  })

  test('is required of those to whom the rule gives nothing', async () => {
    expect(await requiredOf(root)).toEqual([true, true, ['tenantId'], ['tenantId'], ['tenantId']])
  })
})

describe('a write', () => {
  test('reaches no row of another, and takes none there', async () => {
    const before = await dumpOf()
    expect((await api.patch('/shop/Bill/2', { total: 1 }, one)).status).toBe(404)
    expect((await api.delete('/shop/Bill/2', one)).status).toBe(404)
    expect((await api.put('/shop/Bill/2', { total: 1 }, one)).status).toBe(409)
    expect((await api.patch('/shop/Bill/1', { tenantId: 2 }, one)).status).toBe(403)
    expect(await dumpOf()).toBe(before)
  })

  test('whatever it is, leaves the rows of others as they are', async () => {
    const id = fc.integer({ min: 1, max: 6 })
    const content = fc.record(
      { tenantId: fc.integer({ min: 1, max: 2 }), total: id, customerId: fc.option(id), id },
      { requiredKeys: [] },
    )
    const theirs = (): Promise<unknown> => api.sql('SELECT * FROM bill WHERE tenant_id = 2 ORDER BY id')
    const before = await theirs()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'), id, content, async (method, target, json) => {
        await api.ask(method, method === 'POST' ? '/shop/Bill' : `/shop/Bill/${target}`, { ...one, json })
        expect(await theirs()).toEqual(before)
      }),
      { numRuns: 60 },
    )
  })
})

test('a rule that fails leaves the documents as they are, and closes the rows', async () => {
  const failing = service(null, {
    url: `${base}/`,
    database: api.database,
    apps,
    authenticate: [testScheme],
    logger: silentLogger,
    rule: () => {
      throw new Error('no tenant')
    },
  })
  const { status, body } = await askService(failing, 'GET', '/shop/Bill/-/model')
  expect([status, body.fields.tenantId.required]).toEqual([200, true])
  const request = new Request(`${base}/shop/Bill`, { headers: { authorization: 'Test admin' } })
  expect((await failing.fetch(request)).status).toBe(500)
})

describe('a rule of several members', () => {
  const serve = (rule: RuleSource) =>
    service(null, {
      url: `${base}/`,
      database: api.database,
      apps,
      authenticate: [testScheme],
      logger: silentLogger,
      rule,
    })
  const get = async (rule: RuleSource, path: string): Promise<unknown> => {
    const made = serve(rule)
    const request = new Request(base + path, { headers: { authorization: 'Test admin' } })
    const response = await made.fetch(request)
    const body = (await response.json()) as { readonly id?: number }[]
    return response.status === 200 ? body.map(({ id }) => id) : response.status
  }

  test('applies of it what a model has', async () => {
    const rule = { tenantId: 1, total: { lt: 100 } }
    expect([await get(rule, '/shop/Customer'), await get(rule, '/shop/Bill')]).toEqual([
      [1, 3],
      [1, 4],
    ])
    expect(await get({ or: [{ tenantId: 2 }, { tenantId: 3 }] }, '/shop/Customer')).toEqual([2])
    expect(await get({ not: { tenantId: 2 } }, '/shop/Customer')).toEqual([1, 3])
    expect(await get(false, '/shop/Customer')).toEqual([])
  })

  test('is a fault of the program where it is empty, or joins what a model has with what it has not', async () => {
    expect(await get(() => ({}), '/shop/Customer')).toBe(500)
    expect(await get(() => ({ or: [{ tenantId: 1 }, { total: 1 }] }), '/shop/Customer')).toBe(500)
    expect(await get(() => ({ tenantId: 'x' }), '/shop/Customer')).toBe(500)
    expect(await get(() => ({ or: [{ tenantId: 1 }, { total: 5 }] }), '/shop/Bill')).toEqual([1, 3, 4])
  })

  test('is refused when the service is made for the same, where it is constant', () => {
    expect(() => serve({})).toThrow('The service’s rule is an empty filter')
    expect(() => serve({ or: [{ tenantId: 1 }, { total: 1 }] })).toThrow(
      "Model shop.Customer: the service's rule joins tenantId with total, which is not there",
    )
    expect(() => serve({ tenantId: 'x' })).toThrow('Model shop.Customer: the service’s rule #/tenantId ')
  })

  test('may be constant', async () => {
    expect((await askService(serve({ tenantId: 2 }), 'GET', '/shop/Bill')).body).toHaveLength(1)
  })
})
