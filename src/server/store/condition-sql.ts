// Conditions as SQL: what is the same in every dialect; each brings its own comparisons.

import { aliasedTable, and, getTableColumns, not, or, sql, type Column, type SQL, type Table } from 'drizzle-orm'
import type { Step } from '../models/model.ts'
import type { Condition } from '../query/condition.ts'
import type { Comparisons } from './comparisons.ts'

/** @param table the table or an alias of it; its columns are those the condition speaks of. */
export function conditionSql(condition: Condition, table: Table, comparisons: Comparisons, depth = 0): SQL | undefined {
  const inner = (part: Condition): SQL | undefined => conditionSql(part, table, comparisons, depth)
  switch (condition.kind) {
    case 'constant':
      return condition.holds ? undefined : sql`1 = 0`
    case 'compare':
      return comparisons[condition.operator](columnIn(table, condition.column.name), condition.values)
    case 'all':
      return and(...condition.conditions.map(inner))
    case 'any':
      return condition.conditions.length === 0
        ? sql`1 = 0`
        : or(...condition.conditions.map((part) => inner(part) ?? sql`1 = 1`))
    case 'not':
      // Unknown (NULL) is not true, and `not` of it is to be true: rules are two-valued.
      return not(sql`coalesce(${inner(condition.condition) ?? sql`1 = 1`}, false)`)
    case 'related':
      return relatedSql(condition.step, condition.condition, table, comparisons, depth + 1)
  }
}

/** Not correlated with the rows outside: the database works out each level once, however deep a caller nests them. */
function relatedSql(
  { columns, target, targetColumns }: Step,
  condition: Condition,
  table: Table,
  comparisons: Comparisons,
  depth: number,
): SQL {
  const name = `r${depth}`
  const alias = aliasedTable(target.table.table, name)
  const here = listSql(columns.map((column) => columnIn(table, column)))
  const there = listSql(targetColumns.map((column) => columnIn(alias, column)))
  const rows = sql`select ${there} from ${target.table.table} ${sql.identifier(name)}`
  const where = conditionSql(condition, alias, comparisons, depth)
  return sql`(${here}) in (${where === undefined ? rows : sql`${rows} where ${where}`})`
}

function listSql(columns: readonly Column[]): SQL {
  return sql.join([...columns], sql`, `)
}

export function columnIn(table: Table, name: string): Column {
  const columns: Readonly<Record<string, Column>> = getTableColumns(table)
  const column = columns[name]
  if (column === undefined) throw new TypeError(`There is no column "${name}".`)
  return column
}
