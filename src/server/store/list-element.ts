// Whether a list in a column has a value in it — `tags__has=hot` —, in each dialect. What is no list has none.

import { sql, type Column, type SQL } from 'drizzle-orm'
import { elementOf } from '../schema/drizzle-versions.ts'

/** A text, a number, true or false. */
export type ListElement = (column: Column, value: unknown) => SQL

/** A CASE is worked out in its order, so that JSON functions meet no text that is not JSON. */
export const hasInSqlite: ListElement = (column, value) => {
  const text = sql`cast(${column} as text)`
  return sql`(case when not json_valid(${text}) then false when json_type(${text}) <> 'array' then false
    else exists (select 1 from json_each(${text}) where ${isElementInSqlite(value)}) end)`
}

/** To SQLite, true is the number 1. */
function isElementInSqlite(value: unknown): SQL {
  if (typeof value === 'boolean') return sql`json_each.type = ${String(value)}`
  const types = typeof value === 'string' ? sql`'text'` : sql`'integer', 'real'`
  return sql`json_each.type in (${types}) and json_each.value = ${value}`
}

export const hasInPg: ListElement = (column, value) => {
  if (elementOf(column) !== undefined) return sql`${column} @> ${sql.param([value], column)}`
  const list = sql`${JSON.stringify([value])}::text::jsonb` // a text, which every driver sends as it is
  return sql`(jsonb_typeof(${column}::jsonb) = 'array' and ${column}::jsonb @> ${list})`
}

/** `json_contains` alone would also look into the lists of a list. */
export const hasInMysql: ListElement = (column, value) =>
  sql`(case when json_type(${column}) = 'ARRAY' then exists (
    select 1 from json_table(${column}, '$[*]' columns (slumber_element json path '$')) slumber_list
    where json_type(slumber_element) <> 'ARRAY' and json_contains(slumber_element, ${JSON.stringify(value)})) else false end)`
