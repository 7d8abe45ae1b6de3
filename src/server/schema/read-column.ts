// One column of a table, as the server knows it.

import type { Column } from 'drizzle-orm'
import { largestChosen } from './chosen-keys.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import { kindOfColumn } from './column-kinds.ts'
import type { SchemaDialect } from './dialects.ts'
import { describesField, type DescribesField, type FieldDescription } from './field-description.ts'
import { propertyOf } from './property-of.ts'
import type { ColumnInfo } from './table-info.ts'
import { textKind } from './texts.ts'

/** Characters that would be read as something else in `sort=-a,b`, `fields=a,b`, `a.b__op` or a JSON pointer. */
const notInNames = /[-.,~/\s]/

/** @throws TypeError with the reason where the column cannot be served. */
export function readColumn(name: string, column: Column, dialect: SchemaDialect, key: readonly string[]): ColumnInfo {
  if (notInNames.test(name)) throw new TypeError(`"${name}" cannot name a column; use letters, digits and _.`)
  const description = descriptionOf(column)
  const isKey = key.includes(name)
  // SQLite's own number of the row: it gives the next one where none is given.
  const rowId = dialect.name === 'sqlite' && isKey && key.length === 1 && column.getSQLType() === 'integer'
  const kindOf = description === undefined ? ownKind(name, column, dialect) : describedKind(description)
  return {
    ...kindOf,
    name,
    column,
    // A serial is never NULL, whatever Drizzle says of its null-ness; nor is a key, which SQLite alone would not refuse.
    nullable: !column.notNull && !isKey && !column.columnType.includes('Serial'),
    hasDefault: column.hasDefault || rowId,
    largestChosen: largestChosen(column, kindOf.maximum, rowId),
    generated: column.generated !== undefined || column.generatedIdentity?.type === 'always',
    description,
  }
}

function ownKind(name: string, column: Column, dialect: SchemaDialect): ColumnKind {
  try {
    const found = kindOfColumn(column, dialect.kinds)
    // What Drizzle makes a Date of may stand in the database as something finer, or as text.
    return column.dataType === 'custom' ? { ...found, exact: false } : found
  } catch (error) {
    throw error instanceof TypeError ? new TypeError(`column "${name}" ${error.message}.`) : error
  }
}

/** What it does with its values is its own; the texts that it stores must be ones that a database keeps. */
function describedKind({
  type,
  encode,
  decode,
}: FieldDescription): Omit<ColumnKind, 'encode' | 'decode'> & Pick<FieldDescription, 'encode' | 'decode'> {
  const isCompared = type !== 'json' && type !== 'bytes'
  const check = (value: unknown): void => (typeof value === 'string' ? textKind().check(value) : undefined)
  return { ...kind(type), check, comparable: isCompared, ordered: isCompared, exact: false, encode, decode }
}

function descriptionOf(column: Column): FieldDescription | undefined {
  // Drizzle keeps a custom type's own configuration in this protected place (0.45: Column.config.fieldConfig).
  const config = propertyOf(column, 'fieldConfig') as Partial<DescribesField> | undefined
  return config?.[describesField]
}
