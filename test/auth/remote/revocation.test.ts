// What is remembered of a user ends when something about them changes: when the feed has been read, and at the latest after the stated time.
import { eq } from 'drizzle-orm'
import { authTables as tables } from 'slumberjs/sqlite'
import { describe, expect, test, vi } from 'vitest'
import { quickHash } from '../fixture.ts'
import { change, remoteSystem } from './fixture.ts'

const it = remoteSystem()
const { system } = it
const { userGroups, groupPermissions, userPermissions, users } = tables

/** Each with its way back. */
const changes: Readonly<
  Record<
    string,
    {
      readonly there: () => Promise<unknown>
      readonly back: () => Promise<unknown>
      readonly get: number
      readonly add: number
    }
  >
> = {
  'a password is changed': {
    there: () => change(system, 'clerk', { passwordHash: quickHash('another') }),
    back: () => change(system, 'clerk', { passwordHash: quickHash('clerk-demo') }),
    get: 401,
    add: 401,
  },
  'somebody is deactivated': {
    there: () => change(system, 'clerk', { active: false }),
    back: () => change(system, 'clerk', { active: true }),
    get: 401,
    add: 401,
  },
  'somebody has another name': {
    there: () => change(system, 'clerk', { name: 'clerk 2' }),
    back: () => change(system, 'clerk 2', { name: 'clerk' }),
    get: 401,
    add: 401,
  },
  'permissions are taken away, of the user and of a group': {
    there: async () => {
      await system.database.delete(userPermissions).where(eq(userPermissions.userId, 2))
      await system.database.delete(groupPermissions).where(eq(groupPermissions.groupId, 1))
    },
    back: async () => {
      await system.database.insert(userPermissions).values({ userId: 2, permissionId: 2 })
      await system.database.insert(groupPermissions).values({ groupId: 1, permissionId: 1 })
    },
    get: 200,
    add: 403,
  },
  'somebody leaves a group': {
    there: () => system.database.delete(userGroups).where(eq(userGroups.userId, 2)),
    back: () => system.database.insert(userGroups).values({ userId: 2, groupId: 1 }),
    get: 200,
    add: 403,
  },
}

describe('as soon as the feed has been read', () => {
  test.each(Object.keys(changes))('when %s', async (name) => {
    const { there, back, get, add } = changes[name]!
    const kitchen = it.kitchen()
    await system.database.delete(userPermissions).where(eq(userPermissions.permissionId, 1)) // held by the group as well
    expect([await kitchen.get('clerk'), await kitchen.add('clerk')]).toEqual([200, 201])
    await there()
    try {
      expect(await kitchen.add('clerk')).toBe(201) // nobody has said so yet
      await kitchen.remote.catchUp()
      expect([await kitchen.get('clerk'), await kitchen.add('clerk')]).toEqual([get, add])
    } finally {
      await back()
    }
    await kitchen.remote.catchUp()
    expect([await kitchen.get('clerk'), await kitchen.add('clerk')]).toEqual([200, 201])
  })

  test('a superuser is none any more', async () => {
    const kitchen = it.kitchen()
    expect(await kitchen.add('admin')).toBe(201)
    await change(system, 'admin', { superuser: false })
    try {
      await kitchen.remote.catchUp()
      expect(await kitchen.add('admin')).toBe(403)
    } finally {
      await change(system, 'admin', { superuser: true })
    }
  })

  test('who is deleted is nobody', async () => {
    const kitchen = it.kitchen()
    const [row] = await system.database.select().from(users).where(eq(users.name, 'viewer'))
    expect(await kitchen.get('viewer')).toBe(200)
    await system.database.delete(users).where(eq(users.name, 'viewer'))
    try {
      await kitchen.remote.catchUp()
      expect(await kitchen.get('viewer')).toBe(401)
    } finally {
      await system.database.insert(users).values(row!)
    }
  })

  test('others are still remembered', async () => {
    const kitchen = it.kitchen()
    await kitchen.get('clerk')
    await kitchen.get('viewer')
    await change(system, 'clerk', { active: false })
    await kitchen.remote.catchUp()
    await change(system, 'clerk', { active: true })
    it.arrived.length = 0
    expect(await kitchen.get('viewer')).toBe(200)
    expect(it.arrived).toEqual([])
  })
})

test('the feed is read by itself, while anybody is remembered', async () => {
  const kitchen = it.kitchen({ feedSeconds: 0.02 })
  expect(await kitchen.get('clerk')).toBe(200)
  await change(system, 'clerk', { active: false })
  try {
    await vi.waitFor(async () => expect(await kitchen.get('clerk')).toBe(401), { timeout: 10_000 })
  } finally {
    await change(system, 'clerk', { active: true })
  }
})

test('at the latest after the stated time, whatever the feed does', async () => {
  const kitchen = it.kitchen({ seconds: 30 })
  expect(await kitchen.get('clerk')).toBe(200)
  await change(system, 'clerk', { active: false })
  try {
    it.clock.now = 29.9
    expect(await kitchen.get('clerk')).toBe(200)
    it.clock.now = 30
    expect(await kitchen.get('clerk')).toBe(401)
  } finally {
    await change(system, 'clerk', { active: true })
  }
})

test('an answer from before is not kept', async () => {
  const kitchen = it.kitchen()
  let release = (): void => {}
  it.held.until = new Promise<void>((resolve) => (release = resolve))
  const early = kitchen.get('clerk')
  await vi.waitFor(() => expect(it.arrived).toEqual(['identity']))
  kitchen.remote.forget('clerk')
  release()
  expect(await early).toBe(200) // it was asked before
  expect(await kitchen.get('clerk')).toBe(200)
  expect(it.arrived).toEqual(['identity', 'authenticate', 'identity', 'authenticate'])
})

test('who has logged out is forgotten at once', async () => {
  const kitchen = it.kitchen()
  await kitchen.get('clerk')
  kitchen.remote.forget('clerk')
  it.arrived.length = 0
  await kitchen.get('clerk')
  expect(it.arrived).toEqual(['identity', 'authenticate'])
})
