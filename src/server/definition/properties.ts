// Computed properties, as a program writes them: a function of the row, or with it the type that documents and clients are told.

import type { ProgramValue, ValueType } from '../../wire/index.ts'

/** A function of the row alone gives what JSON has a word for, of which clients know no type. */
export type PropertySource<Row> = ((row: Row) => unknown) | TypedProperty<Row>

/**
 * A property of one type: it is shown as a column of that type is, and clients have it as such.
 *
 * @example
 * properties: { webAddress: { type: 'string', value: ({ slug }) => `http://www.example.com/${slug}/` } }
 */
export type TypedProperty<Row, Type extends ValueType = ValueType> = Type extends ValueType
  ? | { readonly type: Type; readonly nullable?: false; readonly value: (row: Row) => ProgramValue<Type> }
    | { readonly type: Type; readonly nullable: true; readonly value: (row: Row) => ProgramValue<Type> | null }
  : never
