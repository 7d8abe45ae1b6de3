// Inserts of rows of one shape, of which a bulk create has many: the statement is built once, and each time given its values.

import { getTableColumns, is, SQL, sql, type Column, type Table } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Row } from '../models/model.ts'
import { rowsOf, type Builders } from './builders.ts'
import { mapRows } from './row-mapper.ts'

type Insert = (values: readonly unknown[]) => PromiseLike<readonly Row[]>

/** Shapes of one table that are kept: callers choose which members they give. */
const maxShapes = 30

/** By the builders, which are of a connection or of one transaction. */
const statements = new WeakMap<Builders, WeakMap<Table, LRUCache<string, Insert>>>()

/**
 * Undefined where rows differ in which columns they give, or something is worked out for each of them.
 *
 * @param read whether the rows are given back as they are stored.
 */
export function insertPrepared(
  builders: Builders,
  table: Table,
  rows: readonly Row[],
  read: boolean,
): PromiseLike<readonly Row[]> | undefined {
  const columns = Object.entries<Column>(getTableColumns(table))
  const values: unknown[] = []
  let shape: string | undefined
  for (const row of rows) {
    const found = takeValues(columns, row, values)
    if (found === undefined || (shape !== undefined && found !== shape)) return undefined
    shape = found
  }
  if (shape === undefined) return undefined
  const ofBuilders = statements.get(builders) ?? new WeakMap<Table, LRUCache<string, Insert>>()
  statements.set(builders, ofBuilders)
  const ofTable = ofBuilders.get(table) ?? new LRUCache<string, Insert>({ max: maxShapes })
  ofBuilders.set(table, ofTable)
  const name = `${read ? '' : 'unread'}${rows.length}${shape}`
  const insert = ofTable.get(name) ?? prepare(builders, table, columns, { shape, count: rows.length, read })
  ofTable.set(name, insert)
  return insert(values)
}

/**
 * Adds what a row gives to the values.
 *
 * @returns a letter for each column: `v` for a value, `n` for NULL, `-` for none; undefined where a statement cannot be kept for it.
 */
function takeValues(columns: readonly (readonly [string, Column])[], row: Row, values: unknown[]): string | undefined {
  let shape = ''
  for (const [name, column] of columns) {
    const value = row[name]
    if (value === undefined) {
      // Drizzle calls these when it builds the statement: all rows would have the first one's.
      if (column.defaultFn !== undefined || column.onUpdateFn !== undefined) return undefined
      shape += '-'
    } else if (value === null) {
      shape += 'n'
    } else {
      if (isSql(value)) return undefined
      const stored = column.mapToDriverValue(value)
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

function isSql(value: unknown): boolean {
  return typeof value === 'object' && is(value, SQL)
}

function prepare(
  builders: Builders,
  table: Table,
  columns: readonly (readonly [string, Column])[],
  { shape, count, read }: { readonly shape: string; readonly count: number; readonly read: boolean },
): Insert {
  let place = 0
  const rows = Array.from({ length: count }, () => {
    const row: Record<string, unknown> = {}
    for (const [index, [name]] of columns.entries()) {
      if (shape[index] === 'n') row[name] = null
      if (shape[index] === 'v') row[name] = sql`${sql.placeholder(String(place++))}`
    }
    return row
  })
  const insert = builders.insert(table).values(rows)
  if (read) {
    const statement = mapRows(insert.returning().prepare(), table)
    return async (values) => await rowsOf(statement, named(values))
  }
  const statement = insert.prepare()
  return async (values) => {
    await statement.execute(named(values))
    return []
  }
}
