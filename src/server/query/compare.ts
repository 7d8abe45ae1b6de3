// One comparison of a column: which operators fit its type, and its operands as the column's values.

import { codecs, isOperator, ValueFault, type Operator, type ValueType } from '../../wire/index.ts'
import type { Model } from '../model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import type { Condition } from './condition.ts'

const textOperators: readonly Operator[] = [
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'iexact',
]
const orderOperators: readonly Operator[] = ['lt', 'lte', 'gt', 'gte']
const equalityOperators: readonly Operator[] = ['eq', 'ne', 'in', 'nin', 'isnull']

/** How many values `in` and `nin` take. */
const maxListLength = 200

/** Which operators make sense for a column. */
function operatorsFor({ type, ordered }: Pick<ColumnInfo, 'type' | 'ordered'>): readonly Operator[] {
  if (type === 'json' || type === 'bytes') return ['isnull']
  if (type === 'boolean' || type === 'reference' || !ordered) return equalityOperators
  return type === 'string'
    ? [...equalityOperators, ...orderOperators, ...textOperators]
    : [...equalityOperators, ...orderOperators]
}

/** The texts of a URL parameter as operands. */
export function operandsOfTexts(type: ValueType, operator: string, texts: readonly string[]): readonly unknown[] {
  const { fromText } = codecs[operator === 'isnull' ? 'boolean' : type]
  return texts.map((text) => fromText(text))
}

/**
 * @param operands in their JSON form, or as the column's own values (a Date, a bigint), which a rule may give.
 * @throws ValueFault
 */
export function compare(model: Model, column: ColumnInfo, word: string, operands: readonly unknown[]): Condition {
  const operator = operatorOf(column, word)
  const isList = operator === 'in' || operator === 'nin'
  if (!isList && operands.length !== 1) throw new ValueFault(`takes one value, and was given ${operands.length}`)
  if (operands.length > maxListLength) throw new ValueFault(`takes at most ${maxListLength} values`)
  if (operator === 'isnull' || textOperators.includes(operator)) {
    const { decode } = codecs[operator === 'isnull' ? 'boolean' : 'string']
    return { kind: 'compare', column, operator, values: operands.map((operand) => decode(operand)) }
  }
  const values = operands.map((operand) => decodeOperand(model, column, operand))
  const spelled = values.flatMap((value) => model.spellings(column, value))
  return { kind: 'compare', column, operator: spelled.length > 1 ? asList(operator) : operator, values: spelled }
}

/**
 * A choice or a length that no row can have is a question with the answer no, not a fault. A rule's own Date ("now", say) may be
 * finer than the column; a caller's text may not.
 */
function decodeOperand(model: Model, column: ColumnInfo, operand: unknown): unknown {
  if (operand instanceof Date && column.type === 'date-time') return model.decode(column, operand)
  return model.decode(column, column.description === undefined ? codecs[column.type].encode(operand) : operand)
}

function operatorOf(column: ColumnInfo, word: string): Operator {
  const allowed = operatorsFor(column)
  if (isOperator(word) && allowed.includes(word)) return word
  const known = isOperator(word) ? 'does not fit' : 'is no operator for'
  const there = allowed.join(', ')
  throw new ValueFault(`cannot be used: "${word}" ${known} "${column.name}" (${column.type}); there are: ${there}`)
}

function asList(operator: Operator): Operator {
  if (operator === 'eq') return 'in'
  return operator === 'ne' ? 'nin' : operator
}
