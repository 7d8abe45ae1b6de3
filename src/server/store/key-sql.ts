// The one row that a key means, as SQL.

import { and, eq, inArray, is, or, Placeholder, sql, type SQL } from 'drizzle-orm'
import type { Model, Row } from '../models/model.ts'
import { columnIn } from './condition-sql.ts'

/** @param key the values of the key's columns, or placeholders for them; other members are not looked at. */
export function keySql(model: Model, key: Row): SQL | undefined {
  return and(
    ...model.table.key.map((name) => {
      const [column, value] = [columnIn(model.table.table, name), key[name]]
      // Drizzle leaves what comes in the place of a placeholder as it is, where it would make a Date of the program a number.
      return eq(column, is(value, Placeholder) ? sql.param(value, column) : value)
    }),
  )
}

/** The rows that the keys mean. */
export function keysSql(model: Model, keys: readonly Row[]): SQL | undefined {
  const [first, ...others] = model.table.key
  if (first === undefined || others.length > 0) return or(...keys.map((key) => keySql(model, key)))
  return inArray(
    columnIn(model.table.table, first),
    keys.map((key) => key[first]),
  )
}
