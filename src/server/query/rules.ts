// The access rules of a model for one caller, as conditions: asked once per request, then part of every statement.

import { Problem, type Principal } from '../../http/index.ts'
import { ValueFault, type Awaitable, type Logger } from '../../wire/index.ts'
import type { Access, FieldAccess, Rule, RuleSource } from '../definition/define.ts'
import type { Hooks } from '../definition/hooks.ts'
import { isRule, noRule } from '../definition/is-rule.ts'
import type { DataArray, Model, Reference, Row } from '../models/model.ts'
import { nobody } from '../nobody.ts'
import { all, always, never, type Condition } from './condition.ts'
import { columnsWithout, hiddenFields, type Columns } from './field-rules.ts'
import { refuseEmpty } from './check-rules.ts'
import { closed } from './closed.ts'
import { conditionOfFilter } from './filter-tree.ts'
import { partFor } from './service-rule.ts'
import { existing } from './soft-delete.ts'
import { makesValues, tellUnfilled } from './unfilled.ts'
import { everything } from './view.ts'

const noPresets: Row = {}

/** What a service says. */
interface RulesSource {
  readonly rule: RuleSource | undefined
  readonly logger: Logger
  readonly hooksOf: (model: Model) => readonly Hooks[]
}

/** What one caller may reach. Make one per request. */
export class Rules {
  readonly #caller: Principal
  /** Made when they are first needed: most models have no rules. */
  #known: Map<Model, Map<keyof Access, Awaitable<Condition>>> | undefined
  #hidden: Map<string, Promise<ReadonlySet<string>>> | undefined

  readonly #serviceRule: RuleSource | undefined
  readonly #logger: Logger
  readonly #hooksOf: (model: Model) => readonly Hooks[]
  #service: Promise<Rule> | undefined

  /** @param service its rule is for every model that it concerns. */
  constructor(caller: Principal, { rule, logger, hooksOf }: RulesSource) {
    this.#caller = caller
    this.#serviceRule = rule
    this.#logger = logger
    this.#hooksOf = hooksOf
  }

  /** Bound, because filters along relations ask it for each model on the way. */
  readonly readable = (model: Model): Awaitable<Condition> => this.of(model, 'read')

