// The order of a list, and the rows on one side of a place in it (keyset paging).

import { and, or, sql, type SQL } from 'drizzle-orm'
import type { SortTerm } from './sort-term.ts'

/** The place of a row: the values of the sort as they were selected. */
type Place = readonly unknown[]

/** @param backwards the whole order reversed, NULLs first. */
export function orderSql(terms: readonly SortTerm[], backwards: boolean): SQL[] {
  return terms.flatMap((term) => term.order(term.descending !== backwards, backwards ? 'first' : 'last'))
}

/** The rows behind a place, or in front of it, as the expanded OR form: NULLs have no place in a comparison of tuples. */
export function sideSql(terms: readonly SortTerm[], place: Place, side: 'behind' | 'in front'): SQL | undefined {
  const further = side === 'behind' ? behindSql : inFrontSql
  return or(
    ...terms.map((term, index) => {
      const sameBefore = terms.slice(0, index).map((each, before) => sameSql(each, place[before]))
      return and(...sameBefore, further(term, place[index]))
    }),
  )
}

/** The rows that stand where the value says. */
export function sameSql(term: SortTerm, value: unknown): SQL {
  return value === null ? sql`${term.operand} is null` : sql`${term.operand} = ${term.value(value)}`
}

/** NULLs are last: behind a NULL there is nothing, and behind a value there are also NULLs. */
function behindSql(term: SortTerm, value: unknown): SQL | undefined {
  if (value === null) return sql`1 = 0`
  const behind = comparedSql(term, term.descending ? sql`<` : sql`>`, value)
  return term.isNullable ? or(behind, sql`${term.operand} is null`) : behind
}

function inFrontSql(term: SortTerm, value: unknown): SQL {
  if (value === null) return sql`${term.operand} is not null`
  return comparedSql(term, term.descending ? sql`>` : sql`<`, value)
}

function comparedSql(term: SortTerm, operator: SQL, value: unknown): SQL {
  return sql`${term.operand} ${operator} ${term.value(value)}`
}
