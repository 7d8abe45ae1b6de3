// The form of a published rule: `true`, or a filter as `where` and QUERY take it, in which `{ "caller": "name" }` stands for who asks.

import { pointerTo, type Fault } from '../../wire/index.ts'

/** What may stand for the caller: their name, the service that asks for them, the names of their groups. */
const ofCaller = ['name', 'service', 'groups']

/** Deeper ones, and larger ones, nobody can read. */
const maxDepth = 12
const maxParts = 500

/** What is wrong with a rule, with pointers that begin at `path`; its names are those of a model of another service, which knows them. */
export function faultsOfRule(rule: unknown, path: readonly string[]): readonly Fault[] {
  if (rule === true) return []
  const checker = new Checker()
  checker.filter(rule, path)
  return checker.faults.slice(0, 10)
}

/** Whether a value stands for the caller. A column that is called so is compared by an operator: `{ "caller": { "eq": "ada" } }`. */
export function standsForCaller(value: unknown): value is { readonly caller: string } {
  return isObject(value) && Object.keys(value).length === 1 && typeof value['caller'] === 'string'
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

class Checker {
  readonly faults: Fault[] = []
  #parts = 0

  filter(value: unknown, path: readonly string[]): void {
    if (!isObject(value) || standsForCaller(value)) {
      return this.#fault(path, 'must be a filter: an object of fields, relations, and, or, not')
    }
    this.#members(value, path)
  }

  #members(value: Readonly<Record<string, unknown>>, path: readonly string[]): void {
    const members = Object.entries(value)
    if (members.length === 0) return this.#fault(path, 'is empty; say true where every row is meant')
    if (path.length > maxDepth) return this.#fault(path, `is deeper than ${maxDepth} levels`)
    for (const [name, member] of members) this.#member(name, member, [...path, name])
  }

  #member(name: string, value: unknown, path: readonly string[]): void {
    this.#parts += 1
    if (this.#parts === maxParts + 1) this.#fault(path, `is one part more than the ${maxParts} that are allowed`)
    if (this.#parts > maxParts) return
    if (name === '' || name === '__proto__') return this.#fault(path, 'is no name')
    if (name === 'not') return this.filter(value, path)
    if (name === 'and' || name === 'or') return this.#filters(value, path)
    if (standsForCaller(value)) return this.#caller(value.caller, path)
    if (Array.isArray(value)) return this.#values(value, path)
    if (isObject(value)) this.#members(value, path) // operators, or what must hold behind a relation
  }

  #filters(value: unknown, path: readonly string[]): void {
    if (!Array.isArray(value) || value.length === 0) return this.#fault(path, 'must be a list of filters')
    for (const [index, each] of value.entries()) this.filter(each, [...path, String(index)])
  }

  #values(values: readonly unknown[], path: readonly string[]): void {
    this.#parts += values.length
    if (this.#parts > maxParts) return this.#fault(path, `brings more than the ${maxParts} parts that are allowed`)
    if (values.some((each) => typeof each === 'object')) this.#fault(path, 'must be a list of texts and numbers')
  }

  #caller(asked: string, path: readonly string[]): void {
    if (ofCaller.includes(asked)) return
    this.#fault(path, `there is no "${asked}" of a caller; there are: ${ofCaller.join(', ')}`)
  }

  #fault(path: readonly string[], detail: string): void {
    this.faults.push({ pointer: pointerTo(path), detail })
  }
}
