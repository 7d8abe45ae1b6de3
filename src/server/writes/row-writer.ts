// Writes rows for one caller, in the transaction it is given: the one place where rows of models are inserted, changed and deleted.

import { permissionMissing, Problem, type Awaitable, type Principal } from '../../http/index.ts'
import { after, rescued } from '../../wire/index.ts'
import { refuseForbiddenCascade } from './cascades.ts'
import { refuseLargeKeys } from './chosen-keys.ts'
import type { Access } from '../definition/define.ts'
import type { LocalReference, Model, Row } from '../models/model.ts'
import { all, always, never, type Condition } from '../query/condition.ts'
import type { Rules } from '../query/rules.ts'
import { HookedStore } from './hooked-store.ts'
import { leadAllSomewhere, refuseDangling } from './references.ts'
import { isMissingValue } from '../store/refusal.ts'
import type { Store } from '../store/store.ts'
import { ownerOf, type OwnedPlan, type Plan } from './plan.ts'
import { isExpression } from './is-expression.ts'
import { problemAt } from './problem-at.ts'
import { isSameJson } from './projection.ts'
import { firstVersion, nextVersion } from './version.ts'
import { withoutHidden } from './without-hidden.ts'

export class RowWriter {
  readonly #store: Store
  readonly #rules: Rules
  readonly #caller: Principal

  constructor(store: Store, rules: Rules, caller: Principal) {
    this.#store = store
    this.#rules = rules
    this.#caller = caller
  }

