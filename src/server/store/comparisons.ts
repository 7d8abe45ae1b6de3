// The operators of the query language as SQL: one table, over the few expressions in which the dialects differ.

import {
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  or,
  sql,
  type Column,
  type SQL,
} from 'drizzle-orm'
import type { StoredOperator } from '../query/condition.ts'
import type { ListElement } from './list-element.ts'

export type Compare = (column: Column, values: readonly unknown[]) => SQL | undefined
export type Comparisons = Readonly<Record<StoredOperator, Compare>>

type TextTest = (text: SQL, part: SQL) => SQL

/** What the dialects write differently. */
export interface Expressions {
  /** A value as an operand beside a column, so that the two compare as the column's type does. */
  readonly operand: (column: Column, value: unknown) => unknown
  /** The text of a column or a value, to be compared character by character, whatever its collation. */
  readonly text: (of: SQL, ignoreCase: boolean) => SQL
  readonly contains: TextTest
  readonly startsWith: TextTest
  readonly endsWith: TextTest
  /** Of list-element.ts. */
  readonly has: ListElement
}

export function comparisonsOver(expressions: Expressions): Comparisons {
  const { operand, contains, startsWith, endsWith } = expressions
  const first =
    (operator: (column: Column, value: unknown) => SQL): Compare =>
    (column, [value]) =>
      operator(column, operand(column, value))
  const operands = (column: Column, values: readonly unknown[]): unknown[] =>
    values.map((value) => operand(column, value))
  const text =
    (test: TextTest, ignoreCase: boolean): Compare =>
    (column, [value]) =>
      test(expressions.text(sql`${column}`, ignoreCase), expressions.text(sql`${value}`, ignoreCase))
  return {
    eq: first(eq),
    ne: (column, [value]) => or(ne(column, operand(column, value)), isNull(column)),
    lt: first(lt),
    lte: first(lte),
    gt: first(gt),
    gte: first(gte),
    in: (column, values) => inArray(column, operands(column, values)),
    nin: (column, values) => or(notInArray(column, operands(column, values)), isNull(column)),
    isnull: (column, [value]) => (value === true ? isNull(column) : isNotNull(column)),
    contains: text(contains, false),
    icontains: text(contains, true),
    startswith: text(startsWith, false),
    istartswith: text(startsWith, true),
    endswith: text(endsWith, false),
    iendswith: text(endsWith, true),
    iexact: text((whole, value) => sql`${whole} = ${value}`, true),
    has: (column, [value]) => expressions.has(column, value),
  }
}
