// What goes wrong between the service and a server of databases: locks, deadlocks, lost connections. None of it is the caller's
// fault, and none of it is half a write.
import { sql } from 'drizzle-orm'
import { drizzle as overMysql } from 'drizzle-orm/mysql2'
import { drizzle as overNodePostgres } from 'drizzle-orm/node-postgres'
import { drizzle as overPostgresJs } from 'drizzle-orm/postgres-js'
import { createPool } from 'mysql2/promise'
import { Pool } from 'pg'
import postgres from 'postgres'
import { describe, expect, test } from 'vitest'
import { model, operation, service, silentLogger, type OperationContext } from 'slumberjs/server'
import { dialects, menuOver, servingOn, type Database, type Dialect } from '../dialects.ts'
import { base, directory, testScheme } from '../fixture.ts'

type Context = OperationContext<object, unknown>

/** As much of PostgreSQL's and MySQL's transactions as is used here. */
interface Executing {
  execute(statement: unknown): PromiseLike<unknown>
}
const executing = ({ tx }: Context): Executing => tx as unknown as Executing

const servers = dialects.filter(({ kind }) => kind !== 'sqlite')

describe.each(servers)('$name', (dialect) => {
  /** What the operation `act` does, as the test says, by a name of the request's own. */
  const acts = new Map<string | null, (context: Context) => unknown>()
  const api = servingOn(dialect, ({ crusts }) => ({
    apps: [
      menuOver(dialect, {
        Crust: model(crusts, {
          operations: {
            act: operation.model({
              POST: { run: (context) => acts.get(context.exchange.headers.get('act'))?.(context) },
            }),
          },
        }),
      }),
    ],
  }))
  const acting = async (run: (context: Context) => unknown) => {
    const name = String(acts.size)
    acts.set(name, run)
    const headers = { authorization: 'Test admin', act: name }
    const request = new Request(`${base}/menu/Crust/-/act`, { method: 'POST', headers })
    return await api.service.fetch(request)
  }
  const rename = (context: Context, code: string): PromiseLike<unknown> =>
    executing(context).execute(sql`update crust set name = concat(name, '!') where code = ${code}`)
  const names = async (): Promise<unknown> => (await api.get('/menu/Crust?fields=name')).body

  test('of two transactions that wait for each other one is tried again, and both are stored', async () => {
    const holds = [deferred(), deferred()]
    let attempts = 0
    const cross = (first: number): ((context: Context) => Promise<void>) => {
      const codes = ['thn', 'thk']
      return async (context) => {
        attempts += 1
        await rename(context, codes[first] ?? '')
        holds[first]?.resolve()
        await holds[1 - first]?.promise
        await rename(context, codes[1 - first] ?? '')
      }
    }
    const both = [0, 1].map((first) => acting(cross(first)))
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([204, 204])
    expect(attempts).toBe(3)
    expect(await names()).toEqual([{ name: 'Thick!!' }, { name: 'Thin!!' }])
  })

  test('what always ends in a conflict is 503 with Retry-After after a few attempts', async () => {
    let attempts = 0
    const response = await acting(() => {
      attempts += 1
      const code = dialect.kind === 'pg' ? { code: '40001' } : { code: 'ER_LOCK_DEADLOCK', errno: 1213 }
      throw Object.assign(new Error('as the driver throws it'), code)
    })
    expect([response.status, response.headers.get('retry-after'), attempts]).toEqual([503, '1', 4])
    expect(await response.json()).toMatchObject({ code: 'database-busy' })
  })

  test('a lock that does not come is 503 with Retry-After, and nothing is stored', async () => {
    const [held, release] = [deferred(), deferred()]
    const holding = acting(async (context) => {
      await rename(context, 'thn')
      held.resolve()
      await release.promise
    })
    await held.promise
    const response = await acting(async (context) => {
      await rename(context, 'thk')
      await executing(context).execute(sql`select * from crust where code = 'thn' for update nowait`)
    })
    release.resolve()
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.json()).toMatchObject({ code: 'database-busy' })
    expect((await holding).status).toBe(204)
    expect(await names()).toEqual([{ name: 'Thick' }, { name: 'Thin!' }])
  })

  test('an operation that goes on after a failed statement stores all the rest or nothing, never half of it', async () => {
    const response = await acting(async (context) => {
      await rename(context, 'thk')
      await Promise.resolve(executing(context).execute(sql`insert into crust values ('thn', 'Again')`)).catch(() => 0)
      return { stored: true }
    })
    // PostgreSQL gives up the whole transaction, MySQL the statement.
    const isStored = response.status === 200
    expect(isStored).toBe(dialect.kind === 'mysql')
    expect(await names()).toEqual([{ name: isStored ? 'Thick!' : 'Thick' }, { name: 'Thin' }])
  })

  test('a connection that is lost in a transaction is 503, nothing is stored, and the next request has another', async () => {
    const response = await acting(async (context) => {
      await rename(context, 'thn')
      const kill =
        dialect.kind === 'pg' ? sql`select pg_terminate_backend(pg_backend_pid())` : sql`kill connection_id()`
      await executing(context).execute(kill)
      await rename(context, 'thn')
    })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await names()).toEqual([{ name: 'Thick' }, { name: 'Thin' }])
    expect((await api.patch('/menu/Crust/thn', { name: 'Thinner' })).status).toBe(200)
  })

  test('a savepoint inside of a transaction takes back what failed in it alone', async () => {
    const { store } = api.service.state
    const crust = api.service.state.models.get('menu.Crust')
    if (crust === undefined) throw new Error('There is no such model.')
    await store.transact(async (transaction) => {
      await transaction.insert(crust, { code: 'one', name: 'One' })
      const inner = transaction.savepoint(async (point) => {
        await point.insert(crust, { code: 'two', name: 'Two' })
        await point.insert(crust, { code: 'one', name: 'Again' })
      })
      await expect(inner).rejects.toMatchObject({ status: 409, code: 'not-unique' })
      await transaction.savepoint(async (point) => {
        await point.savepoint(async (deeper) => await deeper.insert(crust, { code: 'tri', name: 'Three' }))
      })
    })
    expect(((await api.get('/menu/Crust?fields=code')).body as { code: string }[]).map(({ code }) => code)).toEqual([
      'one',
      'thk',
      'thn',
      'tri',
    ])
  })
})

