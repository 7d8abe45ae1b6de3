// What its customers order: rows with an owner, lines that are written with their order, a state that an operation changes, versions, hooks.

import { eq, sql } from 'drizzle-orm'
import { app, model, operation, Problem, type AppDefinition, type Filter, type RuleSource } from 'slumberjs/server'
import { lines, orders } from './schema.ts'

/** What is to be told to others, once it cannot be undone. */
export const outbox: string[] = []

/** Everybody has their own orders; a filter is part of every statement. */
const own: RuleSource = (user) => user.superuser || { customer: user.name }

/** What is paid stays as it is, and so do its lines: the rules hold before a write and after it. */
const isOpen: Filter = { state: 'open' }
const ofOpenOrder: Filter = { order: isOpen }

export const sold: AppDefinition = app('sold', {
  Order: model(orders, {
    display: 'number',
    access: { read: own, update: isOpen, delete: isOpen },
    readOnly: ['customer', 'state'],
    owns: ['lines'],
    version: 'version',
    requiresCondition: true,
    softDelete: 'deletedAt',
    newestFirst: true,
    operations: {
      pay: operation.instance({
        POST: {
          run: async ({ instance: { id, state }, tx }) => {
            if (state === 'paid') throw new Problem(409, 'It is paid.', { code: 'is-paid' })
            const version = sql`${orders.version} + 1` // ours to count: `tx` is Drizzle, under no rule
            await tx.update(orders).set({ state: 'paid', version }).where(eq(orders.id, id))
          },
        },
      }),
    },
    on: {
      beforeCreate: ({ user }) => ({ customer: user.name }),
      committed: ({ action, row }) => outbox.push(`${action} ${row.number}`),
    },
  }),
  Line: model(lines, {
    access: {
      read: (user) => user.superuser || { order: { customer: user.name } },
      create: ofOpenOrder,
      update: ofOpenOrder,
      delete: ofOpenOrder,
    },
  }),
})
