// What the server of PostgreSQL keeps for a connection is bounded, however many shapes rules have.
import { drizzle } from 'drizzle-orm/node-postgres'
import * as pg from 'drizzle-orm/pg-core'
import { Pool } from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { app, model, service, silentLogger } from 'slumberjs/server'
import { createdOn, dialects } from '../dialects.ts'
import { askService, base, testScheme } from '../fixture.ts'

describe.each(dialects.filter(({ name }) => name === 'node-postgres'))('$name', (dialect) => {
  const notes = pg.pgTable('note', { id: pg.integer().primaryKey(), owner: pg.integer() })
  const created = createdOn(dialect, [notes])

  test('keeps the statements of a few shapes', async () => {
    const [found] = await created.sql(`SELECT current_database() AS name`)
    const url = new URL(inject('postgresUrl'))
    url.pathname = `/${String(found?.['name'])}`
    const pool = new Pool({ connectionString: url.href, max: 1 })
    const read = ({ name }: { readonly name: string }) => ({
      or: Array.from({ length: Number(name) }, (_, index) => ({ owner: index })),
    })
    const apps = [app('a', { Note: model(notes, { access: { read } }) })]
    const database = drizzle({ client: pool })
    const served = service(null, { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
    await pool.query('INSERT INTO note VALUES (1, 0)')
    for (let round = 0; round < 2; round++) {
      for (let length = 1; length <= 60; length++) {
        expect((await askService(served, 'GET', '/a/Note/1', { as: String(length) })).body).toEqual({ id: 1, owner: 0 })
      }
    }
    const { rows } = await pool.query('SELECT count(*)::int AS count FROM pg_prepared_statements')
    expect(rows).toEqual([{ count: 20 }])
    await pool.end()
  })
})
