// Many rows of one model in one transaction: each by itself with an outcome of its own, or all of them or none.

import { Problem, type Principal } from '../../http/index.ts'
import { pointerTo, ValueFault, type Fault } from '../../wire/index.ts'
import { invalidContent } from './invalid-content.ts'
import type { Model, Row } from '../models/model.ts'
import type { Condition } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'
import type { Store } from '../store/store.ts'
import { bulkLimits, tooManyItems } from './bulk-limits.ts'
import { mustHaveTag, tagMember } from './item-condition.ts'
import { mergedMembers } from './patched-members.ts'
import { Planner, type Plan } from './plan.ts'
import { problemAt, type Path } from './problem-at.ts'
import { projectionOf, shownColumn } from './projection.ts'
import { RowWriter } from './row-writer.ts'

/** What became of one item; `row` as it is now, or was before it was deleted. */
export type Outcome =
  | { readonly status: 200 | 201 | 204; readonly row: Row }
  | { readonly status: number; readonly problem: Problem; readonly row?: Row }

const create = { mode: 'create' } as const

export class BulkWriter {
  readonly #model: Model
  readonly #store: Store
  readonly #rules: Rules
  readonly #caller: Principal
  /** All or none. */
  readonly #isStrict: boolean

  constructor(model: Model, store: Store, rules: Rules, caller: Principal, isStrict: boolean) {
    this.#model = model
    this.#store = store
    this.#rules = rules
    this.#caller = caller
    this.#isStrict = isStrict
  }

  /**
   * Makes a row of each item, as a POST of it would.
   *
   * @param read whether anybody wants to know what became of each; where it is all or none, there may be no outcomes otherwise.
   * @throws Problem of the first item that is refused, where it is all or none; its pointers begin with the item's place.
   */
  async create(items: readonly unknown[], read = true): Promise<readonly Outcome[]> {
    if (this.#isStrict) return await this.#createAll(items, read)
    return await this.#each(items, async (item, store) => {
      const plan = await this.#plan(item, { mode: 'create' }, [], store)
      return { status: 201, row: await this.#writer(store).write(plan) }
    })
  }

  /** All content is read before any of it is written, and rows that need no look at each other go in together. */
  async #createAll(items: readonly unknown[], read: boolean): Promise<readonly Outcome[]> {
    const planner = new Planner(this.#store, this.#rules)
    const plans: Plan[] = []
    for (const [index, item] of items.entries()) {
      const plan = planner.read(this.#model, item, create, [index])
      plans.push(plan instanceof Promise ? await plan : plan) // most are there at once, and they are many
    }
    planner.check()
    const rows = await this.#writer(this.#store).insertAll(this.#model, plans, read)
    return rows.map((row) => ({ status: 201, row }))
  }

  /** Patches the row that each item names by its key, as a merge patch of it would. */
  async update(items: readonly unknown[]): Promise<readonly Outcome[]> {
    const keys = items.flatMap((item) => keysIn(this.#model, item))
    await this.#store.lock(this.#model, keys, await this.#rules.readable(this.#model))
    return await this.#each(items, async (item, store, path) => ({
      status: 200,
      row: await this.#change(item, store, path),
    }))
  }

