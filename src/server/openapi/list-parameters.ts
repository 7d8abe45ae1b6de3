// The query parameters of lists, as OpenAPI has them: those that every list has, and what a model can be filtered by, told by rule.

import type { JsonSchema, QueryParameterDescription } from '../../http/index.ts'
import type { listParameters } from '../../wire/index.ts'
import type { ModelView } from '../models/model-view.ts'
import { operatorsFor } from '../query/compare.ts'
import { limits } from '../query/limits.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import { readSchema } from './column-schema.ts'

const text: JsonSchema = { type: 'string' }
const { pageSize } = limits

type Common = Exclude<(typeof listParameters)[number], 'format' | 'sort' | 'fields'>

/** What is not about the fields of a model. */
export const expandParameter: QueryParameterDescription = kept(
  listOf('expand', `Relations to embed, with dots into the next: at most ${limits.expandPaths}.`, text),
)

/** By name, so that none is forgotten. */
const common: Readonly<Record<Common, QueryParameterDescription>> = {
  expand: expandParameter,
  where: shared('where', 'A filter as JSON, with `and`, `or` and `not`: `{"price":{"gte":5}}`.', {
    ...text,
    contentMediaType: 'application/json',
  }),
  limit: shared('limit', 'How many rows a page has.', {
    type: 'integer',
    minimum: 1,
    maximum: pageSize.largest,
    default: pageSize.standard,
  }),
  offset: shared('offset', 'How many rows to pass over; cursors have no limit.', {
    type: 'integer',
    minimum: 0,
    maximum: limits.offset,
  }),
  after: shared('after', 'The cursor of a `next` link; follow the link instead of making one.', text),
  before: shared('before', 'The cursor of a `prev` link; follow the link instead of making one.', text),
}

function of(name: string, description: string, schema: JsonSchema): QueryParameterDescription {
  return { name, in: 'query', description, required: false, schema }
}

/** The same wherever it is. */
function shared(name: string, description: string, schema: JsonSchema): QueryParameterDescription {
  return kept(of(name, description, schema))
}

function kept(parameter: QueryParameterDescription): QueryParameterDescription {
  return { ...parameter, component: parameter.name }
}

/** Joined by commas. */
function listOf(name: string, description: string, items: JsonSchema): QueryParameterDescription {
  return { ...of(name, description, { type: 'array', items }), style: 'form', explode: false }
}

/** Of a model whose lists may be asked for as a whole. */
const exportLimit: QueryParameterDescription = {
  ...of('limit', 'How many rows a page has, or `all` for all of them.', {
    anyOf: [common.limit.schema, { const: 'all' }],
  }),
  component: 'limit-all',
}

/** Of a list of rows of the model. */
export function listParametersOf(view: ModelView): readonly QueryParameterDescription[] {
  const { model } = view
  const own = [...view.readable.values()].filter(({ ordered }) => ordered).map(({ name }) => name)
  // Behind a reference to one row there is one value.
  const behind = localReferences(view).map((name) => `${name}\\..+`)
  return [
    filterParameter(view),
    {
      ...listOf('sort', 'Fields in the order of their weight, with `-` for descending.', {
        type: 'string',
        pattern: `^-?(?:${[...own, ...behind].join('|')})$`,
      }),
      component: `${model.fullName}-sort`,
    },
    fieldsParameter(view),
    ...Object.values({ ...common, ...(model.options.export === true ? { limit: exportLimit } : {}) }),
  ]
}

export function fieldsParameter({ model, readable, properties }: ModelView): QueryParameterDescription {
  return {
    ...listOf('fields', 'The fields to show; all unless given.', { enum: [...readable.keys(), ...properties] }),
    component: `${model.fullName}-fields`,
  }
}

/** Each set of fields that identifies a row; exactly one of them. */
export function findParameter(view: ModelView): QueryParameterDescription {
  const { model, readable } = view
  const { key, unique } = model.table
  const sets = [key, ...unique, ...(key.length === 1 ? [['pk']] : [])]
  const known = sets.filter((set) => set.every((name) => name === 'pk' || readable.has(name)))
  const names = [...new Set(known.flat())]
  const columns = names.map((name) => [name, readable.get(name === 'pk' ? (key[0] ?? name) : name)] as const)
  return {
    name: 'key',
    in: 'query',
    description: 'The fields of a unique set, each a parameter of its own.',
    required: true,
    style: 'form',
    explode: true,
    schema: {
      type: 'object',
      properties: schemasOf(view, columns),
      anyOf: known.map((required) => ({ required })),
    },
  }
}

/** One parameter that stands for all filters: a property is a parameter of its own, and so is what matches a pattern. */
function filterParameter(view: ModelView): QueryParameterDescription {
  const { model, readable, dataArrays } = view
  const columns = [...readable.values()]
  const relations = [...localReferences(view), ...dataArrays.keys()]
  const patterns = [...byOperators(columns)].map(([operators, names]) => `^(?:${names.join('|')})__(?:${operators})$`)
  if (relations.length > 0) patterns.push(`^(?:with\\.)?(?:${relations.join('|')})\\..+$`)
  return {
    name: 'filter',
    in: 'query',
    description: 'All of these must hold: `field=value`, `field__operator=value`, `relation.field__operator=value`.',
    required: false,
    style: 'form',
    explode: true,
    schema: {
      type: 'object',
      properties: schemasOf(
        view,
        columns.filter((column) => operatorsFor(column).includes('eq')).map((column) => [column.name, column] as const),
      ),
      patternProperties: Object.fromEntries(patterns.map((pattern) => [pattern, filterValue] as const)),
    },
    component: `${model.fullName}-filter`,
  }
}

function localReferences({ references }: ModelView): readonly string[] {
  return [...references.values()].flatMap(({ name, kind }) => (kind === 'local' ? [name] : []))
}

/** Of a DELETE of many rows. */
export function deleteParameters(view: ModelView): readonly QueryParameterDescription[] {
  return [filterParameter(view), common.where]
}

/** `in`, `nin` and `range` repeat their name. */
const filterValue: JsonSchema = { type: ['string', 'array'], items: text }

function schemasOf(
  { model }: ModelView,
  columns: readonly (readonly [name: string, column: ColumnInfo | undefined])[],
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    columns.map(([name, column]) => {
      if (column === undefined) return [name, text] as const
      const { title: _, readOnly: _readOnly, ...schema } = readSchema(model, { ...column, nullable: false })
      return [name, schema] as const
    }),
  )
}

/** The columns that can be asked the same, by their operators. */
function byOperators(columns: readonly ColumnInfo[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const column of columns) {
    const operators = operatorsFor(column).join('|')
    const names = groups.get(operators)
    if (names === undefined) groups.set(operators, [column.name])
    else names.push(column.name)
  }
  return groups
}
