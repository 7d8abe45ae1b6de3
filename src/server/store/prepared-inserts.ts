// Inserts of rows of one shape, of which a bulk create has many: the statement is built once, and each time given its values.

import { sql, type Table } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { after, type Awaitable } from '../../wire/index.ts'
import type { Row } from '../models/model.ts'
import { noName } from '../schema/drizzle-versions.ts'
import { isSql, type BoundColumn } from './bound-columns.ts'
import { oncePer } from '../once-per.ts'
import { rowsOf, type Builders } from './builders.ts'
import { mapRows } from './row-mapper.ts'

type Insert = (values: readonly unknown[]) => Awaitable<readonly Row[]>

/** Shapes of one table that are kept: callers choose which members they give. */
const maxShapes = 30

/** By the builders, which are of a connection or of one transaction. */
const shapesOf = oncePer(() => oncePer(() => new LRUCache<string, Insert>({ max: maxShapes })))

/**
 * Undefined where rows differ in which columns they give, or something is worked out for each of them.
 *
 * @param read whether the rows are given back as they are stored.
 */
export function insertPrepared(
  builders: Builders,
  table: Table,
  columns: readonly BoundColumn[],
  rows: readonly Row[],
  read: boolean,
): Awaitable<readonly Row[]> | undefined {
  const values: unknown[] = []
  let shape: string | undefined
  for (const row of rows) {
    const found = takeValues(columns, row, values)
    if (found === undefined || (shape !== undefined && found !== shape)) return undefined
    shape = found
  }
  if (shape === undefined) return undefined
  const shapes = shapesOf(builders)(table)
  const name = `${read ? '' : 'unread'}${rows.length}${shape}`
  const insert = shapes.get(name) ?? prepare(builders, table, columns, { shape, count: rows.length, read })
  shapes.set(name, insert)
  return insert(values)
}

/**
 * Adds what a row gives to the values.
 *
 * @returns a letter for each column: `v` for a value, `n` for NULL, `-` for none; undefined where a statement cannot be kept for it.
 */
function takeValues(columns: readonly BoundColumn[], row: Row, values: unknown[]): string | undefined {
  let shape = ''
  for (const { name, column, encode } of columns) {
    const value = row[name]
    if (value === undefined) {
      // Drizzle calls these when it builds the statement: all rows would have the first one's.
      if (column.defaultFn !== undefined || column.onUpdateFn !== undefined) return undefined
      shape += '-'
    } else if (value === null) {
      shape += 'n'
    } else {
      if (isSql(value)) return undefined
      const stored = encode(value)
      if (isSql(stored)) return undefined
      values.push(stored)
      shape += 'v'
    }
  }
  return shape
}

/** Placeholders are named by the places of their values: a list has them by these names. */
function named(values: readonly unknown[]): Row {
  return values as unknown as Row
}

function prepare(
  builders: Builders,
  table: Table,
  columns: readonly BoundColumn[],
  { shape, count, read }: { readonly shape: string; readonly count: number; readonly read: boolean },
): Insert {
  let place = 0
  const rows = Array.from({ length: count }, () => {
    const row: Record<string, unknown> = {}
    for (const [index, { name, expression }] of columns.entries()) {
      if (shape[index] === 'n') row[name] = null
      if (shape[index] === 'v') row[name] = expression(sql.placeholder(String(place++)))
    }
    return row
  })
  const insert = builders.insert(table).values(rows)
  if (read) {
    const statement = mapRows(insert.returning().prepare(noName), table)
    return (values) => after(rowsOf(statement, named(values)), (given) => given)
  }
  const statement = insert.prepare(noName)
  return async (values) => {
    await statement.execute(named(values))
    return []
  }
}
