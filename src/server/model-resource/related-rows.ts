// The rows that rows are related to: one statement for all of them together, as far as they are there for the caller.

import { Problem, type Awaitable } from '../../http/index.ts'
import { membership, textOf, valuesOf } from '../rows/embed.ts'
import type { Model, Row } from '../models/model.ts'
import { all, type Condition } from '../query/condition.ts'
import { limits } from '../query/limits.ts'
import type { Store } from '../store/store.ts'
import type { RelatedMember } from './member.ts'

/** Of one row, where the resource does not say how many. */
const maxRelatedRows = 1_000

/** The related rows of each row; none where it refers to nothing, or to what is not there for the caller. */
export type RelatedRows = (row: Row) => readonly Row[]

/**
 * @param readable which rows of a model are there for the caller.
 * @throws Problem 400 where a page has too many of them: a smaller one may do.
 * @throws TypeError where one row has more than 1,000 and the resource says no `limit`.
 */
export async function loadRelated(
  member: RelatedMember,
  rows: readonly Row[],
  store: Store,
  readable: (model: Model) => Awaitable<Condition>,
): Promise<RelatedRows> {
  const { name, kind, steps, target, selected } = member
  const [first, second] = steps
  const limit = kind === 'reference' ? 1 : (selected.limit ?? maxRelatedRows + 1)
  const ofTarget = await readable(target)
  const ofFirst = second === undefined ? ofTarget : await readable(first.target)
  const related = new Map<string, Row[]>()
  let count = 0
  for (const { condition } of membership(first, rows)) {
    const inFirst = all([ofFirst, condition])
    const found = await store.listGrouped(target, {
      where: second === undefined ? inFirst : ofTarget,
      sort: selected.sort,
      limit,
      by: first.targetColumns,
      ...(second === undefined ? {} : { join: { model: first.target, step: second, where: inFirst } }),
    })
    count += found.length
    for (const { group, row } of found) {
      const text = textOf(first, group)
      const same = related.get(text) ?? []
      related.set(text, same)
      same.push(row)
    }
  }
  if (selected.limit === undefined && [...related.values()].some(({ length }) => length > maxRelatedRows)) {
    const hint = `say how many to show: { related: { ${name}: { limit: 20 } } }`
    throw new TypeError(`A row has more than ${maxRelatedRows} related rows of ${target.fullName}; ${hint}.`)
  }
  if (count > limits.shownRows) throw tooMany()
  return (row) => related.get(textOf(first, valuesOf(row, first.columns))) ?? []
}

function tooMany(): Problem {
  const detail = `The page has more than ${limits.shownRows} related rows; ask for a smaller one: "limit".`
  return new Problem(400, detail, {
    code: 'too-many-related-rows',
    errors: [{ parameter: 'limit', detail: 'gives more related rows than one page shows' }],
  })
}
