// Columns of arrays: PostgreSQL's own, and the points, lines and vectors that Drizzle gives as arrays.

import { readPart, ValueFault } from '../../wire/index.ts'
import { kind, type ColumnKind } from './column-kind.ts'
import { finite } from './numbers.ts'

/** An array of as many dimensions as `items` goes down; every row of it is as long as the others. */
export function arrayKind(items: ColumnKind): ColumnKind {
  return kind('array', {
    items,
    encode: (value) =>
      Array.isArray(value) ? value.map((item) => (item === null ? null : items.encode(item))) : value,
    decode: (json) => listOf(json).map((item, index) => readPart(index, () => items.decode(item))),
    check: (value) => {
      const list = listOf(value)
      for (const [index, item] of list.entries()) readPart(index, () => items.check(item))
      if (items.type !== 'array') return
      const lengths = new Set(list.map((row) => listOf(row).length))
      if (lengths.size > 1 || lengths.has(0)) {
        throw new ValueFault('must have rows of one length, and none that is empty')
      }
    },
    comparable: items.comparable,
    exact: items.exact,
  })
}

/** What is behind NULL in an array would have to be read by each column type: none of Drizzle's does. */
function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new ValueFault('must be an array')
  const list: readonly unknown[] = value
  if (list.includes(null)) throw new ValueFault('must not be null, as an item of a list', [list.indexOf(null)])
  return list
}

/** The database cannot look for one of them: what Drizzle gives as an array is none there. */
const number = kind('number', { decode: finite, comparable: false })

/** What a column keeps of numbers, where that is less than all doubles. */
interface NumberFormat {
  readonly name: string
  isKept(value: number): boolean
}

/** Numbers of a fixed count: a point, a line, a vector. */
export function numbersKind(count: number, format?: NumberFormat, more: Partial<ColumnKind> = {}): ColumnKind {
  return kind('array', {
    items: number,
    decode: finiteItems,
    check: (value) => {
      const list = finiteItems(value)
      if (list.length !== count) throw new ValueFault(`must have ${count} numbers`)
      const other = list.findIndex((item) => format?.isKept(item) === false)
      if (format === undefined || other === -1) return
      throw new ValueFault(`must be a number of ${format.name}, which is what the database keeps`, [other])
    },
    ...more,
  })
}

function finiteItems(value: unknown): readonly number[] {
  return listOf(value).map((item, index) => readPart(index, () => finite(item)))
}

/** The same as members of an object: `{ "x": 1, "y": 2 }`. */
export function namedNumbersKind(
  names: readonly string[],
  check: (values: readonly number[]) => void = () => undefined,
): ColumnKind {
  return kind('json', {
    decode: (json) => {
      const members = new Map<string, unknown>(typeof json === 'object' && json !== null ? Object.entries(json) : [])
      const isComplete = members.size === names.length && names.every((name) => members.has(name))
      if (!isComplete) throw new ValueFault(`must be an object of ${names.join(', ')}, each a number`)
      const numbers = names.map((name) => readPart(name, () => finite(members.get(name))))
      check(numbers)
      return Object.fromEntries(names.map((name, index) => [name, numbers[index]]))
    },
    comparable: false,
  })
}

/** PostgreSQL's line is Ax + By + C = 0; without A and B it is none. */
export function refuseNoLine([a, b]: readonly number[]): void {
  if (a === 0 && b === 0) throw new ValueFault('must be a line: its first two numbers cannot both be 0')
}
