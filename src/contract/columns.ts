// What the types of a Drizzle table say of its columns: how a program reads, writes and asks for each, as the client has it.

import type { Comparison, ItemComparison, NullComparison, OrderComparison, TextComparison } from '../wire/index.ts'
import type { Linked } from '../client/index.ts'

/** What Drizzle says of a column. */
export interface ColumnFacts {
  readonly data: unknown
  readonly dataType: string
  readonly columnType: string
  readonly driverParam: unknown
  readonly notNull: boolean
  readonly hasDefault: boolean
  readonly isPrimaryKey: boolean
  readonly generated: unknown
  readonly identity: unknown
}

/** By the names of a table's or a view's columns. */
export type ColumnsOf<Source> = Source extends { readonly _: { readonly columns: infer Columns } }
  ? Columns
  : Source extends { readonly _: { readonly selectedFields: infer Columns } }
    ? Columns
    : object

/** Of one of them. */
export type Facts<Columns, Name> = Name extends keyof Columns
  ? Columns[Name] extends { readonly _: infer Found extends ColumnFacts }
    ? Found
    : never
  : never

/** A remote reference, as `remoteForeignKey` marks it. */
type IsRemote<Of extends ColumnFacts> = Of['driverParam'] extends `slumber:${string}` ? true : false

type Decimals = 'SQLiteNumeric' | 'PgNumeric' | 'MySqlDecimal'

/** Texts that are no texts: moments without a zone, days, times, durations. */
type Ordered =
  | 'PgDateString'
  | 'PgTime'
  | 'PgTimestampString'
  | 'PgInterval'
  | 'MySqlDateString'
  | 'MySqlDateTimeString'
  | 'MySqlTimestampString'
  | 'MySqlTime'

/** What a program reads, where it is not null. */
export type ReadValue<Of extends ColumnFacts> = Of['dataType'] extends 'json' | 'buffer' | 'array'
  ? Of['data'] extends Uint8Array
    ? Uint8Array
    : Of['data'] extends readonly (infer Item)[]
      ? Of['dataType'] extends 'array'
        ? readonly Item[]
        : Of['data']
      : Of['data']
  : Of['data']

/** What it may give. */
export type InputValue<Of extends ColumnFacts> =
  IsRemote<Of> extends true
    ? Linked | string
    : Of['columnType'] extends Decimals
      ? string | number
      : Of['dataType'] extends 'bigint'
        ? bigint | number
        : ReadValue<Of>

export type OrNull<Of extends ColumnFacts, Value> = Of['notNull'] extends true ? Value : Value | null

/** What a filter may ask of it. */
export type FilterValue<Of extends ColumnFacts> = OrNull<
  Of,
  Of['dataType'] extends 'json'
    ? ItemComparison<string | number | boolean>
    : Of['dataType'] extends 'buffer'
      ? NullComparison
      : Of['data'] extends readonly (infer Item)[]
        ? ItemComparison<Item>
        : InputValue<Of> | ComparisonOf<Of>
>

type ComparisonOf<Of extends ColumnFacts> =
  IsRemote<Of> extends true
    ? Comparison<InputValue<Of>>
    : Of['dataType'] extends 'boolean'
      ? Comparison<boolean>
      : Of['columnType'] extends 'PgUUID'
        ? Comparison<string>
        : Of['columnType'] extends Decimals | Ordered
          ? OrderComparison<InputValue<Of>>
          : ReadValue<Of> extends string
            ? TextComparison<ReadValue<Of>>
            : OrderComparison<InputValue<Of>>

/** The names of those that lists are sorted by. */
export type Sortable<Columns, Names> = Names extends keyof Columns
  ? Facts<Columns, Names>['dataType'] extends 'json' | 'buffer' | 'array'
    ? never
    : Names
  : never

/** Those that refer to rows of other services. */
export type Remote<Columns, Names> = Names extends keyof Columns
  ? IsRemote<Facts<Columns, Names>> extends true
    ? Names
    : never
  : never

/** Those that the database alone writes. */
export type Generated<Columns, Names> = Names extends keyof Columns
  ? Facts<Columns, Names> extends infer Of extends ColumnFacts
    ? Of['identity'] extends 'always'
      ? Names
      : undefined extends Of['generated']
        ? never
        : Names
    : never
  : never

/** Those that must be given on create. */
export type Required<Columns, Names> = Names extends keyof Columns
  ? Facts<Columns, Names> extends { readonly notNull: true; readonly hasDefault: false }
    ? Names
    : never
  : never

/** Those of the key, where it is one column's own. */
export type Keys<Columns> = {
  [Name in keyof Columns]: Facts<Columns, Name> extends { readonly isPrimaryKey: true } ? Name : never
}[keyof Columns]
