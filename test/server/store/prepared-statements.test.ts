// What the server of PostgreSQL keeps for a connection is bounded, however many shapes rules, orders and rows have.
import { drizzle as overNodePostgres } from 'drizzle-orm/node-postgres'
import * as pg from 'drizzle-orm/pg-core'
import { drizzle as overPostgresJs } from 'drizzle-orm/postgres-js'
import { Pool } from 'pg'
import postgres from 'postgres'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { app, model, service, silentLogger, type ServiceOptions } from 'slumberjs/server'
import { createdOn, dialects } from '../dialects.ts'
import { askService, base, testScheme, type Asked } from '../fixture.ts'

/** One connection, of which the server is asked what it keeps. */
interface Connection {
  readonly database: ServiceOptions['database']
  query(text: string): Promise<readonly object[]>
  end(): Promise<void>
}

function overOne(driver: string, url: string): Connection {
  if (driver === 'postgres.js') {
    const client = postgres(url, { max: 1 })
    return {
      database: overPostgresJs({ client }),
      query: async (text) => await client.unsafe(text),
      end: () => client.end(),
    }
  }
  const client = new Pool({ connectionString: url, max: 1 })
  return {
    database: overNodePostgres({ client }),
    query: async (text) => (await client.query(text)).rows,
    end: () => client.end(),
  }
}

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('$name', (dialect) => {
  const notes = pg.pgTable('note', {
    id: pg.integer().primaryKey(),
    owner: pg.integer(),
    ...Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`n${index}`, pg.integer()])),
  })
  const created = createdOn(dialect, [notes])
  let url = ''
  beforeAll(async () => {
    const [found] = await created.sql(`SELECT current_database() AS name`)
    url = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${String(found?.['name'])}` }).href
  })

  /** What the server keeps when all has been asked; as whom, says how many parts the rule has. */
  const keptAfter = async (
    ask: (as: (as: string, method: string, path: string, asked?: Asked) => Promise<number>) => Promise<void>,
  ) => {
    const connection = overOne(dialect.name, url)
    const read = ({ name }: { readonly name: string }) =>
      name === 'admin' || { or: Array.from({ length: Number(name) }, (_, index) => ({ owner: index })) }
    const served = service(null, {
      url: `${base}/`,
      database: connection.database,
      apps: [app('a', { Note: model(notes, { access: { read } }) })],
      authenticate: [testScheme],
      logger: silentLogger,
    })
    await connection.query('DELETE FROM note')
    await connection.query('INSERT INTO note (id, owner) VALUES (1, 0)')
    await ask(async (as, method, path, asked) => (await askService(served, method, path, { ...asked, as })).status)
    const [{ count } = { count: undefined }] = (await connection.query(
      `SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE '%"note"%'`,
    )) as { readonly count?: number }[]
    await connection.end()
    return count
  }

  test('keeps the finds of the first twenty shapes', async () => {
    const kept = await keptAfter(async (ask) => {
      for (let round = 0; round < 2; round++) {
        for (let parts = 1; parts <= 60; parts++) expect(await ask(String(parts), 'GET', '/a/Note/1')).toBe(200)
      }
    })
    expect(kept).toBe(20)
  })

  test('keeps no list whose order or rule somebody thought of', async () => {
    const kept = await keptAfter(async (ask) => {
      for (let parts = 1; parts <= 10; parts++) expect(await ask(String(parts), 'GET', '/a/Note')).toBe(200)
      for (let index = 0; index < 5; index++) expect(await ask('admin', 'GET', `/a/Note?sort=n${index}`)).toBe(200)
    })
    expect(kept).toBe(0)
  })

  test('keeps no insert', async () => {
    const kept = await keptAfter(async (ask) => {
      for (let index = 0; index < 5; index++) {
        expect(await ask('admin', 'POST', '/a/Note', { json: { id: index + 2, [`n${index}`]: 1 } })).toBe(201)
      }
    })
    expect(kept).toBe(0)
  })
})
