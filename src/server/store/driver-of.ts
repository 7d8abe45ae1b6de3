// Which driver serves a database: asked of Drizzle, once, when a service is made.

import { is } from 'drizzle-orm'
import { MySqlDatabase } from 'drizzle-orm/mysql-core'
import { PgDatabase } from 'drizzle-orm/pg-core'
import { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type { Database, SqliteDatabase, SyncSqliteDatabase } from './database.ts'
import type { Driver } from './dialect.ts'
import { mysqlDriver } from './mysql/mysql-driver.ts'
import { pgDriver } from './pg/pg-driver.ts'
import { betterSqlite3Driver } from './sqlite/better-sqlite3-driver.ts'
import { sqliteDriver } from './sqlite/sqlite-driver.ts'

/**
 * Another copy of Drizzle, or another type of schema, is no other database: Drizzle's `is` goes by names.
 *
 * @throws TypeError
 */
export function driverOf(database: Database): Driver {
  if (is(database, PgDatabase)) return pgDriver(database)
  if (is(database, MySqlDatabase)) return mysqlDriver(database)
  if (is(database, BaseSQLiteDatabase)) {
    const { resultKind } = database as unknown as { readonly resultKind: 'sync' | 'async' } // private
    return resultKind === 'sync'
      ? betterSqlite3Driver(database as unknown as SyncSqliteDatabase)
      : sqliteDriver(database as unknown as SqliteDatabase)
  }
  throw new TypeError('"database" must be a Drizzle database of SQLite, PostgreSQL or MySQL: drizzle(…).')
}