  async #change(item: unknown, store: Store, path: Path): Promise<Row> {
    const model = this.#model
    const { key, tag, patch } = takeApart(model, item)
    const stored = await store.find(model, key, await this.#rules.readable(model), true)
    if (stored === undefined) throw new Problem(404, 'There is nothing with this key.', { code: 'not-found' })
    const writer = this.#writer(store)
    await writer.mustBeUnderRule(model, 'update', stored)
    const projection = await projectionOf(model, this.#rules)
    mustHaveTag(model, stored, projection.read, tag)
    const members = mergedMembers(model, (name) => shownColumn(model, stored, projection, name), patch)
    return await writer.write(await this.#plan(members, { mode: 'change', key, stored }, path, store))
  }

  /**
   * Deletes the rows that hold.
   *
   * @throws Problem 422 where there are more than the model takes.
   */
  async delete(where: Condition): Promise<readonly Outcome[]> {
    const model = this.#model
    const { items } = bulkLimits(model) ?? { items: 0 }
    const sort = model.table.key.map((column) => ({ column, descending: false }))
    const rows = await this.#store.list(model, { where, sort, limit: items + 1 })
    if (rows.length > items) throw tooManyItems(items)
    const outcomes: Outcome[] = []
    for (const found of rows) outcomes.push(...(await this.#delete(found, where)))
    return outcomes
  }

  /** A row that another one has taken with it, or that somebody has changed so that it is no longer meant, is passed over. */
  async #delete(found: Row, where: Condition): Promise<readonly Outcome[]> {
    const model = this.#model
    try {
      const outcome = await this.#attempt(async (store): Promise<Outcome | undefined> => {
        const row = await store.find(model, found, where, true)
        if (row === undefined) return undefined
        const writer = this.#writer(store)
        await writer.mustBeUnderRule(model, 'delete', row)
        await writer.delete(model, row)
        return { status: 204, row }
      })
      return outcome === undefined ? [] : [outcome]
    } catch (error) {
      return [{ ...this.#refused(error), row: found }]
    }
  }

  async #each(
    items: readonly unknown[],
    write: (item: unknown, store: Store, path: Path) => Promise<Outcome>,
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = []
    for (const [index, item] of items.entries()) {
      try {
        outcomes.push(await this.#attempt((store) => write(item, store, [])))
      } catch (error) {
        outcomes.push(this.#refused(error, [index]))
      }
    }
    return outcomes
  }

  /** By itself, unless it is all or none anyway. */
  #attempt<T>(run: (store: Store) => Promise<T>): Promise<T> {
    return this.#isStrict ? run(this.#store) : this.#store.savepoint(run)
  }

  /** A problem of the item; what is no fault of the item ends everything, as any does where it is all or none. */
  #refused(error: unknown, path: Path = []): { readonly status: number; readonly problem: Problem } {
    if (this.#isStrict) throw problemAt(error, path)
    if (!(error instanceof Problem) || error.status >= 500) throw error
    return { status: error.status, problem: error }
  }

  #writer(store: Store): RowWriter {
    return new RowWriter(store, this.#rules, this.#caller)
  }

  async #plan(json: unknown, target: Parameters<Planner['read']>[2], path: Path, store: Store): Promise<Plan> {
    const planner = new Planner(store, this.#rules)
    const plan = await planner.read(this.#model, json, target, path)
    planner.check()
    return plan
  }
}

/** The key of an item; none where it has none, which is found again when the item is written. */
function keysIn(model: Model, item: unknown): readonly Row[] {
  try {
    return [takeApart(model, item).key]
  } catch (error) {
    if (error instanceof Problem) return []
    throw error
  }
}

/** An item of an update: the key, the tag, and the merge patch that is left. */
function takeApart(model: Model, item: unknown): { readonly key: Row; readonly tag: unknown; readonly patch: unknown } {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw invalidContent([{ pointer: pointerTo([]), detail: 'must be a JSON object' }])
  }
  const members = new Map<string, unknown>(Object.entries(item))
  const key: Record<string, unknown> = {}
  const faults: Fault[] = []
  for (const name of model.table.key) {
    const column = model.table.columns.get(name)
    if (column === undefined) continue
    try {
      if (!members.has(name)) throw new ValueFault('is required: it says which row is meant')
      key[name] = model.accept(column, members.get(name))
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      faults.push({ pointer: pointerTo([name]), detail: error.message })
    }
  }
  if (faults.length > 0) throw invalidContent(faults)
  const tag = model.columns.has(tagMember) ? undefined : members.get(tagMember)
  if (tag !== undefined) members.delete(tagMember)
  return { key, tag, patch: Object.fromEntries(members) }
}
