// One comparison of a column: which operators fit its type, and its operands as the column's values.

import { codecs, isOperator, readPart, ValueFault, type Operator, type ValueType } from '../../wire/index.ts'
import type { Model } from '../models/model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import { all, always, never, type Condition, type StoredOperator } from './condition.ts'
import { limits } from './limits.ts'

const textOperators: readonly Operator[] = [
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'iexact',
]
const orderOperators: readonly Operator[] = ['lt', 'lte', 'gt', 'gte', 'range']
const equalityOperators: readonly Operator[] = ['eq', 'ne', 'in', 'nin', 'isnull']

/** Those that take more than one value. */
const listOperators: ReadonlySet<string> = new Set<Operator>(['in', 'nin', 'range'])

/** Which operators make sense for a column. */
export function operatorsFor(column: ColumnInfo): readonly Operator[] {
  const { type, comparable, ordered, searchable, items } = column
  if (type === 'json') return column.isDocument === true ? ['isnull', 'has'] : ['isnull']
  const operators: Operator[] = comparable ? [...equalityOperators] : ['isnull']
  if (ordered && !unordered.has(type)) operators.push(...orderOperators)
  if (searchable && type === 'string') operators.push(...textOperators)
  if (items?.comparable === true && items.type !== 'array') operators.push('has')
  return operators
}

/** What the database puts into an order that means nothing. */
const unordered: ReadonlySet<string> = new Set<ValueType>(['boolean', 'reference', 'array'])

/**
 * A comparison as a URL has it. Its texts are read as the column's type says; in a list of JSON, where no type does, `1` and
 * `true` stand for the text and for what they are in JSON.
 *
 * @throws ValueFault
 */
export function compareTexts(model: Model, column: ColumnInfo, word: string, texts: readonly string[]): Condition {
  const read = word === 'isnull' ? codecs.boolean.fromText : readerOf(column, word)
  const values = texts.map((text) => read(text))
  const plain = saying(texts.length === 1 ? joinedHint(word, texts[0] ?? '') : severalHint(column, word), () =>
    compare(model, column, word, values),
  )
  const scalar = word === 'has' && column.type === 'json' ? scalarOf(texts[0] ?? '') : undefined
  return scalar === undefined ? plain : { kind: 'any', conditions: [plain, compare(model, column, word, [scalar])] }
}

/** What a fault of the comparison is told with, where there is something to tell. */
function saying<T>(hint: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ValueFault ? new ValueFault(error.message + hint, error.path) : error
  }
}

/** Of values in one text, where the operator takes several. */
function joinedHint(word: string, text: string): string {
  return listOperators.has(word) && text.includes(',') ? '; of several values each has the name before it: …=1&…=2' : ''
}

/** Of several texts, where the operator takes one. */
function severalHint(column: ColumnInfo, word: string): string {
  return word === 'eq' && operatorsFor(column).includes('in')
    ? `; one of several is ${column.name}__in, given for each`
    : ''
}

/** A whole array is written as JSON, an item of one as itself. */
function readerOf({ type, items }: ColumnInfo, word: string): (text: string) => unknown {
  return codecs[word === 'has' && items !== undefined ? items.type : type].fromText
}

function scalarOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = codecs.number.fromText(text)
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/**
 * @param operands in their JSON form, or as the column's own values (a Date, a bigint), which a rule may give.
 * @param isList whether they are the items of a list, at which a fault points.
 * @throws ValueFault
 */
function compare(
  model: Model,
  column: ColumnInfo,
  word: string,
  operands: readonly unknown[],
  { isList = false, isOfRule = false } = {},
): Condition {
  const decoded = (operand: unknown, index: number): unknown => {
    const read = (): unknown => decodeOperand(model, column, operand, isOfRule)
    return isList ? readPart(index, read) : read()
  }
  const operator = operatorOf(column, word)
  refuseCount(operator, operands.length)
  for (const operand of operands) if (typeof operand === 'string') refuseText(operand)
  if (operator === 'isnull') return comparison(column, operator, [codecs.boolean.decode(operands[0])])
  if (operator === 'has') return comparison(column, operator, [element(column, operands[0])])
  if (operator === 'range') {
    const [from, to] = operands.map(decoded)
    return all([comparison(column, 'gte', [from]), comparison(column, 'lte', [to])])
  }
  if (textOperators.includes(operator)) return comparison(column, operator, [codecs.string.decode(operands[0])])
  const values = operands.map(decoded)
  const spelled = values.flatMap((value) => model.spellings(column, value))
  if (spelled.length === 0) return operator === 'nin' ? always : never // drivers have no empty list
  return comparison(column, spelled.length > 1 ? asList(operator) : operator, spelled)
}

