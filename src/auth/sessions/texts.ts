// What the forms and questions of signing in hold: texts by their names, all of them and no others.

import { Problem } from '../../http/index.ts'

/** @throws Problem 422 for anything else: a method that a form would like to have in place of its own, say */
export function textsIn<Name extends string>(data: unknown, names: readonly Name[]): Readonly<Record<Name, string>> {
  const given = new Map<string, unknown>(typeof data === 'object' && data !== null ? Object.entries(data) : [])
  const isRight = given.size === names.length && names.every((name) => typeof given.get(name) === 'string')
  if (isRight) return Object.fromEntries(given) as Record<Name, string> // has been looked at
  throw new Problem(422, `It takes exactly these, as texts: ${names.join(', ')}.`, { code: 'invalid-content' })
}
