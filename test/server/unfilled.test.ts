// Rows that nobody can make: a column that the table needs is excluded or read-only, and neither rule nor hook gives it a value.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  app,
  jsonLogger,
  model,
  service,
  type ModelDefinition,
  type Service,
  type ServiceOptions,
} from 'slumberjs/server'
import { base, serving, testScheme } from './fixture.ts'

const notes = sqliteTable('note', { id: integer().primaryKey(), tenant: text().notNull(), title: text().notNull() })
const api = serving()
const logged: string[] = []

beforeEach(async () => {
  logged.length = 0
  await api.client.executeMultiple(`
    DROP TABLE IF EXISTS note;
    CREATE TABLE note (id integer PRIMARY KEY, tenant text NOT NULL, title text NOT NULL);`)
})

/** `root` is bound by no rule; everybody else is of the tenant that they are called after. */
const rule: ServiceOptions['rule'] = ({ name }) => name === 'root' || { tenant: name }

const make = (Note: ModelDefinition, options: Partial<ServiceOptions> = { rule }): Service =>
  service(null, {
    url: `${base}/`,
    database: api.database,
    apps: [app('notes', { Note })],
    authenticate: [testScheme],
    logger: jsonLogger({ level: 'warn', write: (line) => logged.push(line) }),
    ...options,
  })

interface Body {
  readonly [name: string]: any // oxlint-disable-line no-explicit-any -- whatever was answered
}

const ask = async (
  made: Service,
  as: string,
  path: string,
  json?: unknown,
): Promise<{ status: number; body: Body }> => {
  const headers = { authorization: `Test ${as} notes.add_note`, 'content-type': 'application/json' }
  const content = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }
  const response = await made.fetch(new Request(base + path, { headers, ...content }))
  return { status: response.status, body: (await response.json()) as Body }
}
const stored = async (): Promise<unknown> => await api.sql('SELECT tenant, title FROM note')

describe.each(['exclude', 'readOnly'] as const)('a tenant that is under %s', (option) => {
  const made = (): Service => make(model(notes, { [option]: ['tenant'] }))

  test('is filled by the rule for those it binds', async () => {
    const notesOf = made()
    expect((await ask(notesOf, 'one', '/notes/Note', { title: 'a' })).status).toBe(201)
    expect(await stored()).toEqual([{ tenant: 'one', title: 'a' }])
    const { body } = await ask(notesOf, 'one', '/notes/Note/-/schema')
    expect(body['$defs'].create.required).toEqual(['title'])
    expect(logged).toEqual([])
  })

  test('lets nobody else make a row: 403, which the log explains once, and which documents say', async () => {
    const notesOf = made()
    for (const title of ['a', 'b']) {
      const { status, body } = await ask(notesOf, 'root', '/notes/Note', { title })
      expect([status, body['code']]).toEqual([403, 'forbidden'])
      expect(body['detail']).toBe('You may not create such a row: it needs a value that nobody may give.')
    }
    expect(logged).toHaveLength(1)
    expect(logged.join('')).toContain('Model notes.Note: a new row needs \\"tenant\\"')
    const { body: schema } = await ask(notesOf, 'root', '/notes/Note/-/schema')
    expect(schema['$defs'].create.not).toEqual({})
    const operations = async (as: string): Promise<readonly string[]> =>
      Object.keys((await ask(notesOf, as, '/notes/Note/-/model')).body['operations'].model)
    expect(await operations('root')).not.toContain('create')
    expect(await operations('one')).toContain('create')
    const { body: openapi } = await ask(notesOf, 'root', '/-/openapi.json')
    expect(openapi['components'].schemas['notes.Note-create'].not).toEqual({})
    expect(await stored()).toEqual([])
  })
})

test('a field rule lets those give the tenant whom the rule does not bind', async () => {
  const isRoot = ({ name }: { readonly name: string }): boolean => name === 'root'
  const made = make(model(notes, { fields: { tenant: { read: isRoot, write: isRoot } } }))
  expect((await ask(made, 'one', '/notes/Note', { title: 'a' })).body).toEqual({ id: 1, title: 'a' })
  expect((await ask(made, 'root', '/notes/Note', { tenant: 'two', title: 'b' })).status).toBe(201)
  const { status, body } = await ask(made, 'root', '/notes/Note', { title: 'c' })
  expect([status, body['errors']]).toEqual([422, [{ pointer: '#/tenant', detail: 'is required' }]])
  expect((await ask(made, 'one', '/notes/Note', { tenant: 'two', title: 'd' })).status).toBe(422)
  expect(await stored()).toEqual([
    { tenant: 'one', title: 'a' },
    { tenant: 'two', title: 'b' },
  ])
  const required = async (as: string): Promise<unknown> =>
    (await ask(made, as, '/notes/Note/-/schema')).body['$defs'].create.required
  expect([await required('one'), await required('root')]).toEqual([['title'], ['tenant', 'title']])
  expect(logged).toEqual([])
})

describe('at the start', () => {
  test.each(['exclude', 'readOnly'] as const)('a needed column under %s that nothing fills is warned of', (option) => {
    make(model(notes, { [option]: ['title'] }), {})
    expect(logged).toHaveLength(1)
    expect(logged.join('')).toContain('Model notes.Note: a new row needs \\"title\\", which is excluded or read-only')
    expect(JSON.parse(logged.join(''))).toMatchObject({ level: 'warn', message: 'nobody can create a row' })
  })

  test('nothing is said where a hook, a rule or the program fills it, or nothing is created', () => {
    const exclude = ['tenant'] as const
    make(model(notes, { exclude, on: { beforeCreate: () => ({ tenant: 'x' }) } }), {})
    make(model(notes, { exclude }), { on: { '*': { beforeCreate: () => ({ tenant: 'x' }) } } })
    make(model(notes, { exclude }), { rule: { tenant: 'x' } })
    make(model(notes, { exclude, operations: { create: false } }), {})
    make(model(notes), {})
    expect(logged).toEqual([])
  })
})

test('what a hook fills is for the database to refuse', async () => {
  const beforeCreate = ({ values }: { readonly values: { readonly title?: string | undefined } }) =>
    values.title === 'filled' ? { tenant: 'x' } : undefined
  const made = make(model(notes, { readOnly: ['tenant'], on: { beforeCreate } }), {})
  expect((await ask(made, 'one', '/notes/Note', { title: 'filled' })).status).toBe(201)
  expect((await ask(made, 'one', '/notes/Note', { title: 'other' })).status).toBe(422)
})
