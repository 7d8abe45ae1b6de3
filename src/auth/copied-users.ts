// Users of another service, copied into this one's tables: so that its own rows can refer to them.

import { doorTo, type Database } from '../server/index.ts'
import type { Identity, VerifyPassword } from './identity.ts'
import { Accounts } from './tables/accounts.ts'
import { authTablesOf } from './tables/auth-tables.ts'

/**
 * What the auth service says of a user is copied to the one of that name here, who is made where there is none: its key is its own.
 * The auth service is the authority: what stands here by itself is overwritten. A copy has no password, and no permissions.
 *
 * @param verify what asks the auth service, each time it does: below `remember`, not around it.
 * @throws TypeError where the database is none that can be served.
 * @example
 * basic(remember(copiedUsers(remoteUsers({ directory }), database)))
 */
export function copiedUsers(verify: VerifyPassword, database: Database): VerifyPassword {
  const door = doorTo(database)
  const tables = authTablesOf(door.dialect)
  return async (name, password) => {
    const identity = await verify(name, password)
    if (identity !== undefined && !(await isThere(identity))) {
      await door.transact(async (tx) => await new Accounts(tx, tables).copyUser(identity))
    }
    return identity
  }

  /** Most often nothing has changed: then nothing is written. */
  async function isThere({ name, superuser }: Identity): Promise<boolean> {
    const user = await door.read((reading) => new Accounts(reading, tables).userNamed(name))
    return user?.superuser === superuser && user.active && user.passwordHash === ''
  }
}
