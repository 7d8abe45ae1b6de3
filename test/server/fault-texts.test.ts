// What is said to somebody who has slipped: the reason, and what is there instead.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import * as orm from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { app, jsonLogger, model, service, type ModelDefinitions, type ServiceOptions } from 'slumberjs/server'
import { base, menu, serving, testScheme } from './fixture.ts'
import { dialects } from './dialects.ts'
import { servingOrders } from './orders.ts'
import * as tables from './tables.ts'

const api = serving({
  apps: [menu({ Crust: model(tables.crusts, { requiresCondition: true, access: { read: true } }) })],
})
const libsql = dialects.find(({ name }) => name === 'libsql')
const orders = servingOrders(libsql!)
/** Drizzle 1.0 has `defineRelations()` instead. */
const hasRelations = Object.hasOwn(orm, 'relations')
const detailOf = async (path: string): Promise<unknown> => (await api.get(path)).body.detail

describe('a filter that takes one value', () => {
  test.each([
    ['id__in=1,2', '"id__in" must be an integer; of several values each has the name before it: …=1&…=2.'],
    ['name=a&name=b', '"name" takes one value, and was given 2; one of several is name__in, given for each.'],
    ['where={"name":["a"]}', '"where"#/name takes one value, not a list; one of several is {"in":[…]}.'],
    ['where={"name":{"in":"a"}}', '"where"#/name/in takes a list of values.'],
    ['where={"id":{"range":1}}', '"where"#/id/range takes a list of values.'],
  ])('%s: the answer says how several are given', async (query, detail) => {
    expect((await api.get(`/menu/Pizza?${query}`)).status).toBe(400)
    expect(await detailOf(`/menu/Pizza?${query}`)).toBe(detail)
  })
})

test('an unknown name to sort by is told with those that sort', async () => {
  const detail = '"sort" names "cost", which is not known: menu.Pizza has no "cost" to filter or sort by; there are: '
  expect(await detailOf('/menu/Pizza?sort=cost')).toBe(
    `${detail}id, name, forSale, price, maxExtraToppings, exclusiveToId, exclusiveTo.….`,
  )
})

test('what narrows a reference is told that it is one row', async () => {
  expect(await detailOf('/menu/Pizza?expand=exclusiveTo&with.exclusiveTo.name=x')).toBe(
    '"with.exclusiveTo.name" narrows what is one row: of a reference only the fields can be said, as in with.exclusiveTo.fields.',
  )
})

test('an integer that no number holds exactly is told with the range', async () => {
  const answer = await api.post('/menu/Pizza', { name: 'x', price: '1', maxExtraToppings: 2 ** 53 })
  expect([answer.status, answer.text]).toEqual([
    422,
    expect.stringContaining('must be an integer from -9007199254740991 to 9007199254740991'),
  ])
})

test('JSON that breaks is told with the place, and where it is a parameter, as none of the content', async () => {
  const sent = await api.ask('POST', '/menu/Pizza', {
    body: '{"name":"x",}',
    headers: { 'content-type': 'application/json' },
  })
  expect(sent.body.detail).toBe('The content is not valid JSON: it goes wrong at character 13.')
  const detail = await detailOf('/menu/Pizza?where={"name":"x",}')
  expect(detail).toBe(
    '"where" must be a filter as JSON, {"price":{"gte":5}} say. It is not valid JSON: it goes wrong at character 13.',
  )
})

test('a charset that is not understood is named', async () => {
  const type = 'application/json; charset=latin1'
  const { status, body } = await api.ask('POST', '/menu/Pizza', { body: '{}', headers: { 'content-type': type } })
  expect([status, body.detail]).toEqual([
    415,
    expect.stringContaining('The charset "latin1" is not: text is UTF-8. Understood here: application/json'),
  ])
})

test('428 says which condition a PUT needs where nothing is, and where something is', async () => {
  const put = async (path: string) => (await api.put(path, { code: 'new', name: 'New' })).body
  expect(await put('/menu/Crust/new')).toMatchObject({
    status: 428,
    detail: 'Nothing is here: send If-None-Match: * to create it.',
  })
  await api.ask('PUT', '/menu/Crust/new', { json: { name: 'New' }, headers: { 'if-none-match': '*' } })
  expect(await put('/menu/Crust/new')).toMatchObject({
    status: 428,
    detail: 'Send If-Match with the entity tag of the state you have seen.',
  })
})

test('a member that is not there is told with those that are written, and whose they are', async () => {
  const { body } = await orders.post('/o/Order', { nothing: 1, lines: [{ none: 1 }] })
  expect(body.detail).toContain('; there are: ')
  expect(body.detail).toContain('; of o.Line there are: ')
  const [, ofOrder = '', ofLine = ''] = String(body.detail).split('there are: ')
  expect(ofOrder).not.toContain('version')
  expect(ofLine).not.toContain('orderId')
})

