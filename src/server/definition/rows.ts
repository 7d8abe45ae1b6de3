// The rows of a table or view as a program has them, typed by it.

import type { SQL } from 'drizzle-orm'

/**
 * What a model is made of: a table, or a view, which is read-only. Known by its mark: to compare it with Drizzle's `Table` would have
 * the compiler find out what rows each table has, for every model.
 */
export interface ModelSource {
  readonly _: { readonly brand: 'Table' | 'View' }
}

/** The tables of them. */
export interface TableSource extends ModelSource {
  readonly _: { readonly brand: 'Table' }
}

/** A row whose table is not known. */
export type AnyRow = Readonly<Record<string, unknown>>

/** In Drizzle 1.0 only the tables of a dialect say it. */
export type RowOf<T extends ModelSource> = T extends { readonly $inferSelect: infer Row } ? Row : AnyRow

/** The names of its columns: of all, or of those whose values are of a type. */
export type ColumnOf<T extends ModelSource, Value = unknown> = unknown extends Value
  ? keyof RowOf<T> & string
  : {
      [Name in keyof RowOf<T>]: RowOf<T>[Name] extends Value ? Name : never
    }[keyof RowOf<T>] &
      string

/** A stored row, hidden columns included. */
export type StoredRow<T extends ModelSource> = Readonly<RowOf<T>>

/** What makes a new row of a table; of a view nothing does. */
export type NewRow<T extends ModelSource> = T extends TableSource & { readonly $inferInsert: infer New }
  ? Readonly<New>
  : StoredRow<T>

/** Some of the values of a row. */
export type Values<New = AnyRow> = { readonly [Name in keyof New]?: New[Name] | undefined }

/** Values to write: of the column's type, or an expression of Drizzle that gives one. */
export type Written<New = AnyRow> = { readonly [Name in keyof New]?: New[Name] | SQL | undefined }
