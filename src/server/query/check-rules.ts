// Checks, when the service is made, the rules that do not depend on the caller, and that no rule has a name that is never asked for.

import { pointerTo, ValueFault } from '../../wire/index.ts'
import type { Access, FieldAccess, Filter } from '../definition/define.ts'
import type { Model } from '../models/model.ts'
import { compareWith } from './compare.ts'
import { allNamesOf, columnNamed, isColumnName, linkNamed } from './names.ts'

const actions: readonly string[] = ['read', 'create', 'update', 'delete'] satisfies readonly (keyof Access)[]
const fieldActions: readonly string[] = ['read', 'write'] satisfies readonly (keyof FieldAccess)[]

/** @throws TypeError where a rule could never hold, or would never be asked. */
export function checkRules(model: Model): void {
  const { access, fields = {} } = model.options
  const rules: Readonly<Record<string, unknown>> = { ...access } // whatever a program without types has put there
  for (const [action, source] of Object.entries(rules)) {
    mustBeOneOf(model, 'access', action, actions)
    if (isObject(source)) checkFilter(model, `the ${action} rule`, source)
  }
  for (const [field, ofField] of Object.entries(fields)) {
    for (const action of Object.keys(ofField)) mustBeOneOf(model, `fields.${field}`, action, fieldActions)
  }
}

function mustBeOneOf(model: Model, option: string, action: string, known: readonly string[]): void {
  if (!known.includes(action)) throw model.fault(`${option} has no "${action}"; there are: ${known.join(', ')}`)
}

/** @throws TypeError for names, operators and values that a filter cannot have. */
function checkFilter(model: Model, what: string, rule: Filter): void {
  if (Object.keys(rule).length === 0) {
    throw model.fault(`${what} is an empty filter; say true where every row is meant`)
  }
  const check = (at: Model, filter: unknown, path: readonly (string | number)[]): void => {
    if (!isObject(filter)) return // what is no filter is refused when it is asked
    const names = allNamesOf(at)
    for (const [name, value] of Object.entries(filter)) {
      const inner = [...path, name]
      try {
        if (isColumnName(names, name)) checkColumn(at, columnNamed(names, name), value)
        else if (name === 'not') check(at, value, inner)
        else if (name === 'and' || name === 'or') {
          for (const [index, each] of [value].flat().entries()) check(at, each, [...inner, index])
        } else check(linkNamed(names, name).target, value, inner)
      } catch (error) {
        throw error instanceof ValueFault ? model.fault(`${what} ${pointerTo(inner)} ${error.message}`) : error
      }
    }
  }
  check(model, rule, [])
}

function checkColumn(model: Model, column: Parameters<typeof compareWith>[1], value: unknown): void {
  if (value === null) return
  const operators = isObject(value) ? Object.entries(value) : [['eq', value] as const]
  for (const [operator, operand] of operators) compareWith(model, column, operator, operand)
}

function isObject(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
