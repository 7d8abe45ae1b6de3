// A reference: where an instance is, and what it is called if that was told. Nothing is asked for before `get()`.

import { refusal } from './errors.ts'
import type { Origin } from './identity.ts'
import type { InstanceClient } from './instance.ts'
import { labelOf, printAs } from './inspect.ts'
import { problemOf } from './sending/send.ts'
import type { Session } from './session.ts'

/** What came of it with the row that refers. */
export interface Expanded {
  readonly row: unknown
  /** Why it could not come. */
  readonly problem: unknown
  /** The answer that had it. */
  readonly origin: Origin
}

export class ReferenceClient {
  readonly #session: Session
  readonly #expanded: Expanded | undefined
  #loaded: Promise<InstanceClient> | undefined
  readonly url: string
  readonly display: string | undefined

  constructor(session: Session, url: string, display?: string, expanded?: Expanded) {
    this.#session = session
    this.#expanded = expanded
    this.url = url
    this.display = display
  }

  /** What came with the row that refers is not asked for again. */
  async get(): Promise<InstanceClient> {
    const { url } = this
    const { row, problem, origin } = this.#expanded ?? {}
    if (problem !== undefined) {
      const { status = 502 } = problem as { readonly status?: number } // a problem document, or anything else but null
      throw refusal({ method: 'GET', url }, problemOf(status, problem), new Map())
    }
    if (row === undefined || origin === undefined) return await this.#session.instance(url)
    this.#loaded ??= this.#session.expanded(url, origin, row)
    // A failure is not remembered.
    this.#loaded.catch(() => (this.#loaded = undefined))
    return await this.#loaded
  }

  toJSON(): string {
    return this.url
  }

  toString(): string {
    return this.display ?? this.url
  }

  static {
    printAs(this, ({ url, display }) => `→ ${labelOf(url, display)}`)
  }
}
