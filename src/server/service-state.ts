// What a service settles once, when it is made, for all its resources.

import type { Middleware, Principal, Scheme } from '../http/index.ts'
import type { Addresses, Logger } from '../wire/index.ts'
import type { RuleSource } from './definition/define.ts'
import type { Endpoints } from './endpoints.ts'
import type { Hooks } from './definition/hooks.ts'
import type { KeptIdempotency } from './idempotency/setting.ts'
import type { App } from './models/link-models.ts'
import type { Model } from './models/model.ts'
import type { Mounts } from './models/operation-places.ts'
import type { Cursors } from './query/cursor.ts'
import type { SqliteDatabase, Store } from './store/store.ts'

export interface ServiceState {
  readonly name: string | null
  /** Absolute, with a final slash. */
  readonly url: string
  /** Where it answers as the directory; absolute, with a final slash. */
  readonly directoryUrl: string | undefined
  readonly apps: readonly App[]
  /** By full name. */
  readonly models: ReadonlyMap<string, Model>
  /** The operations that are mounted elsewhere. */
  readonly mounts: Mounts
  readonly addresses: Addresses
  readonly store: Store
  readonly schemes: readonly Scheme[]
  /** Undefined where there are none. */
  readonly endpoints: Endpoints | undefined
  /** Around every resource. */
  readonly middleware: readonly Middleware[]
  /** The rule for every model that it concerns. */
  readonly rule: RuleSource | undefined
  /** Called at the begin of each transaction, which reads then have, too. */
  readonly begin: ((tx: SqliteDatabase, user: Principal) => unknown) | undefined
  readonly hooksOf: (model: Model) => readonly Hooks[]
  /** Whether anything is done around writes: hooks, or marks instead of deletes. */
  readonly hasWriteContext: boolean
  readonly cursors: Cursors
  /** Undefined where `Idempotency-Key` means nothing. */
  readonly idempotency: KeptIdempotency | undefined
  readonly logger: Logger
  /** What must be well before the service is ready, by name; each throws where it is not. */
  readonly readiness: Readonly<Record<string, () => Promise<void>>>
  /** Whether answers say how long their stages took. */
  readonly serverTiming: boolean
}
