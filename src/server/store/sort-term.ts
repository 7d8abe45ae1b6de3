// One part of a sort as SQL: a column of the row itself, or of the row that its references lead to.

import { aliasedTable, and, asc, desc, eq, sql, type SQL, type Table } from 'drizzle-orm'
import type { Model, Row } from '../models/model.ts'
import { columnIn, conditionSql } from './condition-sql.ts'
import type { Dialect } from './dialect.ts'
import type { Sort, SortStep } from './store.ts'

export interface SortTerm {
  readonly descending: boolean
  readonly isNullable: boolean
  /** As it is compared with a place. */
  readonly operand: SQL
  /** What is selected of it, to come back as a string, a number or null. */
  readonly selected: SQL
  order(descending: boolean, nulls: 'first' | 'last'): SQL[]
  /** What was selected, as a value of the column's type again. */
  value(place: unknown): SQL
  /** The same from a row that was read, where that can tell. */
  readonly fromRow: ((row: Row) => unknown) | undefined
}

export function sortTerm(dialect: Dialect, model: Model, sort: Sort): SortTerm {
  return sort.path === undefined ? ownTerm(dialect, model, sort) : referredTerm(dialect, model, sort, sort.path)
}

function ownTerm({ places }: Dialect, model: Model, { column: name, descending }: Sort): SortTerm {
  const column = columnIn(model.table.table, name)
  return {
    descending,
    isNullable: !column.notNull,
    operand: places.operand(column),
    selected: places.selected(column),
    order: (down, nulls) => places.order(column, down, nulls),
    value: (place) => places.value(column, place),
    fromRow: ownPlace(places, model, name),
  }
}

/** Where a row that was read stands by a column of its own; undefined where the column holds more than was read. */
export function ownPlace(places: Dialect['places'], model: Model, name: string): SortTerm['fromRow'] {
  const info = model.table.columns.get(name)
  if (info?.exact !== true) return undefined
  const column = columnIn(model.table.table, name)
  return (row) => {
    const value = row[name]
    if (value === null) return null
    const isRead = value !== undefined && !(info.type === 'integer' && isRounded(value))
    if (isRead) return places.fromRow(column, value)
    if (!model.table.key.includes(name)) return undefined
    throw new Error(
      `${model.fullName}: a row has a "${name}", its key, that the program cannot read: ${value === undefined ? 'it is none of its type' : Number(value)}.`,
    )
  }
}

/** Whether a number may stand for several integers of the database. */
function isRounded(value: unknown): boolean {
  return typeof value === 'number' && !Number.isSafeInteger(value)
}

/** A row that refers to nothing, or to what may not be looked at, has NULL there. */
function referredTerm(
  dialect: Dialect,
  model: Model,
  { column: name, descending }: Sort,
  path: readonly SortStep[],
): SortTerm {
  const { places } = dialect
  const last = path.at(-1)?.reference.target ?? model
  const column = columnIn(aliasedTable(last.table.table, aliasAt(path.length - 1)), name)
  const operand = referred(dialect, model.table.table, path, places.operand(column))
  return {
    descending,
    isNullable: true,
    operand,
    selected: referred(dialect, model.table.table, path, places.selected(column)),
    order: (down, nulls) => {
      const isNull = sql`(${operand} is null)`
      return [nulls === 'first' ? desc(isNull) : asc(isNull), down ? desc(operand) : asc(operand)]
    },
    value: (place) => places.value(column, place),
    fromRow: undefined,
  }
}

/** What stands at the end of the references: subqueries, each of which gives one value. */
function referred(dialect: Dialect, here: Table, path: readonly SortStep[], end: SQL, depth = 0): SQL {
  const [step, ...rest] = path
  if (step === undefined) return end
  const { columns, target, targetColumns } = step.reference
  const name = aliasAt(depth)
  const alias = aliasedTable(target.table.table, name)
  const joined = columns.map((column, index) => eq(columnIn(alias, targetColumns[index] ?? ''), columnIn(here, column)))
  const where = and(...joined, conditionSql(step.where, alias, dialect.comparisons))
  const value = referred(dialect, alias, rest, end, depth + 1)
  // Drizzle takes the tables off columns that stand directly in what is selected: here they stand one deeper.
  return sql`${sql`(select ${value} from ${target.table.table} ${sql.identifier(name)} where ${where})`}`
}

function aliasAt(depth: number): string {
  return `s${depth}`
}
