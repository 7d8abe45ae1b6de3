// better-sqlite3: a driver that does one thing at a time, under a service that does many.
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { app, model, operation, service, silentLogger, transactionOf, type Service } from 'slumberjs/server'
import { askService, base, directory, testScheme } from '../fixture.ts'

const crusts = sqliteTable('crust', { code: text().primaryKey(), sizeId: integer('size').references(() => sizes.id) })
const sizes = sqliteTable('size', { id: integer().primaryKey() })

describe.runIf(inject('hasBetterSqlite3')).each(['a file', 'memory'])('a database in %s', (place) => {
  let folder = ''
  let database: ReturnType<typeof open> | undefined
  let served: Service | undefined
  /** What happens while the operation `slow` is in the middle of its transaction. */
  let meanwhile: () => Promise<unknown> = () => Promise.resolve()
  const open = (source: string) => drizzle({ connection: { source } })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slumber-'))
    const opened = open(place === 'memory' ? ':memory:' : join(folder, 'test.db'))
    database = opened
    opened.$client
      .exec(`PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; CREATE TABLE size (id integer PRIMARY KEY);
      CREATE TABLE crust (code text PRIMARY KEY, size integer REFERENCES size (id)); INSERT INTO crust VALUES ('thn', NULL)`)
    const slow = operation.model({
      POST: {
        run: async ({ tx }) => {
          await transactionOf(opened, tx).insert(crusts).values({ code: 'new' })
          await meanwhile()
          return (await transactionOf(opened, tx).select().from(crusts)).length
        },
      },
    })
    served = service('pizzas', {
      url: `${base}/`,
      database: opened,
      directory,
      apps: [app('menu', { Crust: model(crusts, { operations: { slow } }), Size: model(sizes) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
  })
  afterEach(async () => {
    database?.$client.close()
    await rm(folder, { recursive: true })
  })
  const get = async (path: string) => await askService(served!, 'GET', path)
  const post = async (path: string, json?: unknown) => await askService(served!, 'POST', path, { json })

  test('who reads while a transaction is open sees nothing of it, and waits at most', async () => {
    const reads: Promise<number>[] = []
    meanwhile = async () => {
      const read = get('/menu/Crust').then(({ body }) => (body as unknown[]).length)
      reads.push(read)
      if (place === 'a file') await read
      return await Promise.resolve()
    }
    expect((await post('/menu/Crust/-/slow')).body).toBe(2)
    expect(await Promise.all(reads)).toEqual([place === 'a file' ? 1 : 2])
    expect((await get('/menu/Crust')).body).toHaveLength(2)
  })

  test.runIf(place === 'a file')('a row is read in the turn in which its caller is known', async () => {
    const principal = { name: 'admin', superuser: true, can: () => true }
    const ask = (path: string) => served!.answer(new Request(`${base}${path}`), { principal })
    await ask('/menu/Crust/thn') // what may be named of the model is found out once
    expect(ask('/menu/Crust/thn')).toMatchObject({ status: 200 })
  })

  test('a transaction that fails leaves nothing, and the next one is let in', async () => {
    meanwhile = () => Promise.reject(new RangeError('of the program'))
    const request = new Request(`${base}/menu/Crust/-/slow`, {
      method: 'POST',
      headers: { authorization: 'Test admin' },
    })
    expect((await served!.fetch(request)).status).toBe(500)
    expect((await get('/menu/Crust')).body).toHaveLength(1)
    expect((await post('/menu/Crust', { code: 'new' })).status).toBe(201)
  })

  test('many writers and readers at once are all served', async () => {
    const codes = Array.from({ length: 20 }, (_, index) => `c${index}`)
    const asked = codes.flatMap((code) => [post('/menu/Crust', { code }), get('/menu/Crust')])
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([201, 200]))
    expect((await get('/menu/Crust')).body).toHaveLength(21)
  })

  test('foreign keys hold in transactions as in the connection that was given', async () => {
    expect((await post('/menu/Crust', { code: 'no', sizeId: 9 })).status).toBe(409)
    expect(database?.get<{ foreign_keys: number }>(sql`PRAGMA foreign_keys`)).toEqual({ foreign_keys: 1 })
    const unchecked = transactionOf(database!, served!.state.store.database)
    expect(unchecked.select().from(crusts).all()).toHaveLength(1)
  })

  test('a read inside of the operation whose transaction it would wait for is 503, not for ever', async () => {
    if (place === 'a file') return
    let status = 0
    meanwhile = async () => {
      status = (await get('/menu/Crust')).status
    }
    expect((await post('/menu/Crust/-/slow')).body).toBe(2)
    expect(status).toBe(503)
  })
})
