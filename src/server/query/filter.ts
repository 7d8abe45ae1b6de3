// Turns the filters among the parameters of a list into one condition.

import { splitFilterName, ValueFault } from '../../wire/index.ts'
import { Problem } from '../../http/index.ts'
import type { Model } from '../models/model.ts'
import { compareTexts, operatorsFor } from './compare.ts'
import { all, related, type Condition } from './condition.ts'
import { ParameterFaults } from './faults.ts'
import { limits } from './limits.ts'
import {
  columnNamed,
  isColumnName,
  linkNamed,
  namesOf,
  noRelation,
  unknownName,
  type ModelLink,
  type Names,
} from './names.ts'
import type { View } from './view.ts'

/** What must hold of one row; what must hold behind a relation is about one row there, not about one for each filter. */
interface Branch {
  readonly conditions: Condition[]
  readonly behind: Map<ModelLink, Branch>
}

/**
 * The filters of a list: every one must hold. Those that lead through the same relation speak of the same row behind it.
 *
 * @param prefix what stands before the names in the request, for the faults.
 * @param others the parameters there are besides filters, which somebody may have meant.
 * @throws Problem 400 that lists every name, operator or value that is wrong, with what is allowed.
 */
export async function conditionOfParameters(
  model: Model,
  parameters: Iterable<readonly [name: string, value: string]>,
  view: View,
  prefix = '',
  others: readonly string[] = [],
): Promise<Condition> {
  const grouped = new Map<string, string[]>()
  for (const [name, value] of parameters) {
    const values = grouped.get(name)
    if (values === undefined) grouped.set(name, [value])
    else values.push(value)
  }
  if (grouped.size > limits.filters) {
    throw new Problem(400, `At most ${limits.filters} filters are allowed.`, { code: 'too-many-filters' })
  }
  const root = newBranch()
  const faults = new ParameterFaults()
  for (const [name, values] of grouped) {
    await faults.catch(prefix + name, async () => {
      const isPlain = !/\.|__/.test(name)
      if (isPlain && others.length > 0) mustBeNamed(await namesOf(model, view), name, others)
      await addFilter(root, model, name, values, view)
    })
  }
  faults.check()
  return await conditionOfBranch(root, view)
}

/** Throws ValueFault for what is neither a field nor a relation: it may have been meant for another parameter. */
function mustBeNamed(names: Names, name: string, others: readonly string[]): void {
  if (isColumnName(names, name) || names.links.has(name)) return
  throw new ValueFault(`${unknownName(names, name).message}; and of the list itself: ${others.join(', ')}`)
}

async function addFilter(
  root: Branch,
  model: Model,
  name: string,
  texts: readonly string[],
  view: View,
): Promise<void> {
  const path = name.split('.').slice(0, -1)
  if (path.length > limits.relationDepth) {
    throw new ValueFault(`goes through more than ${limits.relationDepth} relations`)
  }
  let [branch, names] = [root, await namesOf(model, view)]
  for (const step of path) [branch, names] = await follow(branch, names, step, view)
  const { field, operator } = splitFilterName(name, (_, word) => isColumnName(names, word))
  const column = columnNamed(names, field)
  branch.conditions.push(compareTexts(names.model, column, operator, texts))
}

async function follow(branch: Branch, names: Names, step: string, view: View): Promise<[Branch, Names]> {
  if (!names.links.has(step) && isColumnName(names, step)) {
    const operators = operatorsFor(columnNamed(names, step)).join(', ')
    throw noRelation(step, `; its operators are: ${operators}`)
  }
  const link = linkNamed(names, step)
  const next = branch.behind.get(link) ?? newBranch()
  branch.behind.set(link, next)
  return [next, await namesOf(link.target, view)]
}

/** Every model on the way adds its own read rule. */
async function conditionOfBranch({ conditions, behind }: Branch, view: View): Promise<Condition> {
  const conditionsBehind = [...behind].map(async ([{ relation, target }, branch]) => {
    const condition = all([await view.readable(target), await conditionOfBranch(branch, view)])
    return await related(relation, condition, view.readable)
  })
  return all([...conditions, ...(await Promise.all(conditionsBehind))])
}

function newBranch(): Branch {
  return { conditions: [], behind: new Map() }
}
