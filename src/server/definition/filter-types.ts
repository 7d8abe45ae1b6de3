// What TypeScript knows of a filter that a program writes: columns by the table, operators by their types, and that any other name
// is a relation. Only the names that a filter has are looked at, so that it costs the same for tables of any size.

import type {
  Comparison,
  FilterGroups,
  ItemComparison,
  Operator,
  OrderComparison,
  TextComparison,
} from '../../wire/index.ts'
import type { AnyRow } from './rows.ts'

/** A filter in the client's object form: `{ price: { gte: 5 }, crust: { name: 'thin' } }`; all of it must hold. */
export interface Filter {
  readonly [name: string]: unknown
}

/**
 * A filter of a table's rows.
 *
 * @typeParam Names those that it has, which the compiler finds out where a function takes one; `string` where they are not known.
 * @typeParam Besides what a column may be asked to equal, besides its own values.
 */
export type FilterOf<Row = AnyRow, Names extends string = string, Besides = never> = {
  readonly [Name in Names]?: FilterMember<Row, Name, Besides>
} & FilterGroups<FilterOf<Row, Names>>

/** One that a program asks with, in values of the columns; what is not there finds none. */
export type AskedFilter<Row, Names extends string> = FilterOf<Row, Names, undefined>

/** One that finds the row of a path: the text of a path's parameter is read as the column's type says; what is not there finds none. */
export type FindFilter<Row, Names extends string> = FilterOf<Row, Names, string | undefined>

/** What may stand under a name. Another than a column's leads to other rows. */
type FilterMember<Row, Name extends string, Besides> = string extends Name | keyof Row
  ? unknown
  : Name extends keyof Row
    ? ColumnFilter<NonNullable<Row[Name]>> | Besides | null
    : Name extends 'and' | 'or' | 'not' | 'pk'
      ? unknown
      : RelationBesides<keyof Row & string>

/**
 * A filter that a method of a class gives: TypeScript neither finds out its names nor takes its texts for choices there. What it has of
 * columns must fit them.
 */
export type ColumnFilters<Row = AnyRow> = Filter & {
  readonly [Name in keyof Row]?: ColumnFilter<AnyText<NonNullable<Row[Name]>>> | null
}

/** What a function gives: TypeScript takes its texts for any text, not for the choices of a column. */
export type GivenFilter<Row, Names extends string> = FilterOf<
  { readonly [Name in keyof Row]: AnyText<NonNullable<Row[Name]>> },
  Names
>

type AnyText<Value> = [Value] extends [string] ? string : Value

/** A value in its JSON form or the column's own, or comparisons. What the type does not tell, the service does when it starts. */
type ColumnFilter<Value> = [Value] extends [string]
  ? string extends Value
    ? string | number | TextComparison<string | number> // decimals are texts
    : Value | TextComparison<Value>
  : [Value] extends [boolean]
    ? boolean | Comparison<boolean>
    : [Value] extends [number]
      ? number | OrderComparison<number>
      : [Value] extends [Date]
        ? Date | string | OrderComparison<Date | string>
        : [Value] extends [bigint]
          ? bigint | number | string | OrderComparison<bigint | number | string>
          : [Value] extends [readonly (infer Item)[]]
            ? Value | (Comparison<Value> & ItemComparison<Item>)
            : unknown

/**
 * What must hold of the rows behind a relation. A name that is no relation was meant for one of the columns, which stand in the
 * messages of the compiler for that. A column behind it that is called as an operator is, `range`, is compared by one: `{ eq: 5 }`.
 */
export interface RelationBesides<Columns extends string> extends Readonly<
  Partial<Record<Operator, RelationBesides<Columns>>>
> {
  readonly [name: string]: unknown
}
