// References along columns that are not on the wire: rules and programs name them, cascades follow them, callers know nothing of them.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { app, model, operation, service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects, menuOver, servingOn } from './dialects.ts'
import { askService, base, hal, menu, serving, testScheme, type Answer } from './fixture.ts'
import { pizzas as sqlitePizzas } from './tables.ts'

const idsOf = ({ status, body }: Answer): unknown =>
  status === 200 ? body.map(({ id }: { id: number }) => id) : [status, body.detail]

describe.each(dialects)('$name', (dialect) => {
  const api = servingOn(dialect, ({ shops, pizzas }) => ({
    apps: [
      menuOver(dialect, {
        Pizza: model(pizzas, {
          exclude: ['exclusiveToId', 'recipe'] as never[],
          access: {
            read: (user) => user.name !== 'clerk' || { exclusiveTo: { owner: 'clerk' } },
            update: { or: [{ exclusiveTo: { active: true } }, { id: 2 }] }, // asked at the start, too
          },
          operations: {
            exclusive: operation.model({
              GET: { run: async ({ models }) => ({ count: await models(pizzas).count({ exclusiveTo: { id: 1 } }) }) },
            }),
          },
        }),
        Shop: model(shops, {
          exclude: ['owner'] as never[],
          access: { read: (user) => user.name !== 'guest' || { pizzas: { price: { gt: '10' } } } },
        }),
      }),
    ],
  }))
  const change = 'menu.change_pizza'

  test('a rule goes along one, and along its other end', async () => {
    expect(idsOf(await api.get('/menu/Pizza', { as: 'clerk' }))).toEqual([3])
    expect(idsOf(await api.get('/menu/Pizza'))).toEqual([1, 2, 3, 4])
    expect((await api.get('/menu/Pizza/4', { as: 'clerk' })).status).toBe(404)
    expect(idsOf(await api.get('/menu/Shop', { as: 'guest' }))).toEqual([1])
    expect((await api.patch('/menu/Pizza/3', { price: '13' }, { as: `bob ${change}` })).status).toBe(200)
    expect((await api.patch('/menu/Pizza/1', { price: '13' }, { as: `bob ${change}` })).status).toBe(403)
  })

  test('so does a program', async () => {
    expect((await api.get('/menu/Pizza/-/exclusive')).body).toEqual({ count: 1 })
  })

  test('a caller knows of neither, whatever a rule or a program has named before', async () => {
    await api.get('/menu/Pizza/-/exclusive')
    for (const query of ['exclusiveTo.id=1', 'exclusiveToId=1', 'sort=exclusiveTo.id', 'expand=exclusiveTo']) {
      const { status, body } = await api.get(`/menu/Pizza?${query}`)
      expect([query, status]).toEqual([query, 400])
      expect(body.detail.split('there are:')[1]).not.toContain('xclusive')
    }
    expect((await api.get('/menu/Shop?pizzas.id=1')).status).toBe(400)
    expect((await api.get('/menu/Shop/1/pizzas')).status).toBe(404)
    expect((await api.get('/menu/Shop/1', hal)).text).not.toContain('pizzas"')
    for (const name of ['Pizza', 'Shop']) {
      expect((await api.get(`/menu/${name}/-/model`)).text).not.toMatch(/exclusiveTo|"pizzas"/)
    }
  })
})

describe('what a program names first', () => {
  const api = serving({
    apps: [
      menu({
        Pizza: model(sqlitePizzas, {
          exclude: ['recipe'],
          operations: {
            secret: operation.model({
              GET: {
                run: async ({ models }) => ({ count: await models(sqlitePizzas).count({ recipe: 'secret-dough' }) }),
              },
            }),
          },
        }),
      }),
    ],
  })

  test('A043 is not on the wire for callers afterwards', async () => {
    expect((await api.get('/menu/Pizza/-/secret')).body).toEqual({ count: 4 })
    expect((await api.get('/menu/Pizza?recipe=secret-dough')).status).toBe(400)
    expect((await api.get('/menu/Pizza?sort=recipe')).status).toBe(400)
    expect((await api.get('/menu/Pizza/1')).body).not.toHaveProperty('recipe')
  })

  test('may be what callers have asked for before', async () => {
    await api.get('/menu/Pizza')
    expect((await api.get('/menu/Pizza/-/secret')).body).toEqual({ count: 4 })
  })
})

describe('a cascade', () => {
  const albums = sqliteTable('album', { id: integer().primaryKey(), title: text().notNull() })
  const tracks = sqliteTable('track', {
    id: integer().primaryKey(),
    album: integer()
      .notNull()
      .references(() => albums.id, { onDelete: 'cascade' }),
    sealed: integer({ mode: 'boolean' }).notNull(),
  })
  const created = createdOn(dialects[0]!, [albums, tracks])
  let served: Service
  beforeAll(() => {
    const models = {
      Album: model(albums),
      Track: model(tracks, { exclude: ['album'], access: { delete: { sealed: false } } }),
    }
    const { database } = created
    const apps = [app('a', models)]
    served = service(null, { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
  })
  beforeEach(async () => {
    for (const name of ['track', 'album']) await created.sql(`DELETE FROM ${name}`)
    await created.sql(`INSERT INTO album VALUES (1, 'One'), (2, 'Two')`)
    await created.sql('INSERT INTO track VALUES (1, 1, 0), (2, 2, 1)')
  })

  test('along one, which has no name even, does not take rows that the caller may not delete', async () => {
    const { status, body } = await askService(served, 'DELETE', '/a/Album/2')
    expect([status, body.code]).toEqual([409, 'foreign-key'])
    expect((await askService(served, 'DELETE', '/a/Album/1')).status).toBe(204)
    expect(await created.sql('SELECT id FROM track')).toMatchObject([{ id: 2 }])
  })
})
