// What a hand-written resource of one row and one of many have in common: which rows there are for the caller, how they look, and how
// one is made.

import { CREATED, Entity, type Answer, type Awaitable, type HalLink, type ParamsRecord } from '../../http/index.ts'
import { hashText } from '../../wire/index.ts'
import type { Reach } from '../access/model-access.ts'
import { eachUndone } from '../access/models.ts'
import { conditionOfProgram, findOne } from '../access/rows-of-program.ts'
import type { Rule } from '../definition/define.ts'
import type { ColumnFilters, Filter, FindFilter } from '../definition/filter-types.ts'
import { isRule, noRule } from '../definition/is-rule.ts'
import type { Model, Row } from '../models/model.ts'
import { all, always, never, type Condition } from '../query/condition.ts'
import { namesOf, type Names } from '../query/names.ts'
import { rowTag, titleOf } from '../rows/represent.ts'
import { RowWriter } from '../writes/row-writer.ts'
import type { DeclaredClass } from './binding.ts'
import { BoundResource } from './bound-resource.ts'
import type { ModelSource, NewRowOf, RowOf } from './field-options.ts'
import { givenValues } from '../writes/given-values.ts'
import { showRows, type ShownRow, type Surroundings } from './shown-rows.ts'

/** Around what is being shown. */
interface Within {
  readonly classes: readonly DeclaredClass[]
  readonly depth: number
}

export abstract class ModelRows<
  Params extends ParamsRecord = ParamsRecord,
  Source extends ModelSource = ModelSource,
