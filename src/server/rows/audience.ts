// To whom rows are shown, and how.

import type { Cursors } from '../query/cursor.ts'
import type { View } from '../query/view.ts'
import type { Store } from '../store/store.ts'

export interface Audience {
  readonly store: Store
  readonly view: View
  /** The caller's name, to which the cursors inside are bound. */
  readonly caller: string
  readonly cursors: Cursors
  /** HAL shows what a row refers to by name; plain JSON has no place for it, and nothing is asked. */
  readonly hasTitles: boolean
}
