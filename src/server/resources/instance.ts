// One row: read, replaced, patched and deleted, under the rules and the caller's conditions.

import {
  json,
  jsonPatchJson,
  mergePatchJson,
  NO_CONTENT,
  OK,
  Problem,
  type Answer,
  type Awaitable,
  type Entity,
  type Exchange,
  type Representation,
} from '../../http/index.ts'
import { after, pointerTo, rescued } from '../../wire/index.ts'
import type { Access } from '../definition/define.ts'
import { showsHidden } from '../idempotency/shown-again.ts'
import type { Model, Row } from '../models/model.ts'
import type { BuiltInMethods } from '../models/operations.ts'
import type { Columns } from '../query/field-rules.ts'
import { readInstanceQuery } from '../query/list-query.ts'
import { rowTag } from '../rows/represent.ts'
import type { ServiceState } from '../service-state.ts'
import type { Store } from '../store/store.ts'
import { inTransaction, readsInTransaction } from '../transaction.ts'
import { atOperations, jsonPatchedMembers, mergedMembers } from '../writes/patched-members.ts'
import { documentOf, isUnshowable, projectionOf, shownColumn } from '../writes/projection.ts'
import { RowWriter } from '../writes/row-writer.ts'
import type { Allowance } from './open-methods.ts'
import { RowsResource } from './rows-resource.ts'

const patches: readonly Representation[] = [mergePatchJson, json, jsonPatchJson]

const builtIns: BuiltInMethods = { GET: 'data', PUT: 'replace', PATCH: 'update', DELETE: 'delete' }

export class InstanceResource extends RowsResource {
  readonly #key: Row
  #row: Row | undefined
  #columns: Columns = new Map()

  constructor(exchange: Exchange, service: ServiceState, model: Model, key: Row) {
    super(exchange, service, model)
    this.#key = key
  }

  override get acceptsPatch(): readonly Representation[] {
    return patches
  }

  override get of(): 'instance' {
    return 'instance'
  }

  override get builtIns(): BuiltInMethods {
    return builtIns
  }

  override get createsByPut(): boolean {
    const { operations, table } = this.model
    // Nobody can put a new row under a key that the database alone gives.
    const isChosen = table.key.every((name) => table.columns.get(name)?.generated === false)
    return isChosen && operations.has('create') && !operations.replaced.has('create')
  }

  override get requiresCondition(): boolean {
    return this.model.options.requiresCondition ?? false
  }

  override isWellFormed(): Awaitable<boolean> {
    if (this.exchange.search === '') return true
    if (!this.isWrite) return this.#readQuery()
    this.allowParameters('format')
    return true
  }

