// What the auth service answers to other services: who a user is, and which of those that they remember have changed.

import { query } from '../../http/index.ts'
import { operation, type OperationDefinition } from '../../server/index.ts'
import type { LocalUsers } from '../local-users.ts'
import { exactly } from '../operations/content.ts'
import { usersForServices } from '../tables/users-for-services.ts'

/** The most users that are asked about at a time. */
export const mostAtOnce = 1_000

/**
 * `identity`: one user by name.
 *
 * @param permission to be told of users.
 */
export function identity(users: LocalUsers, permission: string): OperationDefinition {
  const usersOf = usersForServices(users)
  return operation.model({
    GET: {
      permissions: [permission],
      query: { name: query.text({ required: true, description: 'The name of the user, as it is written.' }) },
      run: async ({ query: { name } }) => ({ user: (await usersOf([name]))[0] ?? null }),
    },
  })
}

interface Remembered {
  readonly name: string
  readonly state: string
}

const remembered = exactly<{ readonly users: readonly Remembered[] }>({
  users: {
    check: (value) =>
      Array.isArray(value) && value.length <= mostAtOnce && value.every(isRemembered)
        ? undefined
        : `must be at most ${mostAtOnce} of {"name": …, "state": …}`,
    schema: {
      type: 'array',
      maxItems: mostAtOnce,
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, state: { type: 'string' } },
        required: ['name', 'state'],
        additionalProperties: false,
      },
    },
  },
})

/**
 * `changed`: the feed by which services learn whom to forget. It compares what they have with what is so at that moment, whoever has
 * changed it and how: so there is no log of changes that could have a gap.
 *
 * @param permission to be told of users.
 */
export function changed(users: LocalUsers, permission: string): OperationDefinition {
  const usersOf = usersForServices(users)
  return operation.model({
    POST: {
      ...remembered,
      permissions: [permission],
      transaction: false, // it writes nothing
      run: async ({ input }) => {
        const found = await usersOf(input.users.map(({ name }) => name))
        const now = new Map(found.map(({ name, state }) => [name, state]))
        return { changed: input.users.filter(({ name, state }) => now.get(name) !== state).map(({ name }) => name) }
      },
    },
  })
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false
  return 'name' in value && typeof value.name === 'string' && 'state' in value && typeof value.state === 'string'
}
