// The shapes of the documents that describe a directory, a service, an app and a model; what a client knows of a service is these.

import type { ItemsDescription, ValueType } from './values.ts'

/** `{"services": {name: url}}`: whatever answers this is a directory. */
export interface DirectoryDocument {
  readonly services: Readonly<Record<string, string>>
}

export interface ServiceDocument extends DirectoryDocument {
  readonly name: string | null
  readonly apps: Readonly<Record<string, string>>
  readonly configuration: Readonly<Record<string, unknown>>
  /** The name of the user who asked. */
  readonly user: string | null
}

export interface AppDocument {
  readonly name: string
  readonly models: Readonly<Record<string, string>>
}

/** value: a column · object: a column that is the key of another row here · property: computed · remote: a row of another service. */
export type FieldKind = 'value' | 'object' | 'property' | 'remote'

export interface FieldDocument {
  readonly kind: FieldKind
  readonly type: ValueType
  readonly label: string
  /** Must be given on create, by whom this was told. */
  readonly required: boolean
  readonly nullable: boolean
  readonly unique: boolean
  readonly readOnly: boolean
  /** Of an array. */
  readonly items?: ItemsDescription
  readonly choices?: readonly string[]
  /** In characters. */
  readonly maxLength?: number
  /** The least and the greatest value, in their JSON form. */
  readonly minimum?: number | string
  readonly maximum?: number | string
  /** What filters may ask of it; a field that is not filtered by has none. */
  readonly operators?: readonly string[]
  /** Some callers may not read it: for them it is not there. */
  readonly optional?: true
  /** For `object` and `remote`: the absolute URL of the model it refers to. */
  readonly model?: string
}

/** A reference to one row: the relation's name, the column that holds it, the model it points at. */
export interface ReferenceDocument {
  readonly field: string
  /** What its column refers to where that is not the key, so that no URL tells it; null where a caller might not know of it. */
  readonly targetField?: string | null
  readonly model: string
  readonly nullable: boolean
}

/** A reference to one row that several columns hold together. */
export interface CompositeReferenceDocument {
  readonly fields: readonly string[]
  /** In the same order, what they are called in the model it points at; left out where a caller might not know of one of them. */
  readonly targetFields?: readonly string[]
  readonly model: string
  readonly nullable: boolean
}

/** Many rows that refer to this one. `href` is a URI template of the instance's `pk`. */
export interface DataArrayDocument {
  readonly model: string
  readonly href: string
  /** Where the rows are written with this one: the columns by which they refer to it, which go without saying there. */
  readonly owned?: readonly string[]
}

/** A JSON Schema 2020-12; its references are relative to itself, or absolute. */
export type JsonSchemaDocument = Readonly<Record<string, unknown>>

/** An operation: a URI template (RFC 6570) and the methods it answers; by method, what is known of its query, content and answer. */
export interface OperationDocument {
  readonly href: string
  readonly methods: readonly string[]
  readonly permissions?: readonly string[]
  readonly parameters?: Readonly<Record<string, readonly ParameterDocument[]>>
  readonly input?: Readonly<Record<string, JsonSchemaDocument>>
  readonly output?: Readonly<Record<string, JsonSchemaDocument>>
  /** Where the answer is an instance of a model of the service, or a page of them. */
  readonly gives?: Readonly<Record<string, GivenDocument>>
}

export interface GivenDocument {
  /** The absolute URL of the model. */
  readonly model: string
  readonly page?: true
}

/** A query parameter, as OpenAPI 3.1 has it. */
export interface ParameterDocument {
  readonly name: string
  readonly description?: string
  readonly required: boolean
  readonly schema: JsonSchemaDocument
}

export interface ModelDocument {
  readonly name: string
  readonly app: string
  readonly url: string
  /** The names of the key's columns, in the order of the key's path segment. */
  readonly key: readonly string[]
  readonly fields: Readonly<Record<string, FieldDocument>>
  readonly unique: readonly (readonly string[])[]
  /** What is sent twice with one Idempotency-Key is done once, by POST and PATCH. */
  readonly idempotency?: true
  readonly references: Readonly<Record<string, ReferenceDocument>>
  /** Where there are any; apart from the others, whose readers expect one column. */
  readonly compositeReferences?: Readonly<Record<string, CompositeReferenceDocument>>
  readonly dataArrays: Readonly<Record<string, DataArrayDocument>>
  readonly operations: {
    readonly model: Readonly<Record<string, OperationDocument>>
    readonly instance: Readonly<Record<string, OperationDocument>>
  }
}

/** Everything a client needs to know of one service, in one document. */
export interface ContractDocument {
  readonly service: string | null
  readonly url: string
  readonly apps: Readonly<Record<string, { readonly models: Readonly<Record<string, ModelDocument>> }>>
}
