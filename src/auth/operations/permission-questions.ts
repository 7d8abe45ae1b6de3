// What a user may do, asked in several ways. Who asks about others must see them: the read rule of users decides.

import { query } from '../../http/index.ts'
import { operation, type OperationDefinition } from '../../server/index.ts'
import { objectOf } from './content.ts'
import { Accounts } from '../tables/accounts.ts'
import type { AuthTables, User } from '../tables/auth-tables.ts'

/** Each permission that was asked for, and those of them that no service has announced: nobody has these. */
interface Permissions {
  readonly permissions: Readonly<Record<string, boolean>>
  readonly unknown: readonly string[]
}

const codes = { type: 'array', items: { type: 'string' } }
const permissionsSchema = objectOf({
  permissions: { type: 'object', additionalProperties: { type: 'boolean' } },
  unknown: codes,
})

const permissionsAsked = {
  permission: query.text({
    list: true,
    required: true,
    maxLength: 255,
    description: '`orders.add_order`; several by repeating it.',
  }),
}

/** `do-i-have-perm`: what the caller may do. */
export function doIHavePerm(tables: AuthTables): OperationDefinition {
  return operation.model({
    GET: {
      query: permissionsAsked,
      outputSchema: permissionsSchema,
      run: async ({ query: { permission }, user, tx }) =>
        await answer(permission, new Accounts(tx, tables), (code) => user.can(code)),
    },
  })
}

export function hasPermission(tables: AuthTables): OperationDefinition<User> {
  return operation.instance({
    GET: {
      query: permissionsAsked,
      outputSchema: permissionsSchema,
      run: async ({ query: { permission }, instance, tx }: Asking<{ readonly permission: readonly string[] }>) => {
        const accounts = new Accounts(tx, tables)
        const all = new Set(await everythingOf(instance, accounts))
        return await answer(permission, accounts, (code) => all.has(code))
      },
    },
  })
}

/** `module-permissions`: those for one app. */
export function modulePermissions(tables: AuthTables): OperationDefinition<User> {
  return operation.instance({
    GET: {
      query: { app: query.text({ required: true, maxLength: 255, description: '`orders`, `contrib.auth`' }) },
      outputSchema: objectOf({ allowed: { type: 'boolean' }, permissions: codes }),
      run: async ({ query: { app }, instance, tx }: Asking<{ readonly app: string }>) => {
        const all = await everythingOf(instance, new Accounts(tx, tables))
        const permissions = all.filter((code) => code.slice(0, code.lastIndexOf('.')) === app)
        return { allowed: permissions.length > 0, permissions }
      },
    },
  })
}

/** `get-permissions`: their own, those of their groups, and what they may do: nothing while they are inactive, everything as a superuser. */
export function getPermissions(tables: AuthTables): OperationDefinition<User> {
  return operation.instance({
    GET: {
      outputSchema: objectOf({ own: codes, ofGroups: codes, all: codes }),
      run: async ({ instance, tx }: Asking<unknown>) => {
        const accounts = new Accounts(tx, tables)
        return { ...(await accounts.held(instance.id)), all: await everythingOf(instance, accounts) }
      },
    },
  })
}

interface Asking<Query> {
  readonly instance: User
  readonly query: Query
  readonly tx: ConstructorParameters<typeof Accounts>[0]
}

async function everythingOf({ id, active, superuser }: User, accounts: Accounts): Promise<readonly string[]> {
  if (!active) return []
  if (superuser) return await accounts.permissions()
  const { own, ofGroups } = await accounts.held(id)
  return [...new Set([...own, ...ofGroups])].toSorted()
}

async function answer(
  asked: readonly string[],
  accounts: Accounts,
  can: (code: string) => boolean,
): Promise<Permissions> {
  const known = await accounts.known(asked)
  return {
    permissions: Object.fromEntries(asked.map((code) => [code, known.has(code) && can(code)])),
    unknown: [...new Set(asked)].filter((code) => !known.has(code)),
  }
}
