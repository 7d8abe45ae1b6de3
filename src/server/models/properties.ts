// The computed properties of a model: what each shows of a row, and the type that it is said to have.

import { codecs, type ValueType } from '../../wire/index.ts'
import type { ModelOptions } from '../definition/define.ts'
import type { AnyRow } from '../definition/rows.ts'

export interface Property {
  /** `json` where nothing is said. */
  readonly type: ValueType
  readonly nullable: boolean
  /** What JSON shows of a row. */
  readonly compute: (row: AnyRow) => unknown
}

export function propertiesOf({ properties = {} }: ModelOptions<never>): ReadonlyMap<string, Property> {
  return new Map(Object.entries(properties).map(([name, source]) => [name, propertyOf(source as Source)])) // rows are of its table
}

type Source = Property['compute'] | Typed

interface Typed {
  readonly type: ValueType
  readonly nullable?: boolean
  readonly value: (row: AnyRow) => unknown
}

function propertyOf(source: Source): Property {
  if (typeof source === 'function') return { type: 'json', nullable: true, compute: source }
  const { type, nullable = false, value } = source
  const compute = (row: AnyRow): unknown => {
    const given = value(row)
    return given === null || given === undefined ? null : codecs[type].encode(given)
  }
  return { type, nullable, compute }
}
