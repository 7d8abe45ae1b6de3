// The JSON Schemas (2020-12) of a model's rows as one caller knows them: as they are read, and what creates, replaces and patches them.

import type { JsonSchema } from '../../http/index.ts'
import { labelOf } from '../models/label.ts'
import type { ModelView } from '../models/model-view.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import { propertySchema, readSchema, writeSchema } from './column-schema.ts'

export interface ModelSchemas {
  /** A whole row. */
  readonly row: JsonSchema
  readonly create: JsonSchema
  readonly replace: JsonSchema
  readonly patch: JsonSchema
}

export function modelSchemas(view: ModelView): ModelSchemas {
  const { model, readable } = view
  const columns = [...readable.values()]
  const computed = computedSchemas(view)
  const read = { ...properties(columns, (column) => readSchema(model, column)), ...computed }
  const { members, required } = createdBy(view, [])
  // What GET gave may be sent back: members that are read-only, or in the URL, must be as they are.
  const replaced = { ...read, ...members, ...ownedSchemas(view) }
  const inUrl = new Set(model.table.key)
  return {
    row: {
      title: model.fullName,
      ...objectOf(
        read,
        columns.map(({ name }) => name),
      ),
    },
    create:
      view.unfilled.size === 0
        ? closed(objectOf({ ...members, ...ownedSchemas(view) }, required))
        : { not: {}, description: 'A new row needs a value that nobody may give.' },
    replace: closed(
      objectOf(
        replaced,
        required.filter((name) => !inUrl.has(name)),
      ),
    ),
    patch: closed(objectOf(replaced, [])),
  }
}

/** What makes a row; @param known columns that the place of the content says already. */
function createdBy(
  { model, readable, writable, required }: ModelView,
  known: readonly string[],
): { readonly members: Readonly<Record<string, JsonSchema>>; readonly required: readonly string[] } {
  const takes = [...new Map([...readable, ...writable]).values()].filter(
    (column) => writable.has(column.name) && !model.isReadOnly(column),
  )
  const needed = takes.map(({ name }) => name).filter((name) => required.has(name) && !known.includes(name))
  return { members: properties(takes, (column) => writeSchema(model, column)), required: needed }
}

/** The rows that are written with a row: their reference to it, and their key, go without saying. */
function ownedSchemas({ model, owned }: ModelView): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    (model.options.owns ?? []).map((name): [string, JsonSchema] => {
      const rows = owned.get(name)
      if (rows === undefined) return [name, { type: 'array', items: { type: 'object' } }]
      const holds = model.dataArrays.get(name)?.reference?.columns ?? []
      const { members, required } = createdBy(rows, [...holds, ...rows.model.table.key])
      const items = closed(objectOf({ ...members, ...ownedSchemas(rows) }, required))
      return [name, { title: labelOf(name), type: 'array', items }]
    }),
  )
}

function properties(
  columns: readonly ColumnInfo[],
  schemaOf: (column: ColumnInfo) => JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(columns.map((column) => [column.name, schemaOf(column)] as const))
}

function computedSchemas({ model, properties: names }: ModelView): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    [...names].map((name) => {
      const type = propertySchema(model.properties.get(name))
      return [name, { title: labelOf(name), ...type, readOnly: true }] as const
    }),
  )
}

function objectOf(members: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties: members, ...(required.length === 0 ? {} : { required }) }
}

/** A member that does not exist is refused. */
function closed(schema: JsonSchema): JsonSchema {
  return { ...schema, additionalProperties: false }
}

/** All of them as one document: the row, with the others among its definitions. */
export function schemaDocument(view: ModelView): JsonSchema {
  const { row, ...$defs } = modelSchemas(view)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${view.model.url}/-/schema`,
    ...row,
    $defs,
  }
}
