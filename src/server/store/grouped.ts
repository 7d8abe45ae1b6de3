// The first rows of each of many groups, in one statement: rows are numbered within their group, and those with small numbers kept.

import { aliasedTable, and, eq, getTableColumns, lte, sql, type Column, type SQL } from 'drizzle-orm'
import type { Model, Row } from '../models/model.ts'
import type { Builders } from './builders.ts'
import { columnIn, conditionSql } from './condition-sql.ts'
import type { Dialect } from './dialect.ts'
import { orderSql } from './keyset.ts'
import { sortTerm } from './sort-term.ts'
import type { GroupedQuery, GroupedRow } from './store.ts'

/** Names beside those of the columns. */
const [rankName, groupName, placeName] = ['slumber_rank', 'slumber_group', 'slumber_place']
const [rowsName, joinName] = ['slumber_rows', 'slumber_join']

/** A row of the statement is a row with its number, its group's values, and what else says where it stands. */
export function groupedSelect(
  builders: Builders,
  dialect: Dialect,
  model: Model,
  { where, sort, limit, by, join }: GroupedQuery,
): { readonly statement: PromiseLike<Row[]>; readonly split: (row: Row) => GroupedRow } {
  const { table, columns } = model.table
  const { comparisons } = dialect
  const joined = join && aliasedTable(join.model.table.table, joinName)
  const group = by.map((name) => columnIn(joined ?? table, name))
  const terms = sort.map((part) => sortTerm(dialect, model, part))
  const order = listSql(orderSql(terms, false))
  const rank = sql`row_number() over (partition by ${listSql(group)} order by ${order})`.mapWith(Number)
  const placed = terms.flatMap(({ selected, fromRow }, index): readonly (readonly [string, unknown])[] => {
    return fromRow === undefined ? [[`${placeName}${index}`, selected.as(`${placeName}${index}`)]] : []
  })
  const named = group.map((column, index): readonly [string, unknown] => [
    `${groupName}${index}`,
    sql`${column}`.mapWith(column).as(`${groupName}${index}`),
  ])
  const numbered = builders
    .select({ ...getTableColumns(table), ...Object.fromEntries([...named, ...placed]), [rankName]: rank.as(rankName) })
    .from(table)
  const on = join?.step.columns.map((name, index) => {
    return eq(columnIn(joined ?? table, name), columnIn(table, join.step.targetColumns[index] ?? ''))
  })
  const condition = and(
    conditionSql(where, table, comparisons),
    join && joined && conditionSql(join.where, joined, comparisons),
  )
  const rows = (joined === undefined ? numbered : numbered.innerJoin(joined, and(...(on ?? []))))
    .where(condition)
    .as(rowsName)
  const statement = builders
    .select()
    .from(rows)
    .where(lte(sql`${sql.identifier(rowsName)}.${sql.identifier(rankName)}`, limit))
    .orderBy(sql`${sql.identifier(rowsName)}.${sql.identifier(rankName)}`)
  const split = (found: Row): GroupedRow => {
    const row = Object.fromEntries([...columns.keys()].map((name) => [name, found[name]]))
    return {
      row,
      group: by.map((_, index) => found[`${groupName}${index}`]),
      // Of few rows anybody asks it.
      get place() {
        return terms.map(({ fromRow }, index) => {
          const value = fromRow === undefined ? (found[`${placeName}${index}`] ?? null) : fromRow(row)
          if (value !== undefined) return value
          throw new Error(`${model.fullName}: a row has a "${sort[index]?.column}" that is not read as it is stored.`)
        })
      },
    }
  }
  return { statement, split }
}

function listSql(parts: readonly (Column | SQL)[]): SQL {
  return sql.join([...parts], sql`, `)
}
