// Users kept in this service's own database.

import { eq, inArray, or } from 'drizzle-orm'
import type { SqliteDatabase } from '../../server/index.ts'
import { processQueue, type HashQueue } from '../hash-queue.ts'
import type { Identity, VerifyPassword } from '../identity.ts'
import { verifyPassword } from '../password.ts'
import { share } from '../share.ts'
import { groupPermissions, groups, permissions, userGroups, userPermissions, users } from './sqlite.ts'

/**
 * Checks passwords against the `auth` tables. Unknown and inactive users cost the same hash as a wrong password.
 *
 * @param queue bounds the hashes; unless given, all local users of the process share one.
 * @throws Problem 429 (returned function) where too many are waiting: before any hash, and whoever it is.
 */
export function localUsers(database: SqliteDatabase, queue: HashQueue = processQueue): VerifyPassword {
  return share(async (name, password) => {
    const user = await queue(name, async () => {
      const found = await database.select().from(users).where(eq(users.name, name)).get()
      const isRight = await verifyPassword(password, found?.passwordHash)
      return isRight ? found : undefined
    })
    return user?.active === true ? await identityOf(database, user) : undefined
  })
}

async function identityOf(database: SqliteDatabase, user: typeof users.$inferSelect): Promise<Identity> {
  const own = database
    .select({ id: userPermissions.permissionId })
    .from(userPermissions)
    .where(eq(userPermissions.userId, user.id))
  const ofGroups = database
    .select({ id: groupPermissions.permissionId })
    .from(groupPermissions)
    .innerJoin(userGroups, eq(userGroups.groupId, groupPermissions.groupId))
    .where(eq(userGroups.userId, user.id))
  const held = await database
    .select({ code: permissions.code })
    .from(permissions)
    .where(or(inArray(permissions.id, own), inArray(permissions.id, ofGroups)))
    .orderBy(permissions.code)
  const memberOf = await database
    .select({ name: groups.name })
    .from(groups)
    .innerJoin(userGroups, eq(userGroups.groupId, groups.id))
    .where(eq(userGroups.userId, user.id))
    .orderBy(groups.name)
  return {
    name: user.name,
    superuser: user.superuser,
    permissions: held.map(({ code }) => code),
    groups: memberOf.map(({ name }) => name),
  }
}
