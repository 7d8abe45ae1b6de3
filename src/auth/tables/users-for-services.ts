// The users of the auth service's database as other services are told of them: a few statements, however many they are.

import { createHash } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import { revisionOf, type LocalUsers } from '../local-users.ts'
import type { User } from './auth-tables.ts'
import type { RemoteUser } from '../remote/remote-user.ts'

/** Those of these names that there are, compared as they are written, whatever the database takes for the same. */
export function usersForServices({
  door,
  tables,
}: Pick<LocalUsers, 'door' | 'tables'>): (names: readonly string[]) => Promise<readonly RemoteUser[]> {
  const { users, permissions, userPermissions, groupPermissions, userGroups } = tables
  const { code } = permissions

  /** Permissions by the key of a user: their own, and those of their groups. */
  const heldBy = async (ids: readonly number[]): Promise<ReadonlyMap<number, ReadonlySet<string>>> => {
    const own = await door.read((reading) =>
      reading
        .select({ user: userPermissions.userId, code })
        .from(userPermissions)
        .innerJoin(permissions, eq(permissions.id, userPermissions.permissionId))
        .where(inArray(userPermissions.userId, [...ids])),
    )
    const ofGroups = await door.read((reading) =>
      reading
        .select({ user: userGroups.userId, code })
        .from(userGroups)
        .innerJoin(groupPermissions, eq(groupPermissions.groupId, userGroups.groupId))
        .innerJoin(permissions, eq(permissions.id, groupPermissions.permissionId))
        .where(inArray(userGroups.userId, [...ids])),
    )
    const held = new Map<number, Set<string>>()
    for (const each of [...own, ...ofGroups]) held.set(each.user, (held.get(each.user) ?? new Set()).add(each.code))
    return held
  }

  return async (names) => {
    const asked = new Set(names.filter((name) => !name.includes('\0'))) // which PostgreSQL takes in no text
    if (asked.size === 0) return []
    const found = await door.read((reading) =>
      reading
        .select()
        .from(users)
        .where(inArray(users.name, [...asked])),
    )
    const known = found.filter(({ name }) => asked.has(name))
    if (known.length === 0) return []
    const held = await heldBy(known.map(({ id }) => id))
    return known.map((user) => told(user, [...(held.get(user.id) ?? [])].toSorted()))
  }
}

/** What is told otherwise, or concerns nobody else. */
const ownColumns: ReadonlySet<string> = new Set(['id', 'name', 'superuser', 'active', 'passwordHash', 'revision'])

function told(user: User, permissions: readonly string[]): RemoteUser {
  const { name, superuser, active } = user
  const attributes = Object.fromEntries(Object.entries(user).filter(([column]) => !ownColumns.has(column)))
  const state = createHash('sha256')
    .update(JSON.stringify([user, permissions]))
    .digest('base64url')
  return { name, superuser, active, permissions, revision: revisionOf(user), state, attributes }
}
