// Values that a program gives for a row: a name that is no column is its fault, and what is undefined is not given.
import { beforeEach, describe, expect, test } from 'vitest'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  app,
  model,
  modelCollection,
  modelResource,
  modelRouter,
  operation,
  Problem,
  type Hooks,
} from 'slumberjs/server'
import { base, serving } from './fixture.ts'

const notes = sqliteTable('note', {
  id: integer().primaryKey({ autoIncrement: true }),
  title: text().notNull(),
  secret: text().notNull().default('none'),
  tenantId: integer('tenant_id').notNull().default(0),
  version: integer().notNull().default(1),
})

/** Its state has to be given by a hook: no caller may write it. */
const forms = sqliteTable('form', { id: integer().primaryKey(), state: text().notNull() })

/** Nothing is counted up in it: a change of nothing has nothing to write. */
const memos = sqliteTable('memo', { id: integer().primaryKey(), title: text().notNull() })

let hooks: Hooks = {}
let given: Record<string, unknown> = {}
const logged: string[] = []
const told: string[] = []
const nothing = (): void => undefined

const api = serving({
  logger: { debug: nothing, info: nothing, warn: nothing, error: ({ error }) => void logged.push(String(error)) },
  rule: { tenantId: 5 },
  apps: [
    app('desk', {
      Note: model(notes, {
        exclude: ['secret'],
        version: 'version',
        bulk: true,
        on: {
          beforeCreate: (event) => hooks.beforeCreate?.(event) as { title: string } | undefined,
          beforeUpdate: (event) => hooks.beforeUpdate?.(event) as { title: string } | undefined,
          afterUpdate: ({ row }) => void told.push(row.title),
        },
      }),
      Form: model(forms, {
        serviceRule: false,
        fields: { state: { write: false } },
        on: { beforeCreate: (event) => hooks.beforeCreate?.(event) as { state: string } | undefined },
      }),
      Memo: model(memos, {
        serviceRule: false,
        operations: {
          change: operation.instance({
            POST: { run: async ({ instance, models }) => await models(memos).update({ id: instance.id }, given) },
          }),
        },
      }),
    }),
  ],
})

class Note extends modelResource('/notes/:id', notes) {
  async PATCH() {
    return await this.update(given)
  }
}
class Memo extends modelResource('/memos/:id', memos) {
  async PATCH() {
    return await this.update(given)
  }
}
class Notes extends modelCollection('/notes', Note) {
  async POST() {
    return await this.created(await this.create({ title: 'made', ...given }))
  }
}

const write = async (method: string, path: string): Promise<Response> => {
  const { fetch } = modelRouter(api.service, [Note, Notes, Memo])
  return await fetch(new Request(`http://desk.test${path}`, { method, headers: { authorization: 'Test admin' } }))
}
/** The status alone: `api` takes a 500 for a fault of the service. */
const ask = async (method: string, path: string, json: unknown): Promise<number> => {
  const headers = { authorization: 'Test admin', 'content-type': 'application/json' }
  const request = new Request(base + path, { method, headers, body: JSON.stringify(json) })
  return (await api.service.fetch(request)).status
}
const stored = async (): Promise<unknown> => await api.sql('SELECT id, title, tenant_id, version FROM note')
const first = { id: 1, title: 'one', tenant_id: 5, version: 1 }

beforeEach(async () => {
  hooks = {}
  given = {}
  logged.length = 0
  told.length = 0
  await api.client.executeMultiple(`
    DROP TABLE IF EXISTS note; DROP TABLE IF EXISTS memo; DROP TABLE IF EXISTS form;
    CREATE TABLE form (id integer PRIMARY KEY, state text NOT NULL);
    CREATE TABLE memo (id integer PRIMARY KEY, title text NOT NULL); INSERT INTO memo VALUES (1, 'one');
    CREATE TABLE note (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL, secret text NOT NULL DEFAULT 'none',
      tenant_id integer NOT NULL DEFAULT 0, version integer NOT NULL DEFAULT 1);
    INSERT INTO note (id, title, tenant_id) VALUES (1, 'one', 5);`)
})

