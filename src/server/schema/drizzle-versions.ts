// What Drizzle's versions have differently, 0.45 and 1.0: names of classes, arrays, and what a column says its values are.

import type { Column } from 'drizzle-orm'
import * as drizzle from 'drizzle-orm'
import { numberOf, propertyOf } from './property-of.ts'

/** Drizzle's own mark, the same in all versions (entity.ts). */
const entityKind: unique symbol = Symbol.for('drizzle:entityKind')

/** Whether relations are those of `relations()`, as in 0.45; in 1.0 they are those of `defineRelations()`. */
export const hasRelations: boolean = 'Relations' in drizzle

/** What `prepare()` is given where the server of PostgreSQL is not to keep the statement: 1.0 makes up a name where there is none. */
export const noName: false | undefined = hasRelations ? undefined : false

/**
 * Whether something is of a class of Drizzle's: not every version exports all of them, so that none can be imported that it has not.
 *
 * @param names as Drizzle's versions call the class: `PgDatabase` in 0.45 is `PgAsyncDatabase` in 1.0.
 */
export function isEntity(value: unknown, ...names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  for (let of: unknown = value.constructor; typeof of === 'function'; of = Object.getPrototypeOf(of)) {
    const kind = Object.hasOwn(of, entityKind) ? (of as unknown as Record<symbol, unknown>)[entityKind] : undefined // its own mark
    if (typeof kind === 'string' && names.includes(kind)) return true
  }
  return false
}

/** The column that the elements of an array would have: another column in 0.45, the same with fewer dimensions in 1.0. */
export function elementOf(column: Column): Column | undefined {
  const { baseColumn, dimensions } = column as { readonly baseColumn?: unknown; readonly dimensions?: unknown } // of arrays
  if (isEntity(column, 'PgArray')) return baseColumn as Column
  const isOf1 = 'isLengthExact' in column // in 0.45 vectors have dimensions, too
  if (!isOf1 || !isEntity(column, 'PgColumn') || typeof dimensions !== 'number' || dimensions < 1) return undefined
  return Object.create(column, { dimensions: { value: dimensions - 1 } }) as Column
}

/** How many numbers or bits a vector has: `dimensions` in 0.45; in 1.0 `length`, of a sparse one `vectorDimensions`. */
export function vectorSizeOf(column: Column): number | undefined {
  return numberOf(column, 'length') ?? numberOf(column, 'vectorDimensions') ?? numberOf(column, 'dimensions')
}

/** Whether a custom type maps its values: it keeps the functions under other names in each version, and both what it was made of. */
export function mapsValues(column: Column): boolean {
  const { toDriver, fromDriver } = (propertyOf(column, 'customTypeParams') ?? {}) as Readonly<Record<string, unknown>>
  return toDriver !== undefined || fromDriver !== undefined
}

/** Whether programs have Dates of it: `date` in 0.45, `object date` in 1.0. */
export function givesDates({ dataType }: Column): boolean {
  return /\bdate$/.test(dataType) && !dataType.startsWith('string')
}

/** Whether programs have bigints of it: `bigint` in 0.45, `bigint int64` in 1.0. */
export function givesBigints({ dataType }: Column): boolean {
  return dataType.startsWith('bigint')
}

/** Whether it is a document, which Drizzle reads: `json` in 0.45, `object json` in 1.0. */
export function holdsJson({ dataType }: Column): boolean {
  return /\bjson$/.test(dataType)
}
