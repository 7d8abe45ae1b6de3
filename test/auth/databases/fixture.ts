// An accounting service over a database of a dialect, with users, groups and permissions, and a menu to use them on.
import type { Table } from 'drizzle-orm'
import * as mysqlCore from 'drizzle-orm/mysql-core'
import * as pgCore from 'drizzle-orm/pg-core'
import * as sqliteCore from 'drizzle-orm/sqlite-core'
import { authApp, basic, localUsers, scrypt, type LocalUsers } from 'slumberjs/auth'
import { authTables as mysqlTables } from 'slumberjs/mysql'
import { authTables as pgTables } from 'slumberjs/pg'
import { app, model, service, silentLogger, type Service } from 'slumberjs/server'
import { authTables as sqliteTables } from 'slumberjs/sqlite'
import { beforeAll } from 'vitest'
import { createdOn, type CreatedOn, type Dialect } from '../../server/dialects.ts'
import { ask, credentials, quickHash, type Answer } from '../fixture.ts'

export type AuthTables = typeof sqliteTables

const profiles = {
  sqlite: sqliteCore.sqliteTable('profile', {
    id: sqliteCore.integer().primaryKey(),
    userId: sqliteCore.integer().notNull(),
    fullName: sqliteCore.text().notNull(),
  }),
  pg: pgCore.pgTable('profile', {
    id: pgCore.integer().primaryKey(),
    userId: pgCore.integer().notNull(),
    fullName: pgCore.text().notNull(),
  }),
  mysql: mysqlCore.mysqlTable('profile', {
    id: mysqlCore.int().primaryKey(),
    userId: mysqlCore.int().notNull(),
    fullName: mysqlCore.varchar({ length: 150 }).notNull(),
  }),
}

const tablesOf = { sqlite: sqliteTables, pg: pgTables, mysql: mysqlTables }
const url = 'http://accounting.test/slumber/accounting/'

/** The keys of the rows, in the order in which they are made. */
export const [admin, clerk, boss, Zoe, retired] = [1, 2, 3, 4, 5] as const
export const [cooks, chiefs] = [1, 2] as const
export const codes = [
  'menu.add_pizza',
  'menu.change_pizza',
  'menu.delete_pizza',
  'auth.view_user',
  'auth.change_user',
  'auth.add_usergroup',
  'auth.delete_usergroup',
  'auth.view_usergroup',
  'auth.add_userpermission',
  'auth.add_grouppermission',
  'auth.view_group',
  'auth.add_permission',
  'contrib.menu.add_pizza',
] as const
export type Code = (typeof codes)[number]

export interface Accounting {
  readonly created: CreatedOn
  readonly users: LocalUsers
  readonly service: Service
  readonly tables: AuthTables
  /** Drizzle's, with the types of SQLite's. */
  readonly filling: Filling
  as(name: string, method: string, path: string, json?: unknown): Promise<Answer>
  /** Another service over the same connections, as another process has it. */
  another(): Service
  /** What `authenticate` says of somebody. */
  revision(name: string): Promise<string | undefined>
}

export interface Filling {
  insert(table: Table): { values(rows: object): PromiseLike<unknown> }
  select(): { from(table: Table): PromiseLike<readonly Record<string, unknown>[]> }
}

export const idOf = (code: Code): number => codes.indexOf(code) + 1
export const password = 'correct horse'

/**
 * `clerk` is one of the cooks, who add pizzas, and may change them; `boss` changes users and groups, and holds what cooks do, but not
 * what chiefs do.
 */
export function accountingOn(dialect: Dialect): Accounting {
  const tables = tablesOf[dialect.kind] as unknown as AuthTables // the same under the same names
  const profile = profiles[dialect.kind]
  const created = createdOn(dialect, [...Object.values(tables), profile])
  let made: { users: LocalUsers; service: Service } | undefined
  const serve = (): { users: LocalUsers; service: Service } => {
    const users = localUsers(created.database, { hashing: scrypt({ N: 16, r: 1, p: 1 }) })
    return {
      users,
      service: service('accounting', {
        url,
        database: created.database,
        apps: [
          authApp(users, { profile: { model: profile, column: 'userId' } }),
          app('people', { Profile: model(profile, { display: 'fullName' }) }),
        ],
        authenticate: [basic(users)],
        logger: silentLogger,
      }),
    }
  }
  const filling = (): Filling => created.database as unknown as Filling // whichever it is
  beforeAll(async () => {
    await fill(filling(), tables)
    await filling().insert(profile).values({ id: 7, userId: clerk, fullName: 'Clara Clerk' })
    made = serve()
  })
  return {
    created,
    tables,
    get users() {
      return made!.users
    },
    get service() {
      return made!.service
    },
    get filling() {
      return filling()
    },
    another: () => serve().service,
    as: (name, method, path, json) => {
      const asked = { authorization: credentials(name, password) }
      return ask(made!.service, method, path, json === undefined ? asked : { ...asked, json })
    },
    revision: async (name) => (await made!.users(name, password))?.revision,
  }
}

async function fill(filling: Filling, tables: AuthTables): Promise<void> {
  const { users, groups, permissions, userGroups, groupPermissions, userPermissions } = tables
  const passwordHash = quickHash(password)
  const names = ['admin', 'clerk', 'boss', 'Zoë', 'retired']
  for (const name of names) {
    await filling.insert(users).values({ name, passwordHash, superuser: name === 'admin', active: name !== 'retired' })
  }
  for (const name of ['cooks', 'chiefs']) await filling.insert(groups).values({ name })
  for (const code of codes) await filling.insert(permissions).values({ code })
  await filling.insert(userGroups).values([
    { userId: clerk, groupId: cooks },
    { userId: retired, groupId: cooks },
  ])
  await filling.insert(groupPermissions).values([
    { groupId: cooks, permissionId: idOf('menu.add_pizza') },
    { groupId: chiefs, permissionId: idOf('menu.delete_pizza') },
  ])
  const ofBoss = codes.filter((code) => code.startsWith('auth.') || code === 'menu.add_pizza')
  await filling
    .insert(userPermissions)
    .values([
      { userId: clerk, permissionId: idOf('menu.change_pizza') },
      { userId: retired, permissionId: idOf('menu.change_pizza') },
      ...ofBoss.map((code) => ({ userId: boss, permissionId: idOf(code) })),
    ])
}
