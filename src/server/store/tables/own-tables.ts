// The tables of Slumber's own, by dialect, with the statements that make them where no migration has.

import type { Table } from 'drizzle-orm'
import type { DialectName } from '../../schema/table-info.ts'
import { idempotency as mysqlIdempotency } from './mysql.ts'
import { idempotency as pgIdempotency } from './pg.ts'
import { idempotency as sqliteIdempotency } from './sqlite.ts'

interface OwnTable {
  readonly table: Table
  /** What makes it. */
  readonly statement: string
}

export const idempotencyTables: Readonly<Record<DialectName, OwnTable>> = {
  sqlite: {
    table: sqliteIdempotency,
    statement:
      'CREATE TABLE slumber_idempotency (key text PRIMARY KEY, value text NOT NULL, expires integer NOT NULL);',
  },
  pg: {
    table: pgIdempotency,
    statement: 'CREATE TABLE slumber_idempotency (key text PRIMARY KEY, value text NOT NULL, expires bigint NOT NULL);',
  },
  mysql: {
    table: mysqlIdempotency,
    statement:
      'CREATE TABLE slumber_idempotency (`key` varchar(64) PRIMARY KEY, value longtext NOT NULL, expires bigint NOT NULL);',
  },
}
