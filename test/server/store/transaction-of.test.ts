// The types of `tx`: those of the database that is said, and SQLite's where none is.
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import type { MySql2Database } from 'drizzle-orm/mysql2'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { expectTypeOf, test } from 'vitest'
import { transactionOf, type Database, type SqliteDatabase } from 'slumberjs/server'

const words = pgTable('word', { id: serial().primaryKey(), word: text().notNull() })

test('databases of all drivers are databases that a service takes', () => {
  expectTypeOf<LibSQLDatabase>().toExtend<Database>()
  expectTypeOf<BetterSQLite3Database>().toExtend<Database>()
  expectTypeOf<NodePgDatabase>().toExtend<Database>()
  expectTypeOf<PostgresJsDatabase<{ words: typeof words }>>().toExtend<Database>()
  expectTypeOf<MySql2Database>().toExtend<Database>()
})

test('a transaction has the builders of its database', () => {
  const rowsOf = async (database: NodePgDatabase<{ words: typeof words }>, tx: SqliteDatabase) => {
    const transaction = transactionOf(database, tx)
    expectTypeOf(transaction.query.words).toHaveProperty('findFirst')
    return await transaction.insert(words).values({ word: 'x' }).returning()
  }
  expectTypeOf(rowsOf).returns.resolves.toEqualTypeOf<{ id: number; word: string }[]>()
  const ofMysql = (database: MySql2Database, tx: SqliteDatabase) => transactionOf(database, tx).execute('select 1')
  expectTypeOf(ofMysql).returns.toExtend<Promise<unknown>>()
})
