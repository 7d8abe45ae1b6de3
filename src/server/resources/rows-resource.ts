// What the resources of rows have in common: the model, the store or the transaction of the write, and how rows are shown.

import {
  CREATED,
  hal,
  json,
  Problem,
  withVariant,
  type Answer,
  type Entity,
  type Exchange,
  type Representation,
} from '../../http/index.ts'
import { hashText } from '../../wire/index.ts'
import type { Access } from '../define.ts'
import type { Model, Row } from '../model.ts'
import { always, never } from '../query/condition.ts'
import { refuseDangling } from '../references.ts'
import { computedOf, entityOf, loadTitles, rowTag, type Titles } from '../represent.ts'
import type { ServiceState } from '../service-state.ts'
import type { Store } from '../store/store.ts'
import { ServiceResource } from './service-resource.ts'

const produces: readonly Representation[] = [json, hal]

export abstract class RowsResource extends ServiceResource {
  readonly model: Model
  /** The transaction, while one is open. */
  store: Store
  fields: ReadonlySet<string> | undefined
  /** What is shown, settled by `show`. */
  entities: readonly Entity[] = []
  #titles: Titles = new Map()

  constructor(exchange: Exchange, service: ServiceState, model: Model) {
    super(exchange, service)
    this.model = model
    this.store = service.store
  }

  override get produces(): readonly Representation[] {
    return produces
  }

  get isWrite(): boolean {
    return this.exchange.method !== 'GET' && this.exchange.method !== 'HEAD'
  }

  /** A write looks, decides and writes in one transaction; an answer that is an error rolls it back. */
  override transact(rest: () => Promise<Answer>): Promise<Answer> {
    if (!this.isWrite) return rest()
    return this.service.store.transact(async (transaction) => {
      this.store = transaction
      const answer = await rest()
      // oxlint-disable-next-line typescript/only-throw-error -- the handler answers a thrown Answer as it is
      if (answer.isError) throw answer
      return answer
    })
  }

  /** Whether a rule of the model holds for a row. */
  async isUnderRule(action: keyof Access, row: Row): Promise<boolean> {
    const rule = await this.rules.of(this.model, action)
    if (rule === always || rule === never) return rule === always
    return (await this.store.find(this.model, row, rule)) !== undefined
  }

  /** Makes entities of rows. HAL shows what a row refers to by name; plain JSON has no place for it and does not ask. */
  async show(rows: readonly Row[]): Promise<readonly Entity[]> {
    const { model, fields, store, rules } = this
    if (this.exchange.representation === hal) this.#titles = await loadTitles(model, rows, store, rules)
    this.entities = rows.map((row) => entityOf(model, row, this.#titles, fields))
    return this.entities
  }

  /** The fields that are shown, and what the entities show besides the stored state of their rows. */
  override variant(): string {
    const fields = this.fields === undefined ? [] : [...this.fields]
    const titles = [...this.#titles].map(([{ name }, byKey]) => [name, ...byKey])
    const computed = this.entities.map((entity) => computedOf(this.model, entity)).filter((values) => values.length > 0)
    const isPlain = fields.length === 0 && titles.length === 0 && computed.length === 0
    return isPlain ? '' : hashText(JSON.stringify([fields, titles, computed])).slice(0, 11)
  }

  /** The ETag of a row as it was just shown. */
  tagOf(row: Row): string {
    return `"${withVariant(rowTag(this.model, row), this)}"`
  }

  /**
   * Inserts a row and answers 201 with it, as far as the caller may see it (RFC 9110 §15.3.2).
   *
   * @throws Problem 403 where the create rule does not hold for it, 409 where it refers to nothing.
   */
  async create(values: Row, withTag: boolean): Promise<Answer> {
    const { model } = this
    await refuseDangling(model, values, undefined, this.store, this.rules)
    const row = await this.store.insert(model, values)
    if (!(await this.isUnderRule('create', row))) {
      throw new Problem(403, 'You may not create such a row.', { code: 'forbidden' })
    }
    const location = model.instanceUrl(row)
    if (!(await this.isUnderRule('read', row))) return CREATED(undefined, { location })
    if (this.preferredReturn === 'minimal') return CREATED(undefined, { location, ...this.preferenceApplied })
    const [entity] = await this.show([row])
    return CREATED(entity, { location, ...this.preferenceApplied, ...(withTag ? { etag: this.tagOf(row) } : {}) })
  }

  /** `Prefer: return=minimal` or `return=representation` (RFC 7240 §4.2). */
  get preferredReturn(): 'minimal' | 'representation' | undefined {
    return this.exchange.preferences.return
  }

  get preferenceApplied(): Readonly<Record<string, string>> {
    return this.preferredReturn === undefined ? {} : { 'preference-applied': `return=${this.preferredReturn}` }
  }
}