  of(model: Model, action: keyof Access): Awaitable<Condition> {
    if (this.#isOpen(model, action)) return always
    this.#known ??= new Map()
    const ofModel = this.#known.get(model) ?? new Map<keyof Access, Awaitable<Condition>>()
    this.#known.set(model, ofModel)
    const known = ofModel.get(action)
    if (known !== undefined) return known
    const condition = this.#ask(model, action)
    ofModel.set(action, condition)
    return condition
  }

  /** Whether nobody has a rule about it: most models have none, and it is asked several times for each request. */
  #isOpen(model: Model, action: keyof Access): boolean {
    const { access, rulesFrom, serviceRule, softDelete } = model.options
    if (rulesFrom !== undefined) return false
    if (this.#serviceRule !== undefined && serviceRule !== false) return false
    if ((access?.[action] ?? true) !== true) return false
    return action !== 'read' || (softDelete === undefined && this.#mayView(model))
  }

  /** The columns that the caller may read or write: `model.columns` itself where the model has no field rules. */
  columns(model: Model, action: keyof FieldAccess): Awaitable<Columns> {
    if (model.options.fields === undefined) return model.columns
    return this.#hides(model, action).then((hidden) => columnsWithout(model, hidden))
  }

  /** The computed properties that the caller may read, by name. */
  async properties(model: Model): Promise<ReadonlySet<string>> {
    const names = [...model.properties.keys()]
    if (model.options.fields === undefined || names.length === 0) return new Set(names)
    const hidden = await this.#hides(model, 'read')
    return new Set(names.filter((name) => !hidden.has(name)))
  }

  /** The references that the caller may know of: those whose columns they may read. */
  async references(model: Model): Promise<ReadonlyMap<string, Reference>> {
    const columns = await this.columns(model, 'read')
    if (columns === model.columns) return model.references
    return new Map([...model.references].filter(([, { columns: held }]) => held.every((name) => columns.has(name))))
  }

  /** The data arrays that the caller may know of: a hidden reference has no other end. */
  async dataArrays(model: Model): Promise<ReadonlyMap<string, DataArray>> {
    if (!hasHiddenEnds(model)) return model.dataArrays
    const known: [string, DataArray][] = []
    for (const [name, dataArray] of model.dataArrays) {
      if (await this.#knows(dataArray)) known.push([name, dataArray])
    }
    return known.length === model.dataArrays.size ? model.dataArrays : new Map(known)
  }

  async #knows({ along }: DataArray): Promise<boolean> {
    for (const { holder, reference } of along) {
      if (!(await this.references(holder)).has(reference.name)) return false
    }
    return true
  }

  #hides(model: Model, action: keyof FieldAccess): Promise<ReadonlySet<string>> {
    const key = `${model.fullName} ${action}`
    this.#hidden ??= new Map()
    const known = this.#hidden.get(key)
    if (known !== undefined) return known
    const hidden = hiddenFields(model, this.#caller, action)
    this.#hidden.set(key, hidden)
    return hidden
  }

  /** What the service's rule demands of a new row, by column: `{ tenantId: 5 }`. */
  async presets(model: Model): Promise<Row> {
    if (this.#serviceRule === undefined) return noPresets
    const conditions = flat(await this.#ofService(model))
    return Object.fromEntries(
      conditions.flatMap((each) =>
        each.kind === 'compare' && each.operator === 'eq' ? [[each.column.name, each.values[0]] as const] : [],
      ),
    )
  }

  /** The columns that a new row needs a value for from this caller. */
  async required(model: Model): Promise<ReadonlySet<string>> {
    const writable = await this.columns(model, 'write')
    const needed = [...writable.values()].filter((column) => model.isRequired(column)).map(({ name }) => name)
    if (needed.length === 0 || this.#serviceRule === undefined) return new Set(needed)
    // A rule that fails says so where rows are asked for; what there is can be told all the same.
    const presets = await this.presets(model).catch(() => noPresets)
    return new Set(needed.filter((name) => !Object.hasOwn(presets, name)))
  }

  /** The columns that a new row needs a value for, and that nobody gives it: neither this caller, nor the service's rule, nor a hook. */
  async unfilled(model: Model): Promise<readonly string[]> {
    const needed = model.unwritten.map(({ name }) => name)
    if (needed.length === 0 || makesValues(this.#hooksOf(model))) return []
    const presets = await this.presets(model).catch(() => noPresets)
    return needed.filter((name) => !Object.hasOwn(presets, name))
  }

  /** The answer to who asks for a row that nothing of theirs can make; the log says why, once. */
  async refuseUnfilled(model: Model): Promise<Problem | undefined> {
    const unfilled = await this.unfilled(model)
    if (unfilled.length === 0) return undefined
    tellUnfilled(model, unfilled, this.#logger)
    return new Problem(403, 'You may not create such a row: it needs a value that nobody may give.', {
      code: 'forbidden',
    })
  }

  async #ask(model: Model, action: keyof Access): Promise<Condition> {
    if (action === 'read' && !this.#mayView(model)) return never
    const source = model.options.access?.[action] ?? true
    const rule = typeof source === 'function' ? await source(this.#caller) : source
    const own = await conditionOf(model, `the ${action} rule`, rule)
    const ofService = await this.#ofService(model)
    const elsewhere = await this.#elsewhere(model, action)
    return all([...(action === 'read' ? [existing(model)] : []), ofService, own, elsewhere])
  }

  async #elsewhere(model: Model, action: keyof Access): Promise<Condition> {
    const { rulesFrom } = model.options
    if (rulesFrom === undefined) return always
    const rule = await rulesFrom(this.#caller, { model: model.fullName, action })
    try {
      return await conditionOf(model, `the ${action} rule from elsewhere`, rule)
    } catch (error) {
      throw closed(model, action, error, this.#logger)
    }
  }

  #mayView(model: Model): boolean {
    const { public: isPublic = false, viewPermission = false } = model.options
    if (this.#caller === nobody) return isPublic
    return !viewPermission || this.#caller.can(model.permission('view'))
  }

  async #ofService(model: Model): Promise<Condition> {
    if (this.#serviceRule === undefined || model.options.serviceRule === false) return always
    this.#service ??= Promise.resolve(
      typeof this.#serviceRule === 'function' ? this.#serviceRule(this.#caller) : this.#serviceRule,
    )
    const rule = await this.#service
    const what = 'the service’s rule'
    const isFilter = isRule(rule) && typeof rule !== 'boolean' && Object.keys(rule).length > 0
    if (!isFilter) return await conditionOf(model, what, rule)
    refuseEmpty(model, what, rule) // the whole of it: a part without names is about every model
    const part = partFor(model, rule, this.#logger)
    return Object.keys(part).length === 0 ? always : await conditionOf(model, what, part)
  }
}

/** A rule looks at the whole table, hidden columns and rows included: it is the service's own, not the caller's question. */
async function conditionOf(model: Model, what: string, rule: Rule): Promise<Condition> {
  if (!isRule(rule)) throw model.fault(noRule(what, rule))
  if (rule === true) return always
  if (rule === false) return never
  refuseEmpty(model, what, rule)
  try {
    return await conditionOfFilter(model, rule, everything)
  } catch (error) {
    // A wrong rule is the program's fault, never the caller's: they must not be told of it as a bad parameter.
    throw error instanceof ValueFault ? model.fault(`${what} ${error.message}`) : error
  }
}

/** Whether field rules may hide a reference that a data array is the other end of. */
function hasHiddenEnds({ dataArrays }: Model): boolean {
  for (const { along } of dataArrays.values()) {
    if (along.some(({ holder }) => holder.options.fields !== undefined)) return true
  }
  return false
}

function flat(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.conditions : [condition]
}
