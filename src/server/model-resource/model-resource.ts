// A hand-written resource of one row of a model.

import { Problem, type Awaitable, type Entity, type ParamsRecord, type Verdict } from '../../http/index.ts'
import { hashText } from '../../wire/index.ts'
import type { Row } from '../models/model.ts'
import { all, type Condition } from '../query/condition.ts'
import { ModelRows } from './model-rows.ts'
import type { InsertOf, ModelSource, RowOf } from './field-options.ts'
import { givenValues } from '../writes/given-values.ts'
import { columnOfParameter, equalsText } from './path-values.ts'

/**
 * One row of a model: what `get()` finds, else 404. It supports OPTIONS alone until methods are defined; `getOne` is a ready-made
 * GET. Entity tags come from what is shown; a write runs in a transaction, which an answer that is an error rolls back.
 *
 * Extend what `modelResource(path, table)` gives, and mount it with `modelRouter(service, [Post])`.
 *
 * @example
 * class Post extends modelResource('/blog/:id', posts) {
 *   GET = this.getOne
 *   override queryset() { return { published: true } }
 *   async PATCH() { await this.update(await this.data(PostForm)); return NO_CONTENT }
 * }
 */
export class ModelResource<
  Params extends ParamsRecord = ParamsRecord,
  Source extends ModelSource = ModelSource,
> extends ModelRows<Params, Source> {
  static override readonly notHandlers: readonly string[] = ['get']

  #row: RowOf<Source> | undefined
  #entity: Entity | undefined
  /** The path of a row that was asked for by another. */
  #spelling: string | undefined

  /** Take it in as a handler, `GET = this.getOne`, for entity tags and 304 as well; or call it in one. */
  readonly getOne = async (): Promise<Entity> => {
    const [entity] = this.#entity === undefined ? await this.show([this.row]) : [this.#entity]
    if (entity === undefined) throw new Problem(404)
    return entity
  }

  /** @throws Problem 404 where there is no row, which a PUT that creates has to expect. */
  get row(): RowOf<Source> {
    if (this.#row === undefined) throw new Problem(404)
    return this.#row
  }

  /**
   * The row of this request: the one row of the queryset that has the values of the path's parameters, which are named after columns,
   * or `pk`; another spelling of a value, where its column takes one, is 308. Where only a rule makes them mean one row, and not for this
   * caller, it is 409. Override it, with `find`, where they mean something else.
   */
  async get(): Promise<RowOf<Source> | undefined> {
    const row = await this.findWhere(this.#conditionOfPath(), () => {
      const names = Object.keys(this.params).join(', ')
      return new Problem(409, `Several rows have this ${names}, and the address does not say which is meant.`, {
        code: 'conflict',
      })
    })
    if (row === undefined || this.#isSpelled(row)) return row
    this.#spelling = this.urlOf(row)
    return undefined
  }

  #isSpelled(row: Row): boolean {
    const { model, params } = this
    return Object.entries(params).every(([name, text]) => {
      const column = model.table.columns.get(columnOfParameter(model.table.key, name))
      return column !== undefined && String(model.encode(column, row[column.name])) === text
    })
  }

  override movedTo(): Awaitable<string | undefined> {
    return this.#spelling && this.#spelling + this.exchange.search
  }

  #conditionOfPath(): Condition {
    const { model } = this
    const conditions = Object.entries(this.params).map(([name, text]) => {
      const column = model.table.columns.get(columnOfParameter(model.table.key, name))
      if (column === undefined) throw this.fault(`the path has "${name}", which is no column of ${model.fullName}`)
      return equalsText(model, column, text ?? '')
    })
    return all(conditions)
  }

  override async exists(): Promise<Verdict> {
    this.#row = await this.get()
    if (this.#row === undefined) return false
    // A write compares the whole tag only where If-None-Match names one.
    const isWhole = this.isWrite ? this.exchange.headers.has('if-none-match') : this.isGet(this.getOne)
    if (isWhole) [this.#entity] = await this.show([this.#row])
    return true
  }

  /** Of what `getOne` shows; a write compares the state alone. A GET of its own has none by itself. */
  override entityTag(): Awaitable<string | undefined> {
    if (this.#entity !== undefined) return this.#entity.state
    return this.isWrite && this.#row !== undefined ? this.stateTag(this.#row) : undefined
  }

  /** All that is shown: what is computed or related is no part of the row's own state. */
  override variant(): string {
    if (this.#entity === undefined || this.#isAllVersion()) return ''
    const { data, links } = this.#entity
    return hashText(JSON.stringify([data, links])).slice(0, 11)
  }

  /** Whether the version of the row says all there is to see: nothing is computed, nothing comes from other rows. */
  #isAllVersion(): boolean {
    const { model, members } = this.binding
    return model.options.version !== undefined && members.every(({ kind }) => kind === 'column')
  }

  /**
   * Changes the row, in the transaction of the request; what is undefined stays as it is.
   *
   * @throws TypeError for a name that is no column; Problem 403 where the update rule does not hold for it as it was or as it becomes,
   * 409 and 422 where the database refuses.
   */
  update(values: Partial<InsertOf<Source>>): Promise<RowOf<Source>> {
    return this.call('update', () => this.#update(values))
  }

  async #update(values: Partial<InsertOf<Source>>): Promise<RowOf<Source>> {
    const { model, row: stored } = this
    const given = givenValues(model, values)
    const row = await this.write(async (writer) => {
      await writer.mustBeUnderRule(model, 'update', stored)
      return await writer.write({ model, stored, values: given, owned: [], path: [] })
    })
    this.#row = row as RowOf<Source> // of the table
    return this.#row
  }

  /** @throws Problem 403 where the delete rule does not hold, 409 where other rows refer to it. */
  remove(): Promise<void> {
    const { model, row } = this
    return this.call('remove', () =>
      this.write(async (writer) => {
        await writer.mustBeUnderRule(model, 'delete', row)
        await writer.delete(model, row)
      }),
    )
  }
}
