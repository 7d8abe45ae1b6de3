// Hooks, marks instead of deletes and the begin of transactions over every database; row security in PostgreSQL.
import { sql } from 'drizzle-orm'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  app,
  model,
  Problem,
  service,
  silentLogger,
  transactionOf,
  type PostgresDatabase,
  type Service,
} from 'slumberjs/server'
import { createdOn, dialects, menuOver, servingOn } from './dialects.ts'
import { askService, base, testScheme, type Asked } from './fixture.ts'

const told: string[] = []
afterEach(() => {
  told.length = 0
})

describe.each(dialects)('over $name', (dialect) => {
  const api = servingOn(dialect, ({ crusts, shops }) => ({
    begin: (_tx, user) => {
      told.push(`begin ${user.name}`)
    },
    apps: [
      menuOver(dialect, {
        Crust: model(crusts, {
          on: {
            beforeCreate: ({ values }) => ({ name: `${String(values['name'])}!` }),
            beforeUpdate: ({ before }) => ({ name: `not ${String(before['name'])}` }),
            afterDelete: ({ row }) => {
              if (row['code'] === 'thn') throw new Problem(409, 'It stays.', { code: 'stays' })
            },
            committed: ({ action, row, before }) => {
              told.push(`${action} ${String(row['name'])} ${String(before?.['name'])}`)
            },
          },
        }),
        Shop: model(shops, { display: 'name', exclude: ['owner'], softDelete: 'active' }),
      }),
    ],
  }))

  test('writes are told, changed and refused in their transaction', async () => {
    expect((await api.post('/menu/Crust', { code: 'new', name: 'New' })).body.name).toBe('New!')
    expect((await api.patch('/menu/Crust/new', { name: 'x' })).body.name).toBe('not New!')
    expect((await api.delete('/menu/Crust/new')).status).toBe(204)
    expect(told.filter((word) => !word.startsWith('begin'))).toEqual([
      'create New! undefined',
      'update not New! New!',
      'delete not New! undefined',
    ])
    await api.replace('stocks', [])
    const before = await api.dump()
    expect((await api.delete('/menu/Crust/thn')).body.code).toBe('stays')
    expect(await api.dump()).toBe(before)
  })

  test('each transaction has its begin, and reads have one', async () => {
    expect((await api.get('/menu/Pizza', { as: 'ada' })).body).toHaveLength(4)
    expect((await api.get('/menu/Pizza/1', { as: 'bob' })).status).toBe(200)
    expect((await api.patch('/menu/Pizza/1', { price: '8' })).status).toBe(200)
    expect(told).toEqual(['begin ada', 'begin bob', 'begin admin'])
  })

  test('a mark is set instead of a delete', async () => {
    const before = (await api.get('/menu/Shop')).body.map(({ id }: { id: number }) => id)
    expect(before).toEqual([2, 3]) // the first is marked: it is active
    expect((await api.delete('/menu/Shop/2')).status).toBe(204)
    expect((await api.get('/menu/Shop')).body.map(({ id }: { id: number }) => id)).toEqual([3])
    expect(await api.sql('SELECT id FROM shop')).toHaveLength(3)
    expect((await api.get('/menu/Pizza?exclusiveTo.name=Da%20Luigi')).body).toEqual([])
  })
})

const bills = pgTable('bill', { id: serial().primaryKey(), owner: text().notNull(), note: text() })

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('row security over $name', (dialect) => {
  const created = createdOn(dialect, [bills])
  let served: Service

  beforeAll(async () => {
    // A role that every PostgreSQL has, and that is no superuser's.
    await created.sql(`ALTER TABLE bill ENABLE ROW LEVEL SECURITY`)
    await created.sql(`CREATE POLICY own ON bill USING (owner = current_setting('app.user', true))`)
    await created.sql(`GRANT ALL ON bill TO pg_monitor`)
    await created.sql(`GRANT ALL ON SEQUENCE bill_id_seq TO pg_monitor`)
    await created.sql(`INSERT INTO bill (owner, note) VALUES ('ada', 'one'), ('bob', 'two'), ('ada', 'three')`)
    const database = created.database
    served = service(null, {
      url: `${base}/`,
      database,
      apps: [app('shop', { Bill: model(bills, { newestFirst: true }) })],
      authenticate: [testScheme],
      logger: silentLogger,
      begin: async (tx, user) => {
        const own = transactionOf(database as PostgresDatabase, tx) // it is one
        await own.execute(sql`SELECT set_config('app.user', ${user.name}, true)`)
        await own.execute(sql`SET LOCAL ROLE pg_monitor`)
      },
    })
  })

  const all = 'shop.add_bill,shop.change_bill,shop.delete_bill'
  const ask = (method: string, path: string, name: string, asked: Asked = {}) =>
    askService(served, method, path, { as: `${name} ${all}`, ...asked })
  const ids = async (name: string): Promise<unknown> =>
    (await ask('GET', '/shop/Bill?sort=id', name)).body.map(({ id }: { id: number }) => id)

  test('the database shows each caller what its policy lets them see', async () => {
    expect([await ids('ada'), await ids('bob'), await ids('cleo')]).toEqual([[1, 3], [2], []])
    expect((await ask('GET', '/shop/Bill/2', 'ada')).status).toBe(404)
    expect((await ask('PATCH', '/shop/Bill/2', 'ada', { json: { note: 'x' } })).status).toBe(404)
    expect((await ask('PATCH', '/shop/Bill/2', 'bob', { json: { note: 'x' } })).status).toBe(200)
  })

  test('what the policy refuses is 403, and leaves nothing', async () => {
    const before = await created.sql('SELECT * FROM bill ORDER BY id')
    const create = await ask('POST', '/shop/Bill', 'ada', { json: { owner: 'bob' } })
    const update = await ask('PATCH', '/shop/Bill/1', 'ada', { json: { owner: 'bob' } })
    expect([create.status, update.status]).toEqual([403, 403])
    expect(await created.sql('SELECT * FROM bill ORDER BY id')).toEqual(before)
  })
})