  /**
   * Writes what was planned, and gives the row as it has become.
   *
   * @param settled the reference to the row that this one is written with.
   * @throws Problem 403 where a rule does not hold for what is written, 409 where it contradicts other rows, 422 where the database
   * refuses it; pointers begin where the row stands in the content.
   */
  async write(plan: Plan, settled?: LocalReference): Promise<Row> {
    let row: Row
    try {
      row =
        plan.stored === undefined ? await this.#insert(plan, settled) : await this.#update(plan, plan.stored, settled)
    } catch (error) {
      throw problemAt(await withoutHidden(error, plan.model, this.#rules), plan.path)
    }
    for (const owned of plan.owned) await this.#writeOwned(owned, row)
    return row
  }

  /**
   * Makes many rows of one model, as `write` would one after the other; in few statements where the rows cannot depend on each other.
   *
   * @param read whether anybody wants to see them; none may come back otherwise.
   * @throws Problem of the first row that is refused.
   */
  async insertAll(model: Model, plans: readonly Plan[], read = true): Promise<readonly Row[]> {
    return (await this.#insertTogether(model, plans, read)) ?? (await this.#insertEach(plans))
  }

  async #insertEach(plans: readonly Plan[]): Promise<readonly Row[]> {
    const rows: Row[] = []
    for (const plan of plans) rows.push(await this.write(plan))
    return rows
  }

  /** Undefined, and nothing is written, where the rows have to be looked at one by one: there the first that is refused is found. */
  async #insertTogether(model: Model, plans: readonly Plan[], read: boolean): Promise<readonly Row[] | undefined> {
    const rule = await this.#rules.of(model, 'create')
    if (plans.length < 2 || rule === never || isRelated(rule) || plans.some(({ owned }) => owned.length > 0)) {
      return undefined
    }
    // A hook is told of a row once: nothing may be tried with it.
    if (this.#store instanceof HookedStore && this.#store.tellsOfCreates(model)) return undefined
    const first = firstVersion(model)
    const isVersioned = Object.keys(first).length > 0
    const values = plans.map((plan) => (isVersioned ? { ...plan.values, ...first } : plan.values))
    try {
      for (const each of values) refuseLargeKeys(model, each)
      return await this.#store.savepoint(async (store) => {
        if (!(await leadAllSomewhere(model, values, store, this.#rules))) throw new Problem(409)
        const rows = await store.insertMany(model, values, read || rule !== always)
        if (rule !== always && !(await doAllHold(model, rows, rule, store))) throw new Problem(403)
        return rows
      })
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return undefined
      throw error
    }
  }

  /** @throws Problem 403 where the create rule does not hold for the row. */
  async #insert({ model, values, isOfProgram = false }: Plan, settled?: LocalReference): Promise<Row> {
    const given = { ...values, ...firstVersion(model) }
    refuseLargeKeys(model, given)
    await refuseDangling(model, { values: given, stored: undefined }, this.#store, this.#rules, settled)
    const insert = (): Awaitable<Row> => this.#store.insert(model, given)
    const row = await rescued(insert, async (error) => {
      const isRefused = error instanceof Problem && error.status === 422 // what hooks throw is theirs
      const lacking = isRefused ? lackingValues(model, given) : []
      const writable = lacking.length === 0 ? undefined : await this.#rules.columns(model, 'write')
      if (!lacking.every((name) => writable?.has(name))) throw forbiddenRow()
      const forgotten = isOfProgram ? neededOf(model, given) : lacking // `readInput` asks callers for theirs
      if (forgotten.length > 0 && isMissingValue(error)) {
        throw model.fault(`a new row was given no value for ${forgotten.join(', ')}`)
      }
      throw (isMissingValue(error) ? await this.#rules.refuseUnfilled(model) : undefined) ?? error
    })
    await this.mustBeUnderRule(model, 'create', row)
    return row
  }

  /** The update rule must hold for the row as it was, which the caller of `write` has seen to, and as it has become. */
  async #update({ model, values, owned }: Plan, stored: Row, settled?: LocalReference): Promise<Row> {
    if (Object.keys(values).length === 0 && owned.length === 0) return stored
    const given = { ...values, ...nextVersion(model, stored) }
    refuseLargeKeys(model, values, stored)
    await refuseDangling(model, { values: given, stored }, this.#store, this.#rules, settled)
    const row = await this.#store.update(model, stored, given)
    if (row === undefined) throw new Problem(409, 'The row is gone.', { code: 'conflict' })
    await this.mustBeUnderRule(model, 'update', row)
    return row
  }

  /** The delete rule must hold for the row, which whoever calls this has seen to. */
  async delete(model: Model, row: Row): Promise<void> {
    await refuseForbiddenCascade(model, row, this.#store, this.#rules)
    await this.#store.delete(model, row)
  }

  /** Owned rows are under their own permissions and rules. Places are made free before they are taken. */
  async #writeOwned({ dataArray, removed, kept }: OwnedPlan, owner: Row): Promise<void> {
    const { source, reference } = dataArray
    if (removed.length > 0) this.#require(source, 'delete')
    for (const row of removed) {
      await this.mustBeUnderRule(source, 'delete', row)
      await this.delete(source, row)
    }
    for (const plan of kept) {
      if (plan.stored !== undefined && isUnchanged(plan)) continue
      try {
        this.#require(source, plan.stored === undefined ? 'add' : 'change')
        if (plan.stored !== undefined) await this.mustBeUnderRule(source, 'update', plan.stored)
      } catch (error) {
        throw problemAt(error, plan.path)
      }
      const values = plan.stored === undefined ? { ...plan.values, ...ownerOf(dataArray, owner) } : plan.values
      await this.write({ ...plan, values }, reference)
    }
  }

  #require(model: Model, action: 'add' | 'change' | 'delete'): void {
    const permission = model.permission(action)
    if (!this.#caller.can(permission)) throw permissionMissing(this.#caller, [permission])
  }

  /** @throws Problem 403: the row may be read, but this may not be done. */
  mustBeUnderRule(model: Model, action: 'create' | 'update' | 'delete', row: Row): Awaitable<void> {
    return after(this.isUnderRule(model, action, row), (isUnder) => {
      if (isUnder) return
      if (action === 'create') throw forbiddenRow()
      throw new Problem(403, `You may not ${action} this row.`, { code: 'forbidden' })
    })
  }

  /** Whether a rule of the model holds for a row as it is stored. */
  isUnderRule(model: Model, action: keyof Access, row: Row): Awaitable<boolean> {
    return after(this.#rules.of(model, action), (rule) => {
      if (rule === always || rule === never) return rule === always
      return after(this.#store.find(model, row, rule), (found) => found !== undefined)
    })
  }
}

/** All columns that need a value and have none, hidden and read-only ones included. */
function neededOf({ table }: Model, values: Row): readonly string[] {
  const needed = [...table.columns.values()].filter(
    ({ name, nullable, hasDefault, generated }) =>
      !nullable && !hasDefault && !generated && (values[name] ?? undefined) === undefined,
  )
  return needed.map(({ name }) => name)
}

/** The columns that need a value and have none: this caller may not write them, or a program has forgotten them. */
function lackingValues(model: Model, values: Row): readonly string[] {
  const lacking = [...model.columns.values()].filter(
    (column) => model.isRequired(column) && (values[column.name] ?? undefined) === undefined,
  )
  return lacking.map(({ name }) => name)
}

function forbiddenRow(): Problem {
  return new Problem(403, 'You may not create such a row.', { code: 'forbidden' })
}

/** Whether a rule looks at other rows, which may be among those that are written. */
function isRelated(rule: Condition): boolean {
  if (rule.kind === 'related') return true
  if (rule.kind === 'not') return isRelated(rule.condition)
  return (rule.kind === 'all' || rule.kind === 'any') && rule.conditions.some(isRelated)
}

/** Rows that are looked for in one statement. */
const chunk = 200

async function doAllHold(model: Model, rows: readonly Row[], rule: Condition, store: Store): Promise<boolean> {
  for (let start = 0; start < rows.length; start += chunk) {
    const some = rows.slice(start, start + chunk)
    const these: Condition = { kind: 'any', conditions: some.map((row) => isRow(model, row)) }
    if ((await store.count(model, all([these, rule]))) !== some.length) return false
  }
  return true
}

function isRow({ table }: Model, row: Row): Condition {
  return all(
    table.key.flatMap((name): Condition[] => {
      const column = table.columns.get(name)
      return column === undefined ? [] : [{ kind: 'compare', column, operator: 'eq', values: [row[name]] }]
    }),
  )
}

/** What comes back as it was is not written again, and needs no permission. */
function isUnchanged({ model, stored = {}, values, owned }: Plan): boolean {
  if (owned.length > 0) return false
  return Object.entries(values).every(([name, value]) => {
    const column = model.columns.get(name)
    if (column === undefined || isExpression(value)) return false
    return isSameJson(model.encode(column, value), model.encode(column, stored[name]))
  })
}
