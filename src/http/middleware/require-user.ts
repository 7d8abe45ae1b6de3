// Lets in only those who said who they are, and, if wanted, hold a permission.

import { refuseUnknownOptions, undefinedOption, type KnownOptions } from '../../wire/index.ts'
import { unauthorized } from '../decisions/request-answers.ts'
import type { Middleware } from '../middleware.ts'
import { permissionMissing } from '../problems/permission-missing.ts'

export interface RequireUserOptions {
  /** Needed besides, as `principal.can` knows it: `blog.change_post`. */
  readonly permission?: string
  /** The methods it is for; default: all. */
  readonly methods?: readonly string[]
}

const what = 'requireUser(…)'
const known: KnownOptions<RequireUserOptions> = { permission: true, methods: true }

/**
 * For resources that let in callers without credentials (`allowsAnonymous`), or that ask different things of different methods.
 * Without a caller: 401 with the challenges of the resource's schemes (RFC 9110 §15.5.2), or 403 where it has none, since there is
 * no way to authenticate. Without the permission: 403 that names it (§15.5.4).
 *
 * @throws TypeError for an option that does not exist and for a permission that is undefined: both would let in everybody who is known.
 * @example
 * class Post extends Resource {
 *   middleware = [requireUser({ methods: ['PUT', 'DELETE'], permission: 'blog.change_post' })]
 * }
 */
export function requireUser(options: RequireUserOptions = {}): Middleware {
  refuseUnknownOptions(options, known, what)
  const wrong = undefinedOption(options, ['permission'])
  if (wrong !== undefined) throw new TypeError(`${what} ${wrong}.`)
  const { permission, methods } = options
  return {
    name: 'requireUser',
    ...(methods === undefined ? {} : { methods }),
    request(resource) {
      const { principal } = resource.exchange
      if (principal === undefined) return unauthorized(resource)
      if (permission === undefined || principal.can(permission)) return undefined
      return permissionMissing(principal, [permission])
    },
  }
}
