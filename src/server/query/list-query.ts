// Reads the parameters of a list: filters, sort, fields, limit, cursor. Whatever is unknown is 400 with what is allowed.

import { listParameters, ValueFault } from '../../wire/index.ts'
import { Problem } from '../../http/index.ts'
import type { Model } from '../model.ts'
import type { Sort } from '../store/store.ts'
import { all, type Condition } from './condition.ts'
import type { Cursors } from './cursor.ts'
import { columnOf, conditionOfParameters, type Readable } from './filter.ts'

const pageSize = { standard: 50, largest: 1_000 } as const
const maxSorts = 8

export interface PageQuery {
  readonly where: Condition
  readonly sort: readonly Sort[]
  readonly limit: number
  readonly after: readonly unknown[] | undefined
  readonly fields: ReadonlySet<string> | undefined
  /** What cursors of this query are bound to. */
  readonly binding: string
}

export async function readListQuery(
  model: Model,
  parameters: URLSearchParams,
  readable: Readable,
  cursors: Cursors,
  caller: string,
): Promise<PageQuery> {
  for (const name of listParameters) {
    if (parameters.getAll(name).length > 1) throw badParameter(name, 'is given more than once')
  }
  const filters = [...parameters].filter(([name]) => !(listParameters as readonly string[]).includes(name))
  const where = all([await readable(model), await conditionOfParameters(model, filters, readable)])
  const sort = readSort(model, parameters.get('sort') ?? '')
  const binding = JSON.stringify([model.fullName, caller, filters.toSorted(byText), sort])
  const cursor = parameters.get('after') ?? undefined
  const after = cursor === undefined ? undefined : await cursors.read(cursor, binding)
  if (cursor !== undefined && after === undefined) {
    throw badParameter('after', 'is no cursor of this list; follow the next link instead of making one')
  }
  return {
    where,
    sort,
    limit: readLimit(parameters.get('limit')),
    after,
    fields: readFields(model, parameters.get('fields')),
    binding,
  }
}

/** `sort=-price,name`, always ending in the key so that the order is total. */
function readSort(model: Model, text: string): readonly Sort[] {
  const parts = text === '' ? [] : text.split(',')
  if (parts.length > maxSorts) throw badParameter('sort', `takes at most ${maxSorts} fields`)
  const sort = parts.map((part) => ({
    column: sortable(model, part.replace(/^-/, '')),
    descending: part.startsWith('-'),
  }))
  const named = new Set(sort.map(({ column }) => column))
  if (named.size < sort.length) throw badParameter('sort', 'names a field twice')
  const rest = model.table.key.filter((column) => !named.has(column))
  return [...sort, ...rest.map((column) => ({ column, descending: model.options.newestFirst === true }))]
}

function sortable(model: Model, name: string): string {
  try {
    const column = columnOf(model, name)
    if (!column.ordered) throw new ValueFault(`names "${name}", whose values have no order`)
    return column.name
  } catch (error) {
    throw error instanceof ValueFault ? badParameter('sort', error.message) : error
  }
}

function readLimit(text: string | null): number {
  if (text === null) return pageSize.standard
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= pageSize.largest) return limit
  throw badParameter('limit', `must be a number from 1 to ${pageSize.largest}`)
}

/** `fields=name,price`: columns and properties to show. */
export function readFields(model: Model, text: string | null): ReadonlySet<string> | undefined {
  if (text === null) return undefined
  const allowed = [...model.columns.keys(), ...Object.keys(model.options.properties ?? {})]
  const fields = text.split(',')
  const unknown = fields.filter((field) => !allowed.includes(field))
  if (unknown.length === 0) return new Set(fields)
  const there = allowed.join(', ')
  throw badParameter(
    'fields',
    `names ${unknown.join(', ')}, which ${model.fullName} does not have; there are: ${there}`,
  )
}

function badParameter(parameter: string, detail: string): Problem {
  return new Problem(400, `"${parameter}" ${detail}.`, { code: 'invalid-parameter', errors: [{ parameter, detail }] })
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join('='), b.join('=')]
  return left < right ? -1 : left > right ? 1 : 0
}
