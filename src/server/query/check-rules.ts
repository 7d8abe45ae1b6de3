// Checks, when the service is made, the rules that do not depend on the caller; what rules there are `checkOptions` knows.

import { pointerTo, ValueFault } from '../../wire/index.ts'
import type { Filter } from '../definition/define.ts'
import type { Model } from '../models/model.ts'
import { compareWith } from './compare.ts'
import { emptyPartOf } from './empty-part.ts'
import { allNamesOf, columnNamed, isColumnName, linkOfMember } from './names.ts'

/** @throws TypeError where a rule could never hold. */
export function checkRules(model: Model): void {
  for (const [action, source] of Object.entries(model.options.access ?? {})) {
    if (isObject(source)) checkFilter(model, `the ${action} rule`, source)
  }
}

/** @throws TypeError for names, operators and values that a filter cannot have. */
export function checkFilter(model: Model, what: string, rule: Filter): void {
  refuseEmpty(model, what, rule)
  const check = (at: Model, filter: unknown, path: readonly (string | number)[]): void => {
    if (!isObject(filter)) {
      throw model.fault(`${what} ${pointerTo(path)} takes a filter: an object of fields, relations, and, or, not`)
    }
    const names = allNamesOf(at)
    for (const [name, value] of Object.entries(filter)) {
      const inner = [...path, name]
      try {
        if (isColumnName(names, name)) checkColumn(at, columnNamed(names, name), value)
        else if (name === 'not') check(at, value, inner)
        else if (name === 'and' || name === 'or') {
          if (!Array.isArray(value)) throw new ValueFault('takes a list of filters')
          for (const [index, each] of value.entries()) check(at, each, [...inner, index])
        } else check(linkOfMember(names, name).target, value, inner)
      } catch (error) {
        throw error instanceof ValueFault ? model.fault(`${what} ${pointerTo(inner)} ${error.message}`) : error
      }
    }
  }
  check(model, rule, [])
}

/** @throws TypeError for a rule with a part that opens what the rest of it closes. */
export function refuseEmpty(model: Model, what: string, rule: Filter): void {
  const part = emptyPartOf(rule)
  if (part === undefined) return
  const where = part === '#' ? 'is' : `has at ${part}`
  throw model.fault(`${what} ${where} an empty filter; say true where every row is meant`)
}

function checkColumn(model: Model, column: Parameters<typeof compareWith>[1], value: unknown): void {
  if (value === null) return
  const operators = isObject(value) ? Object.entries(value) : [['eq', value] as const]
  if (operators.length === 0) throw new ValueFault('compares with nothing')
  for (const [operator, operand] of operators) compareWith(model, column, operator, operand)
}

function isObject(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
