// Random rows of Sample and random questions about them, each with what plain JavaScript answers.
import * as fc from 'fast-check'

export type Value = string | number | bigint | boolean | Date | null
export type SampleRow = Readonly<Record<string, Value>>

/** A question as JSON, its sort, and the answer. */
export interface Question {
  /** The object form of filters. */
  readonly where: Readonly<Record<string, unknown>>
  readonly holds: (row: SampleRow) => boolean
}

interface Field {
  readonly values: readonly Exclude<Value, null>[]
  readonly isText?: boolean
  readonly isOrdered?: boolean
}

/** The values of a column that rows and questions share, so that they meet. Texts are compared by code points. */
const fields: Readonly<Record<string, Field>> = {
  whole: { values: [-2, 0, 1, 2, 2 ** 31 - 1] },
  real: { values: [0, 0.1, 0.3, 0.30000000000000004, -1.5, 1e300, 5e-324] },
  decimal: { values: ['0', '1.5', '2', '-0.25', '12345678901.25'] },
  huge: { values: [0n, 9007199254740992n, 9007199254740993n, 2n ** 63n - 1n, -(2n ** 63n)] },
  flag: { values: [true, false], isOrdered: false },
  word: { values: ['', 'a', 'A', 'ab', 'Ab', 'b', 'ä', 'ö\u{1F355}', "it's", 'a b', '%', '_\\'], isText: true },
  at: { values: [0, 1, 999, 1_000, -1].map((time) => new Date(1_767_225_600_000 + time)) },
}
const names = Object.keys(fields)
const fieldOf = (name: string): Field => fields[name] ?? { values: [] }

const rowArbitrary = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.constantFrom(...fieldOf(name).values, null)] as const)),
)

/** Rows with the keys 1, 2, …; every column may be NULL, and many are alike. */
export const sampleRows: fc.Arbitrary<readonly SampleRow[]> = fc
  .array(rowArbitrary, { maxLength: 9 })
  .map((rows) => rows.map((row, index) => ({ id: index + 1, ...row })))

function compareValues(a: Exclude<Value, null>, b: Exclude<Value, null>, isText: boolean): number {
  if (isText) return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
  const [left, right] = [a, b].map((value) => (typeof value === 'bigint' ? value : Number(value)))
  return left === undefined || right === undefined || left === right ? 0 : left < right ? -1 : 1
}

const compared: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
}
const ofText: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  icontains: (text, part) => lower(text).includes(lower(part)),
  istartswith: (text, part) => lower(text).startsWith(lower(part)),
  iendswith: (text, part) => lower(text).endsWith(lower(part)),
  iexact: (text, part) => lower(text) === lower(part),
}
/** Which other letters have a small form depends on the database; no question has one. */
const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

export const asJson = (value: Value): unknown =>
  value instanceof Date ? value.toISOString() : typeof value === 'bigint' ? String(value) : value

const leaf: fc.Arbitrary<Question> = fc.constantFrom(...names).chain((name) => {
  const { values, isText = false, isOrdered = true } = fieldOf(name)
  const value = fc.constantFrom(...values)
  const at = (row: SampleRow): Value => row[name] ?? null
  const question = (operator: string, operand: unknown, holds: Question['holds']): Question => ({
    where: { [name]: { [operator]: operand } },
    holds,
  })
  const order = fc.tuple(fc.constantFrom(...(isOrdered ? Object.keys(compared) : ['eq'])), value)
  const lists = fc.tuple(fc.boolean(), fc.array(value, { minLength: 1, maxLength: 3 }))
  const same = (a: Value, b: Exclude<Value, null>): boolean => a !== null && compareValues(a, b, isText) === 0
  return fc.oneof(
    order.map(([operator, operand]) =>
      question(operator, asJson(operand), (row) => {
        const stored = at(row)
        return stored !== null && (compared[operator]?.(compareValues(stored, operand, isText)) ?? false)
      }),
    ),
    value.map((operand) => question('ne', asJson(operand), (row) => !same(at(row), operand))),
    fc.boolean().map((isNull) => question('isnull', isNull, (row) => (at(row) === null) === isNull)),
    lists.map(([isIn, operands]) =>
      question(isIn ? 'in' : 'nin', operands.map(asJson), (row) => {
        return operands.some((operand) => same(at(row), operand)) === isIn
      }),
    ),
    ...(isText ? [textLeaf(name)] : []),
  )
})

function textLeaf(name: string): fc.Arbitrary<Question> {
  const part = fc.constantFrom('', 'a', 'A', 'b', 'B', ' ', '%', '_', '\\', "'")
  return fc.tuple(fc.constantFrom(...Object.keys(ofText)), part).map(([operator, operand]) => ({
    where: { [name]: { [operator]: operand } },
    holds: (row) => typeof row[name] === 'string' && (ofText[operator]?.(row[name], operand) ?? false),
  }))
}

/** Comparisons joined by `and`, `or` and `not`, a few levels deep. */
const joined = (minLength: number): fc.Arbitrary<Question> =>
  fc.letrec<{ tree: Question }>((tie) => {
    const several = fc.array(tie('tree'), { minLength, maxLength: 3 })
    return {
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaf,
        several.map((parts) => ({
          where: { and: parts.map(({ where }) => where) },
          holds: (row: SampleRow) => parts.every(({ holds }) => holds(row)),
        })),
        several.map((parts) => ({
          where: { or: parts.map(({ where }) => where) },
          holds: (row: SampleRow) => parts.some(({ holds }) => holds(row)),
        })),
        tie('tree').map(({ where, holds }) => ({ where: { not: where }, holds: (row: SampleRow) => !holds(row) })),
      ),
    }
  }).tree

export const questions: fc.Arbitrary<Question> = joined(0)
/** Rules may have no empty part. */
export const ruleQuestions: fc.Arbitrary<Question> = joined(1)

/** `['-price', 'name']`, as it stands in `sort`. */
export const sorts: fc.Arbitrary<readonly string[]> = fc
  .uniqueArray(fc.constantFrom(...names), { maxLength: 3 })
  .chain((chosen) => fc.tuple(...chosen.map((name) => fc.constantFrom(name, `-${name}`))))

/** The order of a sort: NULLs last both ways, the key at the end. */
export function compareRows(sort: readonly string[]): (a: SampleRow, b: SampleRow) => number {
  return (a, b) => {
    for (const part of sort) {
      const name = part.replace('-', '')
      const [left, right] = [a[name] ?? null, b[name] ?? null]
      if (left === null && right === null) continue
      if (left === null || right === null) return left === null ? 1 : -1
      const order = compareValues(left, right, fieldOf(name).isText ?? false)
      if (order !== 0) return part.startsWith('-') ? -order : order
    }
    return Number(a['id']) - Number(b['id'])
  }
}
