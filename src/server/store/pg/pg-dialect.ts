// What PostgreSQL's SQL says differently.

import { inArray, is, isNull, notInArray, or, sql, type Column, type SQL } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { comparisonsOver, type Compare, type Comparisons } from '../comparisons.ts'
import type { Database, PostgresDatabase } from '../database.ts'
import type { Dialect } from '../dialect.ts'
import { hasInPg } from '../list-element.ts'
import { castType, isEnum } from './cast-type.ts'
import { pgJson } from './pg-json.ts'
import { pgRefusal } from './pg-refusals.ts'
import { pgWrites } from './pg-writes.ts'

const comparisons = comparisonsOver({
  operand: (_, value) => value,
  // The type is said, because there is no lower() of an enum; the collation, because a nondeterministic one cannot be searched.
  text: (of, ignoreCase) => (ignoreCase ? sql`lower(${of}::text) collate "C"` : sql`${of}::text collate "C"`),
  contains: (text, part) => sql`strpos(${text}, ${part}) > 0`,
  startsWith: (text, part) => sql`left(${text}, length(${part})) = ${part}`,
  endsWith: (text, part) => sql`right(${text}, length(${part})) = ${part}`,
  has: hasInPg,
})

export const pgDialect: Dialect = {
  name: 'PostgreSQL',
  comparisons: { ...comparisons, ...comparisonsOfEnums(comparisons) },
  keepsComparisons: true,
  places: {
    /** NULLs are last in an ascending index, which serves this order in both directions. */
    order: (column, descending, nulls) => {
      const direction = descending ? sql`${column} desc` : sql`${column} asc`
      return [column.notNull ? direction : sql`${direction} nulls ${sql.raw(nulls)}`]
    },
    operand: (column) => sql`${column}`,
    selected: (column) => sql`${column}::text`,
    fromRow: (column, value) => String(column.mapToDriverValue(value)),
    /** By way of text, which every driver sends as it is. */
    value: (column, place) => sql`cast(${sql.param(place)}::text as ${sql.raw(castType(column))})`,
  },
  json: pgJson,
  preparedLimit: (value) => value,
  writes: pgWrites,
  endsByFailure: (refusal) => (refusal?.kind === 'unavailable' ? 'transaction' : 'savepoint'),
  locksRows: true,
  execute: async (database: Database, statement: SQL) => {
    await (database as PostgresDatabase).execute(statement)
  },
  admit(model) {
    if (!is(model.table.table, PgTable)) throw model.fault('its table is none of PostgreSQL, which the database is')
  },
  refusalOf: pgRefusal,
}

/** An enum cannot be compared with a word that is none of its own, but the question has an answer: no row has it. */
function comparisonsOfEnums(plain: Comparisons): Partial<Comparisons> {
  const known = (column: Column, values: readonly unknown[]): readonly unknown[] =>
    isEnum(column) ? values.filter((value) => column.enumValues?.includes(String(value))) : values
  const orNone =
    (compare: Compare): Compare =>
    (column, values) =>
      known(column, values).length === values.length ? compare(column, values) : sql`false`
  const some: Compare = (column, values) => inArray(column, [...known(column, values)])
  const none: Compare = (column, values) => or(notInArray(column, [...known(column, values)]), isNull(column))
  return {
    eq: orNone(plain.eq),
    lt: orNone(plain.lt),
    lte: orNone(plain.lte),
    gt: orNone(plain.gt),
    gte: orNone(plain.gte),
    in: some,
    nin: none,
    ne: none,
  }
}
