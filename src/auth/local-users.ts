// Users kept in this service's own database.

import { doorTo, type Database, type DatabaseDoor } from '../server/index.ts'
import { processQueue, type HashQueue } from './hash-queue.ts'
import type { Identity, VerifyPassword } from './identity.ts'
import { readHash, type PasswordHashing } from './passwords/hashing.ts'
import { checkPassword, hashingOf, standardHashing } from './passwords/password.ts'
import { share } from './share.ts'
import { Accounts } from './tables/accounts.ts'
import { authTablesOf, type AuthTables, type User } from './tables/auth-tables.ts'

export interface LocalUsersOptions {
  /** Bounds the hashes; unless given, all local users of the process share one. */
  readonly queue?: HashQueue
  /** How new hashes are made, `scrypt(…)` or `argon2id(…)`; unless given, argon2id where `@node-rs/argon2` is installed, else scrypt. */
  readonly hashing?: PasswordHashing
}

/** Checks passwords of users in a database; `authApp` is made of it. */
export interface LocalUsers extends VerifyPassword {
  readonly door: DatabaseDoor
  readonly tables: AuthTables
  readonly queue: HashQueue
  readonly hashing: PasswordHashing | undefined
}

/** Milliseconds for which it is known in which ways the stored hashes are made. */
const knownFor = 600_000
/** Older ways in which each login makes a hash. */
const mostOlder = 3

/**
 * Checks passwords against the `auth` tables. Every check makes the same hashes, whoever it is about: one in the way of new hashes, and
 * one in each older way in which some are stored. One that is older is replaced by a new one when its password is right.
 *
 * @throws TypeError where the database is none that can be served. The returned function throws Problem 429 where too many are waiting:
 * before any hash, and whoever it is.
 */
export function localUsers(database: Database, { queue = processQueue, hashing }: LocalUsersOptions = {}): LocalUsers {
  const door = doorTo(database)
  const tables = authTablesOf(door.dialect)
  const waysOf = knowingWays(door, tables, hashing)
  const verify = share(async (name, password) => {
    const user = await queue(name, async () => {
      const found = await door.read((reading) => new Accounts(reading, tables).userNamed(name))
      const { isRight, renewed } = await checkPassword(password, found?.passwordHash, await waysOf(found))
      if (!isRight || found?.active !== true) return undefined
      if (renewed !== undefined) await renew(door, tables, found, renewed)
      return found
    })
    return user && (await door.read((reading) => identityOf(new Accounts(reading, tables), user)))
  })
  return Object.assign(verify, { door, tables, queue, hashing })
}

/** Who somebody is, whose password has been checked. */
async function identityOf(accounts: Accounts, user: User): Promise<Identity> {
  const { own, ofGroups } = await accounts.held(user.id)
  return {
    name: user.name,
    superuser: user.superuser,
    permissions: [...new Set([...own, ...ofGroups])].toSorted(),
    groups: await accounts.groupsOf(user.id),
    revision: revisionOf(user),
  }
}

/** Another one after each change, also where a user of the same name is made anew. */
export function revisionOf({ id, revision }: Pick<User, 'id' | 'revision'>): string {
  return `${id}.${revision}`
}

/** The login does not fail where this does: the next one tries again. */
async function renew(door: DatabaseDoor, tables: AuthTables, user: User, hash: string): Promise<void> {
  await door.transact((tx) => new Accounts(tx, tables).renewHash(user, hash)).catch(() => undefined)
}

/** The ways in which each check makes a hash: the same for all users, as soon as their hashes have been looked at. */
function knowingWays(
  door: DatabaseDoor,
  tables: AuthTables,
  hashing: PasswordHashing | undefined,
): (user: User | undefined) => Promise<readonly PasswordHashing[]> {
  let known: Promise<readonly PasswordHashing[]> | undefined
  let until = 0
  const look = async (): Promise<readonly PasswordHashing[]> => {
    const first = hashing ?? (await standardHashing())
    const prefixes = await door.read((reading) => new Accounts(reading, tables).hashPrefixes())
    const older = prefixes.filter((prefix) => prefix !== first.prefix).map(hashingOf)
    return [first, ...older.filter((way) => way !== undefined).slice(0, mostOlder)]
  }
  return async (user) => {
    if (known === undefined || performance.now() > until) {
      until = performance.now() + knownFor
      known = look()
      known.catch(() => (known = undefined))
    }
    const ways = await known
    const own = user && hashingOf(readHash(user.passwordHash)?.prefix ?? '')
    if (own === undefined || ways.some(({ prefix }) => prefix === own.prefix)) return ways
    const more = [...ways, own] // written since
    if (ways.length <= mostOlder) known = Promise.resolve(more)
    return more
  }
}
