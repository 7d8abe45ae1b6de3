// The store of many processes in a database: a row for each value and counter, and for a feed one more for each of its entries.

import {
  feedPage,
  millisecondsOf,
  Problem,
  sha256,
  type Count,
  type FeedEntry,
  type SharedStore,
} from '../../http/index.ts'
import { Addresses, defaultLogger, type Logger } from '../../wire/index.ts'
import { Model, type Row } from '../models/model.ts'
import { all, always, type Condition } from '../query/condition.ts'
import type { Database } from '../store/database.ts'
import { DrizzleStore } from '../store/drizzle-store.ts'
import { busyProblem } from '../store/refusal.ts'
import type { Store } from '../store/store.ts'
import { sharedTables } from '../store/tables/own-tables.ts'

/** Milliseconds between two looks for what has expired, where the last has found no more. */
const sweepInterval = 60_000
/** Rows that one look removes: the request that makes room waits for it. */
const sweepSize = 20
/** How often a row may be there, or gone, by the time it is written. */
const maxAttempts = 5

interface Kept {
  readonly value: string
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** What becomes of a value: another one, or none. */
type Change = Kept | 'delete' | undefined

export interface DatabaseStoreOptions {
  readonly logger?: Logger
}

/**
 * Remembers in a database what all processes of a service, or of several, have to know. The table is `slumberTables.shared` of
 * `slumberjs/sqlite`, `/pg` or `/mysql`. Each change is a transaction of its own, which suits nonces, sessions and revocations; for
 * counts of every request Redis is quicker. Ends are by the clocks of the processes.
 *
 * @throws TypeError where the database cannot be served.
 * @example
 * const store = databaseStore(db)
 * await store.ready() // throws with the statement that is missing
 * const scheme = signed({ url, keys, store })
 */
export function databaseStore(
  database: Database,
  { logger = defaultLogger }: DatabaseStoreOptions = {},
): DatabaseStore {
  return DatabaseStore.in(DrizzleStore.over(database, logger))
}

export class DatabaseStore implements SharedStore {
  readonly #store: Store
  readonly #model: Model
  readonly #statement: string
  #nextSweep = 0

  /** @param model the table, as a model that nobody sees. */
  private constructor(store: Store, model: Model, statement: string) {
    this.#store = store
    this.#model = model
    this.#statement = statement
  }

  static in(store: DrizzleStore): DatabaseStore {
    const { table, statement } = sharedTables[store.dialect]
    const model = new Model('slumber', 'Shared', '', { table, options: {} }, { addresses: new Addresses({}) })
    store.admit(model)
    return new DatabaseStore(store, model, statement)
  }

