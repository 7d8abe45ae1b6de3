// The one rule of a service for all its models: each member of the filter holds for the models that have its columns.

import { Problem } from '../../http/index.ts'
import type { Logger } from '../../wire/index.ts'
import type { Filter, Rule, RuleSource } from '../definition/define.ts'
import { isRule, noRule } from '../definition/is-rule.ts'
import type { Model } from '../models/model.ts'
import { checkFilter } from './check-rules.ts'
import { emptyPartOf } from './empty-part.ts'

/** The models of which the log says already that they are closed. */
const told = new WeakSet<Model>()

/**
 * The members of the filter that are about a model; empty for a join table that is no model, whose ends are under the rule.
 *
 * @throws Problem 403 where none of them is: nobody may take for closed what is open. The log says why, once.
 * @throws TypeError where one joins what the model has with what it has not.
 */
export function partFor(model: Model, rule: Filter, logger: Logger): Filter {
  const part = membersAbout(model, rule)
  if (part !== undefined) return part
  if (!told.has(model)) logger.error({ error: unconcerned(model, rule) }, 'a model is closed')
  told.add(model)
  // Not what the rule names: that may be hidden.
  const detail = `${model.fullName} is closed: the rule of the service does not say whose its rows are.`
  throw new Problem(403, detail, { code: 'forbidden' })
}

function membersAbout(model: Model, rule: Filter): Filter | undefined {
  const members = Object.entries(rule).filter(([name, value]) => {
    const names = [...namesIn({ [name]: value })]
    const known = names.filter((each) => hasName(model, each))
    if (known.length === names.length) return true
    if (known.length === 0) return false
    // Half of it would open what the whole one closes.
    const missing = names.filter((each) => !known.includes(each))
    throw model.fault(`the service's rule joins ${known.join(', ')} with ${missing.join(', ')}, which is not there`)
  })
  return members.length === 0 && !model.isHidden ? undefined : Object.fromEntries(members)
}

function unconcerned(model: Model, rule: Filter): TypeError {
  const names = [...namesIn(rule)].map((name) => `"${name}"`).join(', ')
  return model.fault(
    `it has nothing that the service's rule names (${names}), and is closed therefore; add such a column, or say that the rule ` +
      'does not concern it: model(table, { serviceRule: false })',
  )
}

/**
 * The rule, whose every name must be one that some model has: what is misspelt would be asked of none.
 *
 * @throws TypeError at once for a rule that does not depend on the caller, and for models that have nothing of what it names.
 */
export function withKnownNames(source: RuleSource, models: Iterable<Model>): RuleSource {
  const concerned = [...models].filter(({ options }) => options.serviceRule !== false)
  const checked = (rule: Rule): Rule => {
    if (!isRule(rule) || typeof rule === 'boolean') return rule // what is no rule is a fault of each model
    const unknown = [...namesIn(rule)].find((name) => !concerned.some((model) => hasName(model, name)))
    if (unknown === undefined) return rule
    const there = new Set(concerned.flatMap(({ table }) => [...table.columns.keys()]))
    throw new TypeError(
      `The service's rule names "${unknown}", which no model has that it concerns; there are: ${[...there].join(', ')}.`,
    )
  }
  if (typeof source === 'function') return async (user) => checked(await source(user))
  if (!isRule(source)) throw new TypeError(`${noRule('The service’s rule', source)}.`)
  const rule = checked(source)
  if (typeof rule === 'boolean') return rule
  const empty = emptyPartOf(rule)
  if (empty !== undefined) {
    const where = empty === '#' ? 'is' : `has at ${empty}`
    throw new TypeError(`The service’s rule ${where} an empty filter; say true where every row is meant.`)
  }
  for (const model of concerned) {
    const part = membersAbout(model, rule)
    if (part === undefined) throw unconcerned(model, rule)
    checkFilter(model, 'the service’s rule', part)
  }
  return rule
}

function namesIn(filter: Filter): Set<string> {
  const names = new Set<string>()
  for (const [name, value] of Object.entries(filter)) {
    if (name !== 'and' && name !== 'or' && name !== 'not') names.add(name)
    else for (const each of [value].flat()) for (const inner of namesIn(each as Filter)) names.add(inner) // else refused later
  }
  return names
}

function hasName({ table, everyReference, everyDataArray }: Model, name: string): boolean {
  return name === 'pk' || table.columns.has(name) || everyReference.has(name) || everyDataArray.has(name)
}
