// The JSON Schema (2020-12) of a column: of its values as they are read, and of what a write takes.

import type { JsonSchema } from '../../http/index.ts'
import type { ValueType } from '../../wire/index.ts'
import { labelOf } from '../models/label.ts'
import type { Model } from '../models/model.ts'
import type { ColumnKind } from '../schema/column-kind.ts'
import type { ColumnInfo } from '../schema/read-table.ts'

interface TypeSchemas {
  readonly read: JsonSchema
  /** Where a write takes more than it gives back. */
  readonly write?: JsonSchema
}

const text: JsonSchema = { type: 'string' }

/** Formats are those of JSON Schema §7.3, and of the registry of OpenAPI for `decimal` and what has no zone. */
const schemas: Readonly<Record<ValueType, TypeSchemas>> = {
  integer: { read: { type: 'integer' } },
  // JSON has no numbers for what databases call these.
  number: { read: { type: ['number', 'string'], pattern: '^(?:NaN|-?Infinity)$' } },
  bigint: { read: { type: 'string', format: 'int64' }, write: { type: ['string', 'integer'] } },
  decimal: { read: { type: 'string', format: 'decimal' }, write: { type: ['string', 'number'] } },
  boolean: { read: { type: 'boolean' } },
  string: { read: text },
  'date-time': { read: { type: 'string', format: 'date-time' } },
  'local-date-time': { read: { type: 'string', format: 'date-time-local' } },
  date: { read: { type: 'string', format: 'date' } },
  time: { read: { type: 'string', format: 'time-local' } },
  duration: { read: text },
  uuid: { read: { type: 'string', format: 'uuid' } },
  bytes: { read: { type: 'string', contentEncoding: 'base64' } },
  json: { read: {} },
  array: { read: { type: 'array' } },
  reference: { read: { type: 'string', format: 'uri' } },
}

/** Of what is read. */
export function readSchema(model: Model, column: ColumnInfo): JsonSchema {
  return {
    title: labelOf(column.name),
    ...orNull(column, schemaOf(column, 'read')),
    ...relatedTo(model, column),
    ...(model.isReadOnly(column) ? { readOnly: true } : {}),
  }
}

/** Of a computed property, as far as its type is told. */
export function propertySchema(property: Pick<ColumnInfo, 'type' | 'nullable'> | undefined): JsonSchema {
  return property === undefined ? {} : orNull(property, schemas[property.type].read)
}

/** Of what a write takes. */
export function writeSchema(model: Model, column: ColumnInfo): JsonSchema {
  const standard = defaultOf(model, column)
  return {
    title: labelOf(column.name),
    ...orNull(column, schemaOf(column, 'write')),
    ...relatedTo(model, column),
    ...(standard === undefined ? {} : { default: standard }),
  }
}

type Kind = Pick<ColumnKind, 'type' | 'items' | 'choices' | 'maxLength' | 'minimum' | 'maximum'>

function schemaOf(kind: Kind, way: keyof TypeSchemas): JsonSchema {
  const { type, items, choices, maxLength } = kind
  return {
    ...(schemas[type][way] ?? schemas[type].read),
    ...(items === undefined ? {} : { items: itemSchema(items, way) }),
    ...(choices === undefined ? {} : { enum: choices }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...rangeOf(kind),
  }
}

/** Any item may be null: that is nothing a database would refuse. */
function itemSchema(items: Kind, way: keyof TypeSchemas): JsonSchema {
  return orNull({ nullable: true }, schemaOf(items, way))
}

/** Of what is a number in JSON. */
function rangeOf({ minimum, maximum }: Kind): JsonSchema {
  return {
    ...(typeof minimum === 'number' ? { minimum } : {}),
    ...(typeof maximum === 'number' ? { maximum } : {}),
  }
}

function orNull({ nullable }: Pick<ColumnInfo, 'nullable'>, schema: JsonSchema): JsonSchema {
  const { type, enum: choices } = schema
  if (!nullable || type === undefined) return schema
  return {
    ...schema,
    type: [type, 'null'].flat(),
    ...(Array.isArray(choices) ? { enum: [...(choices as readonly unknown[]), null] } : {}),
  }
}

/** The model whose rows the column refers to. Unknown keywords are annotations (JSON Schema §6.5). */
function relatedTo(model: Model, { name }: ColumnInfo): JsonSchema {
  const reference = model.referenceOf(name)
  return reference === undefined ? {} : { 'x-model': model.referenceModel(reference) }
}

/** What a create without it gets, where it is the same each time and can be told. */
function defaultOf(model: Model, column: ColumnInfo): unknown {
  const { default: standard } = column.column
  if (!['string', 'number', 'boolean', 'bigint'].includes(typeof standard)) return undefined
  const json = model.encode(column, standard)
  return ['string', 'number', 'boolean'].includes(typeof json) ? json : undefined
}