> extends BoundResource<Params> {
  #condition: Promise<Condition> | undefined
  #write: Reach['write'] | undefined
  #shown: ReadonlyMap<Row, ShownRow> = new Map()
  /** Where rows are shown with their names: HAL has a place for them. */
  #names: Names | undefined

  /**
   * Which rows there are for this request: true for all, false for none, or a filter, `{ published: true }`; the read rule of the
   * model holds besides. Hidden columns may be named, relations lead to what the caller may read.
   */
  queryset(): Awaitable<Rule<ColumnFilters<RowOf<Source>>>> {
    return true
  }

  /** The one row of the queryset that the filter is about; undefined where there is none. */
  find<Asked extends string>(filter: FindFilter<RowOf<Source>, Asked>): Promise<RowOf<Source> | undefined> {
    return this.call('find', async () => await this.findWhere(await this.conditionOf(filter)))
  }

  /** @throws TypeError, or what is given, where there are several: which one is meant, nobody said. */
  protected async findWhere(
    condition: Condition,
    several: (message: string) => Error = (message) => this.fault(message),
  ): Promise<RowOf<Source> | undefined> {
    const { model, store } = this
    const where = all([await this.selected(), condition])
    const row = await findOne(model, where, store, this.isWrite, several)
    return row as RowOf<Source> | undefined // of the table
  }

  /** The queryset under the read rule, asked once. */
  selected(): Promise<Condition> {
    this.#condition ??= this.select()
    return this.#condition
  }

  protected async select(): Promise<Condition> {
    const readable = await this.rules.readable(this.model)
    const rule = await this.queryset()
    if (!isRule(rule)) throw this.fault(noRule('queryset()', rule))
    if (typeof rule === 'boolean') return rule ? readable : never
    // Built from something that was not there, most likely: it must not open everything.
    if (Object.keys(rule).length === 0) {
      throw this.fault('queryset() is an empty filter; say true where every row is meant')
    }
    return all([readable, await this.conditionOf(rule)])
  }

  /** A wrong name or operator is the program's fault; a value that no row can have, which may come from the caller, finds none. */
  protected async conditionOf(filter: Filter): Promise<Condition> {
    return await conditionOfProgram(this.model, filter, this.rules, (message) => this.fault(message))
  }

  /** Rows as entities, with what is related to them: one statement for each relation. */
  async show(rows: readonly Row[], within: Within = { classes: [], depth: 1 }): Promise<readonly Entity[]> {
    const { model, members, declared } = this.binding
    const surroundings = this.#surroundings({ classes: [...within.classes, declared], depth: within.depth })
    const shown = await showRows(model, members, rows, surroundings)
    await this.settleNames()
    this.#shown = new Map(rows.map((row, index) => [row, shown[index]] as const).filter(isThere))
    return rows.map((row) => this.represent(row))
  }

  #surroundings(within: Within): Surroundings {
    const { store, rules } = this
    const made = (model: Model): ModelRows | undefined => {
      const bound = this.binding.defaultOf(model)
      return bound && this.beside(bound, {})
    }
    return {
      store,
      rules,
      depth: within.depth,
      // What its default resource does not have is not there, wherever it is shown.
      readable: (model) => made(model)?.selected() ?? rules.readable(model),
      showByDefault(model, rows, depth) {
        const resource = made(model)
        if (resource === undefined || within.classes.includes(resource.binding.declared)) return undefined
        const entities = resource.show(rows, { classes: within.classes, depth })
        return entities.then((shown) => shown.map(({ data }) => data))
      },
      async linksTo(model) {
        const resource = made(model)
        await resource?.settleNames()
        return (row) => resource?.linkTo(row)
      },
    }
  }

  protected async settleNames(): Promise<void> {
    if (this.exchange.representation.showsLinks) this.#names = await namesOf(this.model, this.rules)
  }

  /** One row that `show` has prepared; override it to change how it looks, here and in collections. */
  override represent(row: Row): Entity {
    const shown = this.#shown.get(row)
    if (shown === undefined) throw this.fault('represent() is asked for a row that show() has not been asked for')
    const self = this.linkTo(row)
    const links = { ...(self === undefined ? {} : { self }), ...shown.links }
    return new Entity(shown.data, links, `"${this.#stateOf(row, shown)}"`)
  }

  /** With its name, where links have a place for it. */
  linkTo(row: Row): HalLink | undefined {
    const href = this.urlOf(row)
    if (href === undefined) return undefined
    return this.#names === undefined ? { href } : { href, title: titleOf(this.#names, row) }
  }

  /** The state of a row: what is shown of what is stored in it. A hidden column is not in it, which could be guessed from the tag. Where the model has a version it is that. */
  protected async stateTag(row: Row): Promise<string | undefined> {
    const { model, members } = this.binding
    if (model.options.version !== undefined) return rowTag(model, row, new Map())
    const columns = members.filter(({ kind }) => kind === 'column')
    const [shown] = await showRows(model, columns, [row], this.#surroundings({ classes: [], depth: 1 }))
    return shown && this.#stateOf(row, shown)
  }

  #stateOf(row: Row, { stored }: ShownRow): string {
    const { model } = this
    return model.options.version === undefined ? hashText(JSON.stringify(stored)) : rowTag(model, row, new Map())
  }

  /** The path of a row: what is in it, and else what the path of this request says. Undefined where no resource is mounted for it. */
  urlOf(row: Row): string | undefined {
    return this.binding.pathOf(row, this.params)
  }

  /**
   * Inserts a row, in the transaction of the request.
   *
   * @throws TypeError for a name that is no column; Problem 403 where the create rule does not hold for it, 409 and 422 where the
   * database refuses it.
   */
  create(values: NewRowOf<Source>): Promise<RowOf<Source>> {
    return this.call('create', () => this.#create(values))
  }

  async #create(values: Row): Promise<RowOf<Source>> {
    const { model } = this
    const given = givenValues(model, values)
    const presets = await this.rules.presets(model) // what the service's rule demands of every row
    const plan = { model, stored: undefined, values: { ...presets, ...given }, owned: [], path: [], isOfProgram: true }
    return (await this.write((writer) => writer.write(plan))) as RowOf<Source> // of the table
  }

  /** What is refused is undone by itself: a program may catch that, and go on. */
  protected write<T>(run: (writer: RowWriter) => Promise<T>): Promise<T> {
    this.#write ??= eachUndone(this.store)
    return this.#write((store) => run(new RowWriter(store, this.rules, this.caller)))
  }

  /** 201 with the row, as far as it is there for the caller (RFC 9110 §15.3.2). */
  async created(row: Row): Promise<Answer> {
    const { model, store } = this
    const href = this.urlOf(row)
    const headers = href === undefined ? {} : { location: href }
    const where = await this.selected()
    if (where === never || (where !== always && (await store.find(model, row, where)) === undefined)) {
      return CREATED(undefined, headers)
    }
    const [entity] = await this.show([row])
    return CREATED(entity, headers)
  }
}

function isThere(entry: readonly [Row, ShownRow | undefined]): entry is readonly [Row, ShownRow] {
  return entry[1] !== undefined
}
