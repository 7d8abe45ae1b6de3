// What its customers order: rows with an owner, lines that are written with their order, versions, hooks.

import { app, model, type AppDefinition, type RuleSource } from 'slumberjs/server'
import { lines, orders } from './schema.ts'

/** What is to be told to others, once it cannot be undone. */
export const outbox: string[] = []

/** Everybody has their own orders; a filter is part of every statement. */
const own: RuleSource = (user) => user.superuser || { customer: user.name }

export const sold: AppDefinition = app('sold', {
  Order: model(orders, {
    display: 'number',
    access: { read: own, update: { state: 'open' }, delete: { state: 'open' } },
    readOnly: ['customer'],
    owns: ['lines'],
    version: 'version',
    requiresCondition: true,
    softDelete: 'deletedAt',
    newestFirst: true,
    on: {
      beforeCreate: ({ user }) => ({ customer: user.name }),
      committed: ({ action, row }) => outbox.push(`${action} ${row.number}`),
    },
  }),
  Line: model(lines, {
    access: { read: (user) => user.superuser || { order: { customer: user.name } } },
  }),
})
