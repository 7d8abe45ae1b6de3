// What the types of a service's definitions say of its models: options as they were written, relations by name, operations as calls.
// Definitions are known by their members: to infer from `ModelDefinition<…>` would have the compiler compare every table with its bounds.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { PageOf } from '../client/index.ts'
import type { ProgramValue, ValueType } from '../wire/index.ts'
import type { ColumnsOf, FactsOf, Keys } from './columns.ts'

/** What stands under a name; never where nothing does. To ask `keyof` instead would go over all names, each time that it is asked. */
type At<Of, Name> = Name extends PropertyKey
  ? Of extends { readonly [Each in Name]: infer Found }
    ? Found
    : never
  : never

/** Every model of a service by its full name: `menu.Pizza`. */
export type ModelsOf<App> = Flat<
  Both<
    App extends { readonly name: infer Name extends string; readonly models: infer Models }
      ? Box<{ readonly [Model in keyof Models & string as `${Name}.${Model}`]: Models[Model] }>
      : never
  >
>

type Flat<Parts> = { readonly [Name in keyof Parts]: Parts[Name] }

/** What each box of a union has in it, all at once; in boxes unions stay whole. */
export type Both<Boxes> = (Boxes extends Box<infer Part> ? (part: Part) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never

export interface Box<Part> {
  readonly part: Part
}

/** An option of a model as it was written; never where it was not. */
export type Option<Model, Name extends string> = Model extends { readonly said?: infer Said }
  ? Said extends { readonly [Each in Name]: infer Value }
    ? Value
    : never
  : never

type Columns<Model> = Model extends { readonly table: infer Table } ? ColumnsOf<Table> : never

type Item<List> = List extends readonly (infer Each)[] ? Each : never

/** The names of the columns on the wire. */
export type Shown<Model> = Exclude<
  keyof Columns<Model> & string,
  Item<Option<Model, 'exclude'>> | Option<Model, 'softDelete'>
>

/** What is known of them, found out once. */
export type FieldsOf<Model> = Facts<Columns<Model>, Shown<Model>>

type Facts<Of, Known extends keyof Of> = { readonly [Name in Known]: FactsOf<Of[Name]> }

/** Those that nobody writes. */
export type ReadOnly<Model> = Item<Option<Model, 'readOnly'>> | Option<Model, 'version'> | Option<Model, 'lastModified'>

export type Properties<Model> = Names<Option<Model, 'properties'>>

/** What a program reads of one. */
export type Computed<Model, Name extends string> =
  At<Option<Model, 'properties'>, Name> extends {
    readonly type: infer Type extends ValueType
    readonly nullable?: infer Null
  }
    ? ProgramValue<Type> | (Null extends true ? null : never)
    : unknown

type Names<Members> = [Members] extends [never] ? never : keyof Members & string

/** The names of fields that some callers may not read. */
export type Ruled<Model> =
  Option<Model, 'fields'> extends infer Rules
    ? {
        [Name in keyof Rules]: Rules[Name] extends { readonly read: infer Rule }
          ? Rule extends true
            ? never
            : Name
          : never
      }[keyof Rules]
    : never

export type Owned<Model> = Item<Option<Model, 'owns'>>

/** The names of the key's columns. */
export type KeyOf<Model> = [Option<Model, 'key'>] extends [never] ? Keys<FieldsOf<Model>> : Item<Option<Model, 'key'>>

/** A union of sets, each a union of names in a list. */
export type UniqueOf<Model> = Item<Option<Model, 'unique'>>

type NameOf<Table> = Table extends { readonly _: { readonly name: infer Name extends string } } ? Name : never

/** The full name of the model that is over a table, by the table's name. */
type ByTable<Models> = {
  readonly [Name in keyof Models as NameOf<Models[Name] extends { readonly table: infer Table } ? Table : never>]: Name
}

type ReferenceName<Said> = Said extends string
  ? Said
  : Said extends { readonly name: infer Name extends string }
    ? Name
    : never

/** A reference that `model()` was told of: its name, the column that holds it, and the table it refers to. */
export interface Reference<Name = string, Column = string, Table = unknown> {
  readonly name: Name
  readonly column: Column
  readonly table: Table
}

/** All of a model, as a union. */
export type ReferencesOf<Model> = ToldOf<Option<Model, 'references'>>

type ToldOf<Said> = [Said] extends [never]
  ? never
  : {
      readonly [Column in keyof Said & string]: Told<Column, ReferenceName<Said[Column]>, Said[Column]>
    }[keyof Said & string]

type Told<Column extends string, Name extends string, Said> = [Name] extends [never]
  ? never
  : Reference<
      Name,
      Column extends `${infer First},${string}` ? First : Column,
      Said extends { readonly to: infer Table } ? NameOf<Table> : never
    >

/** The full name of the model that a reference leads to; never where `to` does not say it. */
export type TargetOf<Models, To extends Reference> = At<ByTable<Models>, To['table']>

/** A reference as a data array of the rows it leads to. */
export interface Edge<From = unknown, To extends string = string, Inverse extends string = string> {
  readonly from: From
  readonly to: To
  readonly inverse: Inverse
}

type EdgesOf<Source, Said> = [Said] extends [never]
  ? never
  : {
      [Column in keyof Said]: Said[Column] extends {
        readonly to: infer Table
        readonly inverse: infer Inverse extends string
      }
        ? Edge<Source, NameOf<Table>, Inverse>
        : never
    }[keyof Said]

/** All of a service, by the names of the tables they lead to: found once, for all models. */
type Incoming<Models> = ByTarget<
  { readonly [Source in keyof Models]: EdgesOf<Source, Option<Models[Source], 'references'>> }[keyof Models]
>

type ByTarget<Edges extends Edge> = { readonly [Each in Edges as Each['to']]: Each }

/** The data arrays of a model's rows, as a union. */
export type ArraysOf<Models, Model> =
  At<Incoming<Models>, TableName<Model>> extends infer Edges extends Edge ? Edges : never

/** The columns that hold the owner of the rows of a data array. */
export type OwnerColumns<Model, OwnerTable> =
  Option<Model, 'references'> extends infer Said
    ? {
        [Column in keyof Said]: Said[Column] extends { readonly to: infer Table }
          ? NameOf<Table> extends OwnerTable
            ? Column
            : never
          : never
      }[keyof Said]
    : never

export type TableName<Model> = NameOf<Model extends { readonly table: infer Table } ? Table : never>

/**
 * Operations of a model's own as methods: `top-sellers` is `topSellers`.
 *
 * @typeParam Instances of every model by its full name, which some of them give.
 */
export type Calls<Model, Of extends 'instance' | 'model', Instances> =
  Option<Model, 'operations'> extends infer Operations
    ? [Operations] extends [never]
      ? object
      : {
          readonly [Name in keyof Operations & string as CallName<Name, Operations[Name], Of>]: Call<
            Operations[Name],
            Instances
          >
        }
    : never

type BuiltIn = 'instances' | 'create' | 'get' | 'data' | 'update' | 'replace' | 'delete'

type CallName<Name extends string, Operation, Of> = Name extends BuiltIn
  ? never
  : Operation extends { readonly schemas?: { readonly of: Of } }
    ? CamelCase<Name>
    : never

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name extends `${infer Head}_${infer Tail}`
    ? `${Head}${Capitalize<CamelCase<Tail>>}`
    : Name

/** A call is a POST where the operation knows that, else the first method that takes something. */
type Call<Operation, Instances> = Operation extends {
  readonly schemas?: {
    readonly path: infer Path
    readonly query: infer Query
    readonly input: infer Input
    readonly output: infer Output
  }
}
  ? (...input: InputOf<FirstOf<Input>, InPath<Path>, Query>) => Promise<OutputOf<FirstOf<Output>, Instances>>
  : never

type FirstOf<ByMethod> = ByMethod extends {
  readonly POST: infer Post
  readonly PUT: infer Put
  readonly PATCH: infer Patch
  readonly DELETE: infer Delete
  readonly GET: infer Get
}
  ? Post extends StandardSchemaV1
    ? Post
    : Put extends StandardSchemaV1
      ? Put
      : Patch extends StandardSchemaV1
        ? Patch
        : Delete extends StandardSchemaV1
          ? Delete
          : Get
  : undefined

/** Parts of the path and, in the same object, the query or the content; nothing where it takes none. */
type InputOf<Schema, Path, Query> = Schema extends StandardSchemaV1
  ? [
      input: [keyof Path] extends [never]
        ? StandardSchemaV1.InferInput<Schema>
        : StandardSchemaV1.InferInput<Schema> & Path,
    ]
  : Given<Path & QueryOf<Query>>

type Given<InUrl> = [keyof InUrl] extends [never] ? [] : object extends InUrl ? [input?: InUrl] : [input: InUrl]

type InPath<Params> = { readonly [Name in keyof Params as Exclude<Name, 'pk'>]: string | number }

/** Which of them may be left out, only the server knows. */
type QueryOf<Query> = string extends keyof Query ? unknown : { readonly [Name in keyof Query]?: InQuery<Query[Name]> }

type InQuery<Value> = [Value] extends [string | number | boolean | undefined | readonly string[]] ? Value : string

type OutputOf<Schema, Instances> = Schema extends { readonly gives: infer What }
  ? What extends { readonly model: infer Name; readonly isPage: infer IsPage }
    ? IsPage extends true
      ? PageOf<At<Instances, Name>>
      : At<Instances, Name>
    : never
  : Schema extends StandardSchemaV1
    ? StandardSchemaV1.InferOutput<Schema>
    : unknown
