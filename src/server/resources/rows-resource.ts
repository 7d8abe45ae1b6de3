// What the resources of rows have in common: the model, the store or the transaction of the write, and how rows are shown.

import {
  CREATED,
  hal,
  isRead,
  json,
  Problem,
  withVariant,
  type Answer,
  type Awaitable,
  type Entity,
  type Exchange,
  type Idempotency,
  type Representation,
  type SharedStore,
} from '../../http/index.ts'
import { after, hashText, jsonText } from '../../wire/index.ts'
import { Calls } from '../access/calls.ts'
import type { Model, Row } from '../models/model.ts'
import type { BuiltInMethods } from '../models/operations.ts'
import { always } from '../query/condition.ts'
import { wholeRow, type Selection } from '../query/selection.ts'
import { rowTag } from '../rows/represent.ts'
import type { ServiceState } from '../service-state.ts'
import type { Audience } from '../rows/audience.ts'
import { showRows, shownWhole, type ShownRows } from '../rows/show-rows.ts'
import type { Store } from '../store/store.ts'
import { timedStore } from '../store/timed-store.ts'
import { inTransaction, readsInTransaction } from '../transaction.ts'
import { Planner, type Plan } from '../writes/plan.ts'
import { RowWriter } from '../writes/row-writer.ts'
import { allowanceOf, isOpen, methodsThere, type Allowance } from './open-methods.ts'
import { ServiceResource } from './service-resource.ts'

const produces: readonly Representation[] = [json, hal]

/** Who asks is told by these. */
const varyOfPublic: readonly string[] = ['authorization', 'cookie']
const noFields: readonly string[] = []
const nothing: ShownRows = { entities: [], columns: new Map(), besides: undefined }

export abstract class RowsResource extends ServiceResource {
  readonly model: Model
  /** The transaction, while one is open. */
  store: Store
  selection: Selection = wholeRow
  #shown = nothing
  #calls: Calls | undefined

  constructor(exchange: Exchange, service: ServiceState, model: Model) {
    super(exchange, service)
    this.model = model
    this.store = service.store
  }

  override get produces(): readonly Representation[] {
    return produces
  }

  override get title(): string {
    return this.model.name
  }