  async #readQuery(): Promise<boolean> {
    this.selection = await readInstanceQuery(this.model, this.exchange, this.rules)
    return true
  }

  /** Of a row that may be read its rules are asked; any other is as none. */
  override async allowance(): Promise<Allowance> {
    const { service, exchange, store, caller } = this
    const ofModel = await super.allowance()
    const ask = (open: Store): Promise<Allowance> => this.#allowanceOfRow(ofModel, open)
    return readsInTransaction(service)
      ? await inTransaction(service, { store, exchange, user: caller }, ask)
      : await ask(store)
  }

  async #allowanceOfRow({ caller, closed }: Allowance, store: Store): Promise<Allowance> {
    const { model, rules } = this
    const row = await store.find(model, this.#key, await rules.readable(model))
    if (row === undefined || this.#isSpelledOtherwise(row)) return { caller, closed }
    const writer = new RowWriter(store, rules, this.caller)
    const ofRow = new Set<keyof Access>([...closed, 'create']) // it is there
    for (const action of ['update', 'delete'] as const) {
      if (!(await writer.isUnderRule(model, action, row))) ofRow.add(action)
    }
    return { caller, closed: ofRow }
  }

  /** PUT needs `add` for a new key and `change` for an existing one, which is asked again once that is known. */
  override isAllowed(): boolean {
    const { model, exchange } = this
    if (exchange.method !== 'PUT') this.requireView()
    if (!this.isWrite) return true
    const [add, change] = [model.permission('add'), model.permission('change')]
    if (exchange.method === 'PUT' && !this.caller.can(add)) this.requirePermissions([change])
    if (exchange.method === 'PATCH') this.requirePermissions([change])
    if (exchange.method === 'DELETE') this.requirePermissions([model.permission('delete')])
    return true
  }

  override transact(rest: () => Promise<Answer>): Promise<Answer> {
    return this.exchange.method === 'PUT' ? this.#put(rest) : super.transact(rest)
  }

  /** Somebody else may have made the row that a PUT did not find: then it is decided once more, about that row. */
  async #put(rest: () => Promise<Answer>): Promise<Answer> {
    try {
      return await super.transact(rest)
    } catch (error) {
      if (this.#row !== undefined || !isKeyTaken(this.model, error)) throw error
      return await super.transact(rest)
    }
  }

  /** In another representation than the first time, the row is shown as it is by now. */
  override async replayed(answer: Answer, fields: Headers): Promise<Answer> {
    await this.mustNotBeHidden(this.#key)
    const again = { 'idempotency-replayed': '?1' }
    if (!answer.isError && this.isInAnother(fields)) {
      const { entity, headers } = await this.shownNow(this.#key)
      return entity === undefined ? NO_CONTENT(undefined, again) : OK(entity, { ...again, ...headers })
    }
    const isShown = answer.isError || !(await showsHidden(answer, this.model, this.rules))
    return isShown ? answer : NO_CONTENT(undefined, again)
  }

  /** A write locks the row that it decides about. */
  override exists(): Awaitable<boolean> {
    const { model, store, rules } = this
    const found = after(rules.readable(model), (where) => store.find(model, this.#key, where, this.isWrite))
    return after(found, (row) => {
      this.#row = row
      if (this.isWrite) return this.#existsForWrite(row)
      if (row === undefined || this.#isSpelledOtherwise(row)) return false
      return after(this.show([row]), () => true)
    })
  }

  async #existsForWrite(row: Row | undefined): Promise<boolean> {
    const { model, exchange } = this
    if (exchange.method === 'PUT') this.requirePermissions([model.permission(row === undefined ? 'add' : 'change')])
    if (row === undefined || this.#isSpelledOtherwise(row)) return false
    this.#columns = await this.rules.columns(model, 'read')
    await this.writer.mustBeUnderRule(model, exchange.method === 'DELETE' ? 'delete' : 'update', row)
    // A write compares the whole tag only where If-None-Match names one.
    if (exchange.headers.has('if-none-match')) await this.show([row])
    return true
  }

  /** The collation of a key takes several texts for the same: the row has one address. */
  #isSpelledOtherwise(row: Row): boolean {
    const { model } = this
    if (model.table.key.every((name) => row[name] === this.#key[name])) return false
    return model.keySegment(row) !== model.keySegment(this.#key)
  }

  override movedTo(): string | undefined {
    return this.#row && this.model.instanceUrl(this.#row) + this.exchange.search
  }

  override entityTag(): string | undefined {
    const [shown] = this.entities
    return shown?.state ?? (this.#row && rowTag(this.model, this.#row, this.#columns))
  }

  /** Of the row alone: where other rows are shown with it, or their titles, its date says too little. */
  override lastModified(): Date | undefined {
    const { lastModified } = this.model.options
    const date: unknown = lastModified === undefined ? undefined : this.#row?.[lastModified]
    const isAlone = this.selection.expansions.length === 0 && !this.exchange.representation.showsLinks
    return date instanceof Date && (this.isWrite || isAlone) ? date : undefined
  }

  GET(): unknown {
    return this.entities[0]
  }

  /** No success of PUT has a validator: what was sent is not stored octet by octet (RFC 9110 §9.3.4). */
  async PUT(): Promise<Answer> {
    const [key, stored] = [this.#key, this.#row]
    if (stored === undefined) return await this.create(this.data(), false, key)
    const row = await this.writer.write(await this.plan(this.data(), { mode: 'replace', key, stored }))
    return this.preferredReturn === 'representation'
      ? await this.#answer(row, false)
      : NO_CONTENT(undefined, this.preferenceApplied)
  }

  async PATCH(): Promise<Answer> {
    const stored = this.#row
    if (stored === undefined) throw new Problem(404)
    const row = await this.#patch(stored)
    return this.preferredReturn === 'minimal'
      ? NO_CONTENT(undefined, this.preferenceApplied)
      : await this.#answer(row, true)
  }

  /** A patch is applied to what the caller may see, not to the row. */
  async #patch(stored: Row): Promise<Row> {
    const { model, exchange } = this
    const [key, patch] = [this.#key, this.data()]
    const projection = await projectionOf(model, this.rules)
    const { isJsonPatch } = exchange
    const members = isJsonPatch
      ? jsonPatchedMembers(documentOf(model, stored, projection), patch, model.options.owns)
      : mergedMembers(model, (name) => shownColumn(model, stored, projection, name), patch)
    try {
      return await this.writer.write(await this.plan(members, { mode: 'change', key, stored }))
    } catch (error) {
      throw isJsonPatch ? atOperations(error, patch) : error
    }
  }

  /** The row as it has become, unless it has left what the caller may see, or cannot be shown, which undoes nothing. */
  async #answer(row: Row, withTag: boolean): Promise<Answer> {
    if (!(await this.writer.isUnderRule(this.model, 'read', row))) return NO_CONTENT()
    const show = (): Awaitable<readonly Entity[]> => this.show([row])
    const [entity] = await rescued(show, (error) => {
      if (isUnshowable(error)) return []
      throw error
    })
    if (entity === undefined) return NO_CONTENT()
    return OK(entity, { ...this.preferenceApplied, ...(withTag ? { etag: this.tagOf(row, entity) } : {}) })
  }

  async DELETE(): Promise<Answer> {
    await this.writer.delete(this.model, this.#row ?? this.#key)
    return NO_CONTENT()
  }
}

function isKeyTaken({ table: { key } }: Model, error: unknown): boolean {
  const problem = error !== null && typeof error === 'object' && 'content' in error ? error.content : error
  if (!(problem instanceof Problem) || problem.code !== 'not-unique') return false
  return problem.errors.some(({ pointer }) => key.some((name) => pointer === pointerTo([name])))
}
