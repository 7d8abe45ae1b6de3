// What a program says of its models, and asks of them. Never run: the compiler takes what is right, and `@ts-expect-error` holds what
// it must not take; what it says then is in mistakes.txt.
import { blob, integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { NO_CONTENT } from 'slumberjs/http'
import {
  app,
  configure,
  instanceOf,
  model,
  modelCollection,
  modelResource,
  operation,
  pageOf,
  type Models,
  type Rule,
  type RuleSource,
} from 'slumberjs/server'
import { z } from 'zod'

const orders = sqliteTable('orders', {
  id: integer().primaryKey(),
  tenantId: integer().notNull(),
  customerId: integer().notNull(),
  state: text({ enum: ['open', 'paid'] }).notNull(),
  note: text(),
  total: numeric().notNull(),
  paid: integer({ mode: 'boolean' }).notNull(),
  version: integer().notNull(),
  size: blob({ mode: 'bigint' }),
  deletedAt: integer({ mode: 'timestamp' }),
  changedAt: integer({ mode: 'timestamp' }).notNull(),
  labels: text({ mode: 'json' }).$type<readonly string[]>(),
  facts: text({ mode: 'json' }),
})

export const right = model(orders, {
  display: 'note',
  softDelete: 'deletedAt',
  version: 'version',
  lastModified: 'changedAt',
  owns: ['lines'],
  properties: { isLarge: ({ total }) => Number(total) > 100, half: ({ total }) => Number(total) / 2 },
  fields: { total: { read: (user) => user.superuser }, isLarge: { write: false } },
  references: { customerId: 'customer', 'tenantId,customerId': { name: 'owner', inverse: 'orders' } },
  convert: { total: { type: 'number', encode: Number, decode: String }, note: (note: string) => note.trim() },
  access: {
    read: (user) => user.superuser || { paid: true, customer: { owner: user.name } },
    create: { state: 'open', total: { gt: 5, lte: '7.50' }, size: { lt: 7n } },
    update: async (user) => (user.can('x') ? { state: 'open' } : { or: [{ id: 1 }, { customer: { pk: 1 } }] }),
    delete: {
      changedAt: { range: [new Date(), '2026-01-01'] },
      labels: { has: 'new' },
      facts: null,
      note: { icontains: 'x' },
      not: { state: { in: ['paid'] } },
      pk: { in: [1] },
    },
  },
})

const anyNames: RuleSource = (user) => ({ tenant: user.name })

export const wrongAccess = [
  // @ts-expect-error -- neither a column nor a filter of the rows behind a relation
  model(orders, { access: { read: { stat: 'open' } } }),
  // @ts-expect-error -- the same with an operator
  model(orders, { access: { read: { prize: { gte: 5 } } } }),
  // @ts-expect-error -- the same of a function
  model(orders, { access: { update: (user) => user.superuser || { owner: user.name } } }),
  // @ts-expect-error -- no such choice
  model(orders, { access: { delete: { state: 'close' } } }),
  // @ts-expect-error -- the same in a list
  model(orders, { access: { delete: { state: { in: ['close'] } } } }),
  // @ts-expect-error -- what a function gives has the type of its column
  model(orders, { access: { delete: () => ({ state: true }) } }),
  // @ts-expect-error -- no such operator
  model(orders, { access: { read: { total: { atLeast: 5 } } } }),
  // @ts-expect-error -- an operator of texts
  model(orders, { access: { read: { version: { contains: '5' } } } }),
  // @ts-expect-error -- true and false have no order
  model(orders, { access: { read: { paid: { gt: false } } } }),
  // @ts-expect-error -- a number is no text
  model(orders, { access: { read: { id: '5' } } }),
  // @ts-expect-error -- in a group, too
  model(orders, { access: { read: { or: [{ id: 1 }, { stat: 'open' }] } } }),
  // @ts-expect-error -- beside a rule that may have any names, too
  model(orders, { access: { read: anyNames, delete: { stat: 'open' } } }),
  // @ts-expect-error -- there is no such action
  model(orders, { access: { write: true } }),
]

export const typedProperties = model(orders, {
  properties: {
    isLarge: { type: 'boolean', value: ({ total }) => Number(total) > 100 },
    paidAt: { type: 'date-time', nullable: true, value: ({ paid, changedAt }) => (paid ? changedAt : null) },
    half: ({ total }) => Number(total) / 2,
  },
})

export const wrongProperties = [
  // @ts-expect-error -- a number is no text
  model(orders, { properties: { half: { type: 'string', value: ({ total }) => Number(total) / 2 } } }),
  // @ts-expect-error -- it may be null, which is not said
  model(orders, { properties: { paidAt: { type: 'date-time', value: ({ deletedAt }) => deletedAt } } }),
  // @ts-expect-error -- no such column
  model(orders, { properties: { half: { type: 'number', value: ({ totals }) => Number(totals) / 2 } } }),
]

export const wrongNames = [
  // @ts-expect-error -- no such column
  model(orders, { display: 'notes' }),
  // @ts-expect-error -- a text says nothing of when
  model(orders, { softDelete: 'deleted' }),
  // @ts-expect-error -- a version is counted up
  model(orders, { version: 'note' }),
  // @ts-expect-error -- no date
  model(orders, { lastModified: 'version' }),
  // @ts-expect-error -- no such column
  model(orders, { references: { customer: 'customer' } }),
  // @ts-expect-error -- no such column
  model(orders, { references: { 'tenant,customerId': 'customer' } }),
  // @ts-expect-error -- neither a column nor a property
  model(orders, { properties: { half: () => 1 }, fields: { halve: { read: false } } }),
  // @ts-expect-error -- no such column
  model(orders, { convert: { totals: Number } }),
  // @ts-expect-error -- names are a list
  model(orders, { owns: 'lines' }),
  // @ts-expect-error -- a table is meant
  model(orders, { through: { toppings: 'pizza_toppings' } }),
  // @ts-expect-error -- no such column
  model(orders, { exclude: ['notes'] }),
]

export async function finds(models: Models, param: string | undefined): Promise<void> {
  const made = await models(orders).create({
    tenantId: 1,
    customerId: 1,
    state: 'open',
    total: '5',
    paid: false,
    version: 1,
    changedAt: new Date(),
  })
  await models(orders).create({
    tenantId: undefined, // the service's rule gives it
    customerId: 1,
    state: 'open',
    total: '5',
    paid: false,
    version: 1,
    changedAt: new Date(),
  })
  await models(orders).update({ id: made.id }, { paid: true })
  await models('orders.Order').find({ anything: 1 })
  await models(orders).find({ id: Number(param), customer: { name: 'Anna' } })

  // @ts-expect-error -- no such column
  await models(orders).find({ idd: 1 })
  // @ts-expect-error -- no such operator
  await models(orders).list({ total: { above: 5 } })
  // @ts-expect-error -- an operator of order
  await models(orders).count({ paid: { lt: true } })
  // @ts-expect-error -- no such choice of a list
  await models(orders).list({ state: 'opne' })
  // @ts-expect-error -- a text for a number
  await models(orders).find({ customerId: 'x' })
  // @ts-expect-error -- a number for a choice
  await models(orders).count({ state: 5 })
  // @ts-expect-error -- no such choice behind an operator
  await models(orders).delete({ state: { ne: 'closed' } })
}

export class Order extends modelResource('/orders/:id', orders) {
  override queryset() {
    return { state: 'open', customer: { name: 'Anna' }, total: { gte: 5 } }
  }
}

export class Orders extends modelCollection('/orders', Order) {
  override queryset(): Rule {
    return { state: 'open' }
  }
}

export class WrongValue extends modelResource('/orders/:id', orders) {
  // @ts-expect-error -- a number is no text
  override queryset() {
    return { version: '5' }
  }
}

export class WrongOperator extends modelResource('/orders/:id', orders) {
  // @ts-expect-error -- an operator of texts
  override queryset() {
    return { version: { contains: '5' } }
  }
}

const total = z.object({ total: z.number() })

export const answers = model(orders, {
  operations: {
    // Each method has an input and an output of its own.
    check: operation.instance({
      POST: { input: total, output: total, run: ({ instance, input }) => ({ total: input.total + instance.version }) },
      PUT: {
        input: z.object({ note: z.string() }),
        output: z.array(z.string()),
        run: async ({ input }) => (input.note === '' ? NO_CONTENT : [input.note]),
      },
      DELETE: { run: () => undefined },
    }),
    pages: operation.model({ GET: { output: z.array(total), run: ({ page }) => page() } }),
  },
})

export const gives = [
  operation.model({ GET: { output: pageOf('menu.Pizza'), run: ({ page }) => page() } }),
  operation.instance({ POST: { output: instanceOf('menu.Pizza'), run: () => NO_CONTENT } }),
]

export const wrongAnswers = [
  // @ts-expect-error -- rows are no page
  operation.model({ GET: { output: pageOf('menu.Pizza'), run: () => [{ id: 1 }] } }),
  // @ts-expect-error -- a text is no row
  operation.model({ POST: { output: instanceOf('menu.Pizza'), run: () => 'Margherita' } }),
  // @ts-expect-error -- a text is no number
  operation.model({ GET: { output: total, run: () => ({ total: '5' }) } }),
  // @ts-expect-error -- the same of a promise
  operation.model({ POST: { output: total, run: async () => ({ totals: 5 }) } }),
  // @ts-expect-error -- nothing is not what it says
  operation.model({ POST: { output: total, run: () => undefined } }),
]

// @ts-expect-error -- no such column
configure(app('shop', { Order: right }), { Order: { softDelete: 'deleted' } })
