// `announce`: another service says which permissions it asks for, so that they can be given to somebody.

import { operation, type OperationDefinition } from '../../server/index.ts'
import { Accounts } from '../tables/accounts.ts'
import type { AuthTables } from '../tables/auth-tables.ts'
import { exactly, objectOf } from './content.ts'

/** `app.action_model`; the names of apps may have dots. */
const code = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+$/u
const mostAtOnce = 10_000

export function isPermissionCode(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 255 && code.test(value)
}

const announced = exactly<{ readonly permissions: readonly string[] }>({
  permissions: {
    check: (value) =>
      Array.isArray(value) && value.length <= mostAtOnce && value.every(isPermissionCode)
        ? undefined
        : `must be at most ${mostAtOnce} permissions such as "orders.add_order", of at most 255 characters`,
    schema: { type: 'array', maxItems: mostAtOnce, items: { type: 'string', maxLength: 255, pattern: code.source } },
  },
})

/** @param permission to add permissions. */
export function announce(tables: AuthTables, permission: string): OperationDefinition {
  return operation.model({
    POST: {
      ...announced,
      outputSchema: objectOf({ added: { type: 'array', items: { type: 'string' } } }),
      permissions: [permission],
      run: async ({ input, tx }) => ({ added: await new Accounts(tx, tables).addPermissions(input.permissions) }),
    },
  })
}
