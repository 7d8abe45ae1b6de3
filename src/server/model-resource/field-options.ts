// Which fields of a model a hand-written resource shows, as its user writes it.

import type { InferInsertModel, InferSelectModel, Table } from 'drizzle-orm'
import type { Row } from '../models/model.ts'

/** The model of a resource: its Drizzle table, or its full name, `'blog.Post'`. */
export type ModelSource = Table | string

/** A row of the model, typed where the table itself is given. */
export type RowOf<Source extends ModelSource> = Source extends Table ? Readonly<InferSelectModel<Source>> : Row

/** What makes a new row. */
export type InsertOf<Source extends ModelSource> = Source extends Table ? Readonly<InferInsertModel<Source>> : Row

/** The same for who makes it here: `undefined` says that the service's rule gives a value, or a hook. */
export type NewRowOf<Source extends ModelSource> = {
  readonly [Name in keyof InsertOf<Source>]: InsertOf<Source>[Name] | undefined
}

/**
 * `own`: the model's columns · `key`: those of its key · `relations`: its references and data arrays · `all`: everything, with
 * the computed properties of the model. Where a field has the name of a set, the name means the field.
 */
export type FieldSet = 'all' | 'key' | 'own' | 'relations'

/** A column, a computed property, a reference or a data array of the model, or a set of them. */
export type FieldName<R> = FieldSet | (keyof R & string) | (string & NonNullable<unknown>)

/** What is shown; what is given in two ways is shown once, and what is excluded is not shown at all. */
export interface FieldOptions<R = Row> {
  /** In their order; `['own']` unless given. */
  readonly include?: readonly FieldName<R>[]
  /** Wins over all that is included, computed or related. */
  readonly exclude?: readonly FieldName<R>[]
  /** The name in the representation, by field: `{ createdAt: 'created' }`. */
  readonly rename?: Readonly<Record<string, string>>
  /** Members that are made of the row, hidden columns included. */
  readonly computed?: Readonly<Record<string, (row: R) => unknown>>
  /**
   * What is shown of related rows, by reference or data array. One that is included without a word here looks as the default
   * resource of its model shows it, and is its key where there is none.
   */
  readonly related?: Readonly<Record<string, RelatedFields>>
}

/** What is shown of a relation; of a data array also how many rows, and in which order. */
export interface RelatedOptions extends FieldOptions {
  /** How many for each row. Unless given all are shown, and more than a thousand are a fault of the program. */
  readonly limit?: number
  /** Columns, with a `-` for the other direction: `'-createdAt'`. */
  readonly sort?: string | readonly string[]
}

/** A list is short for `include`. */
export type Fields<R = Row> = readonly FieldName<R>[] | FieldOptions<R>
export type RelatedFields = readonly FieldName<Row>[] | RelatedOptions