test('a JSON Patch that goes into owned rows is told how they are written', async () => {
  const patch = [{ op: 'replace', path: '/lines/0/quantity', value: 2 }]
  const headers = { 'content-type': 'application/json-patch+json', 'if-match': '*' }
  const { status, body } = await orders.ask('PATCH', '/o/Order/1', { body: JSON.stringify(patch), headers })
  expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'patch-path', '#/0/path'])
  expect(body.errors[0].detail).toContain('the document has no "lines", which are rows: {"op":"add","path":"/lines"')
  const whole = JSON.stringify([{ op: 'add', path: '/lines', value: [] }])
  expect((await orders.ask('PATCH', '/o/Order/1', { body: whole, headers })).status).toBe(200)
})

describe('404 tells whoever is known what is there', () => {
  test.each([
    ['/menus/Pizza', 'There is nothing here; the apps are: menu.'],
    ['/menu/Piza', /^There is nothing here; the models of menu are: Shop, Pizza, /],
    ['/menu/Piza/1', /^There is nothing here; the models of menu are: Shop, Pizza, /],
    ['/menu/Pizza/1/prizes', 'There is nothing here; a row of menu.Pizza has: prices.'],
    ['/menu/Pizza/-/modell', 'There is nothing here; of menu.Pizza there are: model, schema, get, query.'],
    ['/menu/Pizza/x', 'There is nothing here.'],
  ])('%s', async (path, detail) => {
    const { status, body } = await api.get(path)
    expect([status, body.detail]).toEqual([404, typeof detail === 'string' ? detail : expect.stringMatching(detail)])
  })

  test('and nobody else anything', async () => {
    const response = await api.service.fetch(new Request(`${base}/menu/Piza`))
    expect([response.status, await response.text()]).toEqual([401, expect.not.stringContaining('Pizza')])
  })
})

describe('what a program has slipped in is told at the start', () => {
  const shelves = sqliteTable('shelf', { id: integer().primaryKey(), tenantId: integer().notNull() })
  const items = sqliteTable('item', {
    id: integer().primaryKey(),
    shelfId: integer().references(() => shelves.id),
    name: text(),
  })
  const logged: string[] = []
  const make = (models: ModelDefinitions, options: Partial<ServiceOptions> = {}) =>
    service(null, {
      url: `${base}/`,
      database: api.database,
      apps: [app('store', models)],
      authenticate: [testScheme],
      logger: jsonLogger({ level: 'warn', write: (line) => logged.push(line) }),
      ...options,
    })

  test('a name in the rule of the service', () => {
    expect(() => make({ Shelf: model(shelves) }, { rule: { tenant: 1 } })).toThrow(
      'The service\'s rule names "tenant", which no model has that it concerns; there are: id, tenantId.',
    )
  })

  test('a reference that is none', () => {
    expect(() => make({ Shelf: model(shelves), Item: model(items, { references: { name: 'shelf' } }) })).toThrow(
      'references names "name", which begins no foreign key; there are: shelfId.',
    )
  })

  test('a table that joins nothing', () => {
    expect(() => make({ Shelf: model(shelves, { through: { things: items } }), Item: model(items) })).toThrow(
      'its foreign keys to models are: shelfId; its key and unique sets: id.',
    )
  })

  test('a relation without its other end', () => {
    const { lone, both } = hasRelations ? related(shelves, items) : defined(shelves, items)
    make({ Shelf: model(shelves), Item: model(items) }, { relations: lone })
    expect(logged).toHaveLength(1)
    expect(logged.join('')).toContain(
      'Model store.Shelf: its relation \\"things\\" names nothing: the relations of store.Item need the one() that says its columns.',
    )
    make({ Shelf: model(shelves) }, { relations: lone })
    make({ Shelf: model(shelves), Item: model(items) }, { relations: both })
    expect(logged).toHaveLength(1)
  })

  type Shelves = typeof shelves
  type Items = typeof items

  function related(ofShelves: Shelves, ofItems: Items) {
    const lone = { ofShelf: orm.relations(ofShelves, ({ many }) => ({ things: many(ofItems) })) }
    const shelf = orm.relations(ofItems, ({ one }) => ({
      shelf: one(ofShelves, { fields: [ofItems.shelfId], references: [ofShelves.id] }),
    }))
    return { lone, both: { ...lone, ofItem: shelf } }
  }

  /** Drizzle 1.0 itself refuses one whose columns neither end says. */
  function defined(ofShelves: Shelves, ofItems: Items) {
    const { defineRelations } = orm as unknown as { readonly defineRelations: Define } // the types are those of 0.45
    const things = ({ many, ...r }: Helper) => ({ things: many.items({ from: r.shelves.id, to: r.items.shelfId }) })
    const shelf = ({ one, ...r }: Helper) => ({ shelf: one.shelves({ from: r.items.shelfId, to: r.shelves.id }) })
    const schema = { shelves: ofShelves, items: ofItems }
    return {
      lone: defineRelations(schema, (r) => ({ shelves: things(r) })),
      both: defineRelations(schema, (r) => ({ shelves: things(r), items: shelf(r) })),
    }
  }
})

/** As much of Drizzle 1.0 as is used here. */
interface Helper {
  readonly one: { readonly shelves: (columns: object) => object }
  readonly many: { readonly items: (columns: object) => object }
  readonly shelves: { readonly id: object }
  readonly items: { readonly shelfId: object }
}
type Define = (schema: object, relate: (r: Helper) => object) => Readonly<Record<string, unknown>>
