// The table of Slumber's own, by dialect, with the statements that make it where no migration has.

import type { Table } from 'drizzle-orm'
import type { Dialect } from '../dialect.ts'
import { shared as mysqlShared } from './mysql.ts'
import { shared as pgShared } from './pg.ts'
import { shared as sqliteShared } from './sqlite.ts'

interface OwnTable {
  readonly table: Table
  /** What makes it. */
  readonly statement: string
}

const columnsOf = (integer: string): string =>
  `(key text NOT NULL, place ${integer} NOT NULL, value text NOT NULL, expires ${integer} NOT NULL, PRIMARY KEY (key, place))`
const expiresIndex = 'CREATE INDEX slumber_shared_expires ON slumber_shared (expires);'

export const sharedTables: Readonly<Record<Dialect['name'], OwnTable>> = {
  SQLite: {
    table: sqliteShared,
    statement: `CREATE TABLE slumber_shared ${columnsOf('integer')}; ${expiresIndex}`,
  },
  PostgreSQL: {
    table: pgShared,
    statement: `CREATE TABLE slumber_shared ${columnsOf('bigint')}; ${expiresIndex}`,
  },
  MySQL: {
    table: mysqlShared,
    statement:
      'CREATE TABLE slumber_shared (`key` varchar(64) NOT NULL, place bigint NOT NULL, value longtext NOT NULL, ' +
      `expires bigint NOT NULL, PRIMARY KEY (\`key\`, place)); ${expiresIndex}`,
  },
}
