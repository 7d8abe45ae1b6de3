// Conditions whose statements are kept: those of one shape, a rule for each caller say, differ in values alone.

import { is, SQL, sql, type Table } from 'drizzle-orm'
import type { Row } from '../models/model.ts'
import { always, type Condition, type StoredOperator } from '../query/condition.ts'
import { columnIn } from './condition-sql.ts'

export interface KeptCondition {
  /** The same for conditions of one shape. */
  readonly shape: string
  /** With placeholders for its values. */
  readonly condition: Condition
  /** By the names of the placeholders. */
  readonly values: Row
}

/** Operators of which SQL says the same whatever the value is. */
const kept: ReadonlySet<StoredOperator> = new Set(['eq', 'lt', 'lte', 'gt', 'gte'])

const keptAlways: KeptCondition = { shape: 'true', condition: always, values: {} }

/** Undefined where the statement depends on the values, or rows of others are asked about. */
export function keptCondition(where: Condition, table: Table): KeptCondition | undefined {
  if (where === always) return keptAlways // most models have no rule
  const values: Record<string, unknown> = {}
  let count = 0
  let shape = ''
  const keep = (condition: Condition): Condition | undefined => {
    if (condition.kind === 'constant') {
      shape += condition.holds ? 'true' : 'false'
      return condition
    }
    if (condition.kind === 'compare') {
      const { column, operator, values: given } = condition
      const [value] = given
      if (operator === 'isnull') {
        shape += `${JSON.stringify(column.name)} isnull ${String(value)}`
        return condition
      }
      const isPlain = given.length === 1 && value !== null && value !== undefined && !is(value, SQL)
      // A word that an enum does not have makes another statement.
      if (!isPlain || !kept.has(operator) || column.choices !== undefined) return undefined
      const name = `where${count++}`
      values[name] = value
      shape += `${JSON.stringify(column.name)} ${operator}`
      return { ...condition, values: [sql.param(sql.placeholder(name), columnIn(table, column.name))] }
    }
    if (condition.kind !== 'all' && condition.kind !== 'any') return undefined
    shape += `${condition.kind}(`
    const conditions: Condition[] = []
    for (const part of condition.conditions) {
      const found = keep(part)
      if (found === undefined) return undefined
      conditions.push(found)
      shape += ','
    }
    shape += ')'
    return { kind: condition.kind, conditions }
  }
  const condition = keep(where)
  return condition && { shape, condition, values }
}
