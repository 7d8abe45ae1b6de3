// The tables of users as migrations make them: drizzle-kit reads them from a program's schema, and its statements are run.
import { createRequire } from 'node:module'
import { localUsers, scrypt } from 'slumberjs/auth'
import * as mysql from 'slumberjs/mysql'
import * as pg from 'slumberjs/pg'
import * as sqlite from 'slumberjs/sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { createdOn, dialects, type Dialect } from '../../server/dialects.ts'
import { toolPath } from '../../server/dialects/install.ts'
import { quickHash } from '../fixture.ts'

/** As much of drizzle-kit as is used; it is not among the project's own packages. */
interface Kit {
  generateDrizzleJson(schema: object): unknown
  generateMigration(before: unknown, after: unknown): Promise<readonly string[]>
  generateSQLiteDrizzleJson(schema: object): Promise<unknown>
  generateSQLiteMigration(before: unknown, after: unknown): Promise<readonly string[]>
  generateMySQLDrizzleJson(schema: object): Promise<unknown>
  generateMySQLMigration(before: unknown, after: unknown): Promise<readonly string[]>
}

type AuthTables = typeof sqlite.authTables
const schemas: Readonly<Record<Dialect['kind'], object>> = {
  sqlite: { ...sqlite.authTables, ...sqlite.slumberTables },
  pg: { ...pg.authTables, ...pg.slumberTables },
  mysql: { ...mysql.authTables, ...mysql.slumberTables },
}

let kit: Kit | undefined
beforeAll(async () => {
  const folder = await toolPath('drizzle-kit')
  kit = createRequire(import.meta.url)(`${folder}/drizzle-kit/api.js`) as Kit
}, 300_000)

async function statements(kind: Dialect['kind'], { [kind]: schema } = schemas): Promise<readonly string[]> {
  switch (kind) {
    case 'sqlite':
      return await kit!.generateSQLiteMigration(
        await kit!.generateSQLiteDrizzleJson({}),
        await kit!.generateSQLiteDrizzleJson(schema),
      )
    case 'pg':
      return await kit!.generateMigration(kit!.generateDrizzleJson({}), kit!.generateDrizzleJson(schema))
    case 'mysql':
      return await kit!.generateMySQLMigration(
        await kit!.generateMySQLDrizzleJson({}),
        await kit!.generateMySQLDrizzleJson(schema),
      )
  }
}

describe.each(dialects)('$name', (dialect) => {
  const created = createdOn(dialect, [])

  test('a migration of the spread tables makes those that users are kept in', async () => {
    for (const statement of await statements(dialect.kind)) await created.sql(statement)
    const filling = created.database as unknown as Filling // whichever it is
    const { users, groups, permissions, userGroups, groupPermissions, sessions, serviceKeys } = {
      sqlite,
      pg,
      mysql,
    }[dialect.kind].authTables as AuthTables // the same tables under the same names
    await filling.insert(users).values({ name: 'Zoë', passwordHash: quickHash('right') })
    await filling.insert(groups).values({ name: 'cooks' })
    await filling.insert(permissions).values({ code: 'menu.add_pizza' })
    await filling.insert(userGroups).values({ userId: 1, groupId: 1 })
    await filling.insert(groupPermissions).values({ groupId: 1, permissionId: 1 })
    await filling.insert(sessions).values({ id: 'digest', userId: 1, revision: 0, created: 1e12, expires: 2e12 })
    await filling.insert(serviceKeys).values({ keyid: 'shop', service: 'shop', publicKey: 'x', grant: '"all"' })
    const verify = localUsers(created.database, { hashing: scrypt({ N: 16, r: 1, p: 1 }) })
    expect(await verify('Zoë', 'right')).toMatchObject({
      name: 'Zoë',
      superuser: false,
      permissions: ['menu.add_pizza'],
    })
    await expect(filling.insert(users).values({ name: 'Zoë', passwordHash: '' })).rejects.toThrow(
      /unique|duplicate|Failed query/i,
    )
  })

  test('who is deleted takes memberships and sessions along', async () => {
    const [user] = await created.sql(`SELECT count(*) AS n FROM ${quoted(dialect, 'auth_session')}`)
    expect(Number(user?.['n'])).toBe(1)
    await created.sql(`DELETE FROM ${quoted(dialect, 'auth_user')}`)
    for (const table of ['auth_session', 'auth_user_group']) {
      const [left] = await created.sql(`SELECT count(*) AS n FROM ${quoted(dialect, table)}`)
      expect(Number(left?.['n'])).toBe(0)
    }
  })
})

interface Filling {
  insert(table: object): { values(row: object): PromiseLike<unknown> & Promise<unknown> }
}

function quoted({ kind }: Dialect, name: string): string {
  return kind === 'mysql' ? `\`${name}\`` : `"${name}"`
}
