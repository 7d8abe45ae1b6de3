// The filter of a DELETE of many rows: it must select some of them, and nothing else of a list means anything there.

import { Problem } from '../../http/index.ts'
import { listParameters } from '../../wire/index.ts'
import type { Model } from '../models/model.ts'
import type { Condition } from '../query/condition.ts'
import { badParameter } from '../query/faults.ts'
import { readListQuery, type ListContext } from '../query/list-query.ts'

const allowed: ReadonlySet<string> = new Set(['where', 'format'])

/**
 * The rows that are meant, the read rule included.
 *
 * @throws Problem 400 for what is wrong with the parameters, and where there is no filter among them.
 */
export async function readDeleteFilter(
  model: Model,
  parameters: URLSearchParams,
  context: ListContext,
): Promise<Condition> {
  for (const name of parameters.keys()) {
    const isOfLists = listParameters.some((parameter) => parameter === name) && !allowed.has(name)
    if (isOfLists || name.startsWith('with.')) throw badParameter(name, 'selects no rows: give filters, or where')
  }
  const { where } = await readListQuery(model, parameters, context)
  if (where !== (await context.view.readable(model))) return where
  throw new Problem(400, 'Say which rows are to be deleted: "id__in=1&id__in=2", say.', { code: 'filter-required' })
}
