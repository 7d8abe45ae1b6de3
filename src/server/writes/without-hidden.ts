// What the database says of a write names columns; one that the caller may neither read nor write must not be named to them.

import { Problem } from '../../http/index.ts'
import { pointerTo } from '../../wire/index.ts'
import type { Model } from '../models/model.ts'
import type { Rules } from '../query/rules.ts'

/** Anything that is no problem, or names nothing hidden, is given back as it is. */
export async function withoutHidden(error: unknown, model: Model, rules: Rules): Promise<unknown> {
  if (!(error instanceof Problem) || model.options.fields === undefined || error.errors.length === 0) return error
  const [read, write] = [await rules.columns(model, 'read'), await rules.columns(model, 'write')]
  const hidden = [...model.columns.keys()].filter((name) => !read.has(name) && !write.has(name))
  const pointers = new Set(hidden.map((name) => pointerTo([name])))
  const errors = error.errors.filter(({ pointer }) => pointer === undefined || !pointers.has(pointer))
  if (errors.length === error.errors.length) return error
  const { status, code, members, headers, cause } = error
  return new Problem(status, details[code ?? ''] ?? 'The row is refused.', {
    ...(code === undefined ? {} : { code }),
    errors,
    members,
    headers,
    cause,
  })
}

const details: Readonly<Record<string, string>> = {
  'not-unique': 'There is already such a row.',
  'foreign-key': 'It refers to a row that does not exist.',
  'invalid-content': 'The database refuses these values.',
}