describe('a hook that gives what is no column', () => {
  const there = 'which is no column; there are: id, title, secret, tenantId, version.'

  test('of a new row is 500, the log says which, and nothing is written', async () => {
    hooks = { beforeCreate: () => ({ titel: 'x' }) }
    expect(await ask('POST', '/desk/Note', { title: 'two' })).toBe(500)
    expect(logged).toEqual([`TypeError: beforeCreate of desk.Note gave "titel", ${there}`])
    expect(await ask('POST', '/desk/Note', [{ title: 'two' }, { title: 'three' }])).toBe(500)
    expect(await stored()).toEqual([first])
  })

  test('of a change is 500, the log says which, and nothing is written', async () => {
    hooks = { beforeUpdate: () => ({ secret: 'new', toString: 'x' }) }
    expect(await ask('PATCH', '/desk/Note/1', { title: 'two' })).toBe(500)
    expect(logged).toEqual([`TypeError: beforeUpdate of desk.Note gave "toString", ${there}`])
    expect(await stored()).toEqual([first])
  })

  test('is told apart from one that gives hidden columns, or nothing', async () => {
    hooks = { beforeCreate: () => ({ secret: 'new' }), beforeUpdate: () => undefined }
    expect(await ask('POST', '/desk/Note', { title: 'two' })).toBe(201)
    expect(await ask('PATCH', '/desk/Note/1', { title: 'new' })).toBe(200)
    expect(await api.sql('SELECT id, title, secret FROM note')).toEqual([
      { id: 1, title: 'new', secret: 'none' },
      { id: 2, title: 'two', secret: 'new' },
    ])
  })
})

describe('a hand-written resource', () => {
  test.each([
    ['PATCH', '/notes/1'],
    ['POST', '/notes'],
  ])('that writes what is no column is 500, and the log says which: %s', async (method, path) => {
    given = { nope: 1 }
    expect((await write(method, path)).status).toBe(500)
    expect(logged).toEqual([
      'TypeError: Model desk.Note: there is no column "nope"; there are: id, title, secret, tenantId, version.',
    ])
    expect(await stored()).toEqual([first])
  })

  test('that changes nothing but what is undefined changes nothing, and tells no hook', async () => {
    given = { title: undefined }
    expect((await write('PATCH', '/notes/1')).status).toBe(200)
    expect(await stored()).toEqual([first])
    expect(told).toEqual([])
    given = { title: undefined, secret: 'new' }
    expect((await write('PATCH', '/notes/1')).status).toBe(200)
    expect(await stored()).toEqual([{ ...first, version: 2 }])
  })

  test('that makes a row with an undefined member leaves it to the service’s rule', async () => {
    given = { tenantId: undefined }
    expect((await write('POST', '/notes')).status).toBe(201)
    expect(await stored()).toEqual([first, { id: 2, title: 'made', tenant_id: 5, version: 1 }])
  })
})

describe('what is undefined changes nothing where no version is counted', () => {
  test('by a hand-written resource', async () => {
    given = { title: undefined }
    expect((await write('PATCH', '/memos/1')).status).toBe(200)
    expect(await api.sql('SELECT title FROM memo')).toEqual([{ title: 'one' }])
  })

  test('by an operation', async () => {
    given = { title: undefined }
    expect(await ask('POST', '/desk/Memo/1/change', undefined)).toBe(200)
    expect(await api.sql('SELECT title FROM memo')).toEqual([{ title: 'one' }])
  })
})

test('what a hook refuses is said as it does, also where the caller could not write all that is needed', async () => {
  hooks = {
    beforeCreate: () => {
      throw new Problem(409, 'Not today.', { code: 'closed' })
    },
  }
  expect((await api.post('/desk/Form', {})).body).toMatchObject({ status: 409, code: 'closed' })
  hooks = {}
  expect((await api.post('/desk/Form', {})).status).toBe(403)
  hooks = { beforeCreate: () => ({ state: 'new' }) }
  expect((await api.post('/desk/Form', {})).body.state).toBe('new')
})
