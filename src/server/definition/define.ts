// What a user of the server writes: models, apps and operations, as plain descriptions that a service is made from.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { InferSelectModel, Table } from 'drizzle-orm'
import type { Exchange, Principal } from '../http/index.ts'
import type { SqliteDatabase } from './store/store.ts'

/** A filter in the client's object form: `{ price: { gte: 5 }, crust: { name: 'thin' } }`; all of it must hold. */
export interface Filter {
  readonly [name: string]: unknown
}

/** `true`: every row · `false`: none · a filter: these rows. */
export type Rule = boolean | Filter
export type RuleSource = Rule | ((user: Principal) => Rule | Promise<Rule>)

/** Which rows a caller may reach, on top of the permissions. All are `true` unless given. */
export interface Access {
  readonly read?: RuleSource
  readonly create?: RuleSource
  readonly update?: RuleSource
  readonly delete?: RuleSource
}

/** What an operation's handler is given. */
export interface OperationContext<Row, Input> {
  /** The row, for an operation of an instance. */
  readonly instance: Row
  /** The content, as the input schema gave it. */
  readonly input: Input
  readonly user: Principal
  /** Drizzle, inside the operation's transaction where there is one; under no rule. */
  readonly tx: SqliteDatabase
  readonly exchange: Exchange
}

export interface OperationHandler {
  readonly input?: StandardSchemaV1
  /** All of them are needed: `app.change_model` unless given, except for GET; `[]` lets every known caller in. */
  readonly permissions?: readonly string[]
  /** `false` for a handler that writes nothing: other writes need not wait for it. GET has no transaction anyway. */
  readonly transaction?: boolean
  run(context: OperationContext<Readonly<Record<string, unknown>>, unknown>): unknown
}

type OperationMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface OperationDefinition {
  readonly of: 'instance' | 'model'
  readonly handlers: Readonly<Partial<Record<OperationMethod, OperationHandler>>>
  /** Answered without credentials. For login; think twice. */
  readonly isPublic: boolean
}

interface TypedHandler<Schema extends StandardSchemaV1 | undefined> {
  readonly input?: Schema
  readonly permissions?: readonly string[]
  readonly transaction?: boolean
  run(
    context: OperationContext<
      Readonly<Record<string, unknown>>,
      Schema extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<Schema> : undefined
    >,
  ): unknown
}

/**
 * Operations beyond the built-in ones: a resource with a handler per method.
 *
 * @example
 * operations: { cancel: operation.instance({ POST: { permissions: ['orders.change_order'], run: ({ instance }) => … } }) }
 */
export const operation: {
  readonly instance: <Schema extends StandardSchemaV1 | undefined = undefined>(
    handlers: Partial<Record<OperationMethod, TypedHandler<Schema>>>,
  ) => OperationDefinition
  readonly model: <Schema extends StandardSchemaV1 | undefined = undefined>(
    handlers: Partial<Record<OperationMethod, TypedHandler<Schema>>>,
    options?: { readonly isPublic?: boolean },
  ) => OperationDefinition
} = {
  // The handlers' own input types were checked above; the resource hands each the value its schema gave.
  instance: (handlers) => ({ of: 'instance', handlers: handlers as OperationDefinition['handlers'], isPublic: false }),
  model: (handlers, options) => ({
    of: 'model',
    handlers: handlers as OperationDefinition['handlers'],
    isPublic: options?.isPublic ?? false,
  }),
}

export interface ModelOptions<T extends Table> {
  /** The one-line name of an instance: a column, or a function of the row. The key unless given. */
  readonly display?: (keyof InferSelectModel<T> & string) | ((row: InferSelectModel<T>) => string)
  /** Read-only members computed from the row. */
  readonly properties?: Readonly<Record<string, (row: InferSelectModel<T>) => unknown>>
  /**
   * Names for references, by column: `{ pizzaId: { name: 'pizza', inverse: 'prices' } }`, or just the name.
   * Derived from the column's name unless given; the inverse, the data array at the other end, from the model's.
   */
  readonly references?: Readonly<Record<string, string | { readonly name?: string; readonly inverse?: string }>>
  /** Columns that nobody sees, writes or filters by. */
  readonly exclude?: readonly (keyof InferSelectModel<T> & string)[]
  readonly readOnly?: readonly (keyof InferSelectModel<T> & string)[]
  readonly access?: Access
  readonly operations?: Readonly<Record<string, OperationDefinition>>
  /** Newest first instead of key order. */
  readonly newestFirst?: boolean
}

export interface ModelDefinition<T extends Table = Table> {
  readonly table: T
  /** Rows are of unknown shape from here on: only the service reads them. */
  readonly options: ModelOptions<Table>
}

/**
 * A table as a model, complete with defaults.
 *
 * @example
 * model(pizzas, { display: 'name' })
 */
export function model<T extends Table>(table: T, options: ModelOptions<T> = {}): ModelDefinition<T> {
  // The row functions get rows of this very table and no others.
  return { table, options: options as unknown as ModelOptions<Table> }
}

export type ModelDefinitions = Readonly<Record<string, ModelDefinition>>

export interface AppDefinition {
  readonly name: string
  readonly models: ModelDefinitions
  readonly configuration: Readonly<Record<string, unknown>>
}

/** Models under one name; a dotted name (`contrib.auth`) becomes a nested path. */
export function app(
  name: string,
  models: ModelDefinitions,
  options: { readonly configuration?: Readonly<Record<string, unknown>> } = {},
): AppDefinition {
  return { name, models, configuration: options.configuration ?? {} }
}
