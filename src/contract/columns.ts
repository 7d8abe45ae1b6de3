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
export type FactsOf<Column> = Column extends { readonly _: infer Found extends ColumnFacts } ? Found : never

/** Of those on the wire, by name. */
export type Fields = Readonly<Record<string, ColumnFacts>>

/** A remote reference, as `remoteForeignKey` marks it. */
type IsRemote<Of extends ColumnFacts> = Of['driverParam'] extends `slumber:${string}` ? true : false

type Decimals = 'SQLiteNumeric' | 'PgNumeric' | 'MySqlDecimal'

/** A `Date` on the server, which is a day on the wire. */
type Days = 'PgDate' | 'MySqlDate'

/** Texts that are no texts: moments without a zone, days, times, durations. */
type Ordered =
  | Days
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
  : Of['columnType'] extends Days
    ? string
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
export type Sortable<Of extends Fields> = {
  [Name in keyof Of]: Of[Name]['dataType'] extends 'json' | 'buffer' | 'array' ? never : Name
}[keyof Of]

/** Those that refer to rows of other services. */
export type Remote<Of extends Fields> = { [Name in keyof Of]: IsRemote<Of[Name]> extends true ? Name : never }[keyof Of]

/** Those that the database alone writes. */
export type Generated<Of extends Fields> = {
  [Name in keyof Of]: Of[Name]['identity'] extends 'always'
    ? Name
    : undefined extends Of[Name]['generated']
      ? never
      : Name
}[keyof Of]

/** Those that must be given on create. */
export type Required<Of extends Fields> = {
  [Name in keyof Of]: Of[Name] extends { readonly notNull: true; readonly hasDefault: false } ? Name : never
}[keyof Of]

/** Those of the key, where it is one column's own. */
export type Keys<Of extends Fields> = {
  [Name in keyof Of]: Of[Name] extends { readonly isPrimaryKey: true } ? Name : never
}[keyof Of]

/** What a program reads of each. */
export type Read<Of extends Fields, Name extends keyof Of> = OrNull<Of[Name], ReadValue<Of[Name]>>

/** What it may give. */
export type Input<Of extends Fields, Name extends keyof Of> = OrNull<Of[Name], InputValue<Of[Name]>>
