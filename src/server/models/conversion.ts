// How values of a column, or of all columns of a type, look in JSON where the program says otherwise.

import { ValueFault, type ValueType } from '../../wire/index.ts'
import type { ColumnInfo } from '../schema/read-table.ts'

/** The JSON form of a column's values, which are those that Drizzle gives; NULL is `null` without being asked about. */
export interface Conversion {
  /** What JSON shows of a value. */
  readonly encode: (value: never) => unknown
  /**
   * The column's value from what JSON says; the message of a RangeError or TypeError it throws is told with 422. Without one the
   * field is read-only, and nobody can compare with it.
   */
  readonly decode?: (json: never) => unknown
  /** What the JSON form is, for documents and filters: `json` unless given, which can only be asked whether it is NULL. */
  readonly type?: ValueType
}

/** One way, or both. */
export type ConversionSource = Conversion | Conversion['encode']

/** By type of the values, for all columns of an app or a service that are no keys or references. */
export type TypeConversions = Readonly<Partial<Record<ValueType, ConversionSource>>>

/** The column with another JSON form. */
export function convertedColumn(column: ColumnInfo, source: ConversionSource): ColumnInfo {
  const { encode, decode, type = 'json' } = typeof source === 'function' ? { encode: source } : source
  return {
    ...column,
    isConverted: true,
    type,
    choices: undefined,
    maxLength: undefined,
    generated: column.generated || decode === undefined,
    encode: (value) => encode(value as never), // of this very column
    decode: (json, context) => {
      if (decode === undefined) throw new ValueFault('is read-only')
      return column.decode(column.encode(decoded(decode, json), context), context) // what it gives must fit the column
    },
  }
}

function decoded(decode: NonNullable<Conversion['decode']>, json: unknown): unknown {
  try {
    return decode(json as never) // whatever was sent: it has to look itself
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new ValueFault(error.message)
    throw error
  }
}
