// What a user of the server writes about operations: a handler per HTTP method, and where the operation is.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import type {
  Answer,
  Awaitable,
  Caching,
  Entity,
  Exchange,
  JsonSchema,
  NoQuery,
  Page,
  Principal,
  Problem,
  QueryDeclarations,
  QueryValues,
  StatusConstant,
} from '../../http/index.ts'
import type { Models } from '../access/models.ts'
import type { PageRequest } from '../rows/operation-page.ts'
import type { SqliteDatabase } from '../store/store.ts'
import type { PlacedAt, SchemasOf } from './operation-schemas.ts'
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
  /** What a successful answer holds in JSON, for the documents; `run` gives what the schema takes, or an answer made by itself. */
  readonly output?: StandardSchemaV1
  /** JSON Schemas (2020-12) of both for the documents, where their validators cannot say them. */
  readonly inputSchema?: JsonSchema
  readonly outputSchema?: JsonSchema
  /** The query parameters it takes: `{ limit: query.integer({ minimum: 1 }) }`. Any other is 400. */
  readonly query?: QueryDeclarations
  /** All of them are needed: `app.change_model` unless given, except for GET; `[]` lets every known caller in. */
  readonly permissions?: readonly string[]
  /**
   * Of a GET: for how long what it answers may be kept. It is run before conditions are looked at; what plain data it gives has a strong
   * tag, a hash of it.
   */
  readonly caching?: Caching
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

/**
 * @typeParam Row what an operation of an instance is given: a row of the model that it is defined in.
 * @typeParam Schemas of what it takes and gives, by method.
 */
export interface OperationDefinition<Row = AnyRow, Schemas = unknown> extends OperationPlace {
  readonly of: 'instance' | 'model'
  readonly handlers: Readonly<Partial<Record<OperationMethod, OperationHandler<Row>>>>
  /** Answered without credentials. */
  readonly isPublic: boolean
  /** For types alone. */
  readonly schemas?: Schemas
}

type Schema = StandardSchemaV1 | undefined

interface TypedHandler<Input extends Schema, Output extends Schema, Declared extends QueryDeclarations, Row> {
  readonly input?: Input
  readonly output?: Output
  readonly inputSchema?: JsonSchema
  readonly outputSchema?: JsonSchema
  readonly query?: Declared
  readonly permissions?: readonly string[]
  readonly caching?: Caching
  readonly transaction?: boolean
  run(
    context: OperationContext<
      Row,
      Input extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<Input> : undefined,
      QueryValues<Declared>
    >,
  ): Output extends StandardSchemaV1 ? Awaitable<Answered<Output>> : unknown
}

/** What the schema describes, or an answer that the program has made itself. */
type Answered<Output extends StandardSchemaV1> =
  | StandardSchemaV1.InferInput<Output>
  | Answer
  | Entity
  | Page
  | Problem
  | Response
  | StatusConstant
  | readonly [status: StatusConstant, content: unknown]

/** Each method has schemas of its own. */
interface TypedHandlers<
  Get extends Schema,
  GetOutput extends Schema,
  Post extends Schema,
  PostOutput extends Schema,
  Put extends Schema,
  PutOutput extends Schema,
  Patch extends Schema,
  PatchOutput extends Schema,
  Delete extends Schema,
  DeleteOutput extends Schema,
  Declared extends QueryDeclarations,
  Row,
> {
  readonly GET?: TypedHandler<Get, GetOutput, Declared, Row>
  readonly POST?: TypedHandler<Post, PostOutput, Declared, Row>
  readonly PUT?: TypedHandler<Put, PutOutput, Declared, Row>
  readonly PATCH?: TypedHandler<Patch, PatchOutput, Declared, Row>
  readonly DELETE?: TypedHandler<Delete, DeleteOutput, Declared, Row>
}

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
    Get extends Schema = undefined,
    GetOutput extends Schema = undefined,
    Post extends Schema = undefined,
    PostOutput extends Schema = undefined,
    Put extends Schema = undefined,
    PutOutput extends Schema = undefined,
    Patch extends Schema = undefined,
    PatchOutput extends Schema = undefined,
    Delete extends Schema = undefined,
    DeleteOutput extends Schema = undefined,
    Declared extends QueryDeclarations = NoQuery,
    Mount extends string = '',
    Path extends string = '',
    /** What `model(table, { operations })` expects: the rows of its table. */
    Row = AnyRow,
  >(
    handlers: TypedHandlers<
      Get,
      GetOutput,
      Post,
      PostOutput,
      Put,
      PutOutput,
      Patch,
      PatchOutput,
      Delete,
      DeleteOutput,
      Declared,
      Row
    >,
    options?: OperationPlace & PlacedAt<Mount, Path>,
  ) => OperationDefinition<
    Row,
    SchemasOf<
      'instance',
      `${Mount}${Path}`,
      Get,
      GetOutput,
      Post,
      PostOutput,
      Put,
      PutOutput,
      Patch,
      PatchOutput,
      Delete,
      DeleteOutput,
      Declared
    >
  >
  readonly model: <
    Get extends Schema = undefined,
    GetOutput extends Schema = undefined,
    Post extends Schema = undefined,
    PostOutput extends Schema = undefined,
    Put extends Schema = undefined,
    PutOutput extends Schema = undefined,
    Patch extends Schema = undefined,
    PatchOutput extends Schema = undefined,
    Delete extends Schema = undefined,
    DeleteOutput extends Schema = undefined,
    Declared extends QueryDeclarations = NoQuery,
    Mount extends string = '',
    Path extends string = '',
  >(
    handlers: TypedHandlers<
      Get,
      GetOutput,
      Post,
      PostOutput,
      Put,
      PutOutput,
      Patch,
      PatchOutput,
      Delete,
      DeleteOutput,
      Declared,
      AnyRow
    >,
    /** `public`: answered without credentials. For login; think twice. */
    options?: OperationPlace & PlacedAt<Mount, Path> & { readonly public?: boolean },
  ) => OperationDefinition<
    AnyRow,
    SchemasOf<
      'model',
      `${Mount}${Path}`,
      Get,
      GetOutput,
      Post,
      PostOutput,
      Put,
      PutOutput,
      Patch,
      PatchOutput,
      Delete,
      DeleteOutput,
      Declared
    >
  >
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
