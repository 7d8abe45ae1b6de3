// Values as a path gives them: texts, under names of columns.

import { ValueFault } from '../../wire/index.ts'
import type { Model } from '../models/model.ts'
import { compareTexts } from '../query/compare.ts'
import { never, type Condition } from '../query/condition.ts'
import type { ColumnInfo } from '../schema/read-table.ts'

/** `pk` is the key of any model that has a key of one column. */
export function columnOfParameter(key: readonly string[], name: string): string {
  return name === 'pk' && key.length === 1 ? (key[0] ?? name) : name
}

/** A text that no row can have finds none. */
export function equalsText(model: Model, column: ColumnInfo, text: string): Condition {
  try {
    return compareTexts(model, column, 'eq', [text])
  } catch (error) {
    if (error instanceof ValueFault) return never
    throw error
  }
}
