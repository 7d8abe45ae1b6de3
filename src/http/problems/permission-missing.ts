// The refusal that names the permissions which a caller lacks.

import type { Principal } from '../principal.ts'
import { Problem } from './problem.ts'

/**
 * A 403 (RFC 9110 §15.5.4) with the names in its member `permissions`.
 *
 * @example
 * if (!caller.can('blog.add_post')) throw permissionMissing(caller, ['blog.add_post'])
 */
export function permissionMissing({ name }: Principal, permissions: readonly string[]): Problem {
  return new Problem(403, `${name} needs the permission ${permissions.join(' and ')}.`, {
    code: 'permission-missing',
    members: { permissions },
  })
}
