// New rows that nobody can make: a column that the table needs, and that is excluded or read-only, with nothing that fills it.

import type { Logger } from '../../wire/index.ts'
import type { Hooks } from '../definition/hooks.ts'
import type { Model } from '../models/model.ts'

/** The models of which the log says so already. */
const told = new WeakSet<Model>()

export function tellUnfilled(model: Model, columns: readonly string[], logger: Logger): void {
  if (told.has(model)) return
  told.add(model)
  const names = columns.map((name) => `"${name}"`).join(', ')
  const error = model.fault(
    `a new row needs ${names}, which is excluded or read-only, and which nothing fills; give it a default, a beforeCreate hook, or ` +
      'a rule of the service; let those write it who may: fields: { …: { write: (user) => user.superuser } }; or offer no create: ' +
      'operations: { create: false }',
  )
  logger.warn({ error }, 'nobody can create a row')
}

/** Whether hooks may give a new row what it needs. */
export function makesValues(hooks: readonly Hooks[]): boolean {
  return hooks.some((each) => each.beforeCreate !== undefined)
}

/** Where a rule depends on who asks, it is seen when they do. */
export function tellUnfilledAtStart(
  model: Model,
  hooks: readonly Hooks[],
  given: ReadonlySet<string>,
  logger: Logger,
): void {
  const { operations, unwritten } = model
  if (!operations.has('create') || operations.replaced.has('create') || makesValues(hooks)) return
  const columns = unwritten.map(({ name }) => name).filter((name) => !given.has(name))
  if (columns.length > 0) tellUnfilled(model, columns, logger)
}