  /** The same, writing in a transaction that is open. */
  inside(transaction: Store): Pick<SharedStore, 'replace'> {
    return new DatabaseStore(transaction, this.#model, this.#statement)
  }

  /** @throws Error with the statement that is missing, where the table is. */
  async ready(): Promise<void> {
    try {
      await this.#store.list(this.#model, { where: always, sort: [], limit: 1 })
    } catch (cause) {
      if (cause instanceof Problem) throw cause
      throw new Error(
        `The table of what processes share cannot be read; if it is missing, this makes it: ${this.#statement}`,
        { cause },
      )
    }
  }

  async get(key: string): Promise<string | undefined> {
    return living(keptOf(await this.#store.find(this.#model, await idOf(key), always)))?.value
  }

  async setIfAbsent(key: string, value: string, seconds: number): Promise<string | undefined> {
    const kept = { value, expires: endOf(seconds) }
    await this.#sweep()
    const id = await idOf(key)
    if (await this.#inserted(id, kept)) return undefined // mostly it is the first
    return (await this.#change(id, (present) => (present === undefined ? kept : undefined)))?.value
  }

  async replace(key: string, expected: string, value: string, seconds: number): Promise<boolean> {
    const kept = { value, expires: endOf(seconds) }
    const decide = (present: Kept | undefined): Change => (present?.value === expected ? kept : undefined)
    return (await this.#change(await idOf(key), decide))?.value === expected
  }

  async delete(key: string, expected?: string): Promise<boolean> {
    const isMeant = (present: Kept | undefined): boolean =>
      present !== undefined && (expected === undefined || present.value === expected)
    const decide = (present: Kept | undefined): Change => (isMeant(present) ? 'delete' : undefined)
    return isMeant(await this.#change(await idOf(key), decide))
  }

  async increment(key: string, seconds: number): Promise<Count> {
    const first = { value: '1', expires: endOf(seconds) }
    let counted: Kept = first
    await this.#sweep()
    await this.#change(await idOf(key), (present) => {
      counted = present === undefined ? first : { ...present, value: String(Number(present.value) + 1) }
      return counted
    })
    return { count: Number(counted.value), expiresIn: Math.max(0, counted.expires - Date.now()) / 1_000 }
  }

  /** The row of the feed is locked until the entry is stored: nobody sees a later entry before an earlier one. */
  async append(feed: string, value: string, seconds: number): Promise<void> {
    const expires = endOf(seconds)
    await this.#sweep()
    const id = await idOf(feed)
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const isAppended = await this.#store.transact(async (store) => {
        const head = keptOf(await store.find(this.#model, id, always, true))
        if (head === undefined) return false
        // By the clock, so that a feed that was forgotten goes on behind the cursors that were given.
        const place = Math.max(Number(head.value) + 1, Date.now() * 1_000)
        const end = Math.max(head.expires, expires)
        await store.update(this.#model, id, { value: String(place), expires: end })
        await store.insert(this.#model, { ...id, place, value, expires })
        return true
      })
      if (isAppended) return
      await this.#inserted(id, { value: '0', expires })
    }
    throw busyProblem()
  }

  async since(feed: string, cursor = ''): Promise<readonly FeedEntry[]> {
    const { key } = await idOf(feed)
    const where = all([
      this.#where('key', 'eq', key),
      this.#where('place', 'gt', /^\d+$/.test(cursor) ? Number(cursor) : 0),
      this.#where('expires', 'gt', Date.now()),
    ])
    const sort = [{ column: 'place', descending: false }]
    const rows = await this.#store.list(this.#model, { where, sort, limit: feedPage })
    return rows.map(({ value, place }) => ({ value: String(value), cursor: String(place) }))
  }

  /** Decides by what lives there, under its lock, and gives that. */
  async #change(id: Row, decide: (present: Kept | undefined) => Change): Promise<Kept | undefined> {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const found = await this.#changeStored(id, decide)
      if (found !== undefined) return found.present
      const change = decide(undefined)
      if (change === undefined || change === 'delete' || (await this.#inserted(id, change))) return undefined
    }
    throw busyProblem()
  }

  /** Undefined where there is no row, be it an expired one. */
  #changeStored(
    id: Row,
    decide: (present: Kept | undefined) => Change,
  ): Promise<{ readonly present: Kept | undefined } | undefined> {
    return this.#store.transact(async (store) => {
      const row = await store.find(this.#model, id, always, true)
      if (row === undefined) return undefined
      const present = living(keptOf(row))
      const change = decide(present)
      if (change === 'delete') await store.delete(this.#model, id)
      else if (change !== undefined) await store.update(this.#model, id, { ...change })
      return { present }
    })
  }

  /** Whether there was none. */
  async #inserted(id: Row, kept: Kept): Promise<boolean> {
    try {
      await this.#store.insert(this.#model, { ...id, ...kept })
      return true
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-unique') return false
      throw error
    }
  }

  /** Now and then, some of what has expired goes; at the next call more of it, as long as there is more. */
  async #sweep(): Promise<void> {
    const now = Date.now()
    if (now < this.#nextSweep) return
    this.#nextSweep = now + sweepInterval
    const where = this.#where('expires', 'lt', now)
    const rows = await this.#store.list(this.#model, { where, sort: [], limit: sweepSize })
    if (rows.length === 0) return
    await this.#store.transact(async (store) => {
      for (const row of rows) {
        if ((await store.find(this.#model, row, where, true)) !== undefined) await store.delete(this.#model, row)
      }
    })
    if (rows.length === sweepSize) this.#nextSweep = now
  }

  #where(name: string, operator: 'eq' | 'gt' | 'lt', value: unknown): Condition {
    const column = this.#model.table.columns.get(name)
    if (column === undefined) throw new TypeError(`The table of what processes share has no column "${name}".`)
    return { kind: 'compare', column, operator, values: [value] }
  }
}

/** Keys become hashes: of one length, and with no collation. */
async function idOf(key: string): Promise<{ readonly key: string; readonly place: number }> {
  return { key: await sha256(new TextEncoder().encode(key)), place: 0 }
}

function keptOf(row: Row | undefined): Kept | undefined {
  return row === undefined ? undefined : { value: String(row['value']), expires: Number(row['expires']) }
}

function living(kept: Kept | undefined): Kept | undefined {
  return kept !== undefined && kept.expires > Date.now() ? kept : undefined
}

function endOf(seconds: number): number {
  return Date.now() + millisecondsOf(seconds)
}
