// What an operation answers that is a model's own: an instance, or a page of them, which clients have as such.

import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Page } from '../../http/index.ts'
import type { AnyRow } from './rows.ts'

export interface Given<Name extends string = string> {
  /** The full name of the model: `menu.Pizza`. */
  readonly model: Name
  readonly isPage: boolean
}

/** An `output` that says so; `run` gives a row with the model's key, or the page. */
export interface Giving<What extends Given, Content> extends StandardSchemaV1<Content> {
  readonly gives: What
}

/**
 * The `output` of a handler that answers an instance of a model, as that is after the operation. `run` gives a row of it, of which the
 * key is enough; where the caller may not read that, nothing is answered (204).
 *
 * @param model its full name, of the same service.
 * @example
 * operation.instance({ POST: { output: instanceOf('orders.Order'), run: ({ models, instance }) => models(orders).update({ id: instance.id }, { paid: true }) } })
 */
export function instanceOf<Name extends string>(
  model: Name,
): Giving<{ readonly model: Name; readonly isPage: false }, AnyRow> {
  return { gives: { model, isPage: false }, ...anything<AnyRow>() }
}

/**
 * The `output` of a handler that answers a page, as `page(…)` gives it.
 *
 * @param model the full name of the model that it is of.
 * @example
 * operation.model({ GET: { output: pageOf('menu.Pizza'), query: pageParameters, run: ({ page, query }) => page(query) } })
 */
export function pageOf<Name extends string>(
  model: Name,
): Giving<{ readonly model: Name; readonly isPage: true }, Page> {
  return { gives: { model, isPage: true }, ...anything<Page>() }
}

/** Nobody looks at what is answered: `run` is held to it by the compiler. */
function anything<Content>(): StandardSchemaV1<Content> {
  return { '~standard': { version: 1, vendor: 'slumber', validate: (value) => ({ value: value as Content }) } }
}

/** What a handler's output says that it gives; undefined for any other schema. */
export function givenBy(output: StandardSchemaV1 | undefined): Given | undefined {
  return (output as Partial<Giving<Given, unknown>> | undefined)?.gives
}
