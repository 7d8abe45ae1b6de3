// The tables of users by dialect. Statements are written for one of them: the builders of all have it, with types of their own each.

import type { DatabaseDoor } from '../../server/index.ts'
import * as mysql from './mysql.ts'
import * as pg from './pg.ts'
import * as sqlite from './sqlite.ts'

export type AuthTables = typeof sqlite
export type User = typeof sqlite.users.$inferSelect

const byDialect: Readonly<Record<DatabaseDoor['dialect'], unknown>> = { SQLite: sqlite, PostgreSQL: pg, MySQL: mysql }

export function authTablesOf(dialect: DatabaseDoor['dialect']): AuthTables {
  return byDialect[dialect] as AuthTables // the same columns under the same names
}
