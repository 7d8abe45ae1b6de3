// `models` of an operation: every model of the service, as its caller may reach it.

import type { ModelSource } from '../model-resource/field-options.ts'
import { findModel } from '../model-resource/find-model.ts'
import type { App } from '../models/link-models.ts'
import type { Store } from '../store/store.ts'
import { ModelAccess, type Reach } from './model-access.ts'

/**
 * A model by its Drizzle table, whose types its rows have, or by its full name.
 *
 * @throws TypeError where the service has no such model, or several of the table.
 * @example
 * const pizza = await models(pizzas).find({ id: 1 })
 * await models('orders.Order').create({ pizzaId: 1 })
 */
export type Models = <Source extends ModelSource>(model: Source) => ModelAccess<Source>

export function modelsOf(apps: readonly App[], reach: Reach): Models {
  return (source) => new ModelAccess(findModel(source, apps, 'models(…)'), reach)
}

/**
 * Writes one after the other, each undone by itself where it is refused: a program may catch that, and go on.
 *
 * @param store of the transaction that is open.
 */
export function eachUndone(store: Store): Reach['write'] {
  let before: Promise<unknown> = Promise.resolve()
  return (run) => {
    const write = before.then(() => store.savepoint(run))
    before = write.catch(() => undefined)
    return write
  }
}
