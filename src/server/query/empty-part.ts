// Parts of a rule that hold for every row because nothing is in them: built from something that was not there, most likely.

import { pointerTo } from '../../wire/index.ts'
import type { Filter } from '../definition/define.ts'

type Path = readonly (string | number)[]

/**
 * The pointer of the first part that opens what the rest of the rule closes: an empty filter, `and: []`, and under a `not` an empty
 * `or`. Anywhere else `or: []` is what it says: no row passes it.
 */
export function emptyPartOf(rule: Filter): string | undefined {
  const path = emptyIn(rule, [], false)
  return path && pointerTo(path)
}

function emptyIn(filter: unknown, path: Path, isNegated: boolean): Path | undefined {
  if (typeof filter !== 'object' || filter === null) return undefined // refused where it is read
  const members = Object.entries(filter)
  if (members.length === 0) return path
  for (const [name, value] of members) {
    const inner = [...path, name]
    const found =
      name === 'not'
        ? emptyIn(value, inner, !isNegated)
        : name === 'and' || name === 'or'
          ? emptyList(name, value, inner, isNegated)
          : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function emptyList(name: 'and' | 'or', list: unknown, path: Path, isNegated: boolean): Path | undefined {
  if (!Array.isArray(list)) return undefined // refused where it is read
  if (list.length === 0) return name === 'and' || isNegated ? path : undefined
  for (const [index, each] of list.entries()) {
    const found = emptyIn(each, [...path, index], isNegated)
    if (found !== undefined) return found
  }
  return undefined
}
