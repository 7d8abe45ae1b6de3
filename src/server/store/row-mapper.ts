// What a driver gives of a row, as the program sees it: as Drizzle maps it, but what is asked of each column is asked once per table.

import { Column, getTableColumns, type Table } from 'drizzle-orm'
import type { Row } from '../models/model.ts'
import { oncePer } from '../once-per.ts'

type Normalize = (value: unknown) => unknown

/** Rows of all columns of a table, in arrays as drivers give them; some normalise each value first. */
export type RowMapper = (rows: readonly ArrayLike<unknown>[], normalize?: Normalize) => Row[]

const rowMapperOf = oncePer((table: Table): RowMapper => {
  const columns = Object.entries<Column>(getTableColumns(table)).map(([name, column]) => {
    // Drizzle's own does nothing but give the value back.
    const isPlain = column.mapFromDriverValue === Column.prototype.mapFromDriverValue
    return { name, decode: isPlain ? undefined : (value: unknown): unknown => column.mapFromDriverValue(value) }
  })
  return (rows, normalize) =>
    rows.map((values) => {
      const row: Record<string, unknown> = {}
      let index = 0
      for (const { name, decode } of columns) {
        const value = normalize === undefined ? values[index] : normalize(values[index])
        index += 1
        row[name] = value === null || decode === undefined ? value : decode(value)
      }
      return row
    })
})

/** Has a prepared statement map its rows this way. Drizzle's drivers ask for such a mapper; one that did not would map as it does. */
export function mapRows<Statement extends object>(statement: Statement, table: Table): Statement {
  return Object.assign(statement, { customResultMapper: rowMapperOf(table) })
}

/** The same, of each row only the value that is selected first. */
export function mapFirst<Statement extends object>(statement: Statement): Statement {
  return Object.assign(statement, { customResultMapper: firstOfEach })
}

function firstOfEach(rows: readonly ArrayLike<unknown>[]): unknown[] {
  return rows.map((values) => values[0])
}
