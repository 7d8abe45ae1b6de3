// Idempotency keys in the service's own database: what is kept in the transaction of a write is there if, and only if, the write is.

import { Problem, sha256, type Count, type SharedStore } from '../../http/index.ts'
import type { Model, Row } from '../models/model.ts'
import { always, type Condition } from '../query/condition.ts'
import type { Store } from '../store/store.ts'

/** Milliseconds between two looks for what has expired. */
const sweepInterval = 60_000
/** Rows that one look removes. */
const sweepSize = 200

/** What becomes of a value: another one, or none. */
type Change = { readonly value: string; readonly seconds: number } | 'delete' | undefined

export class KeptAnswers implements SharedStore {
  readonly #store: Store
  readonly #model: Model
  readonly #statement: string
  #swept = Date.now()

  /**
   * @param store the service's, or that of a transaction, in which everything is kept then.
   * @param model the table, as a model that nobody sees.
   * @param statement what makes the table.
   */
  constructor(store: Store, model: Model, statement: string) {
    this.#store = store
    this.#model = model
    this.#statement = statement
  }

  /** The same, writing in a transaction that is open. */
  inside(transaction: Store): KeptAnswers {
    return new KeptAnswers(transaction, this.#model, this.#statement)
  }

  /** @throws Error with the statement that is missing, where the table is. */
  async check(): Promise<void> {
    try {
      await this.#store.list(this.#model, { where: always, sort: [], limit: 1 })
    } catch (cause) {
      if (cause instanceof Problem) throw cause
      throw new Error(
        `The table of idempotency keys cannot be read; if it is missing, this makes it: ${this.#statement}`,
        { cause },
      )
    }
  }

  async get(key: string): Promise<string | undefined> {
    return await this.#change(key, () => undefined)
  }

  async set(key: string, value: string, seconds: number): Promise<void> {
    await this.#change(key, () => ({ value, seconds }))
  }

  async setIfAbsent(key: string, value: string, seconds: number): Promise<string | undefined> {
    await this.#sweep()
    return await this.#change(key, (present) => (present === undefined ? { value, seconds } : undefined))
  }

  async replace(key: string, expected: string, value: string, seconds: number): Promise<boolean> {
    return (await this.#change(key, (present) => (present === expected ? { value, seconds } : undefined))) === expected
  }

  async delete(key: string, expected?: string): Promise<void> {
    await this.#change(key, (present) => (expected === undefined || present === expected ? 'delete' : undefined))
  }

  /** @throws TypeError: counts change too often to be kept in a database. */
  increment(): Count {
    throw new TypeError('Idempotency keys are kept here, and nothing is counted.')
  }

  async #mustBeThere(): Promise<void> {
    try {
      await this.check()
    } catch (cause) {
      if (cause instanceof Problem) throw cause
      throw new Problem(503, 'Idempotency keys cannot be kept yet.', { code: 'unavailable', cause })
    }
  }

  /** Gives the value there was. */
  async #change(key: string, decide: (present: string | undefined) => Change): Promise<string | undefined> {
    const hashed = await sha256(new TextEncoder().encode(key)) // of one length, and with no collation
    try {
      return await this.#attempt(hashed, decide)
    } catch (error) {
      if (!(error instanceof Problem)) await this.#mustBeThere()
      if (!(error instanceof Problem) || error.code !== 'not-unique') throw error
      return await this.#attempt(hashed, decide) // somebody was quicker, and is there now
    }
  }

  #attempt(key: string, decide: (present: string | undefined) => Change): Promise<string | undefined> {
    return this.#store.transact(async (store) => {
      const row = await store.find(this.#model, { key }, always, true)
      const present = row !== undefined && Number(row['expires']) > Date.now() ? String(row['value']) : undefined
      await this.#write(store, key, row, decide(present))
      return present
    })
  }

  async #write(store: Store, key: string, row: Row | undefined, change: Change): Promise<void> {
    if (change === undefined) return
    if (change === 'delete') {
      if (row !== undefined) await store.delete(this.#model, { key })
      return
    }
    const values = { value: change.value, expires: Date.now() + Math.ceil(change.seconds * 1_000) }
    if (row === undefined) await store.insert(this.#model, { key, ...values })
    else await store.update(this.#model, { key }, values)
  }

  /** Now and then, some of what has expired goes. */
  async #sweep(): Promise<void> {
    const now = Date.now()
    const expires = this.#model.table.columns.get('expires')
    if (now - this.#swept < sweepInterval || expires === undefined) return
    this.#swept = now
    const where: Condition = { kind: 'compare', column: expires, operator: 'lt', values: [now] }
    const rows = await this.#store.list(this.#model, { where, sort: [], limit: sweepSize })
    if (rows.length === 0) return
    await this.#store.transact(async (store) => {
      for (const row of rows) {
        if ((await store.find(this.#model, row, where, true)) !== undefined) await store.delete(this.#model, row)
      }
    })
  }
}
