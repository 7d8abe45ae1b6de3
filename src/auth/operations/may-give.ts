// Nobody gives away what they may not do themselves: who may change groups and permissions cannot come to more by it.

import { Problem, type Principal } from '../../http/index.ts'

/** @throws Problem 403 that names what the caller lacks. */
export function mustHoldAll(user: Principal, permissions: readonly string[]): void {
  const lacking = permissions.filter((permission) => !user.can(permission))
  if (lacking.length === 0) return
  const detail = `${user.name} may not give away, or take over, what they may not do: ${lacking.join(', ')}.`
  throw new Problem(403, detail, { code: 'may-not-give', members: { permissions: lacking } })
}
