// The first user: whoever may do everything is made where the database is, and by no request.

import { doorTo, type Database } from '../server/index.ts'
import { isNewPassword, newPasswordRule } from './operations/set-password.ts'
import type { PasswordHashing } from './passwords/hashing.ts'
import { hashPassword } from './passwords/password.ts'
import { Accounts } from './tables/accounts.ts'
import { authTablesOf } from './tables/auth-tables.ts'
import { isUserName, userNameRule } from './user-name.ts'

export interface NewSuperuser {
  readonly name: string
  readonly password: string
  /** As in `localUsers`. */
  readonly hashing?: PasswordHashing
}

/** @throws RangeError for a name that is none or is taken, and for a password that is none. */
export async function createSuperuser(database: Database, { name, password, hashing }: NewSuperuser): Promise<void> {
  if (!isUserName(name)) throw new RangeError(`A name ${userNameRule}.`)
  if (!isNewPassword(password)) throw new RangeError(`A password ${newPasswordRule}.`)
  const passwordHash = await hashPassword(password, hashing)
  const door = doorTo(database)
  await door.transact(async (tx) => {
    const accounts = new Accounts(tx, authTablesOf(door.dialect))
    if ((await accounts.userNamed(name)) !== undefined) throw new RangeError(`There is a user "${name}" already.`)
    await accounts.addUser({ name, passwordHash, superuser: true })
  })
}
