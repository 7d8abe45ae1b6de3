// Turns filters — URL parameters, or the object form of rules and programs — into conditions. The one resolver of names.

import { splitFilterName, ValueFault, type Fault } from '../../wire/index.ts'
import { Problem } from '../../http/index.ts'
import type { Filter } from '../define.ts'
import type { Model } from '../model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import { compare, operandsOfTexts } from './compare.ts'
import { all, type Condition, type Relation } from './condition.ts'

/** Which rows of a model the filter may look at: the read rule of whoever filters. */
export type Readable = (model: Model) => Promise<Condition>

const maxFilters = 50
/** Each step is a subquery inside the one before. */
const maxSteps = 3

/**
 * The filters among the parameters of a list.
 *
 * @throws Problem 400 that lists every name, operator or value that is wrong, with what is allowed.
 */
export async function conditionOfParameters(
  model: Model,
  parameters: Iterable<readonly [name: string, value: string]>,
  readable: Readable,
): Promise<Condition> {
  const grouped = new Map<string, string[]>()
  for (const [name, value] of parameters) {
    const values = grouped.get(name)
    if (values === undefined) grouped.set(name, [value])
    else values.push(value)
  }
  if (grouped.size > maxFilters) {
    throw new Problem(400, `At most ${maxFilters} filters are allowed.`, { code: 'too-many-filters' })
  }
  const faults: Fault[] = []
  const conditions: Condition[] = []
  for (const [name, values] of grouped) {
    try {
      conditions.push(await conditionOfParameter(model, name, values, readable))
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      faults.push({ parameter: name, detail: error.message })
    }
  }
  if (faults.length > 0) {
    const detail = faults.map(({ parameter, detail: reason }) => `"${parameter}" ${reason}`).join('; ')
    throw new Problem(400, `${detail}.`, { code: 'invalid-parameter', errors: faults })
  }
  return all(conditions)
}

async function conditionOfParameter(
  model: Model,
  name: string,
  texts: readonly string[],
  readable: Readable,
): Promise<Condition> {
  const isField = (steps: readonly string[], word: string): boolean => walk(model, steps)?.columns.has(word) === true
  const { path, field, operator } = splitFilterName(name, isField)
  if (path.length > maxSteps) throw new ValueFault(`goes through more than ${maxSteps} relations`)
  return await follow(model, path, readable, (target) => {
    const column = columnOf(target, field)
    return Promise.resolve(compare(target, column, operator, operandsOfTexts(column.type, operator, texts)))
  })
}

/** The object form: `{ price: { gte: '5' }, crust: { name: 'thin' }, or: [ … ], not: { … } }`. Throws ValueFault. */
export async function conditionOfFilter(model: Model, filter: Filter, readable: Readable): Promise<Condition> {
  const conditions: Condition[] = []
  for (const [name, value] of Object.entries(filter)) {
    conditions.push(await conditionOfMember(model, name, value, readable))
  }
  return all(conditions)
}

async function conditionOfMember(model: Model, name: string, value: unknown, readable: Readable): Promise<Condition> {
  const column = model.table.columns.get(nameOfKey(model, name))
  if (column !== undefined) return conditionOfColumn(model, column, value)
  if (name === 'and' || name === 'or') {
    if (!Array.isArray(value)) throw new ValueFault(`"${name}" takes a list of filters`)
    const filters = value.map((item) => conditionOfFilter(model, asFilter(name, item), readable))
    const conditions = await Promise.all(filters)
    return name === 'and' ? all(conditions) : { kind: 'any', conditions }
  }
  if (name === 'not') {
    return { kind: 'not', condition: await conditionOfFilter(model, asFilter(name, value), readable) }
  }
  return await follow(model, [name], readable, (target) => conditionOfFilter(target, asFilter(name, value), readable))
}

/** `5`, `null`, or operators with their operands: `{ gte: 5, lt: 10 }`, `{ in: [1, 2] }`. */
function conditionOfColumn(model: Model, column: ColumnInfo, value: unknown): Condition {
  if (value === null) return compare(model, column, 'isnull', [true])
  if (!isPlainObject(value)) return compare(model, column, 'eq', Array.isArray(value) ? value : [value])
  if (Object.keys(value).length === 0) throw new ValueFault(`compares "${column.name}" with nothing`)
  return all(
    Object.entries(value).map(([operator, operand]) =>
      compare(model, column, operator, Array.isArray(operand) ? operand : [operand]),
    ),
  )
}

function asFilter(name: string, value: unknown): Filter {
  if (!isPlainObject(value)) throw new ValueFault(`"${name}" takes a filter`)
  return value
}

function isPlainObject(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function relationOf(model: Model, name: string): { relation: Relation; target: Model } | undefined {
  const reference = model.references.get(name)
  if (reference?.kind === 'local') return { relation: { kind: 'reference', reference }, target: reference.target }
  const dataArray = model.dataArrays.get(name)
  return dataArray && { relation: { kind: 'data array', dataArray }, target: dataArray.source }
}

function walk(model: Model, path: readonly string[]): Model | undefined {
  let target: Model | undefined = model
  for (const name of path) target = target && relationOf(target, name)?.target
  return target
}

/** Along a path of relations; every model on the way adds its own read rule. */
async function follow(
  model: Model,
  path: readonly string[],
  readable: Readable,
  atEnd: (target: Model) => Promise<Condition>,
): Promise<Condition> {
  const [name, ...rest] = path
  if (name === undefined) return await atEnd(model)
  const found = relationOf(model, name)
  if (found === undefined) throw unknownName(model, name)
  const condition = all([await readable(found.target), await follow(found.target, rest, readable, atEnd)])
  return { kind: 'related', relation: found.relation, condition }
}

/** The column that callers may filter and sort by under this name. Throws ValueFault. */
export function columnOf(model: Model, name: string): ColumnInfo {
  const column = model.columns.get(nameOfKey(model, name))
  if (column === undefined) throw unknownName(model, name)
  return column
}

/** `pk` is the key of any model that has a key of one column. */
function nameOfKey({ table: { key } }: Model, name: string): string {
  return name === 'pk' && key.length === 1 ? (key[0] ?? name) : name
}

function unknownName(model: Model, name: string): ValueFault {
  const local = [...model.references.values()].filter(({ kind }) => kind === 'local')
  const relations = [...local.map((reference) => reference.name), ...model.dataArrays.keys()]
  if (relations.includes(name)) {
    const held = model.references.get(name)?.columns.map((column) => `"${column}" or `)
    return new ValueFault(`is a relation: filter by ${held?.join('') ?? ''}a field behind it, such as "${name}.pk"`)
  }
  const behind = relations.map((relation) => `${relation}.…`)
  const there = [...model.columns.keys(), ...behind].join(', ')
  return new ValueFault(`is not known: ${model.fullName} has no "${name}" to filter or sort by; there are: ${there}`)
}
