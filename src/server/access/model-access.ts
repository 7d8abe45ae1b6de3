// What an operation does with the rows of any model in the name of its caller: as if they had asked for it themselves, but in column values.

import { permissionMissing, Problem, type Principal } from '../../http/index.ts'
import { pointerTo, ValueFault, type Fault } from '../../wire/index.ts'
import type { Filter, AskedFilter } from '../definition/filter-types.ts'
import type { InsertOf, ModelSource, NewRowOf, RowOf } from '../model-resource/field-options.ts'
import type { Model, Row } from '../models/model.ts'
import { all, type Condition } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'
import { readSortOfProgram } from '../query/sort.ts'
import type { Store } from '../store/store.ts'
import { givenValues } from '../writes/given-values.ts'
import { invalidContent } from '../writes/invalid-content.ts'
import { isExpression } from '../writes/is-expression.ts'
import { RowWriter } from '../writes/row-writer.ts'
import { conditionOfProgram, findOne, refuseSlip } from './rows-of-program.ts'

/** A row as far as the caller may read it: its key, and what no rule hides from them. */
export type VisibleRow<Source extends ModelSource> = Partial<RowOf<Source>>

export interface RowSelection {
  /** `-price,name`; the order of the model unless given. */
  readonly sort?: string | undefined
  /** How many at the most. Unless given all of them, and more than a thousand are a fault of the program. */
  readonly limit?: number
}

/** Rows that a program has not said how many of it wants. */
const maxRows = 1_000

/** What it takes to reach rows for a caller. */
export interface Reach {
  readonly store: Store
  readonly rules: Rules
  readonly caller: Principal
  /** Whether rows that are found are locked, because a transaction is open that may write them. */
  readonly locks: boolean
  /** Runs a write in the transaction that is open, or in one of its own. Throws where nothing may be written. */
  readonly write: <T>(run: (store: Store) => Promise<T>) => Promise<T>
  /** Makes a call that the program has to await. `what` is said where it does not. */
  readonly call: <T>(what: string, run: () => Promise<T>) => Promise<T>
}

/**
 * The rows of one model under all rules of the caller, with their permissions: what they may not read is not there, what they may not
 * write is refused as their own request would be. Filters are the program's: they may name hidden columns.
 */
export class ModelAccess<Source extends ModelSource = ModelSource> {
  readonly #model: Model
  readonly #reach: Reach

  constructor(model: Model, reach: Reach) {
    this.#model = model
    this.#reach = reach
  }

