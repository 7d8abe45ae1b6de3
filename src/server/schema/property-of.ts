// Properties of a column beyond those that Drizzle declares for all columns: precision, scale, mode and the like.

import type { Column } from 'drizzle-orm'

/** Of the column itself, or of its configuration, where Drizzle keeps what it shows nowhere else (0.45: Column.config). */
export function propertyOf(column: Column, name: string): unknown {
  const known = column as unknown as Readonly<Record<string, unknown>> & {
    readonly config: Readonly<Record<string, unknown>> // protected there
  }
  return known[name] ?? known.config[name]
}

export function numberOf(column: Column, name: string): number | undefined {
  const value = propertyOf(column, name)
  return typeof value === 'number' ? value : undefined
}

export function isUnsigned(column: Column): boolean {
  return propertyOf(column, 'unsigned') === true
}
