// What a service settles once, when it is made, for all its resources.

import type { Scheme } from '../http/index.ts'
import type { Addresses, Logger } from '../wire/index.ts'
import type { App } from './link-models.ts'
import type { Cursors } from './query/cursor.ts'
import type { Store } from './store/store.ts'

export interface ServiceState {
  readonly name: string | null
  /** Absolute, with a final slash. */
  readonly url: string
  /** Where it answers as the directory; absolute, with a final slash. */
  readonly directoryUrl: string | undefined
  readonly apps: readonly App[]
  readonly addresses: Addresses
  readonly store: Store
  readonly schemes: readonly Scheme[]
  readonly cursors: Cursors
  readonly logger: Logger
  /** What must be well before the service is ready, by name; each throws where it is not. */
  readonly readiness: Readonly<Record<string, () => Promise<void>>>
}
