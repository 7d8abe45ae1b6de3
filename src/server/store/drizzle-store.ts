// The store over Drizzle: statements have the same shape in every dialect; what differs it asks the dialect and the driver.

import { and, sql, type SQL } from 'drizzle-orm'
import { Problem } from '../../http/index.ts'
import { after, rescued, type Awaitable, type Logger } from '../../wire/index.ts'
import type { Model, Row } from '../models/model.ts'
import { always, type Condition } from '../query/condition.ts'
import type { ColumnInfo } from '../schema/table-info.ts'
import { buildersOf, type Builders } from './builders.ts'
import { columnIn, conditionSql } from './condition-sql.ts'
import type { Database, SqliteDatabase } from './database.ts'
import type { Dialect, Driver } from './dialect.ts'
import { driverOf } from './driver-of.ts'
import { keySql, keysSql } from './key-sql.ts'
import { isGeneratedKey } from './generated-key.ts'
import { groupedSelect } from './grouped.ts'
import { jsonTextSql } from './json-text.ts'
import { orderSql } from './keyset.ts'
import { OpenTransaction } from './open-transaction.ts'
import { Finds } from './finds.ts'
import { Lists } from './lists.ts'
import { longPlace } from './long-place.ts'
import { writtenPlace } from './place.ts'
import { problemOf, tellUnnamed, type Action, type Refusal } from './refusal.ts'
import { ownPlace, sortTerm } from './sort-term.ts'
import type { GroupedQuery, ListQuery, Sort, Store } from './store.ts'

/** How often a transaction is begun that others make impossible. */
const maxAttempts = 4

/** With one statement, whatever the database allows. */
const maxRowsAtOnce = 500

/** Beyond it locks are taken in several orders, and a deadlock may have to be begun anew. */
const maxKeyValuesAtOnce = 10_000

/** Problems that are gone when the transaction is tried again. */
const passing = new WeakSet<Problem>()

export class DrizzleStore implements Store {
  readonly dialect: Dialect['name']
  readonly #driver: Driver
  readonly #logger: Logger
  readonly #transaction: OpenTransaction | undefined
  readonly #builders: Builders
  readonly #lists: Lists
  readonly #finds: Finds

  /** @param transaction the open one, within which calls are in order. */
  constructor(driver: Driver, logger: Logger, transaction?: OpenTransaction) {
    this.dialect = driver.dialect.name
    this.#driver = driver
    this.#logger = logger
    this.#transaction = transaction
    this.#builders = buildersOf(transaction?.database ?? driver.database)
    this.#lists = new Lists(driver.dialect, this.#builders, transaction === undefined)
    this.#finds = new Finds(driver.dialect, this.#builders, transaction === undefined)
  }

  /** @throws TypeError where a database is none that can be served, with the reason. */
  static over(database: Database, logger: Logger): DrizzleStore {
    return new DrizzleStore(driverOf(database), logger)
  }

  get database(): SqliteDatabase {
    const database = this.#transaction?.handOut() ?? this.#driver.database
    return database as SqliteDatabase // see Store
  }

  admit(model: Model): void {
    this.#driver.dialect.admit(model)
  }

