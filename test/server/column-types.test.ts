// Every class of column that Drizzle has for the three dialects is served, or refused at the start with the reason.
import { Column, getTableColumns, type Table } from 'drizzle-orm'
import { drizzle as overLibsql } from 'drizzle-orm/libsql'
import { drizzle as overMysql } from 'drizzle-orm/mysql2'
import * as mysql from 'drizzle-orm/mysql-core'
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres'
import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'
import { app, model, service, silentLogger, type Service, type ServiceOptions } from 'slumberjs/server'
import { mysqlSamples, mysqlSerial } from './columns/mysql-samples.ts'
import { pgSamples } from './columns/pg-samples.ts'
import type { Sample } from './columns/sample.ts'
import { sqliteSamples } from './columns/sqlite-samples.ts'
import { askService, base, testScheme } from './fixture.ts'

function columns<Builder>(samples: Readonly<Record<string, Sample<Builder>>>): Record<string, Builder> {
  return Object.fromEntries(Object.entries(samples).map(([name, { column }]) => [name, column]))
}

/** Of which others are made, or which a program cannot make by itself. */
const abstract = new Set(['ExtraConfigColumn', 'MySqlColumnWithAutoIncrement', 'SQLiteBaseInteger'])

const dialects: readonly {
  name: string
  exports: object
  table: Table
  samples: Readonly<Record<string, Sample>>
  database: ServiceOptions['database']
}[] = [
  {
    name: 'sqlite',
    exports: sqlite,
    table: sqlite.sqliteTable('t', { key: sqlite.integer().primaryKey(), ...columns(sqliteSamples) }),
    samples: sqliteSamples,
    database: overLibsql.mock(),
  },
  {
    name: 'pg',
    exports: pg,
    table: pg.pgTable('t', { key: pg.serial().primaryKey(), ...columns(pgSamples) }),
    samples: pgSamples,
    database: overPostgres.mock(),
  },
  {
    name: 'mysql',
    exports: mysql,
    table: mysql.mysqlTable('t', { key: mysqlSerial.primaryKey(), ...columns(mysqlSamples) }),
    samples: mysqlSamples,
    database: overMysql.mock(),
  },
]

function serve(table: Table, database: ServiceOptions['database']): Service {
  const apps = [app('a', { T: model(table) })]
  return service(null, { url: `${base}/`, database, apps, authenticate: [testScheme], logger: silentLogger })
}

describe.each(dialects)('$name', ({ exports, table, samples, database }) => {
  test('there is a sample of every class of column', () => {
    const classes = Object.entries(exports).filter(
      ([name, value]) =>
        typeof value === 'function' &&
        value.prototype instanceof Column &&
        !abstract.has(name) &&
        !/^(?:SQLite|Pg|MySql)Column$/.test(name),
    )
    const sampled = new Set(Object.values(getTableColumns(table)).map((column) => column.constructor))
    expect(classes.filter(([, value]) => !sampled.has(value)).map(([name]) => name)).toEqual([])
    expect(classes.length).toBeGreaterThan(10)
  })

  test('each is served with its type on the wire', async () => {
    const { body } = await askService(serve(table, database), 'GET', '/a/T/-/model')
    const types = Object.entries<{ type: string }>(body.fields).map(([name, { type }]) => [name, type])
    const expected = Object.entries(samples).map(([name, { type }]) => [name, type])
    expect(types).toEqual([['key', expect.any(String)], ...expected])
  })
})

describe('columns that nobody can know are refused at the start', () => {
  const [sqliteDatabase, pgDatabase] = [overLibsql.mock(), overPostgres.mock()]
  const money = pg.customType<{ data: { cents: number } }>({
    dataType: () => 'integer',
    fromDriver: (cents) => ({ cents: Number(cents) }),
  })
  const vector = pg.customType<{ data: string }>({ dataType: () => 'tsvector' })
  test.each<readonly [string, Table, ServiceOptions['database'], string]>([
    [
      'a custom type that maps its values',
      pg.pgTable('t', { id: pg.serial().primaryKey(), price: money() }),
      pgDatabase,
      'Table "t": column "price" is of a type that does not describe itself (integer).',
    ],
    [
      'a custom type of an unknown data type',
      pg.pgTable('t', { id: pg.serial().primaryKey(), words: vector() }),
      pgDatabase,
      'column "words" is of a type that does not describe itself (tsvector).',
    ],
    [
      'an array of such',
      pg.pgTable('t', { id: pg.serial().primaryKey(), words: vector().array() }),
      pgDatabase,
      'column "words" is of a type that does not describe itself (tsvector).',
    ],
    [
      'a bigint with digits behind the point, which Drizzle could not read',
      pg.pgTable('t', { id: pg.serial().primaryKey(), n: pg.numeric({ mode: 'bigint', precision: 9, scale: 2 }) }),
      pgDatabase,
      'column "n" is in the mode "bigint", but has digits behind the point; give it the scale 0 or another mode.',
    ],
    [
      'a table of another dialect than the database',
      pg.pgTable('t', { id: pg.serial().primaryKey() }),
      sqliteDatabase,
      'its table is none of SQLite, which the database is',
    ],
  ])('%s', (_, table, database, message) => {
    expect(() => serve(table, database)).toThrow(TypeError)
    expect(() => serve(table, database)).toThrow(message)
  })
})
