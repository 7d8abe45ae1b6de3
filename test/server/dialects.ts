// The databases that the server's tests run over, and a service over any of them: `describe.each(dialects)('$name', …)`
// with `const api = servingOn(dialect)` in it, and `api.get('/menu/Pizza/1')` as in fixture.ts in its tests.
//
// `dialects` are the drivers that are there (setup.ts says which are not); `dialect.kind` is 'sqlite', 'pg' or 'mysql'.
// Each `servingOn` has a database of its own with the tables of `dialects/<kind>-tables.ts` (`dialect.tables.pizzas`) and,
// before each test, the rows of `dialects/rows.ts`. Options of the service are made from the tables:
// `servingOn(dialect, ({ pizzas }) => ({ apps: [menuOver(dialect, { Pizza: model(pizzas, …) })] }))`.
// Tables of your own: `createdOn(dialect, tables)` gives a database with those, and no service.
import type { Table } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import {
  app,
  model,
  service,
  silentLogger,
  type AppDefinition,
  type ModelDefinitions,
  type Service,
  type ServiceOptions,
} from 'slumberjs/server'
import {
  betterSqlite3,
  libsql,
  mysql2,
  nodePostgres,
  postgresJs,
  type Connected,
  type OwnDatabase,
  type Row,
} from './dialects/connect.ts'
import { createStatements, nameOf } from './dialects/ddl.ts'
import { mysqlTables } from './dialects/mysql-tables.ts'
import { pgTables } from './dialects/pg-tables.ts'
import { generating, rows, tableNames, type TableName } from './dialects/rows.ts'
import { sqliteTables } from './dialects/sqlite-tables.ts'
import { askService, base, directory, testScheme, type Answer, type Api, type Asked } from './fixture.ts'

export type Database = ServiceOptions['database']

/** The tables by their names in the program. Of which dialect they are, only Drizzle sees. */
export type Tables = Readonly<Record<TableName, Table>>

export interface Dialect {
  /** The driver, as it stands in the names of tests. */
  readonly name: string
  readonly kind: 'sqlite' | 'pg' | 'mysql'
  readonly tables: Tables
  create(): Promise<OwnDatabase>
}

const all: readonly (Dialect & { readonly isThere: boolean })[] = [
  { name: 'libsql', kind: 'sqlite', tables: sqliteTables, create: libsql, isThere: true },
  {
    name: 'better-sqlite3',
    kind: 'sqlite',
    tables: sqliteTables,
    create: betterSqlite3,
    isThere: inject('hasBetterSqlite3'),
  },
  { name: 'node-postgres', kind: 'pg', tables: pgTables, create: nodePostgres, isThere: inject('postgresUrl') !== '' },
  { name: 'postgres.js', kind: 'pg', tables: pgTables, create: postgresJs, isThere: inject('postgresUrl') !== '' },
  { name: 'mysql2', kind: 'mysql', tables: mysqlTables, create: mysql2, isThere: inject('mysqlUrl') !== '' },
]

/** Every driver whose database is there. */
export const dialects: readonly Dialect[] = all.filter(({ isThere }) => isThere)

export interface DialectApi extends Omit<Api, 'client' | 'url' | 'database' | 'sql'> {
  readonly database: Database
  /** One statement beside the service. */
  sql(statement: string): Promise<readonly Row[]>
  /** Puts rows in place of those of a table. */
  replace(name: TableName, given: readonly Row[]): Promise<void>
  /** A second pool of connections to the same database, as another process has it; closed at the end. */
  connect(): Promise<Connected>
}

/** The models of the menu over the tables of a dialect; what is given replaces one or adds to them. */
export function menuOver({ tables }: Dialect, models: ModelDefinitions = {}): AppDefinition {
  const display = 'name'
  return app('menu', {
    Shop: model(tables.shops, {
      display,
      exclude: ['owner'],
      properties: { webAddress: (shop: Row) => `http://www.example.com/${String(shop['slug'])}/` },
    }),
    Pizza: model(tables.pizzas, { display, exclude: ['recipe'] }),
    Price: model(tables.prices, { readOnly: ['madeAt'], access: { update: false, delete: false } }),
    SizePrice: model(tables.sizePrices, { references: { priceId: { name: 'price', inverse: 'sizes' } } }),
    Crust: model(tables.crusts, { display }),
    Category: model(tables.categories, { display, references: { parentId: { inverse: 'children' } } }),
    Stock: model(tables.stocks, { references: { crustCode: 'crust' } }),
    Sample: model(tables.samples),
    ...models,
  })
}

