// The door for columns that describe themselves: a custom column type says what its field is and how its value goes over the wire.

import type { Addresses, FieldKind, ValueType } from '../../wire/index.ts'

/** What a value needs to know of its surroundings to be written or read. */
export interface ValueContext {
  readonly addresses: Addresses
}

/** What a column says about its field. `encode` and `decode` stand in for the codec of `type`. */
export interface FieldDescription {
  readonly kind: FieldKind
  readonly type: ValueType
  /** For a remote field: the model it refers to, as a `slumber:` or absolute URL. */
  readonly model: string
  readonly encode: (value: unknown, context: ValueContext) => unknown
  /** Throws ValueFault. */
  readonly decode: (json: unknown, context: ValueContext) => unknown
  /** Every stored form that means the same as this value: a filter looks for them all. Only the value itself unless given. */
  readonly spellings?: (value: unknown, context: ValueContext) => readonly unknown[]
}

/** Put a FieldDescription under this name into the `config` of a Drizzle custom column type. */
export const describesField: unique symbol = Symbol.for('slumber.field')

export interface DescribesField {
  readonly [describesField]: FieldDescription
}
