// What the SQL of MySQL and MariaDB says differently.

import { is, sql, type SQL } from 'drizzle-orm'
import { getTableConfig, MySqlTable } from 'drizzle-orm/mysql-core'
import type { Model } from '../../models/model.ts'
import type { Builders } from '../builders.ts'
import { comparisonsOver } from '../comparisons.ts'
import type { Database, MysqlDatabase } from '../database.ts'
import type { Dialect } from '../dialect.ts'
import { hasInMysql } from '../list-element.ts'
import { nullsApart } from '../nulls-apart.ts'
import { admitKey } from './mysql-keys.ts'
import { operandOf, operandOfPlace, placeOfValue, textOfPlace, valueOfPlace } from './mysql-operands.ts'
import { indexIn, mysqlRefusal } from './mysql-refusals.ts'
import { rowsIn } from './mysql-results.ts'
import { mysqlWrites } from './mysql-writes.ts'

export const mysqlDialect: Dialect = {
  name: 'MySQL',
  comparisons: comparisonsOver({
    operand: operandOf,
    // Octets of UTF-8: what is the same there is the same text, and no collation has a say. LIKE would know wildcards.
    text: (of, ignoreCase) => octets(ignoreCase ? sql`lower(convert(${of} using utf8mb4))` : of),
    contains: (text, part) => sql`locate(${part}, ${text}) > 0`,
    startsWith: (text, part) => sql`left(${text}, length(${part})) = ${part}`,
    endsWith: (text, part) => sql`right(${text}, length(${part})) = ${part}`,
    has: hasInMysql,
  }),
  keepsComparisons: false,
  places: {
    order: (column, descending, nulls) => nullsApart(column, operandOfPlace(column), descending, nulls),
    operand: operandOfPlace,
    selected: textOfPlace,
    fromRow: placeOfValue,
    value: valueOfPlace,
  },
  writes: mysqlWrites,
  /** A deadlock undoes everything, and what came behind it would be stored by itself; any other failure is of its statement. */
  endsByFailure: (refusal) =>
    refusal?.kind === 'conflict' || refusal?.kind === 'unavailable' ? 'transaction' : 'nothing',
  locksRows: true,
  execute: async (database: Database, statement: SQL) => {
    await (database as MysqlDatabase).execute(statement)
  },
  admit(model) {
    if (!is(model.table.table, MySqlTable)) throw model.fault('its table is none of MySQL, which the database is')
    admitKey(model)
  },
  refusalOf: mysqlRefusal,
  columnsOfRefusal,
}

function octets(text: SQL): SQL {
  return sql`cast(convert(${text} using utf8mb4) as binary)`
}

/** MySQL names the index only, and an index is named as somebody liked. */
async function columnsOfRefusal(error: unknown, builders: Builders, model: Model): Promise<readonly string[]> {
  const { table } = model.table
  const index = indexIn(error)
  if (index === undefined || !is(table, MySqlTable)) return []
  const { schema, name } = getTableConfig(table)
  const rows = rowsIn(
    await builders.execute(sql`select column_name as name from information_schema.statistics
      where table_schema = coalesce(${schema ?? null}, database()) and table_name = ${name} and index_name = ${index}
      order by seq_in_index`),
  )
  return rows.flatMap((row) => (typeof row['name'] === 'string' ? [row['name']] : []))
}