describe.each(servers.slice(0, 1))('a pool of four: $name', (dialect) => {
  const allBegun = deferred()
  let begun = 0
  const api = servingOn(dialect, ({ crusts }) => ({
    apps: [
      menuOver(dialect, {
        Crust: model(crusts, {
          operations: {
            nested: operation.model({
              POST: {
                run: async () => {
                  begun += 1
                  if (begun === 4) allBegun.resolve()
                  await allBegun.promise
                  return (await api.post('/menu/Crust', { code: `in${begun}`, name: 'x' })).status
                },
              },
            }),
          },
        }),
      }),
    ],
  }))

  test('operations that hold all connections and write through the service wait five seconds, not for ever', async () => {
    const asked = Array.from({ length: 4 }, () => api.post('/menu/Crust/-/nested', undefined))
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.map(({ body }) => body as unknown)).toContain(503) // and the connection of the first serves the others
    expect((await api.post('/menu/Crust', { code: 'out', name: 'x' })).status).toBe(201)
  })
})

/** Databases at an address where nobody listens. */
const nowhere: Readonly<Record<string, () => { readonly database: Database; readonly close: () => Promise<void> }>> = {
  'node-postgres': () => {
    const pool = new Pool({ connectionString: 'postgres://postgres@127.0.0.1:1/none' })
    return { database: overNodePostgres({ client: pool }), close: () => pool.end() }
  },
  'postgres.js': () => {
    const client = postgres('postgres://postgres@127.0.0.1:1/none')
    return { database: overPostgresJs({ client }), close: () => client.end() }
  },
  mysql2: () => {
    const pool = createPool('mysql://root@127.0.0.1:1/none')
    return { database: overMysql({ client: pool }), close: () => pool.end() }
  },
}

const serviceNowhere = (dialect: Dialect, database: Database) =>
  service('pizzas', {
    url: `${base}/`,
    database,
    directory,
    apps: [menuOver(dialect)],
    authenticate: [testScheme],
    logger: silentLogger,
  })

describe.each(servers)('where no server is: $name', (dialect) => {
  test('reads and writes are 503 with Retry-After, and no words of the driver', async () => {
    const { database, close } = nowhere[dialect.name]?.() ?? expect.fail('There is no such driver here.')
    const served = serviceNowhere(dialect, database)
    const asked = [
      new Request(`${base}/menu/Crust/thn`, { headers: { authorization: 'Test admin' } }),
      new Request(`${base}/menu/Crust/thn`, { method: 'DELETE', headers: { authorization: 'Test admin' } }),
    ]
    for (const request of asked) {
      const response = await served.fetch(request)
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
      const text = await response.text()
      expect(JSON.parse(text)).toMatchObject({ code: 'database-unavailable' })
      expect(text).not.toMatch(/127\.0\.0\.1|ECONN|postgres|mysql/i)
    }
    await close()
  })
})

interface Deferred {
  readonly promise: Promise<void>
  resolve(): void
}

function deferred(): Deferred {
  let resolve = (): void => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve: () => resolve() }
}