  /**
   * The one row that the filter is about; undefined where there is none.
   *
   * @throws TypeError where there are several, and for a filter that the model does not have.
   * @example
   * await models(pizzas).find({ id: 1 })
   */
  find<Asked extends string>(filter: AskedFilter<RowOf<Source>, Asked>): Promise<VisibleRow<Source> | undefined> {
    return this.#call('find', async () => {
      const { store, locks } = this.#reach
      const row = await this.#find(filter, store, locks)
      return row && (await this.#visible(row))
    })
  }

  /** Where a row is, by its key. */
  url(row: VisibleRow<Source>): string {
    return this.#model.instanceUrl(row)
  }

  /**
   * @throws TypeError for more than a thousand rows where no limit is given, and for a filter or an order that the model does not
   * have; Problem 400 for an order that the caller may not ask for.
   */
  list<Asked extends string = never>(
    filter: AskedFilter<RowOf<Source>, Asked> = {},
    selection: RowSelection = {},
  ): Promise<readonly VisibleRow<Source>[]> {
    return this.#call('list', () => this.#list(filter, selection))
  }

  async #list(filter: Filter, { sort, limit }: RowSelection): Promise<readonly VisibleRow<Source>[]> {
    const model = this.#model
    const rows = await this.#reach.store.list(model, {
      where: await this.#where(filter),
      sort: await readSortOfProgram(model, sort, this.#reach.rules),
      limit: limit ?? maxRows + 1,
    })
    if (limit === undefined && rows.length > maxRows) {
      throw model.fault(`a list has more than ${maxRows} rows; say how many are wanted: { limit: 20 }`)
    }
    return await Promise.all(rows.map((row) => this.#visible(row)))
  }

  count<Asked extends string = never>(filter: AskedFilter<RowOf<Source>, Asked> = {}): Promise<number> {
    return this.#call('count', async () => await this.#reach.store.count(this.#model, await this.#where(filter)))
  }

  /**
   * @throws Problem 403 where the caller lacks `add`, or the create rule does not hold for the row; 409 and 422 where it contradicts
   * other rows, or the database refuses it.
   */
  create(values: NewRowOf<Source>): Promise<VisibleRow<Source>> {
    return this.#call('create', () => this.#create(values))
  }

  async #create(values: Row): Promise<VisibleRow<Source>> {
    const model = this.#model
    const { rules } = this.#reach
    this.#require('add')
    await this.#check(values)
    const row = await this.#reach.write(async (store) => {
      const presets = await rules.presets(model) // what the service's rule demands of every row
      return await this.#writer(store).write(planOf(model, undefined, { ...presets, ...givenValues(model, values) }))
    })
    return await this.#visible(row)
  }

  /**
   * Changes the one row that the filter is about.
   *
   * @throws Problem 404 where there is none for the caller; 403 where they lack `change`, or the update rule does not hold for the row as
   * it was or as it becomes; 409 and 422 as `create`.
   */
  update<Asked extends string>(
    filter: AskedFilter<RowOf<Source>, Asked>,
    values: Partial<InsertOf<Source>>,
  ): Promise<VisibleRow<Source>> {
    return this.#call('update', () => this.#update(filter, values))
  }

  async #update(filter: Filter, values: Row): Promise<VisibleRow<Source>> {
    const model = this.#model
    this.#require('change')
    await this.#check(values)
    const row = await this.#reach.write(async (store) => {
      const stored = await this.#mustFind(filter, store)
      const writer = this.#writer(store)
      await writer.mustBeUnderRule(model, 'update', stored)
      return await writer.write(planOf(model, stored, givenValues(model, values)))
    })
    return await this.#visible(row)
  }

  /**
   * Deletes the one row that the filter is about; where the model marks deleted rows, marks it.
   *
   * @throws Problem 404 where there is none for the caller; 403 where they lack `delete`, or the rule does not hold; 409 where others
   * refer to it.
   */
  delete<Asked extends string>(filter: AskedFilter<RowOf<Source>, Asked>): Promise<void> {
    return this.#call('delete', () => this.#delete(filter))
  }

  async #delete(filter: Filter): Promise<void> {
    const model = this.#model
    this.#require('delete')
    await this.#reach.write(async (store) => {
      const stored = await this.#mustFind(filter, store)
      const writer = this.#writer(store)
      await writer.mustBeUnderRule(model, 'delete', stored)
      await writer.delete(model, stored)
    })
  }

  #call<T>(name: string, run: () => Promise<T>): Promise<T> {
    return this.#reach.call(`models(${this.#model.fullName}).${name}(…)`, run)
  }

  async #where(filter: Filter): Promise<Condition> {
    const { rules } = this.#reach
    const asked = await conditionOfProgram(
      this.#model,
      filter,
      rules,
      (message) => this.#model.fault(message),
      refuseSlip,
    )
    return all([await rules.readable(this.#model), asked])
  }

  async #find(filter: Filter, store: Store, lock: boolean): Promise<Row | undefined> {
    const where = await this.#where(filter)
    return await findOne(this.#model, where, store, lock, (message) => this.#model.fault(message))
  }

  async #mustFind(filter: Filter, store: Store): Promise<Row> {
    const stored = await this.#find(filter, store, true)
    if (stored !== undefined) return stored
    throw new Problem(404, `There is no such row of ${this.#model.fullName}.`, { code: 'not-found' })
  }

  #writer(store: Store): RowWriter {
    return new RowWriter(store, this.#reach.rules, this.#reach.caller)
  }

  #require(action: 'add' | 'change' | 'delete'): void {
    const { caller } = this.#reach
    const permission = this.#model.permission(action)
    if (!caller.can(permission)) throw permissionMissing(caller, [permission])
  }

  /** Without what field rules hide from the caller, and what the model hides from everybody. */
  async #visible(row: Row): Promise<VisibleRow<Source>> {
    const columns = await this.#reach.rules.columns(this.#model, 'read')
    const visible = Object.entries(row).filter(([name]) => columns.has(name))
    return Object.fromEntries(visible) as VisibleRow<Source> // of the table
  }

  /**
   * Read-only and hidden columns are the program's to write; those under a field rule are the caller's.
   *
   * @throws TypeError for a name that is no column, Problem 403 for a column that the caller may not write, 422 for a value that it
   * would not keep.
   */
  async #check(values: Row): Promise<void> {
    const model = this.#model
    const write = await this.#reach.rules.columns(model, 'write')
    const faults: Fault[] = []
    for (const [name, value] of Object.entries(values)) {
      const column = model.table.columns.get(name)
      if (column === undefined) {
        throw model.fault(`there is no column "${name}"; there are: ${[...model.table.columns.keys()].join(', ')}`)
      }
      if (value === undefined) continue
      if (model.columns.has(name) && !write.has(name)) {
        throw new Problem(403, `You may not write such a row of ${model.fullName}.`, { code: 'forbidden' })
      }
      try {
        if (value !== null && !isExpression(value)) column.check(value)
      } catch (error) {
        if (!(error instanceof ValueFault)) throw error
        faults.push({ pointer: pointerTo([name, ...error.path]), detail: error.message })
      }
    }
    if (faults.length > 0) throw invalidContent(faults)
  }
}

function planOf(model: Model, stored: Row | undefined, values: Row): Parameters<RowWriter['write']>[0] {
  return { model, stored, values, owned: [], path: [], isOfProgram: true }
}
