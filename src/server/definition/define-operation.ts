// What a user of the server writes about operations: a handler per HTTP method, and where the operation is.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import type {
  Exchange,
  JsonSchema,
  NoQuery,
  Page,
  Principal,
  QueryDeclarations,
  QueryValues,
} from '../../http/index.ts'
import type { Models } from '../access/models.ts'
import type { PageRequest } from '../rows/operation-page.ts'
import type { SqliteDatabase } from '../store/store.ts'
import type { AnyRow } from './rows.ts'

/** What an operation's handler is given. */
export interface OperationContext<Row, Input, Query = Readonly<Record<string, unknown>>> {
  /** The row, for an operation of an instance. */
  readonly instance: Row
  /** The content, as the input schema gave it. */
  readonly input: Input
  /** The further parts of the path, decoded, by the names that `path` and `mount` have for them. */
  readonly params: Readonly<Record<string, string | undefined>>
  /** The declared query parameters. */
  readonly query: Query
  readonly user: Principal
  /** A page of rows that the caller may read, to be returned: `page({ filter: { forSale: true }, ...query })` with `pageParameters` as `query`. */
  readonly page: (request?: PageRequest) => Promise<Page>
  /**
   * The models of the service as the caller may reach them, in the operation's transaction: under all rules, with hooks, and with the
   * caller's permissions. `models(pizzas).find({ id: 1 })`, `list`, `count`, `create`, `update`, `delete`. Without a transaction each
   * write has one of its own; a GET writes nothing.
   */
  readonly models: Models
  /** Drizzle, inside the operation's transaction where there is one; under no rule, and without hooks. */
  readonly tx: SqliteDatabase
  readonly exchange: Exchange
}

export interface OperationHandler<Row = AnyRow> {
  /** What the content must be; what does not fit is 422. Without one, content is refused. */
  readonly input?: StandardSchemaV1
  /** What a successful answer holds, for the documents. */
  readonly output?: StandardSchemaV1
  /** JSON Schemas (2020-12) of both for the documents, where their validators cannot say them. */
  readonly inputSchema?: JsonSchema
  readonly outputSchema?: JsonSchema
  /** The query parameters it takes: `{ limit: query.integer({ minimum: 1 }) }`. Any other is 400. */
  readonly query?: QueryDeclarations
  /** All of them are needed: `app.change_model` unless given, except for GET; `[]` lets every known caller in. */
  readonly permissions?: readonly string[]
  /** `false` for a handler that writes nothing: other writes need not wait for it. GET has no transaction anyway. */
  readonly transaction?: boolean
  run(context: OperationContext<Row, unknown>): unknown
}

export type OperationMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Where an operation is. */
export interface OperationPlace {
  /** Parts of the path behind its name, in the grammar of `PathTemplate`: `/:year{[0-9]+}/:month?`. */
  readonly path?: string
  /**
   * Another URI for it, below the service: `/checkout/:pk` instead of `/orders/Order/:pk/checkout`. An operation of an instance
   * needs the part `:pk`, the key as it is in the instance's URL.
   */
  readonly mount?: string
}

/** @typeParam Row what an operation of an instance is given: a row of the model that it is defined in. */
export interface OperationDefinition<Row = AnyRow> extends OperationPlace {
  readonly of: 'instance' | 'model'
  readonly handlers: Readonly<Partial<Record<OperationMethod, OperationHandler<Row>>>>
  /** Answered without credentials. */
  readonly isPublic: boolean
}

interface TypedHandler<Schema extends StandardSchemaV1 | undefined, Declared extends QueryDeclarations, Row> {
  readonly input?: Schema
  readonly output?: StandardSchemaV1
  readonly inputSchema?: JsonSchema
  readonly outputSchema?: JsonSchema
  readonly query?: Declared
  readonly permissions?: readonly string[]
  readonly transaction?: boolean
  run(
    context: OperationContext<
      Row,
      Schema extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<Schema> : undefined,
      QueryValues<Declared>
    >,
  ): unknown
}

type TypedHandlers<Schema extends StandardSchemaV1 | undefined, Declared extends QueryDeclarations, Row> = Partial<
  Record<OperationMethod, TypedHandler<Schema, Declared, Row>>
>

/**
 * Operations: a resource with a handler per method. Any other method is 405; a GET without a handler describes the input. Under the
 * name of a built-in operation (`create`, `delete` …) it replaces that one.
 *
 * @example
 * operations: {
 *   cancel: operation.instance({ POST: { permissions: ['orders.change_order'], run: ({ instance }) => … } }),
 *   'top-sellers': operation.model({ GET: { run: ({ params }) => … } }, { path: '/:year{[0-9]+}' }),
 *   delete: false,
 * }
 */
export const operation: {
  readonly instance: <
    Schema extends StandardSchemaV1 | undefined = undefined,
    Declared extends QueryDeclarations = NoQuery,
    /** What `model(table, { operations })` expects: the rows of its table. */
    Row = AnyRow,
  >(
    handlers: TypedHandlers<Schema, Declared, Row>,
    options?: OperationPlace,
  ) => OperationDefinition<Row>
  readonly model: <
    Schema extends StandardSchemaV1 | undefined = undefined,
    Declared extends QueryDeclarations = NoQuery,
  >(
    handlers: TypedHandlers<Schema, Declared, AnyRow>,
    /** `public`: answered without credentials. For login; think twice. */
    options?: OperationPlace & { readonly public?: boolean },
  ) => OperationDefinition
} = {
  // The handlers' own types were checked above; the resource hands each the values its schemas gave.
  instance: (handlers, options = {}) => ({
    ...options,
    of: 'instance',
    handlers: handlers as OperationDefinition<never>['handlers'],
    isPublic: false,
  }),
  model: (handlers, { public: isPublic = false, ...place } = {}) => ({
    ...place,
    of: 'model',
    handlers: handlers as OperationDefinition['handlers'],
    isPublic,
  }),
}
