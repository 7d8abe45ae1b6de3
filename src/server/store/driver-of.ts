// Which driver serves a database: asked of Drizzle, once, when a service is made.

import { isEntity } from '../schema/drizzle-versions.ts'
import type { Database, MysqlDatabase, PostgresDatabase, SqliteDatabase, SyncSqliteDatabase } from './database.ts'
import type { Driver } from './dialect.ts'
import { mysqlDriver } from './mysql/mysql-driver.ts'
import { pgDriver } from './pg/pg-driver.ts'
import { betterSqlite3Driver } from './sqlite/better-sqlite3-driver.ts'
import { sqliteDriver } from './sqlite/sqlite-driver.ts'

/**
 * Another copy of Drizzle, or another type of schema, is no other database: Drizzle goes by names.
 *
 * @throws TypeError
 */
export function driverOf(database: Database): Driver {
  // What each is, its name says.
  if (isEntity(database, 'PgDatabase', 'PgAsyncDatabase')) return pgDriver(database as PostgresDatabase)
  if (isEntity(database, 'MySqlDatabase')) return mysqlDriver(database as MysqlDatabase)
  if (isEntity(database, 'BaseSQLiteDatabase')) {
    const { resultKind } = database as unknown as { readonly resultKind: 'sync' | 'async' } // private
    return resultKind === 'sync'
      ? betterSqlite3Driver(database as unknown as SyncSqliteDatabase)
      : sqliteDriver(database as unknown as SqliteDatabase)
  }
  throw new TypeError('"database" must be a Drizzle database of SQLite, PostgreSQL or MySQL: drizzle(…).')
}