  /** What the program has asked for; it ends with the transaction. */
  get calls(): Calls {
    return (this.#calls ??= new Calls(this.exchange.logger))
  }

  get isWrite(): boolean {
    return !isRead(this.exchange.method)
  }

  /** What its operations are of. */
  get of(): 'instance' | 'model' {
    return 'model'
  }

  /** Which built-in operation each method is here; those that the model has not are not there. */
  get builtIns(): BuiltInMethods {
    return {}
  }

  /** Of a public model everybody may read; the answer depends on whether it is known who asks. */
  override get allowsAnonymous(): boolean {
    return this.model.options.public === true && (!this.isWrite || this.exchange.method === 'OPTIONS')
  }

  override get vary(): readonly string[] {
    return this.model.options.public === true ? varyOfPublic : noFields
  }

  override get methods(): readonly string[] {
    return methodsThere(this, () => super.methods)
  }

  override async allowed(): Promise<readonly string[]> {
    const allowance = await this.allowance()
    return this.methods.filter((method) => isOpen(this, method, allowance))
  }

  /** What this caller may do to the rows that are here. */
  allowance(): Promise<Allowance> {
    return allowanceOf(this.model, this.rules, this.exchange.principal)
  }

  /** Refuses those who lack the permission to read, where the model asks for one. */
  requireView(): void {
    const { model, exchange } = this
    const isAsked = model.options.viewPermission === true && exchange.principal !== undefined
    if (isAsked && exchange.method !== 'OPTIONS') this.requirePermissions([model.permission('view')])
  }

  /** Reads are not, unless the service begins its transactions with something of its own, or is timed. */
  override get isTransacted(): boolean {
    const { service } = this
    return this.isWrite || service.serverTiming || readsInTransaction(service)
  }

  /** A write looks, decides and writes in one transaction; an answer that is an error rolls it back. */
  override transact(rest: () => Promise<Answer>): Promise<Answer> {
    const { service, exchange } = this
    if (!service.serverTiming) return this.#transact(service.store, rest)
    const begun = performance.now()
    exchange.timings.set('decide', begun - (this.startedAt ?? begun))
    this.store = timedStore(service.store, exchange.timings)
    return this.#transact(this.store, rest).finally(() => {
      const other = performance.now() - begun - (exchange.timings.get('database') ?? 0)
      exchange.timings.set('represent', Math.max(other, 0)) // statements side by side count one by one
    })
  }

  #transact(store: Store, rest: () => Promise<Answer>): Promise<Answer> {
    if (this.isWrite) return this.#write(store, rest)
    return readsInTransaction(this.service) ? this.#inTransaction(store, rest) : rest()
  }

  async #write(store: Store, rest: () => Promise<Answer>): Promise<Answer> {
    return (await this.isOneStatement()) ? await rest() : await this.#inTransaction(store, rest)
  }

  #inTransaction(store: Store, rest: () => Promise<Answer>): Promise<Answer> {
    const { service, exchange } = this
    return inTransaction(service, { store, exchange, user: this.caller }, async (transaction, calls) => {
      this.store = transaction
      this.#calls = calls
      const answer = await rest()
      // oxlint-disable-next-line typescript/only-throw-error -- the handler answers a thrown Answer as it is
      if (answer.isError) throw answer
      await exchange.firstUse?.mark(answer, service.idempotency?.answers.inside(transaction) ?? this.sharedStore)
      return answer
    })
  }

  /** Whether this write is one statement that nothing has to be decided or done with: it is a transaction of its own. */
  isOneStatement(): Awaitable<boolean> {
    return false
  }

  override get idempotency(): Idempotency | undefined {
    return this.service.idempotency?.setting
  }

  override get sharedStore(): SharedStore {
    return this.service.idempotency?.answers ?? super.sharedStore
  }

  /** Whether there is a row with this key that the caller may not, or no longer, see. */
  async isHidden(key: Row): Promise<boolean> {
    const { model, store } = this
    const readable = await this.rules.readable(model)
    if (readable === always || (await store.find(model, key, readable)) !== undefined) return false
    return (await store.find(model, key, always)) !== undefined
  }

  /** @throws Problem 404 where the row of a key is there, but no longer for the caller. */
  async mustNotBeHidden(key: Row): Promise<void> {
    if (await this.isHidden(key)) throw new Problem(404, 'There is nothing here.', { code: 'not-found' })
  }

  /** Whether a kept answer, of which there are octets, is in another representation than this attempt asks for. */
  isInAnother(kept: Headers): boolean {
    const type = kept.get('content-type')
    return type !== null && type !== this.exchange.representation.mediaType
  }

  /** A row that was written before, as it is by now; nothing where it is gone, or no longer for the caller. */
  async shownNow(key: Row): Promise<{ readonly entity?: Entity; readonly headers?: { readonly etag: string } }> {
    const row = await this.store.find(this.model, key, await this.rules.readable(this.model))
    const [entity] = await this.show(row === undefined ? [] : [row])
    return row === undefined || entity === undefined ? {} : { entity, headers: { etag: this.tagOf(row, entity) } }
  }

  /** Writes in the transaction that is open. */
  get writer(): RowWriter {
    return new RowWriter(this.store, this.rules, this.caller)
  }

  /** @throws Problem 422 with a pointer for each of the first faults. */
  async plan(content: unknown, target: Parameters<Planner['read']>[2]): Promise<Plan> {
    const planner = new Planner(this.store, this.rules)
    const plan = await planner.read(this.model, content, target)
    planner.check()
    return plan
  }

  /** What is shown, settled by `show`. */
  get entities(): readonly Entity[] {
    return this.#shown.entities
  }

  /** Makes entities of rows, with what was asked for with them. */
  show(rows: readonly Row[]): Awaitable<readonly Entity[]> {
    return after(showRows(this.model, rows, this.selection, this.audience), (shown) => this.#take(shown))
  }

  #take(shown: ShownRows): readonly Entity[] {
    this.#shown = shown
    return shown.entities
  }

  /** Takes entities of whole rows, as far as the caller may see them, that were made already. */
  takeEntities(entities: readonly Entity[]): Awaitable<readonly Entity[]> {
    return after(shownWhole(this.model, entities, this.rules), (shown) => this.#take(shown))
  }

  get audience(): Audience {
    const { store, rules, caller, service, exchange } = this
    const hasTitles = exchange.representation.showsLinks
    return { store, view: rules, caller: caller.name, cursors: service.cursors, hasTitles }
  }

  /** What is selected, and what the entities show besides the stored state of their rows. */
  override variant(): string {
    const { besides } = this.#shown
    return besides === undefined ? '' : hashText(jsonText(besides)).slice(0, 11)
  }

  /** The ETag of a row as it was just shown, by the entity if that is there. */
  tagOf(row: Row, entity?: Entity): string {
    return `"${withVariant(entity?.state ?? rowTag(this.model, row, this.#shown.columns), this)}"`
  }

  /**
   * Makes a row and answers 201 with it, as far as the caller may see it (RFC 9110 §15.3.2).
   *
   * @param key the key in the URL; without one the content may choose it.
   * @throws Problem 403 where the create rule does not hold for it, 409 where it refers to nothing, 422 with the faults.
   */
  async create(content: unknown, withTag: boolean, key?: Row): Promise<Answer> {
    const { model, writer } = this
    const row = await writer.write(await this.plan(content, { mode: 'create', ...(key === undefined ? {} : { key }) }))
    const location = model.instanceUrl(row)
    if (!(await writer.isUnderRule(model, 'read', row))) return CREATED(undefined, { location })
    if (this.preferredReturn === 'minimal') return CREATED(undefined, { location, ...this.preferenceApplied })
    const [entity] = await this.show([row])
    return CREATED(entity, {
      location,
      ...this.preferenceApplied,
      ...(withTag ? { etag: this.tagOf(row, entity) } : {}),
    })
  }

  /** `Prefer: return=minimal` or `return=representation` (RFC 7240 §4.2). */
  get preferredReturn(): 'minimal' | 'representation' | undefined {
    return this.exchange.preferences.return
  }

  get preferenceApplied(): Readonly<Record<string, string>> {
    return this.preferredReturn === undefined ? {} : { 'preference-applied': `return=${this.preferredReturn}` }
  }
}
