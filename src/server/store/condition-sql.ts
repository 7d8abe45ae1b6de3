// Conditions as SQL.

import {
  aliasedTable,
  and,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  not,
  notInArray,
  or,
  sql,
  type Column,
  type SQL,
  type Table,
} from 'drizzle-orm'
import type { Operator } from '../../wire/index.ts'
import type { Model } from '../model.ts'
import type { Condition, Relation } from '../query/condition.ts'

type Compare = (column: Column, values: readonly unknown[]) => SQL | undefined

const first =
  (operator: (column: Column, value: unknown) => SQL): Compare =>
  (column, [value]) =>
    operator(column, value)

/** `instr` and `substr` know no wildcards, so nothing has to be escaped; SQLite's `like` also ignores case for ASCII. */
const text =
  (test: (column: SQL, value: SQL) => SQL, ignoreCase: boolean): Compare =>
  (column, [value]) =>
    ignoreCase ? test(sql`lower(${column})`, sql`lower(${value})`) : test(sql`${column}`, sql`${value}`)

const contains = (column: SQL, value: SQL): SQL => sql`instr(${column}, ${value}) > 0`
const startsWith = (column: SQL, value: SQL): SQL => sql`substr(${column}, 1, length(${value})) = ${value}`
const endsWith = (column: SQL, value: SQL): SQL =>
  sql`(length(${column}) >= length(${value}) and substr(${column}, length(${column}) - length(${value}) + 1) = ${value})`

const comparisons: Readonly<Record<Operator, Compare>> = {
  eq: first(eq),
  ne: (column, [value]) => or(ne(column, value), isNull(column)),
  lt: first(lt),
  lte: first(lte),
  gt: first(gt),
  gte: first(gte),
  in: (column, values) => inArray(column, [...values]),
  nin: (column, values) => or(notInArray(column, [...values]), isNull(column)),
  isnull: (column, [value]) => (value === true ? isNull(column) : isNotNull(column)),
  contains: text(contains, false),
  icontains: text(contains, true),
  startswith: text(startsWith, false),
  istartswith: text(startsWith, true),
  endswith: text(endsWith, false),
  iendswith: text(endsWith, true),
  iexact: text((column, value) => sql`${column} = ${value}`, true),
}

/** @param table the table or an alias of it; its columns are those the condition speaks of. */
export function conditionSql(condition: Condition, table: Table, depth = 0): SQL | undefined {
  switch (condition.kind) {
    case 'constant':
      return condition.holds ? undefined : sql`1 = 0`
    case 'compare':
      return comparisons[condition.operator](columnIn(table, condition.column.name), condition.values)
    case 'all':
      return and(...condition.conditions.map((part) => conditionSql(part, table, depth)))
    case 'any':
      return condition.conditions.length === 0
        ? sql`1 = 0`
        : or(...condition.conditions.map((part) => conditionSql(part, table, depth) ?? sql`1 = 1`))
    case 'not':
      // Unknown (NULL) is not true, and `not` of it is to be true: rules are two-valued.
      return not(sql`coalesce(${conditionSql(condition.condition, table, depth) ?? sql`1 = 1`}, 0)`)
    case 'related':
      return relatedSql(condition.relation, condition.condition, table, depth + 1)
  }
}

/** Not correlated with the rows outside: the database works out each level once, however deep a caller nests them. */
function relatedSql(relation: Relation, condition: Condition, table: Table, depth: number): SQL {
  const { target, pairs } = ends(relation)
  const name = `r${depth}`
  const alias = aliasedTable(target.table.table, name)
  const comma = sql`, `
  const here = sql.join(
    pairs.map(([column]) => sql`${columnIn(table, column)}`),
    comma,
  )
  const there = sql.join(
    pairs.map(([, column]) => sql`${columnIn(alias, column)}`),
    comma,
  )
  const rows = sql`select ${there} from ${target.table.table} ${sql.identifier(name)}`
  const where = conditionSql(condition, alias, depth)
  return sql`(${here}) in (${where === undefined ? rows : sql`${rows} where ${where}`})`
}

/** The model at the other end, and which column here equals which column there. */
function ends(relation: Relation): { target: Model; pairs: readonly (readonly [here: string, there: string])[] } {
  const reference = relation.kind === 'reference' ? relation.reference : relation.dataArray.reference
  const pairs = reference.columns.map((column, index) => [column, reference.targetColumns[index] ?? ''] as const)
  return relation.kind === 'reference'
    ? { target: reference.target, pairs }
    : {
        target: relation.dataArray.source,
        pairs: pairs.map(([column, targetColumn]) => [targetColumn, column] as const),
      }
}

export function columnIn(table: Table, name: string): Column {
  const columns: Readonly<Record<string, Column>> = getTableColumns(table)
  const column = columns[name]
  if (column === undefined) throw new TypeError(`There is no column "${name}".`)
  return column
}
