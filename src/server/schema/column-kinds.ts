// The kind of a column: by the table of its dialect, by what it says of itself, or by its plain data type.

import type { Column } from 'drizzle-orm'
import { arrayKind } from './arrays.ts'
import type { ColumnKind } from './column-kind.ts'
import { elementOf, mapsValues } from './drizzle-versions.ts'

type KindOf = (column: Column) => ColumnKind

export interface KindsOfDialect {
  /** Drizzle's column type → kind. */
  readonly ofColumnType: Readonly<Record<string, KindOf>>
  /** For custom types that map nothing, so that a program has what the driver gives: the database's data type → kind. */
  readonly ofDataType: Readonly<Record<string, KindOf>>
}

/** @throws TypeError with the reason where nothing is known of the column's values. */
export function kindOfColumn(column: Column, kinds: KindsOfDialect): ColumnKind {
  const element = elementOf(column)
  if (element !== undefined) return arrayKind(kindOfColumn(element, kinds))
  if (Object.hasOwn(kinds.ofColumnType, column.columnType)) {
    const kindOf = kinds.ofColumnType[column.columnType]
    if (kindOf !== undefined) return kindOf(column)
  }
  const dataType = column.getSQLType()
  const [plain = ''] = dataType.toLowerCase().split('(')
  const kindOf = !mapsValues(column) && column.dataType === 'custom' && Object.hasOwn(kinds.ofDataType, plain)
  const found = kindOf ? kinds.ofDataType[plain] : undefined
  if (found !== undefined) return found(column)
  throw new TypeError(`is of a type that does not describe itself (${dataType})`)
}
