// The SQL of users and what they may do, over the tables of any dialect.

import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { SqliteDatabase } from '../../server/index.ts'
import { tailLength } from '../passwords/hashing.ts'
import type { AuthTables, User } from './auth-tables.ts'

/** Permissions by the way in which a user has them. */
export interface HeldPermissions {
  readonly own: readonly string[]
  readonly ofGroups: readonly string[]
}

/** Rows written in one statement, whatever the database allows. */
const rowsAtOnce = 500

export class Accounts {
  readonly #database: SqliteDatabase
  readonly #tables: AuthTables

  /** @param database or an open transaction. */
  constructor(database: SqliteDatabase, tables: AuthTables) {
    this.#database = database
    this.#tables = tables
  }

  /** Names are compared as they are written, whatever the database takes for the same. */
  async userNamed(name: string): Promise<User | undefined> {
    const { users } = this.#tables
    // What PostgreSQL refuses in a text is no name.
    const asked = name.includes('\0') ? '' : name
    const found = await this.#database.select().from(users).where(eq(users.name, asked))
    return found.find((user) => user.name === name)
  }

  async held(userId: number): Promise<HeldPermissions> {
    const { permissions, userPermissions, groupPermissions, userGroups } = this.#tables
    const own = await this.#database
      .select({ code: permissions.code })
      .from(permissions)
      .innerJoin(userPermissions, eq(userPermissions.permissionId, permissions.id))
      .where(eq(userPermissions.userId, userId))
    const ofGroups = await this.#database
      .select({ code: permissions.code })
      .from(permissions)
      .innerJoin(groupPermissions, eq(groupPermissions.permissionId, permissions.id))
      .innerJoin(userGroups, eq(userGroups.groupId, groupPermissions.groupId))
      .where(eq(userGroups.userId, userId))
    return { own: codesOf(own), ofGroups: codesOf(ofGroups) }
  }

  /** The names of a user's groups. */
  async groupsOf(userId: number): Promise<readonly string[]> {
    const { groups, userGroups } = this.#tables
    const found = await this.#database
      .select({ name: groups.name })
      .from(groups)
      .innerJoin(userGroups, eq(userGroups.groupId, groups.id))
      .where(eq(userGroups.userId, userId))
    return found.map(({ name }) => name).toSorted()
  }

  async ofGroup(groupId: number): Promise<readonly string[]> {
    const { permissions, groupPermissions } = this.#tables
    const held = await this.#database
      .select({ code: permissions.code })
      .from(permissions)
      .innerJoin(groupPermissions, eq(groupPermissions.permissionId, permissions.id))
      .where(eq(groupPermissions.groupId, groupId))
    return codesOf(held)
  }

  /** All that there are, or those of some ids. */
  async permissions(ids?: readonly number[]): Promise<readonly string[]> {
    const { permissions } = this.#tables
    const where = ids === undefined ? undefined : inArray(permissions.id, [...ids])
    return codesOf(await this.#database.select({ code: permissions.code }).from(permissions).where(where))
  }

  /** Which of these there are. */
  async known(codes: readonly string[]): Promise<ReadonlySet<string>> {
    if (codes.length === 0) return new Set()
    const { permissions } = this.#tables
    const found = await this.#database
      .select({ code: permissions.code })
      .from(permissions)
      .where(inArray(permissions.code, [...codes]))
    return new Set(codesOf(found))
  }

  /** Makes those that there are not, in a transaction; another one may do so at the same time. Gives those that were not there before. */
  async addPermissions(codes: readonly string[]): Promise<readonly string[]> {
    const there = await this.known(codes)
    const missing = [...new Set(codes)].filter((code) => !there.has(code)).toSorted()
    for (let from = 0; from < missing.length; from += rowsAtOnce) {
      const rows = missing.slice(from, from + rowsAtOnce).map((code) => ({ code }))
      await this.#insertMissing(this.#tables.permissions, rows)
    }
    return missing
  }

  /** What is there by now is passed over: by the one word in SQLite and PostgreSQL, by another one in MySQL. */
  async #insertMissing<Table extends AuthTables['permissions' | 'users']>(
    table: Table,
    rows: readonly Table['$inferInsert'][],
  ): Promise<void> {
    const insert = this.#database.insert(table)
    if ('ignore' in insert) await (insert as unknown as Ignoring).ignore().values(rows)
    else await insert.values([...rows]).onConflictDoNothing()
  }

