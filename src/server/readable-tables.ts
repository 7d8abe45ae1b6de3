// Whether the tables of the models are there, with their columns: asked of each until it has answered once.

import type { Model } from './models/model.ts'
import { always } from './query/condition.ts'
import type { Store } from './store/store.ts'

export class ReadableTables {
  readonly #store: Store
  readonly #unread: Set<Model>
  #asking: Promise<void> | undefined

  constructor(store: Store, models: Iterable<Model>) {
    this.#store = store
    this.#unread = new Set(models)
  }

  /**
   * No row is read, and nobody asks while somebody does.
   *
   * @throws Error naming the models whose tables could not be read, for logs.
   */
  check(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined))
    return this.#asking
  }

  async #ask(): Promise<void> {
    let cause: unknown
    for (const model of this.#unread) {
      try {
        await this.#store.list(model, { where: always, sort: [], limit: 0 })
        this.#unread.delete(model)
      } catch (error) {
        cause ??= error
      }
    }
    if (this.#unread.size === 0) return
    const names = [...this.#unread].map(({ fullName }) => fullName).join(', ')
    throw new Error(`The tables of ${names} could not be read: run your migrations.`, { cause })
  }
}
