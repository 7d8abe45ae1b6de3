// The rule of a caller, of those that are published for their groups.

import type { Principal } from '../../http/index.ts'
import type { Access, Filter, Rule } from '../../server/index.ts'
import { isObject, standsForCaller } from './rule-form.ts'

export interface PublishedRule {
  readonly action: string
  readonly group: string
  /** `true`, or a filter. */
  readonly filter: unknown
}

/** One of the rules of their groups has to hold for a row; without any, none does. */
export function ruleFor(rules: readonly PublishedRule[], user: Principal, action: keyof Access): Rule {
  const { groups = [] } = user
  const alternatives: Filter[] = []
  for (const rule of rules) {
    if (rule.action !== action || !groups.includes(rule.group)) continue
    if (rule.filter === true) return true
    const filter = filled(rule.filter, user)
    if (isFilter(filter)) alternatives.push(filter)
  }
  const [first] = alternatives
  if (first === undefined) return false
  return alternatives.length === 1 ? first : { or: alternatives }
}

const nothing = Symbol('nothing is known of the caller that a rule names')

/** With the caller in the place of what stands for them; where nothing is known of that, the whole rule is none. */
function filled(value: unknown, user: Principal): unknown {
  if (standsForCaller(value)) return known(value.caller, user)
  if (Array.isArray(value)) return unlessNothing(value.map((each) => filled(each, user)))
  if (!isObject(value)) return value
  const members = Object.entries(value).map(([name, member]) => [name, filled(member, user)] as const)
  if (members.some(([, member]) => member === nothing)) return nothing
  return Object.fromEntries(members)
}

function unlessNothing(values: readonly unknown[]): unknown {
  return values.includes(nothing) ? nothing : values
}

function known(asked: string, { name, service, groups }: Principal): unknown {
  const found: Readonly<Record<string, unknown>> = { name, service, groups }
  return (Object.hasOwn(found, asked) ? found[asked] : undefined) ?? nothing
}

function isFilter(value: unknown): value is Filter {
  return isObject(value)
}