  /** Counts up the revisions of users. */
  async touch(where: SQL | undefined): Promise<void> {
    const { users } = this.#tables
    await this.#database
      .update(users)
      .set({ revision: sql`${users.revision} + 1` })
      .where(where)
  }

  async touchUser(userId: number): Promise<void> {
    await this.touch(eq(this.#tables.users.id, userId))
  }

  async touchGroup(groupId: number): Promise<void> {
    await this.touch(this.#areMembers(eq(this.#tables.userGroups.groupId, groupId)))
  }

  /** Those of all who hold a permission. */
  async touchPermission(permissionId: number): Promise<void> {
    const { users, userPermissions, userGroups, groupPermissions } = this.#tables
    const own = this.#database
      .select({ id: userPermissions.userId })
      .from(userPermissions)
      .where(eq(userPermissions.permissionId, permissionId))
    const having = this.#database
      .select({ id: groupPermissions.groupId })
      .from(groupPermissions)
      .where(eq(groupPermissions.permissionId, permissionId))
    await this.touch(or(inArray(users.id, own), this.#areMembers(inArray(userGroups.groupId, having))))
  }

  #areMembers(where: SQL): SQL {
    const { users, userGroups } = this.#tables
    return inArray(users.id, this.#database.select({ id: userGroups.userId }).from(userGroups).where(where))
  }

  async setPassword(userId: number, passwordHash: string): Promise<void> {
    const { users } = this.#tables
    await this.#database
      .update(users)
      .set({ passwordHash, revision: sql`${users.revision} + 1` })
      .where(eq(users.id, userId))
  }

  /** The same password, hashed in another way: no revision. Left alone where it has been changed in between. */
  async renewHash({ id, passwordHash: before }: User, passwordHash: string): Promise<void> {
    const { users } = this.#tables
    await this.#database
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, id), eq(users.passwordHash, before)))
  }

  async addUser(user: Pick<User, 'name' | 'passwordHash' | 'superuser'>): Promise<void> {
    await this.#database.insert(this.#tables.users).values(user)
  }

  /**
   * In a transaction; another one may do so at the same time.
   *
   * @throws Error where the database takes the name for the same as another user's.
   */
  async copyUser({ name, superuser }: Pick<User, 'name' | 'superuser'>): Promise<void> {
    const { users } = this.#tables
    const copy = { superuser, active: true, passwordHash: '' }
    await this.#insertMissing(users, [{ name, ...copy }])
    const user = await this.userNamed(name)
    if (user === undefined) throw new Error(`"${name}" is, to this database, the name of another user.`)
    const revision = user.revision + 1
    await this.#database
      .update(users)
      .set({ ...copy, revision })
      .where(eq(users.id, user.id))
  }

  /** What the stored hashes begin with, as far as salt and hash have the usual lengths. */
  async hashPrefixes(): Promise<readonly string[]> {
    const { passwordHash } = this.#tables.users
    const prefix = sql<string>`substr(${passwordHash}, 1, length(${passwordHash}) - ${sql.raw(String(tailLength))})`
    const found = await this.#database
      .selectDistinct({ prefix })
      .from(this.#tables.users)
      .where(sql`length(${passwordHash}) > ${sql.raw(String(tailLength))}`)
    return found.map((row) => row.prefix).toSorted()
  }
}

/** MySQL's builder. */
interface Ignoring {
  ignore(): { values(rows: readonly object[]): PromiseLike<unknown> }
}

function codesOf(rows: readonly { readonly code: string }[]): readonly string[] {
  return [...new Set(rows.map(({ code }) => code))].toSorted()
}
