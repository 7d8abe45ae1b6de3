// The databases that are served: what Drizzle makes of the drivers of three dialects.

import type { MySqlDatabase, MySqlQueryResultHKT, PreparedQueryHKTBase } from 'drizzle-orm/mysql-core'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

type Schema = Record<string, unknown>

/** A Drizzle database on an asynchronous SQLite driver, whatever its schema. */
export type SqliteDatabase = BaseSQLiteDatabase<'async', unknown, Schema>
/** A Drizzle database on better-sqlite3. */
export type SyncSqliteDatabase = BaseSQLiteDatabase<'sync', unknown, Schema>
/** A Drizzle database on a PostgreSQL driver: a pool of node-postgres, postgres.js. */
export type PostgresDatabase = PgDatabase<PgQueryResultHKT, Schema>
/** A Drizzle database on a pool of mysql2, for MySQL and MariaDB. */
export type MysqlDatabase = MySqlDatabase<MySqlQueryResultHKT, PreparedQueryHKTBase, Schema>

/** Any database that a service can be over. */
export type Database = SqliteDatabase | SyncSqliteDatabase | PostgresDatabase | MysqlDatabase

/** What an operation over a database is given as `tx`: the builders of that database, inside the transaction. */
export type TransactionOf<Db> =
  Db extends PgDatabase<infer Result, infer Full, infer Tables>
    ? PgDatabase<Result, Full, Tables>
    : Db extends MySqlDatabase<infer Result, infer Prepared, infer Full, infer Tables>
      ? MySqlDatabase<Result, Prepared, Full, Tables>
      : Db extends BaseSQLiteDatabase<infer Kind, infer Result, infer Full, infer Tables>
        ? BaseSQLiteDatabase<Kind, Result, Full, Tables>
        : never
