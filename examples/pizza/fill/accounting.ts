// Fills `accounting` with the demo users, and what they may do.

import { hashPassword } from 'slumberjs/auth'
import type { Fill } from '../database.ts'
import { groupPermissions, groups, permissions, profiles, userGroups, users } from '../schema/accounts.ts'
import { demoUsers } from '../system.ts'

const ofClerks = ['orders.add_order', 'orders.change_order', 'orders.add_orderline']
const others = ['menu.add_pizza', 'menu.change_pizza', 'menu.delete_pizza', 'menu.add_shop', 'menu.change_shop']

export const fillAccounting: Fill = async (database) => {
  const hashed = await Promise.all(
    Object.entries(demoUsers).map(async ([name, { password, superuser }]) => ({
      name,
      superuser,
      passwordHash: await hashPassword(password),
    })),
  )
  await database.transaction(async (transaction) => {
    const rows = await transaction.insert(users).values(hashed).returning()
    const [clerks] = await transaction.insert(groups).values({ name: 'clerks' }).returning()
    const known = await transaction
      .insert(permissions)
      .values([...ofClerks, ...others].map((code) => ({ code })))
      .returning()
    const groupId = clerks?.id ?? 0
    await transaction
      .insert(groupPermissions)
      .values(known.filter(({ code }) => ofClerks.includes(code)).map(({ id }) => ({ groupId, permissionId: id })))
    await transaction
      .insert(userGroups)
      .values(rows.filter(({ name }) => name === 'clerk').map(({ id }) => ({ groupId, userId: id })))
    await transaction.insert(profiles).values(rows.map(({ id, name }) => ({ userId: id, fullName: `Demo ${name}` })))
  })
}
