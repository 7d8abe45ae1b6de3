// Whether the service understands Idempotency-Key, and where it keeps what requests came to.

import type { Idempotency } from '../../http/index.ts'
import type { Logger } from '../../wire/index.ts'
import { DatabaseStore } from '../shared/database-store.ts'
import type { DrizzleStore } from '../store/drizzle-store.ts'

export interface KeptIdempotency {
  readonly setting: Idempotency
  /** In the service's own database: what is kept in the transaction of a write is there if, and only if, the write is. */
  readonly answers: DatabaseStore
}

/** Undefined where it is not switched on. What is missing is said at once. */
export function keptIdempotency(
  setting: Idempotency | boolean | undefined,
  store: DrizzleStore,
  logger: Logger,
): KeptIdempotency | undefined {
  if (setting === undefined || setting === false) return undefined
  const answers = DatabaseStore.in(store)
  // In a line: `ready()`, with which a server begins, throws it with its cause.
  answers
    .ready()
    .catch((error: unknown) =>
      logger.error(
        { error: error instanceof Error ? error.message : error },
        'Idempotency-Key cannot be understood yet',
      ),
    )
  return { setting: setting === true ? {} : setting, answers }
}
