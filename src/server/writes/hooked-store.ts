// A transaction's store that does what a model asks for around its writes: hooks, and a mark instead of a delete.

import type { Principal } from '../../http/index.ts'
import { ValueFault } from '../../wire/index.ts'
import type { CommittedEvent, Hooks, WriteEvent } from '../definition/hooks.ts'
import type { Model, Row } from '../models/model.ts'
import { always } from '../query/condition.ts'
import { mark } from '../query/soft-delete.ts'
import type { SqliteDatabase, Store } from '../store/store.ts'
import { isExpression } from './is-expression.ts'
import { nextVersion } from './version.ts'

/** Whose writes these are, and what is done around them. */
export interface WriteContext {
  readonly user: Principal
  readonly hooksOf: (model: Model) => readonly Hooks[]
}

export class HookedStore implements Store {
  readonly #store: Store
  readonly #context: WriteContext
  /** What was written so far, for when it is committed. */
  readonly events: CommittedEvent[]

  constructor(store: Store, context: WriteContext, events: CommittedEvent[] = []) {
    this.#store = store
    this.#context = context
    this.events = events
  }

  get database(): SqliteDatabase {
    return this.#store.database
  }

  /** Whether somebody is told of each new row while it is made. */
  tellsOfCreates(model: Model): boolean {
    const all = this.#context.hooksOf(model)
    return all.some((hooks) => hooks.beforeCreate !== undefined || hooks.afterCreate !== undefined)
  }

  async insert(model: Model, values: Row): Promise<Row> {
    const row = await this.#store.insert(model, await this.#beforeCreate(model, values))
    await this.#created(model, row)
    return row
  }

