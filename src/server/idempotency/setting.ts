// Whether the service understands Idempotency-Key, and where it keeps what requests came to.

import type { Idempotency } from '../../http/index.ts'
import type { Addresses, Logger } from '../../wire/index.ts'
import { Model } from '../models/model.ts'
import type { DialectName } from '../schema/table-info.ts'
import type { Store } from '../store/store.ts'
import { idempotencyTables } from '../store/tables/own-tables.ts'
import { KeptAnswers } from './kept-answers.ts'

export interface KeptIdempotency {
  readonly setting: Idempotency
  readonly answers: KeptAnswers
}

/** Undefined where it is not switched on. What is missing is said at once. */
export function keptIdempotency(
  setting: Idempotency | boolean | undefined,
  dialect: DialectName,
  store: Store,
  addresses: Addresses,
  logger: Logger,
): KeptIdempotency | undefined {
  if (setting === undefined || setting === false) return undefined
  const { table, statement } = idempotencyTables[dialect]
  const model = new Model('slumber', 'IdempotencyKey', '', { table, options: {} }, { addresses })
  store.admit(model)
  const answers = new KeptAnswers(store, model, statement)
  // In a line: `ready()`, with which a server begins, throws it with its cause.
  answers
    .check()
    .catch((error: unknown) =>
      logger.error(
        { error: error instanceof Error ? error.message : error },
        'Idempotency-Key cannot be understood yet',
      ),
    )
  return { setting: setting === true ? {} : setting, answers }
}