/**
 * A comparison with what an object has for an operator: one value, or a list of them where the operator takes one.
 *
 * @throws ValueFault
 */
export function compareWith(
  model: Model,
  column: ColumnInfo,
  operator: string,
  operand: unknown,
  isOfRule = false,
): Condition {
  if (listOperators.has(operator) && !Array.isArray(operand)) {
    operatorOf(column, operator)
    throw new ValueFault('takes a list of values')
  }
  const isOne = !Array.isArray(operand) || (column.type === 'array' && !listOperators.has(operator))
  if (isOne) return compare(model, column, operator, [operand], { isOfRule })
  if (listOperators.has(operator)) return compare(model, column, operator, operand, { isList: true, isOfRule })
  operatorOf(column, operator)
  const hint = operator === 'eq' && operatorsFor(column).includes('in') ? '; one of several is {"in":[…]}' : ''
  throw new ValueFault(`takes one value, not a list${hint}`)
}

function comparison(column: ColumnInfo, operator: StoredOperator, values: readonly unknown[]): Condition {
  return { kind: 'compare', column, operator, values }
}

function refuseCount(operator: Operator, count: number): void {
  const isList = operator === 'in' || operator === 'nin'
  if (isList && count > limits.listLength) throw new ValueFault(`takes at most ${limits.listLength} values`)
  const needed = operator === 'range' ? 2 : 1
  if (!isList && count !== needed) {
    const expected = needed === 1 ? 'one value' : 'two values, the first and the last that are meant'
    throw new ValueFault(`takes ${expected}, and was given ${count}`)
  }
}

/** No stored text has these, and some drivers break over them. */
function refuseText(text: string): void {
  if (text.includes('\0')) throw new ValueFault('must not contain U+0000')
  if (!text.isWellFormed()) throw new ValueFault('must be well-formed Unicode, without lone surrogates')
}

/** What a list may have in it that can be asked for. */
function element({ items }: ColumnInfo, operand: unknown): unknown {
  if (items !== undefined) return chosen(items, items.decode(asValue(operand)))
  if (typeof operand === 'string' || typeof operand === 'boolean') return operand
  if (typeof operand === 'number' && Number.isFinite(operand)) return operand
  throw new ValueFault('must be a text, a number, true or false')
}

/**
 * A length that no row can have is a question with the answer no, not a fault; a choice that there is not is a slip, but in a rule,
 * where it may come of who asks (what does not is checked at the start). A rule's own
 * Date ("now", say) may be finer than the column; a caller's text may not.
 */
function decodeOperand(model: Model, column: ColumnInfo, operand: unknown, isOfRule: boolean): unknown {
  if (operand instanceof Date && column.type === 'date-time') return model.decode(column, operand)
  const isJson = typeof operand !== 'object' && typeof operand !== 'bigint'
  const isKnown = isJson || operand === null || column.description !== undefined || column.type === 'array'
  const value = model.decode(column, isKnown ? operand : codecs[column.type].encode(asValue(operand)))
  return isOfRule ? value : chosen(column, value)
}

/** A value, or every item of a list, that is among the choices of its column, if that has some. */
function chosen<T>({ choices, items }: Pick<ColumnInfo, 'choices' | 'items'>, value: T): T {
  const parts: readonly unknown[] = items !== undefined && Array.isArray(value) ? value : []
  for (const [index, part] of parts.entries()) readPart(index, () => chosen(items ?? {}, part))
  if (typeof value !== 'string' || choices?.includes(value) !== false) return value
  throw new ValueFault(`must be one of: ${choices.join(', ')}`)
}

/** A caller's object or list is no value of any column that can be compared; to make a text of it might even fail. */
function asValue(operand: unknown): unknown {
  const prototype: unknown = typeof operand === 'object' ? Object.getPrototypeOf(operand) : undefined
  if (prototype !== Object.prototype && !Array.isArray(operand)) return operand
  throw new ValueFault('takes a value, not an object or a list')
}

function operatorOf(column: ColumnInfo, word: string): Operator {
  const allowed = operatorsFor(column)
  if (isOperator(word) && allowed.includes(word)) return word
  const known = isOperator(word) ? 'does not fit' : 'is no operator for'
  const there = allowed.join(', ')
  throw new ValueFault(`cannot be used: "${word}" ${known} "${column.name}" (${column.type}); there are: ${there}`)
}

function asList(operator: StoredOperator): StoredOperator {
  if (operator === 'eq') return 'in'
  return operator === 'ne' ? 'nin' : operator
}