  async list(model: Model, query: ListQuery): Promise<readonly Row[]> {
    const whole = await this.#whole(model, query)
    const rows = await this.read(async () => await this.#lists.rows(model, whole))
    return query.before === undefined ? rows : rows.toReversed()
  }

  async listTexts(
    model: Model,
    query: ListQuery,
    columns: readonly ColumnInfo[],
  ): Promise<readonly string[] | undefined> {
    // What an expression of a view gives is of whatever type it has.
    const text = model.table.readOnly ? undefined : jsonTextSql(this.#driver.dialect, columns)
    if (text === undefined) return undefined
    const whole = await this.#whole(model, query)
    try {
      const found = await this.read(async () => await this.#lists.texts(model, whole, text))
      const texts = found.filter((each) => typeof each === 'string')
      // libsql gives a text up to its first U+0000, which JSON has whole.
      if (texts.length < found.length || texts.some((each) => each.includes('\\u0000'))) return undefined
      return query.before === undefined ? texts : texts.toReversed()
    } catch (error) {
      const isOver = this.#transaction !== undefined && this.#driver.dialect.endsByFailure(undefined) !== 'nothing'
      if (error instanceof Problem || isOver) throw error
      return undefined
    }
  }

  /** With what a cursor has only the digests of. */
  async #whole(model: Model, query: ListQuery): Promise<ListQuery> {
    const long = longPlace(this.#builders, this.#driver.dialect, model, query)
    return long === undefined ? query : long.restored(await this.read(async () => await long.statement))
  }

  async listGrouped(model: Model, query: GroupedQuery): ReturnType<Store['listGrouped']> {
    const { statement, split } = groupedSelect(this.#builders, this.#driver.dialect, model, query)
    const rows = await this.read(async () => await statement)
    return rows.map(split)
  }

  async placeOf(model: Model, sort: readonly Sort[], row: Row): Promise<readonly unknown[]> {
    const { dialect } = this.#driver
    const known = sort.map(({ column, path }) =>
      path === undefined ? ownPlace(dialect.places, model, column)?.(row) : undefined,
    )
    const fields: Record<string, SQL> = {}
    for (const [index, part] of sort.entries()) {
      if (known[index] === undefined) fields[`place${index}`] = sortTerm(dialect, model, part).selected
    }
    const ask = async (): Promise<readonly Row[]> =>
      await this.#builders.select(fields).from(model.table.table).where(keySql(model, row)).limit(1)
    const [stored] = Object.keys(fields).length === 0 ? [] : await this.read(ask)
    // Between the list and now it may have been deleted: then it is as if it had no value.
    return known.map((value, index) => writtenPlace(value ?? stored?.[`place${index}`] ?? null))
  }

  async count(model: Model, where: Condition): Promise<number> {
    const { table } = model.table
    const condition = conditionSql(where, table, this.#driver.dialect.comparisons)
    const fields = { count: sql`count(*)`.mapWith(Number) }
    const rows = await this.read(async () => await this.#builders.select(fields).from(table).where(condition))
    return Number(rows[0]?.['count'])
  }

  find(model: Model, key: Row, where: Condition, lock = false): Awaitable<Row | undefined> {
    const isLocked = lock && this.#driver.dialect.locksRows && this.#transaction !== undefined
    return this.read(() => this.#finds.row(model, key, where, isLocked))
  }

  /** Runs what reads: it may wait for locks, and what the database refuses is a problem. */
  read<T>(statement: () => Awaitable<T>): Awaitable<T> {
    this.#transaction?.mustBeOpen()
    const ask = (): Awaitable<T> => (this.#transaction === undefined ? this.#driver.read(statement) : statement())
    return rescued(ask, (error) => {
      throw this.#problemOf(error, undefined, 'read')
    })
  }

  async lock(model: Model, keys: readonly Row[], where: Condition): Promise<void> {
    const { dialect } = this.#driver
    if (!dialect.locksRows || this.#transaction === undefined) return
    const { table, key } = model.table
    const holds = conditionSql(where, table, dialect.comparisons)
    const order = orderSql(
      key.map((column) => sortTerm(dialect, model, { column, descending: false })),
      false,
    )
    const fields = Object.fromEntries(key.map((name) => [name, columnIn(table, name)] as const))
    const atOnce = Math.max(Math.floor(maxKeyValuesAtOnce / key.length), 1)
    for (let from = 0; from < keys.length; from += atOnce) {
      const these = and(keysSql(model, keys.slice(from, from + atOnce)), holds)
      const query = this.#builders.select(fields).from(table).where(these)
      await this.read(async () => await query.orderBy(...order).for('update'))
    }
  }

  insert(model: Model, values: Row): Awaitable<Row> {
    const inserted = after(this.#insertAlone(model, values), (alone) => alone ?? this.insertMany(model, [values]))
    return after(inserted, ([row]) => row ?? values)
  }

  /** Undefined, and nothing is written, where there has to be a transaction around it, or there is one. */
  #insertAlone(model: Model, values: Row): Awaitable<readonly Row[] | undefined> {
    const { dialect } = this.#driver
    if (this.#transaction !== undefined || dialect.writes.insertsAtOnce?.(model, values) !== true) return undefined
    const insert = (): Awaitable<readonly Row[]> | undefined =>
      this.#driver.write?.((database) => dialect.writes.insert(buildersOf(database), model, [values]))
    return rescued(insert, async (error) => {
      const problem = await this.#problemOfWrite(error, model, 'insert', [values])
      if (this.#isConflict(problem)) return undefined // begun anew, as any write is
      throw problem
    })
  }

  async insertMany(model: Model, values: readonly Row[], read = true): Promise<readonly Row[]> {
    const { writes } = this.#driver.dialect
    const perRow = Math.max(model.table.columns.size, 1)
    const atOnce = Math.max(Math.min(maxRowsAtOnce, Math.floor(writes.maxParameters / perRow)), 1)
    const insert = async (builders: Builders): Promise<readonly Row[]> => {
      const rows: Row[] = []
      for (let from = 0; from < values.length; from += atOnce) {
        rows.push(...(await writes.insert(builders, model, values.slice(from, from + atOnce), read)))
      }
      return rows
    }
    return await this.#write(model, 'insert', insert, values)
  }

  async update(model: Model, key: Row, values: Row): Promise<Row | undefined> {
    // Drizzle leaves out what is undefined, and refuses to set nothing.
    if (Object.values(values).every((value) => value === undefined)) return await this.find(model, key, always)
    const { writes } = this.#driver.dialect
    return await this.#write(model, 'update', (builders) => writes.update(builders, model, key, values))
  }

  async delete(model: Model, key: Row): Promise<boolean> {
    const { writes } = this.#driver.dialect
    return await this.#write(model, 'delete', (builders) => writes.delete(builders, model, key))
  }

  /** Outside of a transaction, in one of its own: some writes are more than one statement. */
  async #write<T>(
    model: Model,
    action: Action,
    statement: (builders: Builders) => Promise<T>,
    inserted: readonly Row[] = [],
  ): Promise<T> {
    if (this.#transaction === undefined) {
      return await this.#transact((store) => store.#write(model, action, statement, inserted))
    }
    this.#transaction.mustBeOpen()
    this.#transaction.mustBeWhole()
    try {
      return await statement(this.#builders)
    } catch (error) {
      throw await this.#problemOfWrite(error, model, action, inserted)
    }
  }

  async transact<T>(run: (store: Store) => Promise<T>): Promise<T> {
    return await this.#transact(run)
  }

  /** What others made impossible is begun anew: nothing of it was stored, and nobody was answered. */
  async #transact<T>(run: (store: DrizzleStore) => Promise<T>): Promise<T> {
    if (this.#transaction !== undefined) return await run(this)
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#begin(run)
      } catch (error) {
        if (attempt === maxAttempts || !this.#isConflict(error)) throw this.#problemOf(error)
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }

  async #begin<T>(run: (store: DrizzleStore) => Promise<T>): Promise<T> {
    const { dialect } = this.#driver
    return await this.#driver.transact(async (database) => {
      const transaction = new OpenTransaction(database, dialect)
      try {
        const result = await run(new DrizzleStore(this.#driver, this.#logger, transaction))
        await transaction.mustBeCommittable()
        return result
      } finally {
        transaction.end()
      }
    })
  }

  async savepoint<T>(run: (store: Store) => Promise<T>): Promise<T> {
    if (this.#transaction === undefined) return await this.#transact(run)
    this.#transaction.mustBeOpen()
    return await this.#transaction.savepoint((inner) => run(new DrizzleStore(this.#driver, this.#logger, inner)))
  }

  #isConflict(error: unknown): boolean {
    if (!(error instanceof Problem)) return this.#driver.dialect.refusalOf(error)?.kind === 'conflict'
    return passing.has(error) || (error.cause instanceof Problem && this.#isConflict(error.cause))
  }

  /** The problem behind what a driver threw, or the error itself where it is none of a caller's making. */
  #problemOf(error: unknown, model?: Model, action?: Action, known?: Refusal): unknown {
    if (error instanceof Problem) return error
    const refusal = known ?? this.#driver.dialect.refusalOf(error)
    this.#transaction?.failed(error, refusal)
    if (refusal === undefined) return error
    const problem = problemOf(refusal, error, model, action)
    const isUnnamed = model !== undefined && action !== 'read' && problem.errors.length === 0
    if (isUnnamed) tellUnnamed(this.#logger, refusal, { model: model.fullName, action })
    if (refusal.kind === 'conflict') passing.add(problem)
    return problem
  }

  async #problemOfWrite(error: unknown, model: Model, action: Action, inserted: readonly Row[]): Promise<unknown> {
    const { dialect } = this.#driver
    const refusal = dialect.refusalOf(error)
    if (refusal?.kind !== 'not unique') return this.#problemOf(error, model, action)
    const columns = (await dialect.columnsOfRefusal?.(error, this.#builders, model)) ?? refusal.columns
    const isOfCaller = !isGeneratedKey(model, columns, inserted)
    return this.#problemOf(error, model, action, isOfCaller ? { kind: 'not unique', columns } : { kind: 'conflict' })
  }

  async ping(): Promise<void> {
    await this.#driver.dialect.execute(this.#driver.database, sql`select 1`)
  }
}
