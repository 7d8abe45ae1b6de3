// How the values of a table's columns are bound where rows are written: as Drizzle does it, or as a dialect says for some of them.

import { getTableColumns, is, SQL, sql, type Column, type Table } from 'drizzle-orm'
import type { Row } from '../models/model.ts'
import { oncePer } from '../once-per.ts'

export interface Binding {
  /** What the driver is given, or SQL. */
  readonly encode: (value: unknown) => unknown
  /** What has been encoded, or a placeholder for such, as an expression. */
  readonly expression: (encoded: unknown) => SQL
}

export interface BoundColumn extends Binding {
  readonly name: string
  readonly column: Column
}

export class BoundColumns {
  /** All columns of a table. */
  readonly of: (table: Table) => readonly BoundColumn[]
  /** Those that the dialect binds. */
  readonly #own: (table: Table) => readonly BoundColumn[]

  /** @param bindingOf what a dialect says of a column; undefined where Drizzle binds it. */
  constructor(bindingOf: (column: Column) => Binding | undefined = () => undefined) {
    this.of = oncePer((table: Table) =>
      columnsOf(table).map(([name, column]) => ({ name, column, ...(bindingOf(column) ?? byDrizzle(column)) })),
    )
    this.#own = oncePer((table: Table) => this.of(table).filter(({ column }) => bindingOf(column) !== undefined))
  }

  /** The row for a statement that Drizzle makes of its values. */
  bind(table: Table, row: Row): Row {
    const own = this.#own(table)
    if (own.length === 0) return row
    const bound: Record<string, unknown> = { ...row }
    for (const { name, encode, expression } of own) {
      const value = row[name]
      if (value !== undefined && value !== null && !isSql(value)) bound[name] = expression(encode(value))
    }
    return bound
  }
}

export function isSql(value: unknown): boolean {
  return typeof value === 'object' && is(value, SQL)
}

function columnsOf(table: Table): readonly (readonly [string, Column])[] {
  return Object.entries<Column>(getTableColumns(table))
}

function byDrizzle(column: Column): Binding {
  const encode = (value: unknown): unknown => column.mapToDriverValue(value)
  // Drizzle 0.45 has nothing left to do with what has been mapped, and is quicker with a bare placeholder.
  if (!('codec' in column)) return { encode, expression: (encoded) => sql`${encoded}` }
  // Drizzle 1.0 has the column say how its driver takes what has been mapped. (CodecsCollection)
  const mapped = Object.create(column, { mapToDriverValue: { value: (value: unknown) => value } }) as Column
  return { encode, expression: (encoded) => sql`${sql.param(encoded, mapped)}` }
}
