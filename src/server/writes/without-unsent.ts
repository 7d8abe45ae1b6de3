// What is wrong with values that a program writes, told to its caller: pointers lead into the content that they have sent, or nowhere.

import { Problem, type Exchange } from '../../http/index.ts'
import { pointerTo, type Fault } from '../../wire/index.ts'

/**
 * The problem with the pointers of those members that the content has; its detail names the others. Anything that is no problem is
 * given back as it is, and so is what is about a JSON Patch, whose pointers lead into what it makes.
 */
export function withoutUnsent(error: unknown, exchange: Exchange): unknown {
  if (!(error instanceof Problem) || !error.errors.some(({ pointer }) => pointer !== undefined)) return error
  if (exchange.isJsonPatch) return error
  const content = (exchange.content?.byteLength ?? 0) === 0 ? undefined : exchange.data
  const errors = error.errors.filter(({ pointer }) => pointer === undefined || isIn(content, pointer))
  if (errors.length === error.errors.length) return error
  const { status, code, members, headers, cause } = error
  const unsent = error.errors.filter((each) => !errors.includes(each))
  return new Problem(status, withNames(error.message, unsent), {
    ...(code === undefined ? {} : { code }),
    errors,
    members,
    headers,
    cause,
  })
}

/** Whether the content has the member. */
function isIn(content: unknown, pointer: string): boolean {
  if (typeof content !== 'object' || content === null) return false
  return Object.entries(content).some(([name, value]) => {
    const begin = pointerTo([name])
    if (pointer === begin) return true
    return pointer.startsWith(`${begin}/`) && isIn(value, `#${pointer.slice(begin.length)}`)
  })
}

/** `#/price must be …` as `price must be …`. */
function withNames(message: string, unsent: readonly Fault[]): string {
  let words = message
  for (const { pointer } of unsent) {
    if (pointer !== undefined) words = words.replaceAll(`${pointer} `, `${pointer.slice('#/'.length)} `)
  }
  return words
}
