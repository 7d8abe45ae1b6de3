// A problem of one of many rows, told of the whole content: its pointers begin where that row stands.

import { Problem } from '../../http/index.ts'
import { pointerTo, type Fault } from '../../wire/index.ts'

export type Path = readonly (string | number)[]

/**
 * @param path where the row stands in the content. Anything that is no problem is given back as it is.
 * @example
 * problemAt(error, ['lines', 2])  // the fault '#/qty' is '#/lines/2/qty'
 */
export function problemAt(error: unknown, path: Path): unknown {
  if (!(error instanceof Problem) || path.length === 0) return error
  const { status, code, members, headers, cause } = error
  const place = pointerTo(path)
  let { message } = error
  for (const { pointer } of error.errors) {
    if (pointer !== undefined) message = message.replaceAll(`${pointer} `, `${place}${pointer.slice(1)} `) // where it is named
  }
  const errors: readonly Fault[] =
    error.errors.length === 0
      ? [{ pointer: place, detail: message }]
      : error.errors.map((fault) => ({ ...fault, pointer: place + (fault.pointer ?? '#').slice(1) }))
  return new Problem(status, message, { ...(code === undefined ? {} : { code }), errors, members, headers, cause })
}
