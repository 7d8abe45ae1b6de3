// The `auth` app: users, groups and permissions as models, what can be asked about them, and who may write them.

import { Problem, type Principal } from '../http/index.ts'
import {
  app,
  model,
  type AppDefinition,
  type Filter,
  type HooksOf,
  type ModelDefinition,
  type Rule,
} from '../server/index.ts'
import type { LocalUsers } from './local-users.ts'
import { announce, isPermissionCode } from './operations/announce.ts'
import { authenticate } from './operations/authenticate.ts'
import { getProfile, type Profile } from './operations/get-profile.ts'
import { mustHoldAll } from './operations/may-give.ts'
import { doIHavePerm, getPermissions, hasPermission, modulePermissions } from './operations/permission-questions.ts'
import { setPassword } from './operations/set-password.ts'
import { changed, identity } from './remote/operations.ts'
import { Accounts } from './tables/accounts.ts'
import type { AuthTables } from './tables/auth-tables.ts'
import { isUserName, userNameRule } from './user-name.ts'

export interface AuthAppOptions<Source extends ModelDefinition['table'] = ModelDefinition['table']> {
  /** Its name, which its permissions and URLs begin with; `auth` unless given. */
  readonly name?: string
  /** Where `get-profile` leads: a model of the same service. */
  readonly profile?: Profile<Source>
  /** Further models to live in the app. */
  readonly models?: Readonly<Record<string, ModelDefinition>>
}

/**
 * When its service begins to serve, it adds the permissions of that service's models to those there are.
 *
 * @example
 * const users = localUsers(database)
 * service('accounting', { apps: [authApp(users)], authenticate: [basic(users)], … })
 */
export function authApp<Source extends ModelDefinition['table']>(
  users: LocalUsers,
  { name = 'auth', profile, models = {} }: AuthAppOptions<Source> = {},
): AppDefinition {
  const { tables } = users
  /** All rows for who may view such, else some. */
  const viewers =
    (what: string, others: (user: Principal) => Filter) =>
    (user: Principal): Rule =>
      user.can(`${name}.view_${what}`) || others(user)
  const definition = app(name, {
    User: model(tables.users, {
      display: 'name',
      exclude: ['passwordHash'],
      readOnly: ['superuser', 'revision'], // or whoever may change users could make themselves a superuser
      access: {
        read: viewers('user', (user) => ({ name: user.name })),
        update: unlessSuperuser,
        delete: unlessSuperuser,
      },
      on: userHooks,
      operations: {
        authenticate: authenticate(users),
        'do-i-have-perm': doIHavePerm(tables),
        'has-permission': hasPermission(tables),
        'module-permissions': modulePermissions(tables),
        'get-permissions': getPermissions(tables),
        'get-profile': getProfile(profile as Profile<never> | undefined), // the column is one of its model
        'set-password': setPassword(users, `${name}.change_user`),
        identity: identity(users, `${name}.view_user`),
        changed: changed(users, `${name}.view_user`),
      },
    }),
    Group: model(tables.groups, {
      display: 'name',
      access: { read: viewers('group', (user) => ({ users: { name: user.name } })) },
      on: { beforeDelete: async ({ tx, row }) => await new Accounts(tx, tables).touchGroup(row.id) },
    }),
    Permission: model(tables.permissions, {
      display: 'code',
      on: permissionHooks(tables),
      operations: { update: false, replace: false, announce: announce(tables, `${name}.add_permission`) },
    }),
    UserGroup: model(tables.userGroups, {
      access: { read: viewers('usergroup', (user) => ({ user: { name: user.name } })) },
      on: userGroupHooks(tables),
      operations: { update: false },
    }),
    GroupPermission: model(tables.groupPermissions, {
      access: { read: viewers('grouppermission', (user) => ({ group: { users: { name: user.name } } })) },
      on: groupPermissionHooks(tables),
      operations: { update: false },
    }),
    UserPermission: model(tables.userPermissions, {
      access: { read: viewers('userpermission', (user) => ({ user: { name: user.name } })) },
      on: userPermissionHooks(tables),
      operations: { update: false },
    }),
    ...models,
  })
  return {
    ...definition,
    ready: async ({ permissions, transact }) => {
      await transact(async (tx) => await new Accounts(tx, tables).addPermissions(permissions))
    },
  }
}

/** What is a superuser's, only superusers write. */
function unlessSuperuser(user: Principal): Rule {
  return user.superuser || { superuser: false }
}

const userHooks: HooksOf<AuthTables['users']> = {
  beforeCreate: ({ values }) => {
    mustBeUserName(values.name)
    return { passwordHash: '' } // nobody's, until it is set
  },
  beforeUpdate: ({ user, before, values }) => {
    if (values.name !== undefined && values.name !== before.name) {
      // What belongs to a name elsewhere would be somebody else's.
      if (!user.superuser) throw new Problem(403, 'Only a superuser gives users other names.', { code: 'forbidden' })
      mustBeUserName(values.name)
    }
    return { revision: before.revision + 1 }
  },
}

function mustBeUserName(name: unknown): void {
  if (isUserName(name)) return
  throw new Problem(422, `A name ${userNameRule}.`, {
    code: 'invalid-content',
    errors: [{ pointer: '#/name', detail: userNameRule }],
  })
}

function permissionHooks(tables: AuthTables): HooksOf<AuthTables['permissions']> {
  return {
    beforeCreate: ({ values }) => {
      if (isPermissionCode(values.code)) return
      const detail = 'must be a permission such as "orders.add_order", of at most 255 characters'
      throw new Problem(422, `A code ${detail}.`, {
        code: 'invalid-content',
        errors: [{ pointer: '#/code', detail }],
      })
    },
    beforeDelete: async ({ tx, row }) => await new Accounts(tx, tables).touchPermission(row.id),
  }
}

function userGroupHooks(tables: AuthTables): HooksOf<AuthTables['userGroups']> {
  return {
    beforeCreate: async ({ tx, user, values }) => {
      mustHoldAll(user, await new Accounts(tx, tables).ofGroup(Number(values.groupId)))
    },
    afterCreate: async ({ tx, row }) => await new Accounts(tx, tables).touchUser(row.userId),
    afterDelete: async ({ tx, row }) => await new Accounts(tx, tables).touchUser(row.userId),
  }
}

function groupPermissionHooks(tables: AuthTables): HooksOf<AuthTables['groupPermissions']> {
  return {
    beforeCreate: async ({ tx, user, values }) => {
      mustHoldAll(user, await new Accounts(tx, tables).permissions([Number(values.permissionId)]))
    },
    afterCreate: async ({ tx, row }) => await new Accounts(tx, tables).touchGroup(row.groupId),
    afterDelete: async ({ tx, row }) => await new Accounts(tx, tables).touchGroup(row.groupId),
  }
}

function userPermissionHooks(tables: AuthTables): HooksOf<AuthTables['userPermissions']> {
  return {
    beforeCreate: async ({ tx, user, values }) => {
      mustHoldAll(user, await new Accounts(tx, tables).permissions([Number(values.permissionId)]))
    },
    afterCreate: async ({ tx, row }) => await new Accounts(tx, tables).touchUser(row.userId),
    afterDelete: async ({ tx, row }) => await new Accounts(tx, tables).touchUser(row.userId),
  }
}
