// What SQLite's SQL says differently.

import { is, sql, type Column, type SQL } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { comparisonsOver } from '../comparisons.ts'
import type { Database, SqliteDatabase } from '../database.ts'
import type { Dialect } from '../dialect.ts'
import { hasInSqlite } from '../list-element.ts'
import { nullsApart } from '../nulls-apart.ts'
import { isWritten, writtenSql } from '../place.ts'
import { returningWrites } from '../returning-writes.ts'
import { sqliteJson } from './sqlite-json.ts'
import { sqliteRefusal } from './sqlite-refusals.ts'

/** Of what is no number Drizzle makes a text, of octets too. */
function isText({ columnType }: Column, value: unknown): boolean {
  return columnType === 'SQLiteNumeric' && !/^-?\d+(?:\.\d+)?$/.test(String(value))
}

export const sqliteDialect: Dialect = {
  name: 'SQLite',
  comparisons: comparisonsOver({
    operand: (_, value) => value,
    text: (of, ignoreCase) => (ignoreCase ? sql`lower(${of})` : of),
    // `instr` and `substr` know no wildcards, so nothing has to be escaped; SQLite's `like` also ignores case for ASCII.
    contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
    startsWith: (text, part) => sql`substr(${text}, 1, length(${part})) = ${part}`,
    endsWith: (text, part) =>
      sql`(length(${text}) >= length(${part}) and substr(${text}, length(${text}) - length(${part}) + 1) = ${part})`,
    has: hasInSqlite,
  }),
  keepsComparisons: true,
  places: {
    order: (column, descending, nulls) => nullsApart(column, sql`${column}`, descending, nulls),
    operand: (column) => sql`${column}`,
    /** As libsql can give it: its integers are JavaScript numbers. */
    selected: (column) => sql`case when typeof(${column}) = 'integer' then cast(${column} as text) else ${column} end`,
    fromRow: (column: Column, value) => (isText(column, value) ? undefined : column.mapToDriverValue(value)),
    // It has been encoded; the column's affinity does the rest.
    value: (_, place): SQL => (isWritten(place) ? writtenSql(place) : sql`${sql.param(place)}`),
  },
  json: sqliteJson,
  // SQLite prepares a statement anew for each value that its planner looks at: behind an operator it does not.
  preparedLimit: (value) => sql`${value} | 0`,
  writes: returningWrites(32_000),
  endsByFailure: () => 'nothing',
  locksRows: false,
  execute: async (database: Database, statement: SQL) => {
    await (database as SqliteDatabase).run(statement) // better-sqlite3 has done it already
  },
  admit(model) {
    if (!is(model.table.table, SQLiteTable)) throw model.fault('its table is none of SQLite, which the database is')
  },
  refusalOf: sqliteRefusal,
}
