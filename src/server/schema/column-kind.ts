// What a kind of column means for its field: its type on the wire, both ways there, and what the database can do with its values.

import { codecOf, type ItemsDescription, type ValueType } from '../../wire/index.ts'

export interface ColumnKind extends ItemsDescription {
  readonly type: ValueType
  /** Of an array: what its items are. */
  readonly items?: ColumnKind
  /** The program's value to its JSON form; a JSON form stays as it is. */
  readonly encode: (value: unknown) => unknown
  /** The JSON form to a value that the database can compare with the column's. Throws ValueFault. */
  readonly decode: (json: unknown) => unknown
  /** Throws ValueFault for a value that the database would refuse to store, or give back as another. */
  readonly check: (value: unknown) => void
  /** Whether the database knows if two values are equal. */
  readonly comparable: boolean
  /** Whether the database puts its values into their own order. */
  readonly ordered: boolean
  /** Whether the database's functions for texts take it. */
  readonly searchable: boolean
  /** Whether it is stored as JSON, into whose lists the database can look. */
  readonly isDocument?: true
  /** Whether the program's value leads back to exactly what is stored. */
  readonly exact: boolean
  readonly choices?: readonly string[] | undefined
  /** In characters. */
  readonly maxLength?: number | undefined
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
}

/** A kind with the codec of its type on the wire; whatever is said of it in `more` goes before. */
export function kind(type: ValueType, more: Partial<ColumnKind> = {}): ColumnKind {
  const codec = codecOf({ type, ...(more.items === undefined ? {} : { items: more.items }) })
  if (codec === undefined) throw new TypeError(`There is no codec of "${type}".`)
  const { encode, decode } = codec
  const check = (): void => undefined
  const comparable = more.comparable ?? true
  return { encode, decode, check, comparable, ordered: comparable, searchable: false, exact: true, ...more, type }
}
