// Where in its list a page is asked for: by the cursor of the page before or of the one behind, or by so many rows to pass over.

import type { ListQuery } from '../store/store.ts'
import type { Cursors } from './cursor.ts'
import { badParameter } from './faults.ts'
import { limits } from './limits.ts'
import { readNumber } from './read-number.ts'

/** As the parameters say it, of which there may be one. */
export interface AskedPlace {
  readonly after?: string | undefined
  readonly before?: string | undefined
  readonly offset?: string | undefined
}

/** The same, read. */
export type Place = Pick<ListQuery, 'after' | 'before' | 'offset'>

/** The names of cursors, which are the parameters of every list. */
export const cursorNames = ['after', 'before'] as const

/** The names of the parameters that say a place in the list of a model. */
export const placeNames: readonly ['after', 'before', 'offset'] = [...cursorNames, 'offset']

/**
 * @param binding what cursors of the list are bound to.
 * @throws Problem 400 for several, and for a cursor of another list.
 */
export function readAskedPlace(asked: AskedPlace, cursors: Cursors, binding: string): Place {
  const [name, other] = placeNames.filter((each) => asked[each] !== undefined)
  if (name === undefined) return {}
  if (other !== undefined) throw badParameter(other, `cannot be given together with ${name}`)
  const text = asked[name] ?? ''
  if (name === 'offset') return { offset: readNumber(name, text, { standard: 0, from: 0, to: limits.offset }) }
  const place = cursors.read(text, binding)
  if (place !== undefined) return { [name]: place }
  throw badParameter(name, 'is no cursor of this list; follow the links instead of making one')
}
