// A reference: where an instance is, and what it is called if that was told. Nothing is asked for before `get()`.

import type { InstanceClient } from './instance.ts'
import { printAs } from './inspect.ts'
import type { Session } from './session.ts'

export class ReferenceClient {
  readonly #session: Session
  readonly url: string
  readonly display: string | undefined

  constructor(session: Session, url: string, display?: string) {
    this.#session = session
    this.url = url
    this.display = display
  }

  get(): Promise<InstanceClient> {
    return this.#session.instance(this.url)
  }

  toJSON(): string {
    return this.url
  }

  static {
    printAs(this, ({ url, display }) => `→ ${display === undefined ? '' : `${JSON.stringify(display)} `}<${url}>`)
  }
}
