// The type of a column as a CAST takes it.

import { is, type Column } from 'drizzle-orm'
import { PgEnumColumn, PgEnumObjectColumn } from 'drizzle-orm/pg-core'
import { elementOf } from '../../schema/drizzle-versions.ts'

/** Types that only a column can have; its values are of these. */
const typeOfSerial: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial: 'integer',
  bigserial: 'bigint',
}

/** What Drizzle says of it, which is the program's own text, with the names of enums quoted. */
export function castType(column: Column): string {
  const element = elementOf(column)
  if (element !== undefined) return `${castType(element)}[]`
  if (isEnum(column)) {
    const { enumName, schema } = column.enum
    return schema === undefined ? quoted(enumName) : `${quoted(schema)}.${quoted(enumName)}`
  }
  const type = column.getSQLType()
  return typeOfSerial[type] ?? type
}

/** Declared by a list of words or by an object. */
export function isEnum(column: Column): column is PgEnumColumn<never> | PgEnumObjectColumn<never> {
  return is(column, PgEnumColumn) || is(column, PgEnumObjectColumn)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
