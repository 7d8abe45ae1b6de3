// Turns filters in their object form — `{ price: { gte: '5' }, crust: { name: 'thin' }, or: [ … ], not: { … } }` — into conditions:
// those of rules and programs, and those that a caller sends as JSON.

import { parseJson, Problem } from '../../http/index.ts'
import { invalidContent, maxFaults, shorten } from '../writes/invalid-content.ts'
import { pointerTo, ValueFault, type Fault } from '../../wire/index.ts'
import type { Filter } from '../definition/define.ts'
import type { Model } from '../models/model.ts'
import type { ColumnInfo } from '../schema/read-table.ts'
import { compareWith } from './compare.ts'
import { all, any, never, not, related, type Condition } from './condition.ts'
import { badParameter, ParameterFaults } from './faults.ts'
import { limits } from './limits.ts'
import { columnNamed, isColumnName, linkOfMember, namesOf } from './names.ts'
import { everything, type View } from './view.ts'

type Path = readonly (string | number)[]

/**
 * The filter of a rule or a program, which may be as large as it likes.
 *
 * @throws ValueFault for the first name, operator or value that is wrong.
 */
export async function conditionOfFilter(model: Model, filter: Filter, view: View): Promise<Condition> {
  const reader = new TreeReader(view, false)
  const condition = await reader.filter(model, filter, [], 0)
  const [fault] = reader.faults
  if (fault === undefined) return condition
  throw new ValueFault(fault.pointer === '#' ? fault.detail : `${fault.pointer} ${fault.detail}`)
}

/** @throws Problem 422 with a pointer for each fault. */
export async function conditionOfContent(model: Model, content: unknown, view: View): Promise<Condition> {
  const reader = new TreeReader(view, true)
  const condition = await reader.filter(model, content, [], 0)
  if (reader.faults.length > 0) throw invalidContent(reader.faults)
  return condition
}

/** @throws Problem 400 for the parameter, with a pointer for each fault. */
export async function conditionOfJson(model: Model, parameter: string, text: string, view: View): Promise<Condition> {
  const reader = new TreeReader(view, true)
  const condition = await reader.filter(model, parseParameter(parameter, text), [], 0)
  const faults = new ParameterFaults()
  faults.add(...reader.faults.map((fault) => ({ parameter, ...fault })))
  faults.check()
  return condition
}

function parseParameter(parameter: string, text: string): unknown {
  try {
    return parseJson(new TextEncoder().encode(text), undefined, 'It')
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw badParameter(
      parameter,
      `must be a filter as JSON, {"price":{"gte":5}} say. ${error.message.replace(/\.$/, '')}`,
    )
  }
}

/** Reads one tree. Faults are gathered; a part with a fault stands as `never` for the time being. */
class TreeReader {
  readonly faults: Fault[] = []
  readonly #view: View
  readonly #isLimited: boolean
  #comparisons = 0
  #values = 0

  constructor(view: View, isLimited: boolean) {
    this.#view = view
    this.#isLimited = isLimited
  }

  /** @param steps relations that lead here. */
  async filter(model: Model, filter: unknown, path: Path, steps: number): Promise<Condition> {
    if (!isPlainObject(filter)) return this.#fault(path, 'takes a filter: an object of fields, relations, and, or, not')
    if (this.#isLimited && path.length > limits.treeDepth) {
      return this.#fault(path, `is deeper than ${limits.treeDepth} levels`)
    }
    const conditions: Condition[] = []
    for (const [name, value] of Object.entries(filter)) {
      if (this.faults.length > maxFaults) break
      conditions.push(await this.#member(model, name, value, [...path, name], steps))
    }
    return all(conditions)
  }

  async #member(model: Model, name: string, value: unknown, path: Path, steps: number): Promise<Condition> {
    const names = await namesOf(model, this.#view)
    if (isColumnName(names, name)) return this.#column(model, columnNamed(names, name), value, path)
    if (name === 'and' || name === 'or') return await this.#list(model, name, value, path, steps)
    if (name === 'not') return not(await this.filter(model, value, path, steps))
    if (this.#isLimited && steps >= limits.relationDepth) {
      return this.#fault(path, `goes through more than ${limits.relationDepth} relations`)
    }
    const link = this.#try(path, () => linkOfMember(names, name))
    if (link === undefined) return never
    const condition = await this.filter(link.target, value, path, steps + 1)
    return await related(link.relation, all([await this.#view.readable(link.target), condition]), this.#view.readable)
  }

  async #list(model: Model, name: 'and' | 'or', value: unknown, path: Path, steps: number): Promise<Condition> {
    if (!Array.isArray(value)) return this.#fault(path, 'takes a list of filters')
    const conditions: Condition[] = []
    for (const [index, item] of value.entries()) {
      if (this.faults.length > maxFaults) break
      this.#count(path)
      conditions.push(await this.filter(model, item, [...path, index], steps))
    }
    return name === 'and' ? all(conditions) : any(conditions)
  }

  /** `5`, `null`, or operators with their operands: `{ gte: 5, lt: 10 }`, `{ in: [1, 2] }`. */
  #column(model: Model, column: ColumnInfo, value: unknown, path: Path): Condition {
    if (value === null) return this.#compare(model, column, 'isnull', true, path)
    if (!isPlainObject(value)) return this.#compare(model, column, 'eq', value, path)
    const operators = Object.entries(value)
    if (operators.length === 0) return this.#fault(path, 'compares with nothing')
    return all(
      operators.map(([operator, operand]) => this.#compare(model, column, operator, operand, [...path, operator])),
    )
  }

  #compare(model: Model, column: ColumnInfo, operator: string, operand: unknown, path: Path): Condition {
    this.#count(path, Array.isArray(operand) ? operand.length : 1)
    if (this.faults.length > maxFaults) return never
    return this.#try(path, () => compareWith(model, column, operator, operand, this.#view === everything)) ?? never
  }

  /** Counts a comparison and its values. */
  #count(path: Path, values = 0): void {
    this.#comparisons += 1
    this.#values += values
    if (!this.#isLimited) return
    if (this.#comparisons === limits.treeComparisons + 1) {
      this.#fault(path, `is one comparison or alternative more than the ${limits.treeComparisons} that are allowed`)
    }
    if (this.#values > limits.treeValues && this.#values - values <= limits.treeValues) {
      this.#fault(path, `brings more than the ${limits.treeValues} values that are allowed`)
    }
  }

  #try<T>(path: Path, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      this.#fault([...path, ...error.path], error.message)
      return undefined
    }
  }

  #fault(path: Path, detail: string): Condition {
    this.faults.push({ pointer: pointerTo(path), detail: shorten(detail, 600) })
    return never
  }
}

function isPlainObject(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
