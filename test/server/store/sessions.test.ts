// Sessions of the database: whatever a server, a role or a program has set, values are read and written as they are.
import * as mysqlCore from 'drizzle-orm/mysql-core'
import { drizzle as overMysql } from 'drizzle-orm/mysql2'
import { drizzle as overNodePostgres } from 'drizzle-orm/node-postgres'
import * as pgCore from 'drizzle-orm/pg-core'
import { createConnection } from 'mysql2/promise'
import { Client } from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { createdOn, dialects, type Database } from '../dialects.ts'
import { askService, base, directory, testScheme } from '../fixture.ts'

const pgMoments = pgCore.pgTable('moment', {
  id: pgCore.integer().primaryKey(),
  zoned: pgCore.timestamp({ withTimezone: true, precision: 3 }),
  zonedText: pgCore.timestamp('zoned_text', { withTimezone: true, mode: 'string' }),
  local: pgCore.timestamp({ precision: 3 }),
  localText: pgCore.timestamp('local_text', { mode: 'string' }),
  day: pgCore.date(),
  float: pgCore.doublePrecision(),
})
const mysqlMoments = mysqlCore.mysqlTable('moment', {
  id: mysqlCore.int().primaryKey(),
  zoned: mysqlCore.timestamp({ fsp: 3 }),
  zonedText: mysqlCore.timestamp('zoned_text', { mode: 'string' }),
  local: mysqlCore.datetime({ fsp: 3 }),
  localText: mysqlCore.datetime('local_text', { mode: 'string' }),
  day: mysqlCore.date({ mode: 'string' }),
  float: mysqlCore.double(),
  big: mysqlCore.bigint({ mode: 'bigint' }),
})

const serving = (table: typeof pgMoments | typeof mysqlMoments, database: Database): Service =>
  service('pizzas', {
    url: `${base}/`,
    database,
    directory,
    apps: [app('menu', { Moment: model<typeof pgMoments | typeof mysqlMoments>(table) })],
    authenticate: [testScheme],
    logger: silentLogger,
  })

const moment = {
  id: 1,
  zoned: '2026-07-01T12:34:56.789Z',
  local: '2026-07-01T12:34:56.789Z',
  day: '2026-07-01',
  float: 0.1 + 0.2,
}

describe.each(dialects.filter(({ kind }) => kind === 'pg'))('$name', (dialect) => {
  const created = createdOn(dialect, [pgMoments])
  let served: Service | undefined

  beforeAll(async () => {
    const [{ name }] = (await created.sql('SELECT current_database() AS name')) as [{ name: string }]
    await created.sql(`ALTER DATABASE ${name} SET timezone = 'Asia/Kolkata'`)
    await created.sql(`ALTER DATABASE ${name} SET datestyle = 'SQL, DMY'`)
    if (dialect.name === 'node-postgres') await created.sql(`ALTER DATABASE ${name} SET extra_float_digits = -5`)
    const { database } = await created.connect() // its sessions are of the new settings
    served = serving(pgMoments, database as Database)
  })

  test('times, dates and floats are read and written as they are, whatever the settings of the database', async () => {
    const sent = { ...moment, zonedText: '2026-07-01T12:34:56.123456Z', localText: '2026-07-01T12:34:56.123456' }
    const made = await askService(served!, 'POST', '/menu/Moment', { json: sent })
    expect([made.status, made.body]).toEqual([201, sent])
    expect((await askService(served!, 'GET', '/menu/Moment/1')).body).toEqual(sent)
    const stored = `SELECT to_char(zoned AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') AS zoned,
      to_char(local, 'YYYY-MM-DD HH24:MI:SS.MS') AS local, float = 0.30000000000000004 AS float FROM moment`
    const times = { zoned: '2026-07-01 12:34:56.789', local: '2026-07-01 12:34:56.789' }
    expect(await created.sql(stored)).toEqual([{ ...times, float: true }])
  })
})

describe.each(dialects.filter(({ kind }) => kind === 'mysql'))('$name', (dialect) => {
  const created = createdOn(dialect, [mysqlMoments])
  let served: Service | undefined

  beforeAll(async () => {
    const connected = await created.connect()
    // Every connection of the pool was opened before, and set by somebody else.
    await Promise.all(
      Array.from({ length: 4 }, () => connected.sql(`SET time_zone = '+05:30', sql_mode = 'NO_BACKSLASH_ESCAPES'`)),
    )
    served = serving(mysqlMoments, connected.database as Database)
  })

  test('times, dates and large integers are read and written as they are, whatever the settings of the session', async () => {
    const sent = {
      ...moment,
      zonedText: '2026-07-01T12:34:56',
      localText: '2026-07-01T12:34:56',
      big: '9007199254740993',
    }
    const made = await askService(served!, 'POST', '/menu/Moment', { json: sent })
    expect([made.status, made.body]).toEqual([201, sent])
    for (let index = 0; index < 8; index += 1) {
      expect((await askService(served!, 'GET', '/menu/Moment/1')).body).toEqual(sent)
    }
    const stored = `SELECT cast(unix_timestamp(zoned) AS char) AS zoned, cast(local AS char) AS local FROM moment`
    expect(await created.sql(stored)).toEqual([{ zoned: '1782909296.789', local: '2026-07-01 12:34:56.789' }])
  })

  test('what does not fit is refused, not cut, whatever the mode of the session', async () => {
    const refused = await askService(served!, 'POST', '/menu/Moment', { json: { id: 2, big: '99999999999999999999' } })
    expect(refused.status).toBe(422)
    expect((await askService(served!, 'GET', '/menu/Moment/2')).status).toBe(404)
  })
})

describe('a single connection, which requests would share with the transactions of others, is refused', () => {
  test('of node-postgres', () => {
    expect(() => serving(pgMoments, overNodePostgres({ client: new Client() }))).toThrow(
      'needs a Pool of node-postgres',
    )
  })

  test.runIf(dialects.some(({ kind }) => kind === 'mysql'))('of mysql2', async () => {
    const connection = await createConnection({ uri: process.env['MYSQL_URL'] ?? 'mysql://root@localhost:3306' })
    expect(() => serving(mysqlMoments, overMysql({ client: connection }))).toThrow('needs a pool of mysql2')
    await connection.end()
  })
})

test('a table of another dialect than the database is refused', () => {
  const database = overNodePostgres('postgres://localhost/none')
  expect(() => serving(mysqlMoments, database)).toThrow('its table is none of PostgreSQL, which the database is')
})