  async insertMany(model: Model, values: readonly Row[], read = true): Promise<readonly Row[]> {
    const given: Row[] = []
    for (const each of values) given.push(await this.#beforeCreate(model, each))
    const rows = await this.#store.insertMany(model, given, read || this.#context.hooksOf(model).length > 0)
    for (const row of rows) await this.#created(model, row)
    return rows
  }

  async #beforeCreate(model: Model, values: Row): Promise<Row> {
    let given = values
    for (const hooks of this.#context.hooksOf(model)) {
      const changed = await hooks.beforeCreate?.({ ...this.#event(model), values: given })
      given = withChanged(model, 'beforeCreate', given, changed)
    }
    return given
  }

  async #created(model: Model, row: Row): Promise<void> {
    for (const hooks of this.#context.hooksOf(model)) await hooks.afterCreate?.({ ...this.#event(model), row })
    this.#remember(model, { action: 'create', row, before: undefined })
  }

  async update(model: Model, key: Row, values: Row): Promise<Row | undefined> {
    const all = this.#context.hooksOf(model)
    if (all.length === 0) return await this.#store.update(model, key, values)
    const before = await this.#store.find(model, key, always, true)
    if (before === undefined) return undefined
    let given = values
    for (const hooks of all) {
      const changed = await hooks.beforeUpdate?.({ ...this.#event(model), before, values: given })
      given = withChanged(model, 'beforeUpdate', given, changed)
    }
    const row = await this.#store.update(model, key, given)
    if (row === undefined) return undefined
    for (const hooks of all) await hooks.afterUpdate?.({ ...this.#event(model), before, row })
    this.#remember(model, { action: 'update', row, before })
    return row
  }

  async delete(model: Model, key: Row): Promise<boolean> {
    const all = this.#context.hooksOf(model)
    if (all.length === 0 && !marksWithVersion(model)) return await this.#remove(model, key)
    const row = await this.#store.find(model, key, always, true)
    if (row === undefined) return false
    for (const hooks of all) await hooks.beforeDelete?.({ ...this.#event(model), row })
    if (!(await this.#remove(model, row))) return false
    for (const hooks of all) await hooks.afterDelete?.({ ...this.#event(model), row })
    this.#remember(model, { action: 'delete', row, before: undefined })
    return true
  }

  /** @param row all of it where a mark counts its version up. */
  async #remove(model: Model, row: Row): Promise<boolean> {
    const values = mark(model)
    if (values === undefined) return await this.#store.delete(model, row)
    return (await this.#store.update(model, row, { ...values, ...nextVersion(model, row) })) !== undefined
  }

  #event(model: Model): WriteEvent {
    return { model: model.fullName, user: this.#context.user, tx: this.database }
  }

  #remember(model: Model, event: Pick<CommittedEvent, 'action' | 'row' | 'before'>): void {
    if (this.#context.hooksOf(model).every((hooks) => hooks.committed === undefined)) return
    this.events.push({ model: model.fullName, user: this.#context.user, ...event })
  }

  async transact<T>(run: (store: Store) => Promise<T>): Promise<T> {
    return await this.#store.transact((store) => run(this.#over(store)))
  }

  /** What was undone was not written. */
  async savepoint<T>(run: (store: Store) => Promise<T>): Promise<T> {
    const { length } = this.events
    try {
      return await this.#store.savepoint((store) => run(this.#over(store)))
    } catch (error) {
      this.events.length = length
      throw error
    }
  }

  #over(store: Store): HookedStore {
    return new HookedStore(store, this.#context, this.events)
  }

  // Nothing is done around what only reads.

  admit(model: Model): void {
    this.#store.admit(model)
  }
  list(...asked: Parameters<Store['list']>): ReturnType<Store['list']> {
    return this.#store.list(...asked)
  }
  listTexts(...asked: Parameters<Store['listTexts']>): ReturnType<Store['listTexts']> {
    return this.#store.listTexts(...asked)
  }

  listGrouped(...asked: Parameters<Store['listGrouped']>): ReturnType<Store['listGrouped']> {
    return this.#store.listGrouped(...asked)
  }
  lock(...asked: Parameters<Store['lock']>): ReturnType<Store['lock']> {
    return this.#store.lock(...asked)
  }
  placeOf(...asked: Parameters<Store['placeOf']>): ReturnType<Store['placeOf']> {
    return this.#store.placeOf(...asked)
  }
  count(...asked: Parameters<Store['count']>): ReturnType<Store['count']> {
    return this.#store.count(...asked)
  }
  find(...asked: Parameters<Store['find']>): ReturnType<Store['find']> {
    return this.#store.find(...asked)
  }
  ping(): Promise<void> {
    return this.#store.ping()
  }
}

/** @throws TypeError for what is no column, which would be passed over, and for a value that its column would not keep. */
function withChanged(model: Model, hook: keyof Hooks, values: Row, changed: Row | undefined | void): Row {
  if (changed === undefined) return values
  const { table, fullName } = model
  const given: Row = Object.assign({}, changed) // null from a program without types is nothing
  const unknown = Object.keys(given).find((name) => !table.columns.has(name))
  if (unknown === undefined) {
    for (const [name, value] of Object.entries(given)) mustBeKept(model, hook, name, value)
    return { ...values, ...given }
  }
  const there = [...table.columns.keys()].join(', ')
  throw new TypeError(`${hook} of ${fullName} gave "${unknown}", which is no column; there are: ${there}.`)
}

function mustBeKept({ table, fullName }: Model, hook: keyof Hooks, name: string, value: unknown): void {
  const column = table.columns.get(name)
  if (column === undefined || value === undefined || isExpression(value)) return
  if (value === null) {
    if (column.nullable) return
    throw new TypeError(`${hook} of ${fullName} gave null for "${name}", which is never null.`)
  }
  try {
    column.check(value)
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error
    throw new TypeError(`${hook} of ${fullName} gave a wrong "${name}": it ${error.message}.`, { cause: error })
  }
}

function marksWithVersion({ options }: Model): boolean {
  return options.softDelete !== undefined && options.version !== undefined
}