/** A database with tables of a test's own; `database` is there from `beforeAll` on. */
export interface CreatedOn {
  readonly database: Database
  sql(statement: string): Promise<readonly Row[]>
  connect(): Promise<Connected>
}

/** @param tables those that others refer to first. @param before statements that come before theirs: CREATE SCHEMA, say. */
export function createdOn(dialect: Dialect, tables: readonly Table[], before: readonly string[] = []): CreatedOn {
  let own: OwnDatabase | undefined
  let main: Connected | undefined
  const others: Connected[] = []
  beforeAll(async () => {
    own = await dialect.create()
    main = await own.connect()
    for (const statement of [...before, ...createStatements(tables)]) await main.sql(statement)
  })
  afterAll(async () => {
    for (const connected of [...others, main]) await connected?.close()
    await own?.drop()
  })
  return {
    get database() {
      return main?.database as Database // each is of a class that a service takes
    },
    sql: (statement) => main!.sql(statement),
    async connect() {
      const other = await own!.connect()
      others.push(other)
      return other
    },
  }
}

/**
 * A service for the tests of one `describe`; before each of them the tables have their first rows again.
 *
 * @param filled `once` for tests that only read.
 */
export function servingOn(
  dialect: Dialect,
  options?: (tables: Tables) => Partial<ServiceOptions>,
  filled: 'once' | 'each' = 'each',
): DialectApi {
  const { tables } = dialect
  const created = createdOn(
    dialect,
    tableNames.map((name) => tables[name]),
  )
  let served: Service | undefined
  beforeAll(async () => {
    if (dialect.kind === 'pg') {
      for (const name of generating) {
        await created.sql(`SELECT setval(pg_get_serial_sequence('${name}', 'id'), 100)`)
      }
    }
    served = service('pizzas', {
      url: `${base}/`,
      database: created.database,
      directory,
      apps: [menuOver(dialect)],
      authenticate: [testScheme],
      logger: silentLogger,
      ...options?.(tables),
    })
  })
  const before = filled === 'once' ? beforeAll : beforeEach
  before(() => fill(dialect, created.database))
  const ask = (method: string, path: string, asked: Asked = {}): Promise<Answer> =>
    askService(served!, method, path, asked)
  return {
    get service() {
      return served!
    },
    get database() {
      return created.database
    },
    ask,
    get: (path, asked) => ask('GET', path, asked),
    post: (path, json, asked) => ask('POST', path, { json, ...asked }),
    put: (path, json, asked) => ask('PUT', path, { json, ...asked }),
    patch: (path, json, asked) => ask('PATCH', path, { json, ...asked }),
    delete: (path, asked) => ask('DELETE', path, asked),
    async dump() {
      const stored = []
      for (const name of tableNames) {
        stored.push(await created.sql(`SELECT * FROM ${nameOf(tables[name])} ORDER BY 1, 2`))
      }
      return JSON.stringify(stored, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    },
    sql: (statement) => created.sql(statement),
    async replace(name, given) {
      const filling = created.database as unknown as Filling // whichever it is
      await filling.delete(tables[name])
      if (given.length > 0) await filling.insert(tables[name]).values(given)
    },
    connect: () => created.connect(),
  }
}

/** As much of any of Drizzle's databases as is used to fill one. */
interface Filling {
  delete(table: Table): PromiseLike<unknown>
  insert(table: Table): { values(given: readonly Row[]): PromiseLike<unknown> }
  execute?(statement: string): PromiseLike<unknown>
  transaction<T>(run: (transaction: Filling) => Promise<T>): Promise<T>
}

/** Replaces all rows by the first ones. */
export async function fill({ name: driver, kind, tables }: Dialect, database: Database): Promise<void> {
  const filling = database as unknown as Filling // whichever it is
  const replace = async (transaction: Filling): Promise<void> => {
    // MySQL looks at foreign keys row by row, not at the end of the statement.
    if (kind === 'mysql') await transaction.execute?.('SET FOREIGN_KEY_CHECKS = 0')
    for (const name of tableNames.toReversed()) await transaction.delete(tables[name])
    for (const name of tableNames) await transaction.insert(tables[name]).values(rows[name])
    if (kind === 'mysql') await transaction.execute?.('SET FOREIGN_KEY_CHECKS = 1')
  }
  // A synchronous driver has no transactions that wait.
  if (driver === 'better-sqlite3') await replace(filling)
  else await filling.transaction(replace)
}
