// A transaction while it is open, or a savepoint in one: what has failed in it, so that success is not answered for what the
// database has undone.

import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { Dialect } from './dialect.ts'
import type { Refusal } from './refusal.ts'

export class OpenTransaction {
  readonly database: Database
  readonly #dialect: Dialect
  readonly #outer: OpenTransaction | undefined
  readonly #depth: number
  #handedOut: Database | undefined
  #isOver = false
  #failure: { readonly error: unknown; readonly ends: 'savepoint' | 'transaction' } | undefined

  /** @param outer the transaction that this one is a savepoint of. */
  constructor(database: Database, dialect: Dialect, outer?: OpenTransaction) {
    this.database = database
    this.#dialect = dialect
    this.#outer = outer
    this.#depth = outer === undefined ? 0 : outer.#depth + 1
  }

  /** For what the store does not see: an operation's own statements. Once the transaction has ended it begins no more of them. */
  handOut(): Database {
    this.#handedOut ??= new Proxy(this.database, {
      get: (database, name, receiver) => {
        this.mustBeOpen()
        return Reflect.get(database, name, receiver) as unknown
      },
    })
    return this.#handedOut
  }

  /** It is committed or undone: its connection may be another's by now. */
  end(): void {
    this.#isOver = true
  }

  /** @throws Error for a statement that comes too late. */
  mustBeOpen(): void {
    if (this.#outer !== undefined) this.#outer.mustBeOpen()
    else if (this.#isOver) throw new Error('A statement came after its transaction has ended: await what makes it.')
  }

  failed(error: unknown, refusal: Refusal | undefined): void {
    const ends = this.#dialect.endsByFailure(refusal)
    if (ends !== 'nothing') this.#fail(error, ends)
  }

  #fail(error: unknown, ends: 'savepoint' | 'transaction'): void {
    this.#failure ??= { error, ends }
    if (ends === 'transaction' && this.#outer !== undefined) this.#outer.#fail(error, ends)
  }

  /** @throws the failure that has ended the transaction: what came now would stand for itself. */
  mustBeWhole(): void {
    if (this.#failure?.ends === 'transaction') throw this.#failure.error
  }

  /** @throws what made the database give up, where somebody has caught it and gone on. */
  async mustBeCommittable(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error
    // PostgreSQL answers the COMMIT of a failed transaction with a silent ROLLBACK; any other statement it refuses.
    const mayHaveFailed = this.#handedOut !== undefined && this.#dialect.endsByFailure(undefined) !== 'nothing'
    if (mayHaveFailed) await this.#dialect.execute(this.database, sql`select 1`)
  }

  /** One inside the other, never beside it. */
  async savepoint<T>(run: (inner: OpenTransaction) => Promise<T>): Promise<T> {
    const within = async (database: Database): Promise<T> => {
      const inner = new OpenTransaction(database, this.#dialect, this)
      const result = await run(inner)
      await inner.mustBeCommittable()
      return result
    }
    return await (this.#dialect.savepoint?.(this.database, within) ?? this.#savepoint(within))
  }

  async #savepoint<T>(run: (database: Database) => Promise<T>): Promise<T> {
    const { execute } = this.#dialect
    const name = sql.identifier(`slumber_${this.#depth}`)
    await execute(this.database, sql`savepoint ${name}`)
    try {
      const result = await run(this.database)
      await execute(this.database, sql`release savepoint ${name}`)
      return result
    } catch (error) {
      try {
        await execute(this.database, sql`rollback to savepoint ${name}`)
      } catch {
        this.#fail(error, 'transaction') // a deadlock has undone the savepoint, too, or nobody is there any more
      }
      throw error
    }
  }
}
